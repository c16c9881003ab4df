"""Frequencies, thresholds, lists, bands: read strictly, computed without rounding."""

from __future__ import annotations

from datetime import date

import pytest

from dongthuan.core.law import RulebookError, RuleError
from dongthuan.core.law.rulebook import build_rulebook

HEAD = """
[law]
id = "x"
name_vi = "Luật X"
name_en = "Law X"

[[value]]
key = "x.fact"
name_vi = "Một"
name_en = "One"
sort = "{sort}"

[[value.version]]
from = 2020-01-01
basis_vi = "Điều 1"
basis_en = "Art. 1"
document = "1/2020"
evidence = "P"
{body}
"""
OF = 'text_vi = "hộ"\ntext_en = "households"'


def value(sort: str, body: str):  # type: ignore[no-untyped-def]
    text = HEAD.format(sort=sort, body=body)
    return build_rulebook({"x.toml": text}).value("x.fact", on=date(2026, 1, 1))


@pytest.mark.parametrize(("households", "least"), [(100, 67), (99, 66), (101, 68), (3, 2), (1, 1)])
def test_two_thirds_are_never_rounded(households: int, least: int) -> None:
    threshold = value("threshold", f'value = ">= 2/3"\n{OF}')
    assert threshold.met(least, households)
    assert not threshold.met(least - 1, households)


@pytest.mark.parametrize(("households", "least"), [(100, 51), (101, 51)])
def test_more_than_half_is_more_than_half(households: int, least: int) -> None:
    threshold = value("threshold", f'value = "> 1/2"\n{OF}')
    assert threshold.met(least, households)
    assert not threshold.met(least - 1, households)


def test_a_count_needs_no_whole_and_a_share_does() -> None:
    assert value("threshold", f'value = ">= 5"\n{OF}').met(5)
    with pytest.raises(RuleError, match="both the part and the whole"):
        value("threshold", f'value = ">= 2/3"\n{OF}').met(5)


@pytest.mark.parametrize(("people", "most"), [(4, None), (5, 2), (10, 2), (11, 5), (500, 5)])
def test_bands_limit_by_size(people: int, most: int | None) -> None:
    assert value("bands", "bands = [[5, 10, 2], [11, 0, 5]]").limit(people) == most


def test_each_tells_itself_in_both_languages() -> None:
    frequency = value("frequency", 'value = "2/month"\ntext_vi = "ngày"\ntext_en = "days"')
    assert frequency.text_vi == "ít nhất 02 ngày trong 01 tháng"
    assert frequency.text_en == "days: at least 2 each month"
    assert str(value("frequency", f'value = "1/6 months"\n{OF}')) == "1/6 months"
    assert value("flag", "value = true").text_vi == "có"
    form = value("form", f'value = "03/TCD"\n{OF}')
    assert form.text_en == "Form 03/TCD: households"


@pytest.mark.parametrize(
    ("sort", "body", "why"),
    [
        ("moon", "value = true", "wrong sort"),
        ("flag", 'value = "true"', "value must be true or false"),
        ("flag", "value = true\nitems = []", "unknown key items"),
        ("frequency", f'value = "twice"\n{OF}', "a frequency must be like"),
        ("frequency", 'value = "2/month"', "text_vi is missing"),
        ("threshold", f'value = "2/3"\n{OF}', "a threshold must be like"),
        ("threshold", f'value = ">= 2/0"\n{OF}', "a threshold must be like"),
        ("list", "items = []", "the list is empty"),
        ("list", 'items = [["a", "một"]]', "each item is a code"),
        ("list", 'items = [["a", "m", "o"], ["a", "h", "t"]]', "a code in the list is repeated"),
        ("bands", "bands = [[5, 10, 2], [10, 0, 5]]", "the bands overlap"),
        ("bands", 'bands = [["5", 10, 2]]', "each band is from"),
        ("bands", "bands = [[5, 0, 2], [11, 0, 5]]", "the bands overlap"),
        ("choice", 'value = "a"', "text_vi is missing"),
    ],
)
def test_a_broken_fact_is_refused_by_name(sort: str, body: str, why: str) -> None:
    with pytest.raises(RulebookError) as refused:
        value(sort, body)
    assert refused.value.en.startswith("Rule file x.toml, key x.fact: ")
    assert why in refused.value.en


def test_a_key_may_not_be_a_rule_and_a_fact() -> None:
    text = HEAD.format(sort="flag", body="value = true")
    with pytest.raises(RulebookError, match="the key is defined twice"):
        build_rulebook({"a.toml": text, "b.toml": text})
