"""Generated volume is as if officials had taken each step: the same invariants, the same pages."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.law import deadline
from dongthuan.core.matters.entries import payload_holds
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import (
    CodeSequence,
    Duty,
    Entry,
    EntryPayload,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.selectors import MatterFilter, matter_list, matter_view, steps_for
from dongthuan.core.matters.services import code_next, matter_act
from dongthuan.core.people.actors import SYSTEM, actor_for
from dongthuan.core.people.models import Account, Citizen
from dongthuan.core.text import fingerprints
from dongthuan.core.units.models import Unit
from dongthuan.core.units.tests.example import units_of_the_example
from dongthuan.generator import GeneratorError, generate, histories, writing
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import search_text
from dongthuan.work.petitions.services import Sender, submission_create
from dongthuan.work.petitions.tests.paths import answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def communes(db: None) -> None:
    units_of_the_example()


@pytest.fixture
def generated(communes: None) -> dict[str, Any]:
    """300 matters of three communes."""
    return generate(matters=300, units=3, seed=7)


def test_as_many_as_asked_and_all_of_them_marked(generated: dict[str, Any]) -> None:
    assert Matter.objects.filter(is_demo=True).count() == 300 == generated["matters"]
    assert Projection.objects.filter(is_demo=False).count() == 0
    assert Submission.objects.count() == Citizen.objects.count() == 300
    assert generated["counts"]["entry"] == Entry.objects.count()
    assert not Citizen.objects.exclude(phone="", email="").exists()


@pytest.mark.usefixtures("communes")
def test_the_same_seed_tells_the_same_stories() -> None:
    def told(seed: int) -> list[Any]:
        with clock.at(dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)):
            generate(matters=60, units=3, seed=seed)
        rows = Petition.objects.order_by("id").values_list(
            "code", "kind", "state", "topic", "opened_at", "closed_at", "submissions__text"
        )
        found = list(rows)
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model in (EntryPayload, Entry, Duty, Submission, Projection, Petition, Matter,
                          Citizen, CodeSequence):  # fmt: skip
                cursor.execute(f'DELETE FROM "{model._meta.db_table}"')
            cursor.execute("SET LOCAL session_replication_role = origin")
        return found

    first, again, other = told(3), told(3), told(4)
    assert first == again
    assert first != other


@pytest.mark.usefixtures("generated")
def test_states_dates_and_duties_agree() -> None:
    owed: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.order_by("due_on", "id"):
        if duty.is_running:
            owed[duty.matter_id].append(duty)
    for matter in Petition.objects.all():
        final = matter.state in kind_of(matter.kind).final_states
        assert final == (matter.closed_at is not None)
        if final:
            assert not owed[matter.pk]
        soonest = owed[matter.pk][0] if owed[matter.pk] else None
        assert matter.next_due_on == (soonest.due_on if soonest else None)
        assert matter.next_rule == (soonest.rule if soonest else "")
        if matter.state in ("received", "registered", "classified", "examined", "accepted"):
            assert matter.next_due_on is not None
        moments = [matter.opened_at, matter.accepted_at, matter.decided_at, matter.closed_at]
        told = [moment for moment in moments if moment]
        assert told == sorted(told) and told[-1] <= timezone.now()


@pytest.mark.usefixtures("generated")
def test_every_due_date_is_the_clocks_own() -> None:
    for duty in Duty.objects.all():
        found = deadline(key=duty.rule, anchor=duty.anchor_at, conditions=duty.conditions)
        assert (duty.due_on, duty.version_from) == (found.due_on, found.version_from)
        assert duty.steps == found.as_json()["steps"]
        if duty.state in ("fulfilled", "late"):
            assert (timezone.localdate(duty.closed_at) > duty.due_on) == (duty.state == "late")
    assert {"open", "fulfilled", "late"} <= set(Duty.objects.values_list("state", flat=True))


@pytest.mark.usefixtures("generated")
def test_entries_tell_a_declared_way_to_the_present_state() -> None:
    by_matter: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.order_by("id"):
        by_matter[entry.matter_id].append(entry)
    for matter in Petition.objects.all():
        entries = by_matter[matter.pk]
        assert (entries[0].act, entries[0].after) == ("petition.received", "received")
        for before, entry in itertools.pairwise(entries):
            kind, name = entry.act.split(".")
            step = kind_of(kind).step(name)
            assert step is not None and entry.before in step.source
            assert entry.before == before.after and entry.at >= before.at
            assert entry.after == (step.target or entry.before)
            assert entry.audience == step.audience
        assert entries[-1].after == matter.state
        assert matter.version == len(entries)


@pytest.mark.usefixtures("generated")
def test_payloads_open_their_commitments_and_facts_hold_no_name() -> None:
    names = set(Citizen.objects.values_list("name", flat=True))
    for entry in Entry.objects.all():
        assert (entry.commitment is not None) == EntryPayload.objects.filter(entry=entry).exists()
        assert entry.commitment is None or payload_holds(entry)
        assert not any(name in str(entry.facts) for name in names)


@pytest.mark.usefixtures("generated")
def test_search_words_fingerprints_and_public_rows_are_in_step() -> None:
    for matter in Petition.objects.all():
        submission = matter.submissions.get()
        assert matter.search_text == search_text(matter)
        assert submission.fingerprints == fingerprints(submission.text)
        public = matter.projection
        assert (public.kind, public.state, public.topic) == (
            matter.kind, matter.state, matter.topic,
        )  # fmt: skip
        assert (public.closed_on is None) == matter.is_open
        assert public.listed == bool(public.search_text)
        assert submission.citizen.name not in public.title + public.body + public.answer


@pytest.mark.usefixtures("generated")
def test_the_sequences_go_on_after_the_last_code() -> None:
    sequence = CodeSequence.objects.order_by("-last").select_related("unit").first()
    assert sequence is not None
    last = Matter.objects.filter(unit=sequence.unit, opened_at__year=sequence.year).order_by("code")
    following = code_next(unit=sequence.unit, on=dt.date(sequence.year, 6, 1))
    assert int(following[-6:]) == sequence.last + 1
    assert not Matter.objects.filter(code=following).exists()
    assert last.exists()
    matter = Petition.objects.create(
        kind="petition", code="x", title="x", state="received", unit=sequence.unit, channel="web"
    )
    assert Matter.objects.filter(pk=matter.pk).count() == 1


def worker_of(matter: Matter) -> Any:
    code = matter.unit.code.removesuffix("-ubnd")
    return actor_for(Account.objects.get(appointments__position__code=f"{code}-head"))


@pytest.mark.usefixtures("generated")
def test_desk_lists_pages_and_steps_work_on_them() -> None:
    taken: Counter[str] = Counter()
    for matter in Petition.objects.filter(closed_at=None).select_related("unit"):
        head = worker_of(matter)
        view = matter_view(actor=head, code=matter.code)
        assert view is not None and view.entries and view.duties
        step = next((s for s in view.steps if s.name not in ("split", "transfer")), None)
        if step is None or taken[f"{matter.kind}.{step.name}"] > 2:
            continue
        data = answers(step, view.matter)
        done = matter_act(acting=head, matter_id=matter.pk, step_name=step.name, data=data)
        assert done.version == matter.version + 1
        assert steps_for(actor=head, matter=done) is not None
        taken[f"{matter.kind}.{step.name}"] += 1
    assert len(taken) >= 3
    some = Petition.objects.select_related("unit").first()
    assert some is not None
    head = worker_of(some)
    page = matter_list(actor=head, wanted=MatterFilter(view="unit"))
    assert [m.next_due_on or dt.date.max for m in page.rows] == sorted(
        m.next_due_on or dt.date.max for m in page.rows
    )
    found = matter_list(actor=head, wanted=MatterFilter(view="all", q=some.code))
    assert some.code in [m.code for m in found.rows]


@pytest.mark.usefixtures("generated")
def test_the_desk_and_the_public_show_them(client: Client, settings: Any) -> None:
    settings.OFFICIALS_NEED_MFA = False
    seen = set()
    for matter in Petition.objects.select_related("unit").order_by("id"):
        if (matter.kind, matter.state) in seen:
            continue
        seen.add((matter.kind, matter.state))
        code = matter.unit.code.removesuffix("-ubnd")
        account = Account.objects.get(appointments__position__code=f"{code}-head")
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[1])
        assert client.get(f"/ban-lam-viec/vu-viec/{matter.code}/").status_code == 200
        client.logout()
        public = client.get(f"/tra-cuu/{matter.code}/")
        assert public.status_code == 200
    assert len(seen) > 10


@pytest.mark.parametrize(("channel", "declared"), [("web", ""), ("counter", "")])
@pytest.mark.usefixtures("generated")
def test_one_just_received_is_written_like_a_real_one(channel: str, declared: str) -> None:
    made = Petition.objects.filter(
        channel=channel, declared=declared, person_count=1, kind="feedback"
    ).order_by("id")[0]
    real = submission_create(
        acting=SYSTEM,
        place=made.place or made.unit,
        text=made.submissions.get().text,
        channel=channel,
        sender=Sender(name="Trần Văn Ổi"),
        declared=declared,
        received_at=made.opened_at,
    ).matter

    def shape(matter: Matter) -> Any:
        first = Entry.objects.filter(matter=matter).order_by("id")[0]
        return {
            "entry": (first.act, first.audience, first.before, first.after, set(first.facts)),
            "payload": set(first.payload.body),
            "duties": sorted(
                Duty.objects.filter(matter=matter, anchor="received").values_list(
                    "rule", "anchor", "anchor_at", "due_on", "term", "basis", "evidence"
                )
            )[-1:],
            "submission": Submission.objects.filter(matter=matter).values_list(
                "text", "channel", "people_count", "fingerprints", "received_at"
            )[0],
        }

    assert shape(made) == shape(real)


@pytest.mark.usefixtures("communes")
def test_the_shares_are_those_of_the_reports() -> None:
    generate(matters=3000, units=5, seed=11)
    kinds = Counter(Petition.objects.exclude(kind="petition").values_list("kind", flat=True))
    total = sum(kinds.values())
    assert 0.77 < (kinds["feedback"] + kinds["recommendation"]) / total < 0.87
    assert 0.13 < kinds["complaint"] / total < 0.20
    assert kinds["denunciation"] == 0  # what lies in the vault is sealed by people
    land = Petition.objects.filter(kind="complaint", topic="land").count()
    assert 0.57 < land / kinds["complaint"] < 0.69
    ended = Counter(Duty.objects.filter(state__in=["fulfilled", "late"]).values_list("state"))
    assert 0.78 < ended[("fulfilled",)] / sum(ended.values()) < 0.97
    eligible = Counter(Petition.objects.exclude(eligible=None).values_list("eligible", flat=True))
    assert 0.76 < eligible[True] / sum(eligible.values()) < 0.84
    first = timezone.localdate(Matter.objects.order_by("opened_at")[0].opened_at)
    assert 1000 < (clock.today() - first).days <= 1097
    texts = list(Submission.objects.values_list("text", flat=True)[:1000])
    pairs = {pair for text in texts for pair in itertools.pairwise(text.split())}
    assert len(pairs) > 2000


@pytest.mark.usefixtures("communes")
def test_word_indexes_are_built_again_and_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "APART_FROM", 50)
    before = indexes()
    generate(matters=100, units=2, seed=5)
    assert indexes() == before
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM matters_matter WHERE folded @@ to_tsquery('simple', 'de')"
        )
        assert "matter_folded" in str(cursor.fetchall())
        cursor.execute(
            "SELECT count(*) FROM matters_matter WHERE folded @@ to_tsquery('simple', 'de')"
        )
        assert cursor.fetchone()[0] > 10


@pytest.mark.usefixtures("communes")
def test_a_failure_on_the_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "APART_FROM", 50)
    monkeypatch.setattr(histories, "CHUNK", 40)
    before, units, calls = indexes(), Unit.objects.count(), 0

    def failing(text: str) -> list[int]:
        nonlocal calls
        calls += 1
        if calls > 90:
            raise RuntimeError("the disk is full")
        return fingerprints(text)

    monkeypatch.setattr(histories, "fingerprints", failing)
    with pytest.raises(RuntimeError, match="the disk is full"):
        generate(matters=150, units=2)
    assert not Matter.objects.exists() and not CodeSequence.objects.exists()
    assert indexes() == before
    assert Unit.objects.count() == units


def indexes() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(("matters", "units"), [(0, 1), (-5, 1), (10**9, 1), (1, 0), (1, 9_999)])
@pytest.mark.usefixtures("communes")
def test_an_impossible_volume_is_refused(matters: int, units: int) -> None:
    with pytest.raises(GeneratorError):
        generate(matters=matters, units=units)
    assert not Matter.objects.exists()
