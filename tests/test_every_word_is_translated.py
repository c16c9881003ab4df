"""Vietnamese is complete: every sentence of the source has its text, and none leaks in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils.translation.template import templatize

import dongthuan
from dongthuan.core.matters.models import Duty, Matter
from dongthuan.core.matters.selectors import steps_for
from dongthuan.work.denunciations.tests.paths import matter_in as sealed_in
from dongthuan.work.petitions.tests.paths import matter_in

PACKAGE = Path(dongthuan.__file__).parent
CATALOGUE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"

# How many leading arguments are texts: (context, singular, plural).
CALLS = {
    "gettext": (False, True, False),
    "gettext_lazy": (False, True, False),
    "gettext_noop": (False, True, False),
    "ngettext": (False, True, True),
    "ngettext_lazy": (False, True, True),
    "pgettext": (True, True, False),
    "pgettext_lazy": (True, True, False),
    "npgettext": (True, True, True),
    "npgettext_lazy": (True, True, True),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd](?!\w)|\{\w*\}")
LITERAL = r"u?(?:'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\")"
IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(({LITERAL}(?:, {LITERAL})*)")

Message = tuple[str | None, str, str]  # context, singular, plural or ""


def message_of(function: str, texts: list[str]) -> Message:
    has_context, _singular, has_plural = CALLS[function]
    context = texts.pop(0) if has_context else None
    return context, texts[0], texts[1] if has_plural else ""


def said_in_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in CALLS
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = names.get(getattr(node.func, "id", ""), getattr(node.func, "attr", ""))
        if function not in CALLS:
            continue
        texts = [arg.value for arg in node.args[: sum(CALLS[function])] if is_text(arg)]
        if len(texts) == sum(CALLS[function]):
            yield message_of(function, texts)


def is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def said_in_template(source: str) -> Iterator[Message]:
    for function, literals in IN_TEMPLATE.findall(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, literals)]
        yield message_of("gettext" if function == "_" else function, texts)


def said() -> list[tuple[str, Message]]:
    """Every message of the source, with the file that says it first."""
    found: dict[Message, str] = {}
    for pattern, read in (("*.py", said_in_python), ("templates/**/*.*", said_in_template)):
        for path in sorted(PACKAGE.rglob(pattern)):
            if path.is_file() and "tests" not in path.parts:
                for message in read(path.read_text(encoding="utf-8")):
                    found.setdefault(message, str(path.relative_to(PACKAGE)))
    return [(where, message) for message, where in found.items()]


@cache
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE), wrapwidth=0)


def vietnamese_of(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


# -- the catalogue ------------------------------------------------------------------------------


def test_the_source_is_read() -> None:
    python = (
        "from django.utils.translation import gettext_noop as N_, ngettext, pgettext as p\n"
        "from django.utils.translation import gettext as _\n"
        "N_('a'), _('b ' 'c'), ngettext('d', 'ds', n), p('state', 'e'), _(unknown), other('f')\n"
    )
    assert list(said_in_python(python)) == [
        (None, "a", ""),
        (None, "b c", ""),
        (None, "d", "ds"),
        ("state", "e", ""),
    ]
    template = (
        '{% translate "a" %}{% translate "b" context "c" %}{{ x|default:_("d") }}'
        "{% blocktranslate %}e {{ f }}{% endblocktranslate %}"
        "{% blocktranslate count n=n %}g{% plural %}{{ n }} gs{% endblocktranslate %}"
    )
    assert list(said_in_template(template)) == [
        (None, "a", ""),
        ("c", "b", ""),
        (None, "d", ""),
        (None, "e %(f)s", ""),
        (None, "g", "%(n)s gs"),
    ]


def test_every_message_has_a_vietnamese_text() -> None:
    known = {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or "")
        for entry in catalogue()
        if not entry.fuzzy and not entry.obsolete and all(map(str.strip, vietnamese_of(entry)))
    }
    messages = said()
    assert len(messages) > 700
    missing = [f"{where}: {message}" for where, message in messages if message not in known]
    assert not missing, "\n".join(missing)


def test_no_text_loses_or_invents_a_value() -> None:
    for entry in catalogue():
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for text in vietnamese_of(entry):
            assert sorted(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_a_text_with_values_can_be_filled_in() -> None:
    """A bare percent sign would take the letter after it for a value, and print nonsense."""
    for entry in catalogue():
        for text in vietnamese_of(entry):
            if "%(" in (entry.msgid_plural or entry.msgid):
                assert not re.search(r"%(?!\()", text.replace("%%", "")), entry.msgid


def test_the_compiled_catalogue_is_that_of_the_text() -> None:
    compiled = CATALOGUE.with_suffix(".mo").read_bytes()
    assert compiled == catalogue().to_binary(), "run: make messages"


# -- the pages ----------------------------------------------------------------------------------


class Texts(HTMLParser):
    """What a reader of a page sees or hears: text nodes and speaking attributes.

    Left out: code, and the text of a field that somebody has filled in.
    """

    SILENT = frozenset({"script", "style", "code", "pre", "textarea"})
    SPEAKING = frozenset({"aria-label", "alt", "title", "placeholder", "data-label"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT
        self.found.update(" ".join(value.split()) for name, value in attrs
                          if name in self.SPEAKING and value)  # fmt: skip

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.found.add(" ".join(data.split()))


@cache
def english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """The messages that differ in Vietnamese: plain ones, and patterns for those with values."""
    plain, patterns = set(), []
    for entry in catalogue():
        for text in filter(None, (entry.msgid, entry.msgid_plural)):
            if text in vietnamese_of(entry):
                continue
            if PLACEHOLDER.search(text):
                parts = PLACEHOLDER.split(text.replace("%%", "%"))
                # “%(done)s of %(all)s” would find the “of” of whatever is rightly in English.
                if len(re.sub("[^A-Za-z]", "", "".join(parts))) > 3:
                    patterns.append(re.compile(".+".join(map(re.escape, parts))))
            else:
                plain.add(" ".join(text.replace("%%", "%").split()))
    return frozenset(plain), tuple(patterns)


@cache
def vietnamese() -> frozenset[str]:
    return frozenset(
        text
        for entry in catalogue()
        if not PLACEHOLDER.search(entry.msgid)
        for text in vietnamese_of(entry)
        if text != entry.msgid
    )


def english_in(html: str) -> set[str]:
    plain, patterns = english()
    return {
        text
        for text in Texts(html).found
        if text in plain or any(pattern.fullmatch(text) for pattern in patterns)
    }


def vietnamese_in(html: str) -> set[str]:
    return Texts(html).found & vietnamese()


PUBLIC_PAGES = (
    "/", "/gui/", "/tra-cuu/", "/don-vi/", "/don-vi/21439/", "/so-lieu/", "/gioi-thieu/",
    "/tiep-can/", "/khong-co-trang-nay/", "/api/v1/", "/tai-khoan/login/",
    "/tai-khoan/signup/", "/tai-khoan/login/code/",
)  # fmt: skip
DESK_PAGES = (
    "/ban-lam-viec/", "/ban-lam-viec/?view=unit", "/ban-lam-viec/?view=closed",
    "/ban-lam-viec/vao-so/",
)  # fmt: skip
# Between them every declared step is open in one of these states.
STATES = {
    "feedback": ("received", "registered", "examined", "accepted", "decided", "closed"),
    "recommendation": ("examined",),
    "complaint": ("received", "classified", "examined", "accepted", "suspended", "decided"),
    "denunciation": (
        "received", "registered", "examined", "accepted", "verifying", "reported", "suspended",
        "concluded", "inspecting", "again", "terminated",
    ),
}  # fmt: skip


@pytest.fixture
def read(people: Any, settings: Any) -> Callable[..., str]:
    """Read a page in a language, as somebody or nobody."""
    settings.OFFICIALS_NEED_MFA = False

    def read(address: str, *, language: str, who: str = "") -> str:
        client = Client()
        client.cookies["ngon-ngu"] = language
        if who:
            backend = django_settings.AUTHENTICATION_BACKENDS[1]
            client.force_login(people.accounts[who], backend=backend)
        page = client.get(address)
        assert page.status_code in (200, 404), address
        html = page.content.decode()
        assert f'<html lang="{language}"' in html, address
        return html

    return read


def test_a_leak_would_be_seen() -> None:
    page = '<p title="Sign out">Vào sổ</p><b>What you may do now</b><i>3 submissions</i>'
    assert english_in(page) == {"Sign out", "What you may do now", "3 submissions"}
    assert vietnamese_in(page) == {"Vào sổ"}


@pytest.mark.parametrize("address", PUBLIC_PAGES)
def test_the_citizens_pages_speak_one_language(read: Any, submit: Any, address: str) -> None:
    submit()
    assert english_in(read(address, language="vi")) == set()
    assert vietnamese_in(read(address, language="en")) == set()


@pytest.mark.parametrize("address", DESK_PAGES)
def test_the_desk_speaks_one_language(read: Any, submit: Any, address: str) -> None:
    submit()
    assert english_in(read(address, language="vi", who="head")) == set()
    assert vietnamese_in(read(address, language="en", who="head")) == set()


@pytest.mark.parametrize(
    ("kind", "state"), [(kind, state) for kind, states in STATES.items() for state in states]
)
def test_a_matter_and_its_steps_speak_one_language(
    request: Any, people: Any, submit: Any, read: Any, kind: str, state: str
) -> None:
    if kind == "denunciation":
        matter = sealed_in(people, request.getfixturevalue("denounce"), state)
        who = "sealed" if ".21439." in matter.path else "province"
    else:
        matter, who = matter_in(people, submit, kind, state), "head"
    # Why a duty ended was written down in the language of whoever ended it.
    stored = set(Duty.objects.filter(matter=matter).values_list("reason", flat=True))
    for address in addresses_of(matter, people.actors[who]):
        assert english_in(read(address, language="vi", who=who)) == set(), address
        assert vietnamese_in(read(address, language="en", who=who)) <= stored, address


def addresses_of(matter: Matter, actor: Any) -> list[str]:
    """The page of a matter, of every step that is open, and of its first clock."""
    base = f"/ban-lam-viec/vu-viec/{matter.code}/"
    steps = [f"{base}{step.name}/" for step in steps_for(actor=actor, matter=matter)]
    clocks = [f"{base}thoi-han/{duty.pk}/" for duty in Duty.objects.filter(matter=matter)[:1]]
    return [base, *steps, *clocks]
