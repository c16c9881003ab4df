from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from dongthuan.core.matters.models import Matter, Submission
from dongthuan.front.portal.tests.conftest import FILLED, TEXT, hidden

pytestmark = pytest.mark.django_db


def test_the_way_from_the_first_page_to_the_receipt(people: Any, english: Client) -> None:
    first = english.get("/gui/")
    token = hidden(first, "form_token")[0]
    what = {"step": "what", "form_token": token, "text": TEXT, "declared": "feedback"}
    second = english.post("/gui/", what | {"go": "next"})
    assert "Where is it?" in second.content.decode()
    where = what | {"step": "where", "commune": "21439", "place_text": "trước nhà văn hóa"}
    third = english.post("/gui/", where | {"go": "next"})
    page = third.content.decode()
    assert "Check what you send" in page and TEXT in page and "Đức Phổ Ward" in page
    sent = english.post("/gui/", where | {"step": "who", "name": "Nguyễn Thị Thử", "go": "send"})
    assert (sent.status_code, sent["Location"]) == (302, "/gui/da-nhan/")
    receipt = english.get("/gui/da-nhan/").content.decode()
    submission = Submission.objects.get()
    assert submission.matter.code in receipt
    assert (submission.text, submission.channel) == (TEXT, "web")
    assert (submission.matter.place.code, submission.citizen.name) == ("21439", "Nguyễn Thị Thử")


def test_each_page_carries_on_what_was_typed_on_the_others(people: Any, english: Client) -> None:
    page = english.post("/gui/", FILLED | {"step": "where", "go": "back"})
    assert TEXT in page.content.decode()
    assert hidden(page, "commune") == ["21439"]
    assert hidden(page, "phone") == ["0912 345 678"]


def test_back_works_from_a_page_that_is_not_in_order(people: Any, english: Client) -> None:
    page = english.post("/gui/", FILLED | {"step": "where", "commune": "", "go": "back"})
    assert page.status_code == 200
    assert "What do you want to say?" in page.content.decode()


def test_without_a_text_the_first_page_stays_and_names_the_field(
    people: Any, english: Client
) -> None:
    page = english.post("/gui/", FILLED | {"step": "what", "text": "ngắn", "go": "next"})
    assert page.status_code == 422
    body = page.content.decode()
    assert (
        "in at least ten letters" in body
        and 'href="#id_text"' in body
        and "ngắn</textarea>" in body
    )


def test_without_a_place_the_second_page_stays(people: Any, english: Client) -> None:
    page = english.post("/gui/", FILLED | {"step": "where", "commune": "", "go": "next"})
    assert page.status_code == 422
    assert "Choose the commune or ward." in page.content.decode()


def test_a_place_outside_of_this_province_is_refused(send: Any) -> None:
    page = send(commune="00004")
    assert page.status_code == 422
    assert "Choose one of the places in the list." in page.content.decode()
    assert not Matter.objects.exists()


def test_a_place_that_has_ended_is_refused(send: Any) -> None:
    assert send(commune="534").status_code == 422
    assert not Matter.objects.exists()


def test_a_wrong_telephone_number_is_named_and_everything_stays(send: Any) -> None:
    page = send(phone="12")
    body = page.content.decode()
    assert page.status_code == 422
    assert "The telephone number is not valid" in body and 'href="#id_phone"' in body
    assert 'value="Nguyễn Thị Thử"' in body and 'value="12"' in body
    assert not Matter.objects.exists()


def test_a_wrong_email_is_named(send: Any) -> None:
    page = send(email="khong-phai")
    assert page.status_code == 422
    assert 'href="#id_email"' in page.content.decode()


def test_a_complaint_needs_name_and_address(send: Any) -> None:
    page = send(declared="complaint", name="", address="")
    body = page.content.decode()
    assert page.status_code == 422
    assert "Article 8 of the Law on Complaints" in body
    assert 'href="#id_name"' in body and 'href="#id_address"' in body


def test_feedback_needs_no_name(send: Any) -> None:
    assert send(name="", address="", phone="", email="").status_code == 302
    assert Submission.objects.get().citizen is None


def test_a_village_is_chosen_within_its_commune(people: Any, send: Any, english: Client) -> None:
    page = english.post("/gui/", FILLED | {"step": "where", "go": "villages"}).content.decode()
    assert 'value="21439-t01"' in page
    assert send(village="21439-t01").status_code == 302
    assert Matter.objects.get().place.code == "21439-t01"


def test_a_village_of_the_commune_chosen_before_is_forgotten(send: Any) -> None:
    assert send(commune="21478", village="21439-t01").status_code == 302
    assert Matter.objects.get().place.code == "21478"


def test_a_place_is_found_by_its_name_without_marks(people: Any, english: Client) -> None:
    asked = FILLED | {"step": "where", "go": "find", "find": "sa huynh"}
    page = english.post("/gui/", asked).content.decode()
    assert 'value="pick:21478"' in page
    picked = english.post("/gui/", asked | {"go": "pick:21478"}).content.decode()
    assert '<option value="21478" selected>' in picked


def test_a_former_name_leads_to_the_unit_of_today(people: Any, english: Client) -> None:
    asked = FILLED | {"step": "where", "go": "find", "find": "Phổ Ninh"}
    page = english.post("/gui/", asked).content.decode()
    assert "formerly" in page and 'value="pick:21439"' in page


def test_the_enter_key_in_the_search_field_searches(people: Any, english: Client) -> None:
    asked = FILLED | {"step": "where", "go": "enter", "find": "sa huynh"}
    assert 'value="pick:21478"' in english.post("/gui/", asked).content.decode()


def test_a_link_brings_its_unit_along(people: Any, english: Client) -> None:
    assert hidden(english.get("/gui/?don-vi=21439"), "commune") == ["21439"]
    village = english.get("/gui/?don-vi=21439-t01")
    assert (hidden(village, "commune"), hidden(village, "village")) == (["21439"], ["21439-t01"])


def test_a_link_with_an_unknown_unit_does_no_harm(people: Any, english: Client) -> None:
    page = english.get("/gui/?don-vi=khong-co")
    assert page.status_code == 200
    assert hidden(page, "commune") == []


def test_a_link_tells_what_it_will_be(people: Any, english: Client) -> None:
    page = english.get("/gui/?loai=khieu-nai").content.decode()
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["complaint"]


def test_text_typed_in_pieces_is_stored_composed(send: Any) -> None:
    import unicodedata

    assert send(text=unicodedata.normalize("NFD", TEXT)).status_code == 302
    assert Submission.objects.get().text == TEXT


def test_who_fills_the_unseen_field_is_told_and_nothing_is_sent(send: Any) -> None:
    page = send(website="http://spam.example")
    assert page.status_code == 422
    assert "A field that people do not see was filled in" in page.content.decode()
    assert not Matter.objects.exists()
