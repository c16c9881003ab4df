"""What happens: each matter from its arrival along the declared steps, as far as today."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import Any

from django.utils import timezone

from dongthuan.core import clock
from dongthuan.core.matters.kinds import kind_of
from dongthuan.core.matters.models import (
    Audience,
    Channel,
    Matter,
    Projection,
    Submission,
)
from dongthuan.core.matters.opening import title_of
from dongthuan.core.people.models import Citizen
from dongthuan.core.text import fingerprints, sort_key
from dongthuan.core.units.models import Tier, Unit
from dongthuan.generator.days import Days, moment_of
from dongthuan.generator.effects import EFFECTS, Case
from dongthuan.generator.errors import GeneratorError
from dongthuan.generator.offices import LABEL, Office, Officer
from dongthuan.generator.texts import Writer
from dongthuan.work.petitions.bulk import (
    DutyDraft,
    Rows,
    codes_reserve,
    drafted,
    entry_draft,
    ids_reserve,
    next_due_settle,
)
from dongthuan.work.petitions.models import Petition
from dongthuan.work.petitions.opening import (
    LEVELS,
    public_title,
)

CHUNK = 4_000

# No denunciations: what lies in the vault is sealed by people, one by one, not made in bulk.
KINDS = {"feedback": 0.587, "recommendation": 0.233, "complaint": 0.18}
TOPICS = {
    "complaint": {"land": 63, "service": 12, "welfare": 10, "construction": 8, "economy": 4,
                  "other": 3},
    "recommendation": {"construction": 26, "land": 20, "environment": 16, "welfare": 14,
                       "service": 9, "economy": 7, "education": 6, "other": 2},
    "feedback": {"construction": 27, "environment": 27, "order": 13, "service": 11, "land": 9,
                 "education": 5, "welfare": 4, "economy": 2, "other": 2},
}  # fmt: skip
CHANNELS = {
    Channel.COUNTER: 40, Channel.WEB: 32, Channel.POST: 14, Channel.PHONE: 7,
    Channel.FORWARDED: 5, Channel.API: 2,
}  # fmt: skip
OUT_OF_HOURS = (Channel.WEB, Channel.API)
ELIGIBLE, IN_COMPETENCE, NEARLY, GROUPS, WITHDRAWN = 0.80, 0.28, 0.06, 0.03, 0.02
SETTLING = ("kn.settle1", "knpa.answer", "pa.answer")


Arrival = tuple[dt.datetime, int, str, str, str]  # moment, office, kind, topic, channel


class Histories:
    """Makes the rows chunk by chunk, in the order in which the matters came in."""

    def __init__(self, rng: Random, offices: list[Office], total: int) -> None:
        self.rng, self.offices, self.total = rng, offices, total
        self.writer = Writer(rng)
        self.now = clock.now()
        self.days = Days(clock.today())
        self.draft = DutyDraft(now=self.now)
        self.name_key = lru_cache(maxsize=200_000)(sort_key)
        for office in offices:
            office.rushes = sorted(rng.randrange(len(self.days.days)) for _ in range(3))
        self.arrivals = self._arrivals()
        self.done = 0
        self.reserve()

    def reserve(self) -> None:
        """Codes and keys for the chunk to come."""
        self.coming = self.arrivals[self.done : self.done + CHUNK]
        self.codes = codes_reserve(
            (self.offices[arrival[1]].unit, timezone.localdate(arrival[0]))
            for arrival in self.coming
        )
        self.keys = list(
            zip(
                *(ids_reserve(model, len(self.coming)) for model in (Matter, Citizen, Submission)),
                strict=True,
            )
        )

    def _arrivals(self) -> list[Arrival]:
        """(moment, office, kind, topic, channel) of every matter, oldest first."""
        rng = self.rng
        offices = rng.choices(
            range(len(self.offices)), weights=[o.weight for o in self.offices], k=self.total
        )
        kinds = rng.choices(list(KINDS), weights=list(KINDS.values()), k=self.total)
        days = self.days.draw(rng, self.total)
        topics = {kind: (list(t), list(accumulate(t.values()))) for kind, t in TOPICS.items()}
        found = []
        for office, kind, day in zip(offices, kinds, days, strict=True):
            names, weights = topics[kind]
            topic = rng.choices(names, cum_weights=weights)[0]
            if topic == "land" and rng.random() < 0.3:
                day = self._rush(self.offices[office])
            channel, moment = self._arrival(day)
            found.append((moment, office, kind, topic, channel))
        found.sort()
        return found

    def _rush(self, office: Office) -> dt.date:
        """After a decision on land the petitions of a commune come in a few weeks."""
        start = self.rng.choice(office.rushes)
        place = min(start + int(self.rng.random() * 21), len(self.days.days) - 1)
        return self.days.days[place]

    def _arrival(self, day: dt.date) -> tuple[str, dt.datetime]:
        rng = self.rng
        channel = rng.choices(list(CHANNELS), weights=list(CHANNELS.values()))[0]
        if channel not in OUT_OF_HOURS and day.weekday() >= 5:
            channel = Channel.WEB
        if channel in OUT_OF_HOURS:
            second = int(rng.triangular(6 * 3600, 23 * 3600, 20 * 3600))
        else:
            second = self._office_second()
        moment = moment_of(day, second)
        if moment >= self.now:
            moment = self.now - dt.timedelta(seconds=1 + int(rng.random() * 3600))
        return channel.value, moment

    def _office_second(self) -> int:
        chance = self.rng.random()
        return int(27_000 + chance * 25_200) if chance < 0.55 else int(48_600 + chance * 11_000)

    def chunk(self) -> Rows:
        """The rows of the next matters; none when all are made. `reserve` must follow."""
        rows = Rows()
        for arrival, code, keys in zip(self.coming, self.codes, self.keys, strict=True):
            case = self._open(rows, arrival, code, *keys)
            self._walk(rows, case)
            self._finish(rows, case)
        self.done += len(self.coming)
        self.coming = []
        return rows

    def _open(
        self, rows: Rows, arrival: Arrival, code: str, pk: int, citizen_pk: int, submission_pk: int
    ) -> Case:
        """The matter as `submission_create` leaves it."""
        rng = self.rng
        moment, number, target, topic, channel = arrival
        office = self.offices[number]
        place = rng.choice(office.places)
        person, text, where = self._story(office, place, target, topic, moment.year)
        people = int(rng.random() ** 3 * 60) + 5 if rng.random() < GROUPS else 1
        inside = channel not in OUT_OF_HOURS
        by = office.officers["intake"] if inside else None
        matter = drafted(
            Petition,
            id=pk,
            matter_ptr_id=pk,
            kind="petition",
            code=code,
            title=title_of(text) or code,
            state="received",
            unit_id=office.unit.pk,
            path=office.unit.path,
            place_id=place.pk,
            level=LEVELS["petition"],
            channel=channel,
            opened_at=moment,
            submission_count=1,
            person_count=people,
            is_demo=True,
        )
        case = Case(office, matter, self.draft, text, target, topic, place, where, moment)
        rows.petitions.append(matter)
        rows.citizens.append(
            drafted(
                Citizen,
                id=citizen_pk,
                name=person,
                name_key=self.name_key(person),
                address=f"{where}, {office.area_name} ({LABEL})",
                place_id=place.pk,
                created_at=moment,
            )
        )
        submission = drafted(
            Submission,
            id=submission_pk,
            matter_id=pk,
            uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
            channel=channel,
            text=text,
            citizen_id=citizen_pk,
            people_count=people,
            received_at=moment,
            registered_by_id=by.account_id if by else None,
        )
        rows.submissions.append(submission)
        payload = {
            "submission": str(submission.uuid),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "files_sha256": [],
        }
        facts = {"channel": channel, "people": people}
        self._note(rows, case, "petition.received", by, Audience.PETITIONER, "", facts, payload)
        rule = "tcd.result_notice" if channel == Channel.COUNTER else "xld.process"
        case.owe(rule, "received", moment)
        return case

    def _story(
        self, office: Office, place: Unit, kind: str, topic: str, year: int
    ) -> tuple[str, str, str]:
        """(who, what, where); sometimes the near-copy of what came in lately."""
        if office.recent and self.rng.random() < NEARLY:
            person, text, where = self.rng.choice(office.recent)
            if self.rng.random() < 0.5:
                person = self.writer.name()
            return person, self.writer.nearly(text), where
        person = self.writer.name()
        where = place.name if place.tier == Tier.VILLAGE else self.writer.village()
        text = self.writer.text(
            kind=kind, topic=topic, area=office.area_name, place=where, name=person, year=year
        )
        office.recent.append((person, text, where))
        return person, text, where

    # -- its way ----------------------------------------------------------------------------------

    def _walk(self, rows: Rows, case: Case) -> None:
        """Along the declared steps, until it is over or the present is reached."""
        rng, matter, office = self.rng, case.matter, case.office
        intake = office.officers["intake"]
        end = self._ends(case, "xld.process", "tcd.result_notice")
        self._go(case, self.days.between(case.day, end, 0.1 * rng.random()))
        title = self.writer.title(topic=case.topic, place=case.place_name)
        self._take(rows, case, "register", intake, {"topic": case.topic}, {"title": title})
        self._go(case, self.days.between(case.day, end, 0.4 * rng.random()))
        conditions = ["remote"] if office.remote else []
        facts: dict[str, Any] = {"kind": case.target, "was": matter.kind}
        self._take(rows, case, "classify", intake, facts | _given(conditions=conditions))
        if not case.stopped and rng.random() < WITHDRAWN:
            return self._withdraw(rows, case)
        end = min(end, self._ends(case, "kn.accept", "xld.process"))
        self._go(case, self.days.between(case.day, end, 0.5 * rng.random()))
        eligible, competent = rng.random() < ELIGIBLE, rng.random() < IN_COMPETENCE
        facts = {
            "eligible": "yes" if eligible else "no",
            "competence": "in" if competent else "out",
        }
        defects = [] if eligible else [rng.choice(("no_identity", "unsigned", "copy", "unclear"))]
        self._take(rows, case, "examine", intake, facts | _given(defects=defects))
        self._go(case, end)
        if not eligible:
            name = "store" if rng.random() < 0.7 else "return"
            note = {"note": "Đơn không đủ điều kiện xử lý theo quy định."}
            given = {"defects": defects} if name == "store" else {}
            return self._take(rows, case, name, intake, given, note)
        if not competent:
            name = "guide" if matter.kind == "complaint" else "transfer"
            note = {"note": "Nội dung thuộc thẩm quyền của cơ quan khác."}
            return self._take(rows, case, name, intake, {"body": "Cơ quan có thẩm quyền"}, note)
        return self._settle(rows, case)

    def _settle(self, rows: Rows, case: Case) -> None:
        """Accepted: decided, sent, often published, closed when nothing is owed any more."""
        rng, matter, office = self.rng, case.matter, case.office
        worker = office.officers[rng.choice(("handler-1", "handler-2"))]
        handler = {"handler": {"account": worker.account_id, "name": worker.name}}
        self._take(rows, case, "accept", office.officers["intake"], handler)
        if not case.stopped and rng.random() < WITHDRAWN:
            return self._withdraw(rows, case)
        if matter.kind == "complaint" and rng.random() < 0.08:
            self._go(case, self.days.after(case.day, 1 + int(rng.random() * 8)))
            self._take(rows, case, "extend", worker, {
                "document": self._document("QĐ"), "reason": "Vụ việc phức tạp, cần xác minh thêm.",
            })  # fmt: skip
        finding = ""
        if matter.kind == "complaint":
            finding = rng.choices(("wrong", "partly", "right"), (66, 18, 16))[0]
            self._verify(rows, case, worker, finding)
        self._go(case, self._ends(case, *SETTLING))
        answer = self.writer.answer(area=office.area_name, year=case.day.year)
        name = "decide" if matter.kind == "complaint" else "answer"
        facts: dict[str, Any] = {"document": self._document("UBND" if name == "answer" else "QĐ")}
        if name != "answer":
            facts["finding"] = finding
        if name == "decide":
            facts["measure"] = {"wrong": "keep", "partly": "amend", "right": "annul"}[finding]
            facts["legal_basis"] = "Luật Khiếu nại 2011"
        self._take(rows, case, name, worker, facts, {"answer": answer})
        if matter.kind == "complaint":  # once in effect it is past the time of telling
            self._tell(rows, case, worker, answer)
        while not case.stopped and (owed := case.owed):
            self._keep(rows, case, worker, owed)
        if matter.kind != "complaint":
            self._tell(rows, case, worker, answer)
        self._go(case, self.days.after(case.day, 1 + int(rng.random() * 12)))
        self._take(rows, case, "close", worker)

    def _verify(self, rows: Rows, case: Case, worker: Officer, finding: str) -> None:
        """The report, and the dialogue that the law orders where it differs from the claims."""
        day = self.days.between(case.day, self._ends(case, *SETTLING), 0.3 * self.rng.random())
        facts = {"period_from": case.day.isoformat(), "period_to": day.isoformat()}
        self._go(case, day)
        result = {"result": "Đã xác minh tại thực địa và đối chiếu hồ sơ."}
        self._take(rows, case, "report", worker,
                   facts | {"finding": finding, "differs": finding != "right"}, result)  # fmt: skip
        if finding == "right" or case.stopped:
            return
        held = self.days.after(case.day, 6)
        self._take(rows, case, "dialogue_call", worker, {
            "day": held.isoformat(), "time": "8 giờ", "place": "Trụ sở Ủy ban nhân dân",
        })  # fmt: skip
        self._take(rows, case, "dialogue_notice", worker, {
            "sent_on": case.day.isoformat(), "document": f"{case.day.day}/TB-UBND",
        })  # fmt: skip
        self._go(case, held)
        self._take(rows, case, "dialogue_hold", worker, {
            "held_on": held.isoformat(), "presence": "present", "signed": "all",
        }, {"opinions": "Các bên đã trình bày ý kiến."})  # fmt: skip

    def _keep(self, rows: Rows, case: Case, worker: Officer, owed: set[str]) -> None:
        """The duties after a decision, one step for each, in the order in which they fall due."""
        for rules, name in (
            (("kn.send_decision1", "kn.send_decision2"), "send"),
            (("kn.effect_check",), "take_effect"),
            (("tcd.transfer_feedback",), "report_back"),
        ):
            if owed & set(rules):
                self._go(case, self._ends(case, *rules))
                given = {"sent_on": case.day.isoformat()} if name == "send" else {}
                if name == "report_back":
                    given = {"document": self._document("UBND")}
                row = case.complaint()
                if name == "take_effect" and row and row.effect_on and case.day <= row.effect_on:
                    self._go(case, self.days.after(row.effect_on, 1))
                return self._take(rows, case, name, worker, given)
        raise GeneratorError(f"No step is known here for the duties {sorted(owed)}.")

    def _tell(self, rows: Rows, case: Case, worker: Officer, answer: str) -> None:
        """A third of the answers are published."""
        if self.rng.random() >= 0.35:
            return
        self._go(case, self.days.after(case.day, 1 + int(self.rng.random() * 4)))
        self._publish(rows, case, worker, answer)

    def _publish(self, rows: Rows, case: Case, worker: Officer, answer: str) -> None:
        title = self.writer.title(topic=case.topic, place=case.office.area_name)
        body = self.writer.public(topic=case.topic, area=case.office.area_name, year=case.day.year)
        facts = {"public_title": title, "public_body": body, "public_answer": answer}
        self._take(rows, case, "publish", worker, facts)
        if not case.stopped:
            case.listed = title, body, answer

    def _withdraw(self, rows: Rows, case: Case) -> None:
        self._go(case, self.days.after(case.day, 1 + int(self.rng.random() * 5)))
        reason = "Các bên đã hòa giải."
        worker = case.office.officers["intake"]
        given = {"written_on": case.day.isoformat(), "reason": reason}
        if case.matter.kind != "complaint" or case.matter.accepted_at is None:
            return self._take(rows, case, "withdraw", worker, given)
        given |= {"ground": "withdrawn", "document": self._document("QĐ")}
        self._take(rows, case, "terminate", worker, given)
        self._go(case, self.days.after(case.day, 1))
        return self._take(rows, case, "termination_sent", worker, {"sent_on": case.day.isoformat()})

    # -- one step ---------------------------------------------------------------------------------

    def _ends(self, case: Case, *rules: str) -> dt.date:
        """The day on which the soonest of the duties is done: in time, or some days late."""
        due = case.due(*rules)
        if due <= case.day:
            return self.days.after(case.day, 1 + int(self.rng.random() * 3))
        if self.rng.random() < case.office.in_time:
            return self.days.between(case.day, due, 0.2 + 0.8 * self.rng.random())
        return self.days.after(due, 1 + int(self.rng.lognormvariate(1.2, 1.0)))

    def _go(self, case: Case, day: dt.date) -> None:
        """On to that day, never backwards; two acts of one day stand some minutes apart."""
        moment = moment_of(day, self._office_second())
        if moment <= case.at:
            moment = case.at + dt.timedelta(minutes=3 + int(self.rng.random() * 25))
        case.at = moment

    def _take(
        self, rows: Rows, case: Case, name: str, by: Officer,
        facts: dict[str, Any] | None = None, payload: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """What `matter_act` does with a declared step; nothing once the present is reached."""
        if case.stopped or case.at > self.now:
            case.stopped = True
            return
        matter = case.matter
        kind, before = kind_of(matter.kind), matter.state
        step = kind.step(name)
        if step is None or before not in step.source:
            raise GeneratorError(f"{kind.name} has no step “{name}” from “{before}”.")
        facts = facts or {}
        if effect := EFFECTS.get(name):
            effect(case, facts, payload or {})
        case.step(step, facts)
        matter.state = step.target or before
        if matter.state in kind.final_states:
            matter.closed_at = case.at
        matter.version += 1
        act = f"{matter.kind}.{name}"
        self._note(rows, case, act, by, step.audience, before, facts, payload)

    def _note(
        self, rows: Rows, case: Case, act: str, by: Officer | None, audience: Audience,
        before: str, facts: dict[str, Any], payload: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        entry, kept = entry_draft(
            place=len(rows.entries),
            matter=case.matter,
            at=case.at,
            act=act,
            audience=audience,
            before=before,
            after=case.matter.state,
            actor_id=by.account_id if by else None,
            actor_label=by.label if by else "",
            facts=facts,
            payload=payload,
            salt=self.rng.randbytes(32) if payload else b"",
        )
        rows.entries.append(entry)
        if kept:
            rows.payloads.append(kept)

    def _document(self, symbol: str) -> str:
        number = int(self.rng.random() * 900) + 1
        return f"{number}/QĐ-UBND" if symbol == "QĐ" else f"{number}/{symbol}"

    # -- what lists and search read ---------------------------------------------------------------

    def _finish(self, rows: Rows, case: Case) -> None:
        matter = case.matter
        rows.duties += case.duties
        if row := case.complaint():
            rows.complaints.append(row)
        next_due_settle(matter, case.duties)
        matter.search_text = f"{matter.code}\n{matter.title}\n{case.text}"
        rows.submissions[-1].fingerprints = fingerprints(case.text)
        title, body, answer = case.listed or ("", "", "")
        rows.projections.append(
            drafted(
                Projection,
                matter_id=matter.pk,
                code=matter.code,
                kind=matter.kind,
                state=matter.state,
                title=title
                or public_title(kind="petition", place=case.place, unit=case.office.unit),
                body=body,
                answer=answer,
                unit_id=matter.unit_id,
                path=matter.path,
                place_id=matter.place_id,
                topic=matter.topic,
                opened_on=timezone.localdate(matter.opened_at),
                closed_on=timezone.localdate(matter.closed_at) if matter.closed_at else None,
                listed=bool(case.listed),
                is_demo=True,
                search_text=f"{matter.code}\n{title}\n{body}\n{answer}" if case.listed else "",
            )
        )  # fmt: skip


def _given(**values: Any) -> dict[str, Any]:
    """Only what was answered: an entry keeps no empty answers."""
    return {name: value for name, value in values.items() if value}
