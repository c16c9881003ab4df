"""What is typed as an article cannot act in a reader's browser, whatever it is."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from tests.corpus import VALUES

from dongthuan.work.news.markup import TAGS, plain, render

ATTACKS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "[bấm](javascript:alert(1))", "[bấm](JaVaScRiPt:alert(1))", "[bấm](data:text/html,<script>)",
    '[bấm](https://x.vn/"onmouseover="alert(1))', "[<b>x</b>](https://x.vn)",
    "[x](//evil.example)", "[x](vbscript:msgbox)", "## <iframe src=//x>", "- <style>*{}</style>",
    "<a href='javascript:alert(1)'>x</a>", "<math><mtext></mtext><mglyph><style><!--</style>",
    "[x](https://x.vn/</a><script>alert(1)</script>)", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p style=position:fixed>", "[a](https://x.vn)[b](javascript:1)", "\u202e[x](https://x.vn)",
    "<form action=//x><input name=csrfmiddlewaretoken>", "<base href=//evil>", "]]>{{ 7|add:7 }}",
)  # fmt: skip


class Seen(HTMLParser):
    """Every tag and attribute that a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attrs}


def harmless(html: str) -> None:
    seen = Seen(html)
    assert seen.tags <= TAGS
    assert {name for name, _value in seen.attributes} <= {"href", "rel"}
    for name, value in seen.attributes:
        if name == "href":
            assert value.startswith(("https://", "http://", "mailto:", "/")), value
            assert not value.startswith("//"), value


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_gets_through(attack: str) -> None:
    for text in (attack, f"Mở đầu {attack} kết thúc", f"- {attack}\n- {attack}", f"## {attack}"):
        harmless(render(text))


@pytest.mark.parametrize("name", VALUES)
def test_the_corpus_of_nonsense(name: str) -> None:
    from urllib.parse import unquote_to_bytes

    harmless(render(unquote_to_bytes(VALUES[name]).decode(errors="replace")))


def test_what_the_markup_is_for() -> None:
    html = render(
        "Dòng một\ndòng hai\n\n## Tiêu đề\n- một\n"
        "- [hai](https://vidu.vn/a?b=1&c=2)\n\n1. ba\n2. bốn"
    )
    assert html == (
        "<p>Dòng một<br>dòng hai</p><h2>Tiêu đề</h2><ul><li>một</li><li>"
        '<a href="https://vidu.vn/a?b=1&amp;c=2" rel="noopener noreferrer">hai</a></li></ul>'
        "<ol><li>ba</li><li>bốn</li></ol>"
    )
    assert plain("## Tiêu đề\n- [hai](https://vidu.vn)") == "Tiêu đề\nhai"


def test_the_page_of_an_article_holds_none_of_it(published: Any) -> None:
    article = published(body="\n\n".join(ATTACKS), lead="<script>alert(2)</script>",
                        title="<img src=x onerror=alert(3)>")  # fmt: skip
    for address in (f"/tin/{article.code}/", "/tin/", "/", "/tin/tin.xml"):
        page = Client().get(address).content.decode()
        for piece in ("<script>alert", "<img src=x", "<iframe", "<svg/onload", "javascript:alert"):
            inside = page.split("<main", 1)[-1]
            assert f'href="{piece}' not in inside
            assert piece == "javascript:alert" or piece not in inside, (address, piece)
