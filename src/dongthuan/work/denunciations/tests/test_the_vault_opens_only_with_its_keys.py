"""Sealing, wrapping and unsealing: pure cryptography, no database."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dongthuan.work.denunciations.vault import crypto

N = 2**4


@given(st.binary(max_size=5000))
def test_what_is_sealed_comes_back_with_the_private_key(plain: bytes) -> None:
    pair = crypto.pair_new()
    sealed = crypto.seal(pair.public, crypto.padded(plain), context=b"item:1:1:letter")
    opened = crypto.unseal(pair.private, sealed, context=b"item:1:1:letter")
    assert crypto.unpadded(opened) == plain


def test_another_key_opens_nothing() -> None:
    sealed = crypto.seal(crypto.pair_new().public, b"Nguyen", context=b"a")
    with pytest.raises(crypto.WrongKey):
        crypto.unseal(crypto.pair_new().private, sealed, context=b"a")


def test_a_content_moved_to_another_matter_or_place_does_not_open() -> None:
    pair = crypto.pair_new()
    sealed = crypto.seal(pair.public, b"Nguyen", context=b"item:1:1:letter")
    with pytest.raises(crypto.WrongKey):
        crypto.unseal(pair.private, sealed, context=b"item:2:1:letter")


@pytest.mark.parametrize("at", [0, 5, 40, -1])
def test_one_changed_byte_is_noticed(at: int) -> None:
    pair = crypto.pair_new()
    sealed = bytearray(crypto.seal(pair.public, b"Nguyen", context=b"a"))
    sealed[at] ^= 1
    with pytest.raises(crypto.WrongKey):
        crypto.unseal(pair.private, bytes(sealed), context=b"a")


def test_the_key_of_one_file_opens_no_other() -> None:
    pair = crypto.pair_new()
    one = crypto.seal(pair.public, b"one", context=b"a")
    other = crypto.seal(pair.public, b"other", context=b"a")
    key = crypto.opening_key(pair.private, one)
    assert crypto.unseal_with(key, one, context=b"a") == b"one"
    with pytest.raises(crypto.WrongKey):
        crypto.unseal_with(key, other, context=b"a")


def test_lengths_tell_little() -> None:
    pair = crypto.pair_new()
    short = crypto.seal(pair.public, crypto.pack({"name": "An"}), context=b"a")
    long = crypto.seal(pair.public, crypto.pack({"name": "Nguyễn Thị Ánh Tuyết"}), context=b"a")
    assert len(short) == len(long)


def test_a_passphrase_typed_in_another_composition_is_the_same() -> None:
    locked = crypto.lock("mật khẩu kho kín", b"key", context=b"a", n=N)
    import unicodedata

    typed = unicodedata.normalize("NFD", "mật khẩu kho kín")
    assert crypto.unlock(typed, locked, context=b"a") == b"key"
    with pytest.raises(crypto.WrongKey):
        crypto.unlock("mật khẩu kho hở", locked, context=b"a")


def test_the_digits_of_a_form_are_always_the_same_and_sixteen() -> None:
    once, again = crypto.digits_new(b"token"), crypto.digits_new(b"token")
    assert once == again
    assert len(once) == 16 and once.isdigit()
    assert crypto.digits_new(b"other") != once
    assert crypto.digits_new() != crypto.digits_new()


def test_the_locator_tells_nothing_of_the_key() -> None:
    locator, pair = crypto.receipt_pair("1234567890123456", salt=b"s" * 16, n=N)
    assert locator not in pair.private and len(locator) == 16
    assert crypto.receipt_pair("1234567890123457", salt=b"s" * 16, n=N)[0] != locator
