from __future__ import annotations

import datetime as dt

import pytest
from django.template import engines
from django.utils import translation

TODAY = dt.date(2026, 11, 23)


def tag(date: object, done: bool = False) -> str:
    template = engines["django"].from_string("{% due_tag date today done %}")
    with translation.override("en"):
        return template.render({"date": date, "today": TODAY, "done": done})


@pytest.mark.parametrize(
    ("date", "tone", "words"),
    [
        (dt.date(2026, 12, 5), "tag-neutral", "12 days left"),
        (dt.date(2026, 11, 27), "tag-neutral", "4 days left"),
        (dt.date(2026, 11, 26), "tag-due", "3 days left"),
        (dt.date(2026, 11, 24), "tag-due", "1 day left"),
        (dt.date(2026, 11, 23), "tag-due", "due today"),
        (dt.date(2026, 11, 22), "tag-late", "1 day overdue"),
        (dt.date(2023, 11, 23), "tag-late", "1.096 days overdue"),
    ],
)
def test_words_and_tone(date: dt.date, tone: str, words: str) -> None:
    html = tag(date)
    assert tone in html
    assert f"<span>{words}</span>" in html
    assert "<use href=" in html


def test_the_day_itself_is_in_the_tag() -> None:
    assert 'datetime="2026-11-26" title="26/11/2026"' in tag(dt.date(2026, 11, 26))


def test_a_moment_counts_by_its_day_in_viet_nam() -> None:
    evening = dt.datetime(2026, 11, 23, 18, 0, tzinfo=dt.UTC)  # 01:00 of the 24th in Viet Nam
    assert "1 day left" in tag(evening)


def test_what_is_done_is_not_overdue() -> None:
    html = tag(dt.date(2026, 11, 1), done=True)
    assert "tag-kept" in html
    assert "overdue" not in html


def test_no_deadline_no_tag() -> None:
    assert tag(None) == ""
    assert tag("") == ""


@pytest.mark.parametrize(
    ("tone", "css"),
    [
        ("good", "kept"),
        ("bad", "late"),
        ("waiting", "waiting"),
        ("active", "active"),
        ("?", "neutral"),
    ],
)
def test_a_state_has_words_and_an_icon_beside_its_colour(tone: str, css: str) -> None:
    template = engines["django"].from_string("{% status_tag tone text %}")
    html = template.render({"tone": tone, "text": "<b>Đã trả lời</b>"})
    assert f'class="tag tag-{css}"' in html
    assert "<svg" in html
    assert "&lt;b&gt;Đã trả lời" in html
