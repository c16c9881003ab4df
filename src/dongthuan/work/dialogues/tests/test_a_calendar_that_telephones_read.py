"""RFC 5545: folded at 75 octets, escaped, struck out when called off."""

from __future__ import annotations

import datetime as dt

from dongthuan.work.dialogues.icalendar import Event, calendar_text

AT = dt.datetime(2026, 11, 20, 1, tzinfo=dt.UTC)


def event(**more: object) -> Event:
    given = {
        "uid": "a@b", "starts": AT, "ends": AT + dt.timedelta(hours=2), "title": "Đối thoại",
        "place": "Hội trường", "text": "", "url": "https://vidu.vn/", "revision": 3,
    }  # fmt: skip
    return Event(**(given | more))  # type: ignore[arg-type]


def test_long_lines_are_folded_between_letters() -> None:
    title = "Đối thoại với tiểu thương; chợ, " * 8
    text = calendar_text(name="Lịch", events=[event(title=title)], now=AT)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:" + title.replace(";", "\\;").replace(",", "\\,") in whole


def test_lines_of_a_text_become_one() -> None:
    text = calendar_text(name="Lịch", events=[event(text="một\r\nhai\nba")], now=AT)
    assert "DESCRIPTION:một\\nhai\\nba\r\n" in text


def test_what_is_called_off_is_struck_out() -> None:
    text = calendar_text(name="Lịch", events=[event(cancelled=True)], now=AT)
    assert "STATUS:CANCELLED" in text
    assert "SEQUENCE:3" in text
