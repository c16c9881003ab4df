from __future__ import annotations

import re
from pathlib import Path

import pytest

UI = Path(__file__).parents[1]
CATALOGUES = [UI / "vi.po.part", UI.parents[1] / "locale/vi/LC_MESSAGES/django.po"]


def unquoted(lines: str) -> str:
    parts = re.findall(r'"((?:[^"\\]|\\.)*)"', lines)
    return "".join(parts).replace('\\"', '"').replace("\\n", "\n")


def translated() -> dict[str, str]:
    text = "\n".join(path.read_text() for path in CATALOGUES if path.exists())
    string = r'((?:"[^\n]*"(?:\n|$))+)'
    entry = rf"^msgid {string}(?:msgid_plural {string})?msgstr(?:\[0\])? {string}"
    return {unquoted(a): unquoted(b) for a, _plural, b in re.findall(entry, text, re.MULTILINE)}


def plurals() -> dict[str, str]:
    """The plural of those that have one: Vietnamese has one form, which carries the number."""
    text = "\n".join(path.read_text() for path in CATALOGUES if path.exists())
    string = r'((?:"[^\n]*"(?:\n|$))+)'
    entry = rf"^msgid {string}msgid_plural {string}"
    return {unquoted(a): unquoted(b) for a, b in re.findall(entry, text, re.MULTILINE)}


def asked() -> set[str]:
    found: set[str] = set()
    for path in UI.rglob("templates/**/*.html"):
        html = path.read_text()
        found.update(
            a or b for a, b in re.findall(r"{% trans(?:late)? (?:\"(.*?)\"|'(.*?)') ", html)
        )
        found.update(re.findall(r'\b_\("(.*?)"\)', html))
        for body in re.findall(r"{% blocktrans[^%]*%}(.*?){% endblocktrans", html, re.DOTALL):
            found.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", body))
    for path in [*UI.glob("*.py"), *UI.glob("templatetags/*.py")]:
        found.update(
            re.findall(r'\b(?:_|N_|ngettext|gettext_lazy)\(\s*"(.*?)"[,)]', path.read_text())
        )
    return found


@pytest.mark.parametrize("msgid", sorted(asked()))
def test_the_words_have_a_vietnamese_form(msgid: str) -> None:
    assert translated().get(msgid)


@pytest.mark.parametrize(
    ("msgid", "text"),
    [
        ("(required)", "(bắt buộc)"),
        ("%(count)s day left", "còn %(count)s ngày"),
        ("%(count)s day overdue", "quá hạn %(count)s ngày"),
        ("Draft kept on this device", "Đã lưu nháp trên máy này"),
        ("Step %(step)s/%(total)s", "Bước %(step)s/%(total)s"),
    ],
)
def test_the_words_that_the_people_know(msgid: str, text: str) -> None:
    assert translated()[msgid] == text


def test_no_translation_loses_a_value() -> None:
    many = plurals()
    for msgid, text in translated().items():
        if msgid:
            assert sorted(re.findall(r"%\(\w+\)[sd]", many.get(msgid, msgid))) == sorted(
                re.findall(r"%\(\w+\)[sd]", text)
            ), msgid
