"""Appending to the record: an entry and its payload in one statement."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from typing import Any

from django.db import connection

from dongthuan.core import clock
from dongthuan.core.matters.kinds import sealer_of
from dongthuan.core.matters.models import Audience, Entry, EntryPayload, Matter
from dongthuan.core.people.actors import Actor

_INSERT = """
WITH e AS (
  INSERT INTO matters_entry
    (matter_id, at, act, actor_id, actor_label, unit_id, audience, before, after, facts, commitment)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s) RETURNING id
), p AS (
  INSERT INTO matters_entrypayload (entry_id, salt, body)
  SELECT id, %s, %s::jsonb FROM e WHERE %s
)
SELECT id FROM e
"""


def canonical(body: Any) -> bytes:
    """The bytes that a commitment covers: JSON, sorted keys, no spaces, UTF-8 (RFC 8785 style)."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commit(salt: bytes, body: Any) -> bytes:
    return hmac.new(salt, canonical(body), hashlib.sha256).digest()


def entry_append(
    *,
    matter: Matter,
    act: str,
    acting: Actor,
    audience: Audience,
    before: str = "",
    after: str = "",
    facts: dict[str, Any] | None = None,
    payload: dict[str, Any] | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Write one entry (and its payload behind a salted commitment). Returns its id; one query.

    What is personal about a kind with a sealer never becomes a payload: the sealer takes it.
    """
    if payload and (seal := sealer_of(matter.kind)):
        sealed = seal(matter=matter, acting=acting, act=act, content=payload)
        facts, payload = {**(facts or {}), "sealed": sealed}, None
    salt = secrets.token_bytes(32) if payload else b""
    values = (
        matter.pk,
        at or clock.now(),
        act,
        acting.account_id,
        acting.label_for(matter.path, matter.parties)[:160],
        matter.unit_id,
        int(audience),
        before,
        after,
        json.dumps(facts or {}, ensure_ascii=False),
        commit(salt, payload) if payload else None,
        salt,
        json.dumps(payload or {}, ensure_ascii=False),
        bool(payload),
    )
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, values)
        return int(cursor.fetchone()[0])


def payload_erase(*, entry: Entry, acting: Actor, reason: str) -> None:
    """Destroy the personal part of an entry where the law orders it; the entry itself stays."""
    EntryPayload.objects.filter(entry=entry).delete()
    entry_append(
        matter=entry.matter,
        act="payload.erased",
        acting=acting,
        audience=Audience.OFFICIAL,
        facts={"entry": entry.pk, "reason": reason},
    )


def payload_holds(entry: Entry) -> bool:
    """Whether the stored payload still opens the entry's commitment."""
    payload = EntryPayload.objects.filter(entry=entry).first()
    return bool(
        payload
        and entry.commitment
        and hmac.compare_digest(commit(bytes(payload.salt), payload.body), bytes(entry.commitment))
    )
