"""The shipped rules are complete, and a broken file is refused by name and key."""

from __future__ import annotations

from datetime import date

import pytest

from dongthuan.core.law import RulebookError, RuleVersion, Term, load_rulebook
from dongthuan.core.law.rulebook import ANCHORS, build_rulebook

VERSIONS = [(rule.key, version) for rule in load_rulebook().rules() for version in rule.versions]
GOOD = """
[law]
id = "x"
name_vi = "Luật X"
name_en = "Law X"

[[rule]]
key = "x.one"
name_vi = "Một"
name_en = "One"
anchor = "received"

[[rule.version]]
from = 2020-01-01
to = 2026-06-30
term = "10 d"
basis_vi = "Điều 1"
basis_en = "Art. 1"
document = "1/2020"
evidence = "P"

[[rule.version]]
from = 2026-07-01
term = "7 wd"
when = [{ if = ["complex"], term = "9 wd" }]
extension = [{ if = ["complex"], term = "3 wd", times = 1 }]
basis_vi = "Điều 2"
basis_en = "Art. 2"
document = "2/2026"
evidence = "P"
"""


@pytest.mark.parametrize(
    ("key", "version"), VERSIONS, ids=[f"{key}@{version.valid_from}" for key, version in VERSIONS]
)
def test_every_version_has_a_basis_and_a_term_that_parses(key: str, version: RuleVersion) -> None:
    assert version.basis_vi and version.basis_en and version.document, key
    terms = [version.term, *(w.term for w in version.when), *(e.term for e in version.extensions)]
    counted = [term for term in terms if term.amount]  # the day that a document sets has none
    assert [Term.parse(str(term)) for term in counted] == counted
    # A rule that rests on no source says so in its own words.
    assert version.evidence in ("P", "S") or (version.note_vi and version.note_en)


def test_every_rule_is_named_in_both_languages_and_starts_from_a_known_event() -> None:
    for rule in load_rulebook():
        assert rule.name_vi and rule.name_en
        assert rule.anchor in ANCHORS


def test_every_rule_answers_for_23_november_2026() -> None:
    today = date(2026, 11, 23)
    for rule in load_rulebook():
        assert load_rulebook().version(rule.key, today).in_force(today)


def test_a_good_file_is_read() -> None:
    book = build_rulebook({"x.toml": GOOD})
    assert [str(v.term) for v in book.rule("x.one").versions] == ["10 d", "7 wd"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('anchor = "received"', 'anchor = "moon"', "wrong anchor"),
        ('anchor = "received"', 'anchor = "received"\ndirection = "up"', "wrong direction"),
        ('anchor = "received"', 'anchor = "received"\nwho = "me"', "unknown key who"),
        ('term = "10 d"', 'term = "ten days"', "is not of the form"),
        ('term = "10 d"', "", "is not of the form"),
        ('document = "1/2020"', 'document = "1/2020"\nterms = "1"', "unknown key terms"),
        ('basis_vi = "Điều 1"', 'basis_vi = " "', "basis_vi is missing"),
        ('evidence = "P"', 'evidence = "sure"', "wrong evidence"),
        ("to = 2026-06-30", "", "overlap at 2026-07-01"),
        ("to = 2026-06-30", "to = 2026-07-01", "overlap at 2026-07-01"),
        ("to = 2026-06-30", "to = 2026-06-29", "a gap before 2026-07-01"),
        ("to = 2026-06-30", "to = 2019-12-31", "ends before it begins"),
        ("from = 2026-07-01", "from = 2026-07-01\nafter_gap = true", "a gap before 2026-07-01"),
        ("from = 2020-01-01", 'from = "2020-01-01"', "from must be a date"),
        ("from = 2020-01-01", "from = 2020-01-01T00:00:00", "from must be a date"),
        ('{ if = ["complex"], term = "9 wd" }', "{ term = '9 wd' }", "if must list conditions"),
        ('if = ["complex"], term = "9 wd"', 'if = ["hard"], term = "9 wd"', "unknown condition"),
        (
            'when = [{ if = ["complex"], term = "9 wd" }]',
            'when = [{ if = ["complex"], term = "9 wd" }, { if = ["remote"], term = "8 wd" }]',
            "unclear when both complex + remote",
        ),
        ("times = 1", "times = 0", "times must be 1 or more"),
        ('anchor = "received"', 'anchor = "received"\ndirection = "span"', "unit unfit"),
        ('id = "x"', "", "id is missing"),
        ("[law]", "[laws]", "unknown key laws"),
        ("[[rule]]", "[[rule", "bad TOML"),
    ],
)
def test_a_broken_file_is_refused_by_name(old: str, new: str, why: str) -> None:
    assert old in GOOD
    with pytest.raises(RulebookError) as refused:
        build_rulebook({"x.toml": GOOD.replace(old, new, 1)})
    assert refused.value.en.startswith("Rule file x.toml, key ")
    assert why in refused.value.en


def test_a_declared_gap_is_accepted() -> None:
    gap = GOOD.replace("to = 2026-06-30", "to = 2025-12-31").replace(
        "from = 2026-07-01", "from = 2026-07-01\nafter_gap = true"
    )
    assert len(build_rulebook({"x.toml": gap}).rule("x.one").versions) == 2


def test_a_key_in_two_files_is_refused() -> None:
    with pytest.raises(RulebookError) as refused:
        build_rulebook({"a.toml": GOOD, "b.toml": GOOD})
    assert refused.value.en == "Rule file b.toml, key x.one: the key is defined twice."
