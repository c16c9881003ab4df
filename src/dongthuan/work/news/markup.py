"""The markup of articles: paragraphs, subheads, lists, links; everything else is plain text.

    ## A subhead            a line of its own
    - a point               lines that begin with a hyphen
    1. a numbered point
    [words](https://…)      a link to http, https, a page of this site (/…) or an e-mail (mailto:)

The text is escaped before anything is built of it, and what was built goes through nh3 once more:
two independent fences between what somebody typed and a reader's browser.
"""

from __future__ import annotations

import re
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "br"}
SCHEMES = {"http", "https", "mailto"}
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\(((?:https?://|mailto:|/(?![/\\]))[^\s()<>]{1,500})\)")
_POINT = re.compile(r"[-*•] +(.+)")
_NUMBER = re.compile(r"\d{1,2}[.)] +(.+)")


def render(text: str) -> SafeString:
    """The body as HTML that can do nothing but be read."""
    blocks = re.split(r"\n\s*\n", text.replace("\r\n", "\n"))
    html = "".join(_block(block.strip("\n")) for block in blocks if block.strip())
    fenced = nh3.clean(
        html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )  # fmt: skip
    return mark_safe(fenced)


def plain(text: str) -> str:
    """The same text without its marks, for search and feeds."""
    text = _LINK.sub(r"\1", text)
    return re.sub(r"(?m)^(?:#{2,3} +|[-*•] +)", "", text)


def _block(block: str) -> str:
    """A block may change its nature line by line: a subhead, then a list, then words."""
    parts: list[tuple[str, list[str]]] = []
    for line in block.split("\n"):
        kind, words = _line(line.strip())
        if parts and parts[-1][0] == kind and kind not in ("h2", "h3"):
            parts[-1][1].append(words)
        elif words:
            parts.append((kind, [words]))
    return "".join(_built(kind, lines) for kind, lines in parts)


def _line(line: str) -> tuple[str, str]:
    for mark, kind in (("### ", "h3"), ("## ", "h2")):
        if line.startswith(mark):
            return kind, line.removeprefix(mark).strip()
    if match := _POINT.fullmatch(line):
        return "ul", match[1]
    if match := _NUMBER.fullmatch(line):
        return "ol", match[1]
    return "p", line


def _built(kind: str, lines: list[str]) -> str:
    inline = [_inline(line) for line in lines]
    if kind in ("ul", "ol"):
        return f"<{kind}>{''.join(f'<li>{line}</li>' for line in inline)}</{kind}>"
    return f"<{kind}>{'<br>'.join(inline)}</{kind}>"


def _inline(line: str) -> str:
    built, last = [], 0
    for match in _LINK.finditer(line):
        built.append(escape(line[last : match.start()]))
        built.append(f'<a href="{escape(match[2])}">{escape(match[1])}</a>')
        last = match.end()
    return "".join([*built, escape(line[last:])])
