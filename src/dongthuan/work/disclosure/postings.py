"""All writes on what hangs, is broadcast or relayed: recording, taking down, looking, settling."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.clock import noon
from dongthuan.core.matters import policies
from dongthuan.core.matters.duties import DUTY_COLUMNS, duty_close, duty_settle
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Duty, DutyState
from dongthuan.core.matters.services import matter_act, matter_settle, papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.papers.photos import PhotoFacts
from dongthuan.core.people.actors import SYSTEM, Actor
from dongthuan.core.text import clean, personal_data
from dongthuan.core.units.models import Role
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.continuity import Run, continuity
from dongthuan.work.disclosure.models import Check, Disclosure, Evidence, Place, Posting
from dongthuan.work.disclosure.owing import Promise, promises_open
from dongthuan.work.disclosure.services import OFFICE, disclosure_locked

LASTING = {"a": "dc.post_min", "c": "dc.loudspeaker_min"}
ANCHORS = {"a": "posted", "c": "broadcast"}
# Where no photograph can be taken, the number of a paper shows that it was done.
PAPER_OF = {"c": "log", "d": "minutes", "đ": "minutes", "e": "minutes", "g": "minutes",
            "h": "minutes", "i": "link", "k": "minutes"}  # fmt: skip
FOR_EVER = 400_000  # days
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Photo:
    """A photograph that was kept, with what its file said before it was cleaned."""

    attachment: Attachment
    facts: PhotoFacts = field(default_factory=PhotoFacts)


@dataclass(frozen=True)
class Hung:
    """At one place: with a photograph, if there is one."""

    place: Place
    photo: Photo | None = None


@transaction.atomic
def postings_record(
    *,
    acting: Actor,
    disclosure_id: int,
    channel: str,
    hung: Sequence[Hung] = (),
    started_on: dt.date,
    ended_on: dt.date | None = None,
    reference: str = "",
) -> list[Posting]:
    """Record that it was posted (a), broadcast (c), relayed by the villages (d), or made known by
    another form of Điều 12; at all the places at once, or none.

    A day before today needs something to show for it. The office records everywhere, a village
    head at the own place. Raises MatterError with its field, NotAllowed.
    """
    found = disclosure_locked(acting, disclosure_id)
    places = [one.place for one in hung]
    at: list[Place | None] = [*places] or [None]
    _may_record(acting, found, channel, places)
    reference = clean(reference)[:200]
    if seen := personal_data(reference):
        raise MatterError(
            _("Take out what looks like personal data; everybody will read it: %(found)s.")
            % {"found": ", ".join(seen[:5])},
            field="reference",
        )
    _checked(found, channel, hung, started_on, ended_on, reference)
    made = Posting.objects.bulk_create(
        Posting(
            disclosure=found, place=place, channel=channel, started_on=started_on,
            ended_on=ended_on, reference=reference, recorded_by_id=acting.account_id,
            recorded_as=acting.label_for(found.path, found.parties)[:160],
            recorded_at=clock.now(),
        )
        for place in at
    )  # fmt: skip
    _evidence(made, hung, reference)
    entry_id = entry_append(
        matter=found, act="disclosure.posted", acting=acting, audience=Audience.PUBLIC,
        before=found.state, after=found.state,
        facts={"form": channel, "places": [place.name for place in places],
               "day": started_on.isoformat()},
    )  # fmt: skip
    photos = [one.photo.attachment for one in hung if one.photo]
    papers_attach(matter=found, attachments=photos, entry_id=entry_id, audience=Audience.PUBLIC)
    _close_publication(found, channel, places, started_on)
    disclosure_settle(disclosure=found)
    return made


def _may_record(acting: Actor, found: Disclosure, channel: str, places: Sequence[Place]) -> None:
    if acting.is_system or any(
        found.path.startswith(scope.unit_path) for scope in acting.scopes_of(*OFFICE)
    ):
        return
    own = {scope.unit_path for scope in acting.scopes_of(Role.VILLAGE_HEAD)}
    at_home = places and all(place.village and place.village.path in own for place in places)
    if not (at_home and channel in ("a", "d")):
        raise NotAllowed(_("You record only what hangs or is told at your own place."))


def _checked(
    found: Disclosure,
    channel: str,
    hung: Sequence[Hung],
    started_on: dt.date,
    ended_on: dt.date | None,
    reference: str,
) -> None:
    if not found.public:
        raise MatterError(_("Publish it first; then what everybody reads is fixed."))
    if found.state == "corrected":
        raise MatterError(_("It was replaced by a correction; post that one."))
    if channel == "b" or channel not in {row.code for row in rules.channels(clock.today())}:
        raise MatterError(_("Choose one of the forms of Art. 12."), field="channel")
    if channel in ("a", "c", "d") and not hung:
        raise MatterError(_("Choose at least one place."), field="places")
    for one in hung:
        if one.place.unit_id != found.unit_id or not _fits(one.place, channel):
            raise MatterError(
                _("“%(name)s” is no place for this form.") % {"name": one.place.name},
                field="places",
            )
    today = clock.today()
    if started_on > today or (ended_on and ended_on > today):
        raise MatterError(_("The day lies in the future."), field="started_on")
    if ended_on and ended_on < started_on:
        raise MatterError(_("It ends before it begins."), field="ended_on")
    if found.decided_on and started_on < found.decided_on and found.period == "once":
        raise MatterError(_("It cannot hang before the document was there."), field="started_on")
    if channel in PAPER_OF and not reference:
        raise MatterError(
            _("Give what shows it: the number of the log, minutes, letter, or the link."),
            field="reference",
        )
    if found_data := personal_data(reference):
        raise MatterError(
            _("Take out what looks like personal data; everybody will read it: %(found)s.")
            % {"found": ", ".join(found_data[:5])},
            field="reference",
        )
    if started_on < today and channel == "a" and not (reference or all(one.photo for one in hung)):
        raise MatterError(
            _("For a day that is over, give a photograph of each place or the number of minutes."),
            field="reference",
        )  # fmt: skip


def _fits(place: Place, channel: str) -> bool:
    return place.sort == "village" if channel == "d" else place.channel == channel


def _evidence(made: Sequence[Posting], hung: Sequence[Hung], reference: str) -> None:
    rows = []
    for at, posting in enumerate(made):
        photo = hung[at].photo if at < len(hung) else None
        if reference:
            rows.append(Evidence(posting=posting, sort=PAPER_OF.get(posting.channel, "minutes"),
                                 said_on=posting.started_on, text=reference))  # fmt: skip
        if photo:
            rows.append(Evidence(
                posting=posting, sort="photo", said_on=posting.started_on,
                attachment=photo.attachment, taken_at=photo.facts.taken_at,
                latitude=photo.facts.latitude, longitude=photo.facts.longitude,
            ))  # fmt: skip
    Evidence.objects.bulk_create(rows)


def _close_publication(
    found: Disclosure, channel: str, places: Sequence[Place], day: dt.date
) -> None:
    """The duty of each place is kept on the day of the posting, not of its being written down."""
    at = min(clock.now(), noon(day)) if day < clock.today() else clock.now()
    if channel == "d":
        names = {place.village.name for place in places if place.village}
    else:
        names = {place.name for place in places}
    wanted = ["dc.relay"] if channel == "d" else [found.rule, rules.DEFAULT]
    running = list(
        Duty.objects.filter(
            matter=found, rule__in=wanted, subject__in=names,
            state__in=[DutyState.OPEN, DutyState.PAUSED],
        )
    )  # fmt: skip
    for duty in running:
        duty_close(duty=duty, now=at)
    Duty.objects.bulk_update(running, DUTY_COLUMNS)


@transaction.atomic
def posting_end(*, acting: Actor, posting_id: int, ended_on: dt.date) -> Posting:
    """It was taken down; `ended_on` is the last day on which it hung."""
    posting = Posting.objects.select_related("place__village").filter(pk=posting_id).first()
    if posting is None or posting.place is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    found = disclosure_locked(acting, posting.disclosure_id)
    posting.refresh_from_db(fields=["ended_on"])
    _may_record(acting, found, posting.channel, [posting.place])
    if posting.ended_on:
        raise MatterError(_("It was taken down already."))
    if not posting.started_on <= ended_on <= clock.today():
        raise MatterError(_("The last day lies between the first one and today."), field="ended_on")
    posting.ended_on = ended_on
    posting.save(update_fields=["ended_on"])
    entry_append(
        matter=found, act="disclosure.taken_down", acting=acting, audience=Audience.PUBLIC,
        before=found.state, after=found.state,
        facts={"place": posting.place.name, "day": ended_on.isoformat()},
    )  # fmt: skip
    disclosure_settle(disclosure=found)
    return posting


# -- looking --------------------------------------------------------------------------------------


@transaction.atomic
def absence_report(*, code: str, place_id: int, on: dt.date, note: str = "") -> Check:
    """A citizen did not see it there. It proves nothing until an official has looked."""
    found = Disclosure.objects.filter(code=code, published_at__isnull=False).first()
    place = Place.objects.filter(pk=place_id).first()
    if found is None or place is None or not found.postings.filter(place=place).exists():
        raise MatterError(_("Choose the place where you looked."), field="place")
    today = clock.today()
    if not today - 30 * _DAY <= on <= today:
        raise MatterError(_("Choose a day of the last thirty days."), field="on")
    note = clean(note)[:300]
    if personal_data(note):
        raise MatterError(_("Leave out numbers and addresses of persons."), field="note")
    same = Check.objects.filter(disclosure=found, place=place, on=on, by_citizen=True).first()
    return same or Check.objects.create(
        disclosure=found, place=place, on=on, seen=False, by_citizen=True, note=note,
        made_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def check_record(
    *, acting: Actor, disclosure_id: int, place: Place, on: dt.date, seen: bool, note: str = ""
) -> Check:
    """An official, an inspection or the Front looked. What the office or the inspectorate saw
    stands; what a partner saw waits for the office like a citizen's report."""
    found = disclosure_locked(acting, disclosure_id)
    if not acting.scopes_of(*OFFICE, Role.INSPECTOR, Role.FRONT, Role.BOARD, Role.VILLAGE_FRONT):
        raise NotAllowed(_("Your position may not record what was seen."))
    if place.unit_id != found.unit_id:
        raise MatterError(_("Choose the place where you looked."), field="place")
    if on > clock.today():
        raise MatterError(_("The day lies in the future."), field="on")
    inner = policies.audience_of(acting, found) == Audience.OFFICIAL
    check = Check.objects.create(
        disclosure=found, place=place, on=on, seen=seen, note=clean(note)[:300],
        state="confirmed" if inner else "reported", made_at=clock.now(),
    )  # fmt: skip
    _checked_entry(acting, found, check)
    disclosure_settle(disclosure=found)
    return check


@transaction.atomic
def check_judge(*, acting: Actor, check_id: int, confirmed: bool) -> Check:
    """Confirm a report (then the day is a gap) or say that it was there."""
    check = Check.objects.select_related("place").filter(pk=check_id).first()
    if check is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    found = disclosure_locked(acting, check.disclosure_id)
    if policies.audience_of(acting, found) < Audience.OFFICIAL:
        raise NotAllowed(_("Only the office or the inspectorate confirms what was reported."))
    check.refresh_from_db(fields=["state"])
    if check.state != Check.State.REPORTED:
        raise MatterError(_("This report has been judged already."))
    check.state = Check.State.CONFIRMED if confirmed else Check.State.REJECTED
    check.save(update_fields=["state"])
    _checked_entry(acting, found, check)
    disclosure_settle(disclosure=found)
    return check


def _checked_entry(acting: Actor, found: Disclosure, check: Check) -> None:
    entry_append(
        matter=found, act="disclosure.checked", acting=acting, audience=Audience.PUBLIC,
        before=found.state, after=found.state,
        facts={"place": check.place.name, "day": check.on.isoformat(), "seen": check.seen,
               "state": check.state},
    )  # fmt: skip


# -- settling -------------------------------------------------------------------------------------


@transaction.atomic
def disclosure_settle(*, disclosure: Disclosure) -> None:
    """Hold what hangs against what is owed: keep, break or open the duties of least time.

    Called after each change and each night. Three queries where nothing has changed.
    """
    if disclosure.state not in ("published", "complete"):
        return
    lasting = Duty.objects.filter(matter=disclosure, rule__in=LASTING.values())
    duties: dict[tuple[str, str], list[Duty]] = {}
    for duty in lasting.order_by("id"):
        duties.setdefault((duty.rule, duty.subject), []).append(duty)
    groups: dict[Place, list[Posting]] = {}
    rows = disclosure.postings.filter(channel__in=LASTING, place__isnull=False)
    for posting in rows.select_related("place").order_by("started_on", "id"):
        groups.setdefault(posting.place, []).append(posting)  # type: ignore[arg-type]
    absences: dict[int, set[dt.date]] = {}
    for place_id, day in Check.objects.filter(
        disclosure=disclosure, seen=False, state=Check.State.CONFIRMED
    ).values_list("place_id", "on"):
        absences.setdefault(place_id, set()).add(day)
    for place, hung in groups.items():
        missing = absences.get(place.pk, set())
        if not (disclosure.permanent and hung[0].channel == "a"):
            known = duties.get((LASTING[hung[0].channel], place.name), [])
            _settle_place(disclosure, place, hung, missing, known)
        _restore(disclosure, place, runs_of(hung, missing, clock.today()))
    matter_settle(matter=disclosure)
    disclosure.__dict__.pop("running_rules", None)
    if disclosure.state == "published" and disclosure.done:
        matter_act(acting=SYSTEM, matter_id=disclosure.pk, step_name="finish")


def runs_of(hung: Sequence[Posting], absences: set[dt.date], today: dt.date) -> list[Run]:
    """The runs of a place, as of the last day that is over; what must hang for ever never ends."""
    rule = LASTING[hung[0].channel]
    always = hung[0].disclosure.permanent and hung[0].channel == "a"
    return continuity(
        [(posting.started_on, posting.ended_on) for posting in hung],
        absences,
        days=FOR_EVER if always else rules.consecutive_days(rule, hung[0].started_on),
        until=today - _DAY,
    )


def _settle_place(
    found: Disclosure, place: Place, hung: list[Posting], absences: set[dt.date],
    known: list[Duty],
) -> None:  # fmt: skip
    rule = LASTING[hung[0].channel]
    for run in runs_of(hung, absences, clock.today()):
        duty = next((d for d in known if _belongs(d, run)), None)
        if duty is None:
            promise = Promise(rule, ANCHORS[hung[0].channel], noon(run.first), place.name)
            duty = promises_open(found, [promise], clock.now())[0]
        _settle_run(found, place, duty, run)


def _belongs(duty: Duty, run: Run) -> bool:
    day = timezone.localdate(duty.anchor_at)
    return run.first <= day <= max(run.last, run.first) + _DAY


def _restore(found: Disclosure, place: Place, runs: list[Run]) -> None:
    """What is interrupted is owed again, from the day on which that is known, until it hangs anew:
    the law is not satisfied by the days before the gap."""
    if place.ended_on or not runs or runs[-1].kept_on or not runs[-1].gap:
        return
    owed = Duty.objects.filter(matter=found, subject=place.name, state=DutyState.OPEN)
    if not owed.exclude(rule__in=[*LASTING.values(), "dc.relay"]).exists():
        promise = Promise(rules.DEFAULT, "discovered", clock.now(), place.name)
        promises_open(found, [promise], clock.now())


def _settle_run(found: Disclosure, place: Place, duty: Duty, run: Run) -> None:
    if duty.state == DutyState.WAIVED:
        return
    before = duty.state
    if duty.anchor_at != noon(run.first) and duty.is_running:
        duty.anchor_at = noon(run.first)
        duty_settle(duty, clock.now())
    if run.kept_on and duty.is_running:
        duty_close(duty=duty, now=noon(run.kept_on))
    elif run.gap and duty.state != DutyState.LATE:
        with translation.override(settings.LANGUAGE_CODE):  # the record speaks one language
            reason = _("Interrupted: on %(day)s it was not there (%(place)s).") % {
                "day": f"{run.gap:%d/%m/%Y}", "place": place.name,
            }  # fmt: skip
        duty_close(duty=duty, now=clock.now(), state=DutyState.LATE, reason=reason)
        entry_append(
            matter=found, act="disclosure.gap", acting=SYSTEM, audience=Audience.PUBLIC,
            before=found.state, after=found.state,
            facts={"place": place.name, "day": run.gap.isoformat()},
        )  # fmt: skip
    if before != duty.state or not duty.is_running:
        Duty.objects.bulk_update([duty], DUTY_COLUMNS)


def disclosures_settle() -> int:
    """Each night: what hung one day more. Returns how many disclosures were looked at."""
    lasting = Q(duties__rule__in=LASTING.values(), duties__state=DutyState.OPEN)
    # What must hang for ever has no duty that runs out: it is looked at once it was taken down.
    taken_down = Q(permanent=True, postings__channel="a", postings__ended_on__isnull=False)
    rows = Disclosure.objects.filter(lasting | taken_down, state="published").order_by("pk")
    ids = list(rows.distinct().values_list("pk", flat=True))
    for pk in ids:
        with transaction.atomic():
            disclosure_settle(disclosure=disclosure_locked(SYSTEM, pk))
    return len(ids)
