from __future__ import annotations

import unicodedata

import pytest
from django.db import connection

from dongthuan.core.text import fold, words

BASES = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
VOWELS = set("aăâeêioôơuưy")
LETTERS = sorted(
    {
        unicodedata.normalize("NFC", form + tone)
        for letter in BASES
        for form in (letter, letter.upper())
        for tone in (TONES if letter in VOWELS else [""])
    }
)
TEXTS = [
    "Tổ dân phố số 5, P. Đức Phổ: cống bị vỡ!",
    "UBND xã/phường TP.HCM 12/3/2024 K96/H17",
    "hòa hoà thuý thúy kỹ kĩ QUẢNG NGÃI",
    "1.234.567 đồng; 50% – “trích dẫn” …",
]

pytestmark = pytest.mark.django_db


def asked(sql: str, value: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchone()[0]


def test_all_letters_are_here() -> None:
    assert len(LETTERS) == 2 * (12 * 6 + 21)


def test_every_letter_folds_alike_composed_and_decomposed() -> None:
    wrong = [
        letter
        for letter in LETTERS
        for typed in (letter, unicodedata.normalize("NFD", letter))
        if asked("SELECT dt_fold(%s)", typed) != fold(typed)
    ]
    assert wrong == []


@pytest.mark.parametrize("text", TEXTS)
def test_texts_fold_to_the_same_words(text: str) -> None:
    for typed in (text, unicodedata.normalize("NFD", text)):
        found = asked("SELECT tsvector_to_array(dt_tsv_folded(%s))::text[]", typed)
        assert sorted(found) == sorted(set(words(typed)))


def test_the_accented_words_keep_their_marks() -> None:
    found = asked("SELECT tsvector_to_array(dt_tsv_accented(%s))::text[]", "Cống, CỔNG; cổng-cong")
    assert sorted(found) == sorted({"cống", "cổng", "cong"})
