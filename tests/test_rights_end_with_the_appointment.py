from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.people.services import account_create, appointment_create
from dongthuan.core.units.models import Position

DESK = "/ban-lam-viec/"
Browsers = Callable[[str], Client]


def seat(code: str) -> Position:
    return Position.objects.get(code=code)


def newcomer(people: Any, **term: Any) -> Account:
    """An account whose only appointment is that of the term."""
    account = account_create(email="tam@vidu.vn", name="Cán bộ tạm")
    appointment_create(account=account, position=seat("21439-intake"), **term)
    people.accounts["newcomer"] = account
    return account


def test_an_expired_appointment_gets_one_plain_sentence(people: Any, signed_in: Browsers) -> None:
    Appointment.objects.filter(account=people.accounts["intake"]).update(
        valid_to=clock.today() - dt.timedelta(days=1)
    )
    answer = signed_in("intake").get(DESK)
    assert answer.status_code == 403
    page = answer.content.decode()
    assert page.count('class="lead"') == 1
    assert "Traceback" not in page


def test_the_last_day_still_counts(people: Any, signed_in: Browsers) -> None:
    Appointment.objects.filter(account=people.accounts["intake"]).update(valid_to=clock.today())
    assert signed_in("intake").get(DESK).status_code == 200


def test_the_day_turns_at_midnight_in_viet_nam(people: Any) -> None:
    from dongthuan.core.people.actors import actor_for

    last = dt.date(2026, 6, 30)
    Appointment.objects.filter(account=people.accounts["intake"]).update(valid_to=last)
    zone = timezone.get_default_timezone()
    with clock.at(dt.datetime(2026, 6, 30, 23, 59, tzinfo=zone)):
        assert actor_for(people.accounts["intake"]).is_official
    with clock.at(dt.datetime(2026, 7, 1, 0, 1, tzinfo=zone)):
        assert not actor_for(people.accounts["intake"]).is_official


def test_a_position_that_ended_yesterday_gives_nothing(people: Any, signed_in: Browsers) -> None:
    position = seat("21439-intake")
    position.valid_to = clock.today() - dt.timedelta(days=1)
    position.save(update_fields=["valid_to"])
    assert signed_in("intake").get(DESK).status_code == 403


def test_an_appointment_that_begins_tomorrow_gives_nothing_yet(
    people: Any, signed_in: Browsers
) -> None:
    newcomer(people, valid_from=clock.today() + dt.timedelta(days=1))
    assert signed_in("newcomer").get(DESK).status_code == 403


def test_an_acting_appointment_works_for_its_term(
    people: Any, submit: Any, signed_in: Browsers
) -> None:
    receipt = submit()
    newcomer(people, valid_from=clock.today(), valid_to=clock.today(), acting=True)
    client = signed_in("newcomer")
    assert receipt.code in client.get(f"{DESK}?view=unit").content.decode()
    done = client.post(
        f"{DESK}vu-viec/{receipt.code}/register/",
        {"version": receipt.matter.version, "title": "Cống vỡ nắp", "topic": "construction"},
    )
    assert done.status_code == 302


def test_a_session_loses_its_rights_the_moment_the_term_ends(
    people: Any, submit: Any, signed_in: Browsers
) -> None:
    receipt = submit()
    client = signed_in("intake")
    there = f"{DESK}vu-viec/{receipt.code}/"
    assert client.get(there).status_code == 200
    Appointment.objects.filter(account=people.accounts["intake"]).update(
        valid_to=clock.today() - dt.timedelta(days=1)
    )
    assert client.get(there).status_code == 403
    assert client.post(f"{there}ghi-chu/", {"text": "Vẫn còn đây."}).status_code == 403


def test_one_of_two_positions_may_end(people: Any, signed_in: Browsers) -> None:
    Appointment.objects.filter(
        account=people.accounts["province"], position__code="51-intake"
    ).update(valid_to=clock.today() - dt.timedelta(days=1))
    assert signed_in("province").get(DESK).status_code == 200
