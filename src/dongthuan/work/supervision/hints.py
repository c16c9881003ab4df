"""What citizens tell a board: kept for the board and the Front, answered by code and secret."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.receipts import secret_of, secrets_equal
from dongthuan.core.people.actors import ANONYMOUS, Actor
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role
from dongthuan.work.supervision import rules
from dongthuan.work.supervision.models import Board, Hint, Inspection

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
READERS = (Role.BOARD, Role.FRONT)


@transaction.atomic
def hint_create(*, board: Board, text: str, place: str = "", contact: str = "") -> Hint:
    """A citizen tells the board something (khoản 7 Điều 38, khoản 2 Điều 14 Nghị định 59/2023).

    `contact`: however the person wants to be reached, or nothing. Raises MatterError.
    """
    if board.state not in ("recognised", "active"):
        raise MatterError(_("This board is not at work."))
    text, place, contact = clean(text), clean(place), clean(contact)
    if len(text) < 10:
        raise MatterError(_("Write what it is about, in at least ten letters."), field="text")
    for value, most, field in ((text, 5000, "text"), (place, 200, "place"),
                               (contact, 200, "contact")):  # fmt: skip
        if len(value) > most:
            raise MatterError(
                _("This is longer than %(max)d letters; shorten it.") % {"max": most}, field=field
            )
    hint = Hint.objects.create(
        board=board, code=_new_code(), text=text, place=place, contact=contact, at=clock.now()
    )
    _noted(ANONYMOUS, hint, "board.hint")
    return hint


def _noted(acting: Actor, hint: Hint, act: str) -> None:
    """That somebody told something and when it was answered stands in the record, never what."""
    board = hint.board
    entry_append(
        matter=board, act=act, acting=acting, audience=Audience.OFFICIAL, before=board.state,
        after=board.state, facts={"hint": hint.code}, at=clock.now(),
    )  # fmt: skip


def _new_code() -> str:
    """Random, so that nobody counts what people tell by their codes."""
    while True:
        code = "GS-" + "".join(secrets.choice(_SIGNS) for _sign in range(7))
        if not Hint.objects.filter(code=code).exists():
            return code


def hint_secret(hint: Hint) -> str:
    return secret_of(f"hint:{hint.code}")


def hint_find(*, code: str, secret: str) -> Hint | None:
    """The hint that code and secret open together; one answer for every failure."""
    wanted = "".join(clean(code).upper().split())[:16]
    hint = Hint.objects.filter(code=wanted).select_related("board__organ").first()
    if hint is None or not secrets_equal(hint_secret(hint), secret):
        return None
    return hint


@transaction.atomic
def hint_answer(
    *, acting: Actor, hint: Hint, reply: str = "", inspection: Inspection | None = None
) -> Hint:
    """The board looks into it, or answers; the one who told reads the answer by code and secret."""
    hint = (
        Hint.objects.select_for_update(of=("self",)).select_related("board__organ").get(pk=hint.pk)
    )
    if not rules.belongs(acting, [Role.BOARD], hint.board.organ):
        raise NotAllowed(_("Your position may not do this for that body."))
    if hint.state == Hint.State.DONE:
        raise MatterError(_("This was already answered."))
    if inspection is not None:
        if inspection.board_id != hint.board_id:
            raise MatterError(_("Choose an inspection of this board."), field="inspection")
        hint.inspection = inspection
    reply = clean(reply)
    if len(reply) > 5000:
        raise MatterError(
            _("This is longer than %(max)d letters; shorten it.") % {"max": 5000}, field="reply"
        )
    hint.state = Hint.State.DONE if reply else Hint.State.TAKEN
    hint.reply, hint.replied_at = reply, clock.now() if reply else None
    hint.save(update_fields=["state", "reply", "replied_at", "inspection"])
    _noted(acting, hint, "board.hint_answered" if reply else "board.hint_taken")
    return hint
