"""Preparing a vote, freezing its rolls, handing out the codes of an online vote, opening it."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.households import households_of
from dongthuan.core.text import clean
from dongthuan.core.units.models import Tier, Unit
from dongthuan.work.decisions.models import (
    NO,
    OTHER,
    YES,
    AccessCode,
    Method,
    Roll,
    RollLine,
    Scope,
    Station,
    Vote,
)
from dongthuan.work.decisions.voting.rights import conduct_check, lead_check, may_conduct
from dongthuan.work.decisions.voting.thresholds import share

YES_NO = ({"key": YES, "label": "Đồng ý"}, {"key": NO, "label": "Không đồng ý"})
YES_NO_OTHER = (*YES_NO, {"key": OTHER, "label": "Ý kiến khác"})
# Crockford's letters: none that is taken for another when read from paper.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@transaction.atomic
def vote_prepare(
    *,
    acting: Actor,
    matter: Matter,
    question: str,
    villages: Sequence[Unit],
    methods: Sequence[str],
    threshold: str,
    opens_at: dt.datetime,
    closes_at: dt.datetime,
    options: Sequence[dict[str, str]] = YES_NO,
    choices_max: int = 1,
    threshold_villages: str = "",
    purpose: str = Vote.Purpose.MAIN,
) -> Vote:
    """Prepare a vote of a matter in one or several villages; each gets a roll and its stations.

    The caller knows the law of its kind: which methods, which share (`threshold`, a key of the
    rulebook; `threshold_villages` where commune-wide). Raises MatterError, NotAllowed.
    """
    if not villages:
        raise MatterError(_("Choose a village or residential group."), field="villages")
    for village in villages:
        if village.tier != Tier.VILLAGE:
            raise MatterError(_("Choose a village or residential group."), field="villages")
    if not any(may_conduct(acting, matter, village) for village in villages):
        raise NotAllowed(_("Only the village and its commune conduct this vote."))
    _check(question, methods, options, choices_max, opens_at, closes_at)
    share(threshold, clock.today())
    try:
        with transaction.atomic():
            vote = Vote.objects.create(
                matter_id=matter.pk, purpose=purpose, question=clean(question),
                scope=Scope.COMMUNE if threshold_villages else Scope.VILLAGE,
                options=list(options), choices_max=choices_max, methods=list(methods),
                threshold=threshold, threshold_villages=threshold_villages, opens_at=opens_at,
                closes_at=closes_at, is_demo=matter.is_demo,
            )  # fmt: skip
    except IntegrityError:
        raise MatterError(_("A vote of this matter is running already.")) from None
    for village in villages:
        roll = Roll.objects.create(vote=vote, village=village)
        Station.objects.bulk_create(
            Station(roll=roll, method=method) for method in methods if method != Method.ONLINE
        )
    return vote


def _check(
    question: str, methods: Sequence[str], options: Sequence[dict[str, str]], choices_max: int,
    opens_at: dt.datetime, closes_at: dt.datetime,
) -> None:  # fmt: skip
    if not clean(question):
        raise MatterError(_("Write the question that is put to the vote."), field="question")
    if not methods or set(methods) - set(Method.values):
        raise MatterError(_("Choose how votes are given."), field="methods")
    if {Method.HANDS, Method.PAPER} <= set(methods):
        raise MatterError(
            _("The meeting votes either by show of hands or by secret ballot (Art. 18.4.d)."),
            field="methods",
        )
    keys = [option["key"] for option in options]
    if len(set(keys)) != len(keys) or not 1 <= choices_max <= len(keys):
        raise MatterError(_("The options of this vote do not fit together."), field="options")
    if Method.ONLINE in methods and choices_max != 1:
        raise MatterError(_("An online vote has one choice."), field="options")
    if closes_at <= opens_at:
        raise MatterError(_("The vote ends before it begins."), field="closes_at")


# -- the roll -------------------------------------------------------------------------------------


def roll_text(lines: Iterable[RollLine], *, village: str, on: dt.date) -> str:
    """The canonical roll, UTF-8, NFC: a head line, then position, number, name, address by tabs."""
    rows = [f"{village}\t{on.isoformat()}"]
    rows += [
        f"{line.position}\t{line.number}\t{line.representative}\t{line.address}" for line in lines
    ]
    return unicodedata.normalize("NFC", "".join(f"{row}\n" for row in rows))


def roll_hash(lines: Iterable[RollLine], *, village: str, on: dt.date) -> str:
    return hashlib.sha256(roll_text(lines, village=village, on=on).encode()).hexdigest()


@transaction.atomic
def roll_freeze(*, acting: Actor, vote: Vote) -> list[Roll]:
    """Freeze the rolls of a vote: the households of each village as they are today, for good.

    From now on the database takes no change of them. Hash and count are public at once.
    """
    vote = vote_locked(vote)
    if vote.state != Vote.State.PREPARED:
        raise MatterError(_("The roll of this vote is frozen already."))
    lead_check(acting, vote)
    rolls = list(vote.rolls.select_related("village"))
    now, today = clock.now(), clock.today()
    for roll in rolls:
        lines = [
            RollLine(
                roll=roll, position=place, number=household.number, household=household,
                representative=household.representative, address=household.address,
            )
            for place, household in enumerate(households_of(village=roll.village, on=today), 1)
        ]  # fmt: skip
        if not lines:
            raise MatterError(
                _("%(village)s has no households in its register yet; enter them first.")
                % {"village": roll.village.name}
            )
        RollLine.objects.bulk_create(lines, batch_size=2000)
        roll.count, roll.frozen_at = len(lines), now
        roll.sha256 = roll_hash(lines, village=roll.village.code, on=today)
        roll.save(update_fields=["count", "sha256", "frozen_at"])
    vote.state, vote.frozen_at = Vote.State.FROZEN, now
    vote.save(update_fields=["state", "frozen_at"])
    vote_record(
        vote, acting, "vote.frozen",
        {"households": sum(roll.count for roll in rolls), "rolls": [r.sha256 for r in rolls]},
    )  # fmt: skip
    return rolls


@transaction.atomic
def vote_open(*, acting: Actor, vote: Vote) -> Vote:
    """Open a vote whose rolls are frozen, from its time on."""
    vote = vote_locked(vote)
    lead_check(acting, vote)
    if vote.state != Vote.State.FROZEN:
        raise MatterError(_("Freeze the roll first; a vote is opened once."))
    now = clock.now()
    if now < vote.opens_at:
        raise MatterError(_("The vote has not begun yet."))
    if Method.ONLINE in vote.methods and now >= vote.closes_at:
        raise MatterError(_("The time of this vote is over; end it and set another one."))
    vote.state, vote.opened_at = Vote.State.OPEN, now
    vote.save(update_fields=["state", "opened_at"])
    vote_record(vote, acting, "vote.opened", {})
    return vote


def vote_locked(vote: Vote) -> Vote:
    """The row, locked until the end of the transaction: no voice comes in while it closes."""
    return (
        Vote.objects.select_for_update(of=("self",), no_key=True)
        .select_related("matter")
        .get(pk=vote.pk)
    )


def vote_record(vote: Vote, acting: Actor, act: str, facts: dict[str, Any]) -> int:
    """The entry of an act on a vote in the record of its matter, for everybody."""
    state = vote.matter.state
    return entry_append(
        matter=vote.matter, act=act, acting=acting, audience=Audience.PUBLIC, before=state,
        after=state, facts=facts,
    )  # fmt: skip


# -- codes of an online vote ----------------------------------------------------------------------


def token(letters: int) -> str:
    """Random letters in groups of four: 5 bits a letter."""
    plain = "".join(secrets.choice(LETTERS) for _ in range(letters))
    return "-".join(plain[i : i + 4] for i in range(0, letters, 4))


def token_plain(text: str) -> str:
    """What somebody typed, as it was printed: O for 0, I and L for 1, no spaces."""
    text = "".join(text.upper().split()).replace("-", "")
    text = text.translate(str.maketrans("OIL", "011"))
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def code_digest(code: str) -> str:
    """Keyed with the server's secret: the table alone is worth nothing to who steals it."""
    message = f"vote-code:{token_plain(code)}".encode("utf-8", "replace")
    return hmac.new(settings.SECRET_KEY.encode(), message, hashlib.sha256).hexdigest()


@transaction.atomic
def codes_issue(
    *, acting: Actor, roll: Roll, renew: bool = False
) -> list[tuple[RollLine, str]]:  # fmt: skip
    """New one-time codes for every household of a roll that has not voted; older ones end.

    They are returned once, to be printed and handed over; only keyed hashes are kept. Once there
    are codes only `renew` makes others: a button pressed twice voids no sheet that was handed over.
    """
    vote = vote_locked(roll.vote)
    conduct_check(acting, vote.matter, roll.village)
    lines = list(RollLine.objects.filter(roll=roll).exclude(casts__vote=vote))
    if not renew and AccessCode.objects.filter(line__in=lines).exists():
        raise MatterError(
            _("Codes were printed before. Tick that the old ones end, or give one household a new"
              " one in the roll.")
        )  # fmt: skip
    return _codes(vote, acting, lines)


@transaction.atomic
def code_reissue(*, acting: Actor, line: RollLine) -> str:
    """Another code for one household (the sheet was lost); the old one is worthless from now."""
    vote = vote_locked(line.roll.vote)
    conduct_check(acting, vote.matter, line.roll.village)
    if line.casts.filter(vote=vote).exists():
        raise MatterError(_("This household has already used its voice."))
    return _codes(vote, acting, [line])[0][1]


def _codes(vote: Vote, acting: Actor, lines: list[RollLine]) -> list[tuple[RollLine, str]]:
    if Method.ONLINE not in vote.methods:
        raise MatterError(_("This vote is not held online."))
    if vote.state not in (Vote.State.FROZEN, Vote.State.OPEN):
        raise MatterError(_("Codes exist between the freezing of the roll and the close."))
    replaced, _by = AccessCode.objects.filter(line__in=lines).delete()
    made = [(line, token(16)) for line in lines]
    AccessCode.objects.bulk_create(
        AccessCode(line=line, digest=code_digest(code)) for line, code in made
    )
    # How many of them made an earlier sheet worthless: whoever prints a household's code once
    # more could use it, so that this is for everybody to see.
    vote_record(vote, acting, "vote.codes", {"codes": len(made), "replaced": replaced})
    return made
