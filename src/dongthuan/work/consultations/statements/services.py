"""Statements: proposed, entered, read, shown or taken out; votes from the page and from paper."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean, fold
from dongthuan.work.consultations.items import BY_HAND
from dongthuan.work.consultations.models import Consultation, Participation, Proof
from dongthuan.work.consultations.opinions import Person, new_code, person_checked
from dongthuan.work.consultations.paper import may_key
from dongthuan.work.consultations.services import consultation_lock
from dongthuan.work.consultations.statements.models import TEXT_MAX, Statement, StatementVote
from dongthuan.work.consultations.voices import Voice, pseudonym

WORKED = ("planned", "open")
MOST = 10_000
COUNTERS = {1: "agreed", 0: "passed", -1: "disagreed"}


def _sentence(text: str) -> str:
    text = " ".join(public_text(text, "text", most=2_000).split())
    if not 10 <= len(text) <= TEXT_MAX:
        raise MatterError(
            _("A statement is one sentence of 10 to 200 letters, on one thing only."), field="text"
        )
    return text


def _add(matter: Consultation, text: str, **fields: Any) -> Statement:
    folded = fold(text)
    if matter.statements.filter(folded=folded).exclude(state="out").exists():
        raise MatterError(_("This statement is there already."), field="text")
    last = matter.statements.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise MatterError(_("There are 10,000 statements; no more can be taken."))
    return Statement.objects.create(
        consultation=matter, number=last + 1, text=text, folded=folded, created_at=clock.now(),
        **fields,
    )  # fmt: skip


def open_matter(consultation_id: int) -> Consultation:
    """The consultation, locked against closing meanwhile; refused outside the open time."""
    Matter.objects.select_for_update(no_key=True).filter(pk=consultation_id).first()
    matter = Consultation.objects.filter(pk=consultation_id).first()
    if matter is None or not matter.takes_opinions:
        raise MatterError(_("Opinions are no longer taken here."))
    return matter


# -- at the portal --------------------------------------------------------------------------------


@transaction.atomic
def statement_propose(*, consultation_id: int, voice: Voice, text: str) -> Statement:
    """A statement by somebody with a voice; it is shown once the office has read it.

    Raises MatterError (field text).
    """
    _spoken(voice)
    return _add(open_matter(consultation_id), _sentence(text), origin=Statement.Origin.CITIZEN)


@transaction.atomic
def statement_vote(
    *, consultation_id: int, voice: Voice, statement_id: int, value: int
) -> StatementVote:
    """Agree (1), pass (0) or disagree (-1); a second vote on the same statement takes its place.

    The first vote of a voice makes its part in the consultation. Raises MatterError.
    """
    _spoken(voice)
    if value not in COUNTERS:
        raise MatterError(_("Choose: agree, disagree or pass."), field="value")
    matter = open_matter(consultation_id)
    vote = _vote(matter, statement_id, voice.pseudonym, value)
    _part(matter, voice)
    return vote


@transaction.atomic
def marks_give(*, consultation_id: int, voice: Voice, person: Person) -> Participation:
    """What a voice says of itself, all voluntary: village, age band, sex, a contact."""
    _spoken(voice)
    matter = open_matter(consultation_id)
    columns = person_checked(matter, person, voice.village_id)
    part = _part(matter, voice)
    for name, value in columns.items():
        if value:
            setattr(part, name, value)
    part.save()
    return part


def _spoken(voice: Voice) -> None:
    if not voice.pseudonym:
        raise MatterError(_("First show your code or telephone: one resident, one voice."))


def _part(matter: Consultation, voice: Voice) -> Participation:
    part, _made = Participation.objects.get_or_create(
        consultation=matter,
        voice=voice.pseudonym,
        defaults={
            "code": new_code(), "proof": voice.proof, "village_id": voice.village_id,
            "created_at": clock.now(),
        },
    )  # fmt: skip
    return part


def _vote(
    matter: Consultation, statement_id: int, voice: str, value: int, **fields: Any
) -> StatementVote:
    """Upsert with its counter, under the lock of the statement's row."""
    statement = matter.statements.select_for_update().filter(pk=statement_id, state="shown").first()
    if statement is None:
        raise MatterError(_("This statement is no longer shown."), field="statement")
    vote = StatementVote.objects.filter(statement=statement, voice=voice).first()
    changes: dict[str, Any] = {COUNTERS[value]: F(COUNTERS[value]) + 1}
    if vote is None:
        vote = StatementVote(consultation=matter, statement=statement, voice=voice)
    elif vote.value == value:
        changes = {}
    else:
        changes[COUNTERS[vote.value]] = F(COUNTERS[vote.value]) - 1
    for name, one in {**fields, "value": value, "given_at": clock.now()}.items():
        setattr(vote, name, one)
    vote.save()
    if changes:
        Statement.objects.filter(pk=statement.pk).update(**changes)
    return vote


# -- at the desk ----------------------------------------------------------------------------------


def _noted(matter: Consultation, acting: Actor, act: str, **facts: Any) -> None:
    entry_append(
        matter=matter, act=f"consultation.{act}", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state, facts=facts,
    )  # fmt: skip


@transaction.atomic
def statement_add(
    *, acting: Actor, consultation_id: int, text: str, source: str = "", about_process: bool = False
) -> Statement:
    """The office enters a statement, with where it comes from if not from itself; shown at once.

    Raises MatterError, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in WORKED:
        raise MatterError(_("Statements are entered before or while opinions are taken."))
    statement = _add(
        matter, _sentence(text), origin=Statement.Origin.STAFF, state=Statement.State.SHOWN,
        source=public_text(source, "source", most=200), about_process=about_process,
    )  # fmt: skip
    _noted(matter, acting, "statement_added", statement=statement.number)
    return statement


@transaction.atomic
def statement_edit(
    *, acting: Actor, consultation_id: int, statement_id: int, text: str
) -> Statement:
    """Other words for a statement on which nobody has voted yet. Raises MatterError, NotAllowed."""
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    statement = _statement(matter, statement_id)
    if statement.voted:
        raise MatterError(
            _("People have voted on these words; they cannot be changed any more."), field="text"
        )
    text = _sentence(text)
    if text == statement.text:
        return statement
    statement.text, statement.folded = text, fold(text)
    statement.save(update_fields=["text", "folded"])
    _noted(matter, acting, "statement_edited", statement=statement.number)
    return statement


@transaction.atomic
def statement_moderate(
    *, acting: Actor, consultation_id: int, statement_id: int, state: str, reason: str = "",
    note: str = "",
) -> Statement:  # fmt: skip
    """Show a statement, or take it out for one of the reasons; votes stay, but count no more.

    An opinion that one does not like is no reason. Raises MatterError, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in (*WORKED, "closed"):
        raise MatterError(_("Statements are read until the synthesis."))
    statement = _statement(matter, statement_id)
    if state not in ("shown", "out"):
        raise MatterError(_("Choose: show it or take it out."), field="state")
    if state == "out" and reason not in Statement.Reason.values:
        raise MatterError(_("Say for which reason it is taken out."), field="reason")
    note = clean(note)[:300]
    if state == "out" and reason == Statement.Reason.UNLAWFUL and len(note) < 10:
        raise MatterError(_("Name the article that forbids the content."), field="note")
    statement.state = state
    statement.reason = reason if state == "out" else ""
    statement.note = note if state == "out" else ""
    statement.save(update_fields=["state", "reason", "note"])
    act = "statement_shown" if state == "shown" else "statement_out"
    facts = {"reason": str(statement.get_reason_display())} if state == "out" else {}
    _noted(matter, acting, act, statement=statement.number, **facts)
    # The next map counts differently, though no vote is new.
    matter.maps.update(input_hash="")
    return statement


@transaction.atomic
def paper_votes_add(
    *, acting: Actor, consultation_id: int, form: str, sheet: str, source: str,
    votes: Mapping[int, int],
) -> int:  # fmt: skip
    """Votes of one paper sheet: `votes` by statement number. The same sheet again takes its place.

    `form`: letter of Điều 26; `source`: where and when it was taken. The sheet's number makes the
    voice: what a sheet says on several statements belongs together. Raises MatterError, NotAllowed.
    """
    matter = _keyed(acting, consultation_id)
    if form not in BY_HAND or form not in matter.forms:
        raise MatterError(_("This form of Art. 26 was not chosen in the plan."), field="form")
    sheet, source = clean(sheet)[:40], public_text(source, "source", most=200)
    if not sheet:
        raise MatterError(_("Write the number of the sheet."), field="sheet")
    if len(source) < 5:
        raise MatterError(_("Write where and when the sheet was taken."), field="source")
    if not votes:
        raise MatterError(_("The sheet names no vote on a statement."), field="votes")
    known = dict(matter.statements.filter(number__in=votes).values_list("number", "pk"))
    if missing := sorted(set(votes) - set(known)):
        raise MatterError(
            _("There is no statement number %(n)s.") % {"n": missing[0]}, field="votes"
        )
    voice = pseudonym(matter, Proof.PAPER, f"{form}:{fold(sheet)}")
    others = StatementVote.objects.filter(consultation=matter, voice=voice).exclude(source=source)
    if (other := others.first()) is not None:
        raise MatterError(
            _("Sheet %(sheet)s was keyed in already, from “%(source)s”; give this one a number of "
              "its own.") % {"sheet": sheet, "source": other.source}, field="sheet",
        )  # fmt: skip
    # In the order of numbers: two sheets at once cannot wait for each other.
    for number in sorted(votes):
        _vote(matter, known[number], voice, votes[number], form=form, source=source,
              registered_by_id=acting.account_id)  # fmt: skip
    _noted(matter, acting, "statement_paper", sheet=sheet, votes=len(votes))
    return len(votes)


def voices_forget(matter: Consultation) -> None:
    """Give the votes pseudonyms that nobody can make or hold against a part any more: the key of
    this one statement is kept nowhere. Votes of one voice stay together for a recount."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consultations_statementvote"
            " SET voice = encode(sha256(%s || convert_to(voice, 'UTF8')), 'hex')"
            " WHERE consultation_id = %s",
            (secrets.token_bytes(32), matter.pk),
        )


def _keyed(acting: Actor, consultation_id: int) -> Consultation:
    seen = Matter.objects.filter(policies.visible_to(acting), kind="consultation")
    base = seen.select_for_update(no_key=True).filter(pk=consultation_id).first()
    matter = Consultation.objects.filter(pk=base.pk).first() if base else None
    if matter is None or not may_key(acting, matter):
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    if not matter.takes_paper:
        raise MatterError(_("Papers are keyed in while it is open and until the synthesis."))
    return matter


def _statement(matter: Consultation, statement_id: int) -> Statement:
    statement = matter.statements.select_for_update().filter(pk=statement_id).first()
    if statement is None:
        raise MatterError(_("There is no such statement here."), field="statement")
    return statement
