"""The cryptography of the vault: pure functions over `cryptography`, no database, no Django.

Everything is sealed to a public key: an ephemeral X25519 key, HKDF-SHA256, AES-256-GCM. Whoever
writes needs no secret; only the holder of the private key reads. Private keys themselves lie
sealed to other public keys, and at the end of each chain stands what a person knows: a passphrase
of an official, or the sixteen digits of a receipt, stretched by scrypt.
"""

from __future__ import annotations

import json
import os
import secrets
import struct
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

VERSION = b"\x01"
_INFO = b"dongthuan vault 1"
_NONCE = 12
_KEY = 32
_SALT = 16
# Lengths tell: a name of nine letters, a letter of three pages. Contents are filled up to this.
PADDING = 1024
DIGITS = 16


class WrongKey(ValueError):
    """The key, the passphrase or the place does not fit what was sealed."""


@dataclass(frozen=True, repr=False)
class KeyPair:
    """An X25519 key pair as raw bytes (32 each); never printed."""

    private: bytes
    public: bytes


def pair_new() -> KeyPair:
    return pair_from(secrets.token_bytes(_KEY))


def pair_from(private: bytes) -> KeyPair:
    """The pair of a private key; any 32 bytes are one."""
    key = X25519PrivateKey.from_private_bytes(private)
    return KeyPair(private, key.public_key().public_bytes_raw())


# -- sealing to a public key ------------------------------------------------------------------


def seal(public: bytes, plain: bytes, *, context: bytes) -> bytes:
    """version | ephemeral public (32) | nonce (12) | AES-256-GCM. `context` must come again."""
    ephemeral = X25519PrivateKey.generate()
    mine = ephemeral.public_key().public_bytes_raw()
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = os.urandom(_NONCE)
    box = AESGCM(_derived(shared, mine + public)).encrypt(nonce, plain, context)
    return VERSION + mine + nonce + box


def unseal(private: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """What was sealed to this private key's public one. Raises WrongKey."""
    return unseal_with(opening_key(private, sealed), sealed, context=context)


def opening_key(private: bytes, sealed: bytes) -> bytes:
    """The one AES key (32 bytes) of one sealed thing: opens that and nothing else."""
    if sealed[:1] != VERSION or len(sealed) < 1 + _KEY + _NONCE:
        raise WrongKey
    key = X25519PrivateKey.from_private_bytes(private)
    ephemeral = sealed[1 : 1 + _KEY]
    shared = key.exchange(X25519PublicKey.from_public_bytes(ephemeral))
    return _derived(shared, ephemeral + key.public_key().public_bytes_raw())


def unseal_with(key: bytes, sealed: bytes, *, context: bytes) -> bytes:
    """What `opening_key` opens. Raises WrongKey."""
    head = 1 + _KEY
    try:
        return AESGCM(key).decrypt(sealed[head : head + _NONCE], sealed[head + _NONCE :], context)
    except (InvalidTag, ValueError):
        raise WrongKey from None


def _derived(shared: bytes, salt: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=salt, info=_INFO).derive(shared)


# -- locking with what a person knows ---------------------------------------------------------


def lock(passphrase: str, plain: bytes, *, context: bytes, n: int) -> bytes:
    """version | log2(n) | salt (16) | nonce (12) | AES-256-GCM under scrypt(passphrase)."""
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    key = stretched(passphrase, salt=salt, n=n, length=_KEY)
    return (
        VERSION
        + bytes([n.bit_length() - 1])
        + salt
        + nonce
        + AESGCM(key).encrypt(nonce, plain, context)
    )


def unlock(passphrase: str, locked: bytes, *, context: bytes) -> bytes:
    """What the passphrase locks away. Raises WrongKey."""
    if locked[:1] != VERSION or not 1 <= locked[1] <= 24:
        raise WrongKey
    salt, rest = locked[2 : 2 + _SALT], locked[2 + _SALT :]
    key = stretched(passphrase, salt=salt, n=1 << locked[1], length=_KEY)
    try:
        return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], context)
    except (InvalidTag, ValueError):
        raise WrongKey from None


def stretched(text: str, *, salt: bytes, n: int, length: int) -> bytes:
    """scrypt with r=8, p=1; the text composed (NFC), so that every keyboard means the same."""
    plain = unicodedata.normalize("NFC", text).encode()
    return Scrypt(salt=salt, length=length, n=n, r=8, p=1).derive(plain)


# -- receipts ---------------------------------------------------------------------------------


def digits_new(seed: bytes | None = None) -> str:
    """Sixteen digits; the same ones from the same seed (32 random bytes that nobody keeps)."""
    if seed is None:
        seed = secrets.token_bytes(_KEY)
    raw = HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=b"dongthuan receipt 1")
    return f"{int.from_bytes(raw.derive(seed), 'big') % 10**DIGITS:0{DIGITS}d}"


def receipt_pair(secret: str, *, salt: bytes, n: int) -> tuple[bytes, KeyPair]:
    """What finds the matter (16 bytes) and the pair that its key is wrapped for.

    The salt is that of the deployment: the digits alone must find their row. One guess costs one
    scrypt, whether at the door or with a copy of the database; there are 10^16 of them.
    """
    raw = stretched(secret, salt=salt, n=n, length=16 + _KEY)
    return raw[:16], pair_from(raw[16:])


# -- contents ---------------------------------------------------------------------------------


def pack(content: dict[str, Any]) -> bytes:
    """A content as bytes, filled up so that its length tells little."""
    return padded(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def unpack(plain: bytes) -> dict[str, Any]:
    return json.loads(unpadded(plain))


def padded(plain: bytes) -> bytes:
    framed = struct.pack(">Q", len(plain)) + plain
    return framed + b"\0" * (-len(framed) % PADDING)


def unpadded(plain: bytes) -> bytes:
    (length,) = struct.unpack_from(">Q", plain)
    return plain[8 : 8 + length]
