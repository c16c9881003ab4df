"""The shapes that go in and out; their descriptions are the reference that integrators read."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, PlainSerializer, WithJsonSchema

from dongthuan.front.api.reading import Body, Day, Query

Code = Annotated[str, Field(min_length=1, max_length=60)]
Handle = Annotated[str, Field(min_length=1, max_length=400)]
Declared = Literal["", "complaint", "denunciation", "recommendation", "feedback", "field"]

# Moments leave in UTC with a Z, whole milliseconds, whoever serialises them.
Moment = Annotated[
    dt.datetime,
    AfterValidator(lambda at: at.astimezone(dt.UTC)),
    PlainSerializer(
        lambda at: at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), return_type=str
    ),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class Out(BaseModel):
    """A part of an answer."""


class ProblemOut(Out):
    """RFC 9457. `detail` is one plain sentence in the reader's language."""

    type: str = Field(description="Where this kind of problem is explained")
    title: str
    status: int
    detail: str
    instance: str | None = None
    errors: list[FieldErrorOut] = Field(
        default=[], description="What was wrong with which field (validation only)"
    )


class FieldErrorOut(Out):
    field: str = Field(description="As the caller named it, e.g. sender.phone; '' for the whole")
    detail: str


# -- submissions ------------------------------------------------------------------


class SenderIn(Body):
    """Who submits (người gửi). All of it may be left out; then only code and secret open the
    matter, and nobody can be told anything."""

    name: str = Field(default="", max_length=120, description="Full name · Họ tên")
    address: str = Field(default="", max_length=300, description="Address · Địa chỉ")
    phone: str = Field(default="", max_length=20, description="Telephone in Viet Nam · Điện thoại")
    email: str = Field(default="", max_length=254, description="E-mail · Thư điện tử")


class SubmissionIn(Body):
    """One submission (đơn). `received_at` cannot be given: the clock starts when we receive it."""

    text: str = Field(
        min_length=10, max_length=20_000, description="What it is about · Nội dung đơn"
    )
    place: Code = Field(
        description="Code of the commune, village or organ that it is about (see /units) · Mã nơi"
    )
    place_text: str = Field(default="", max_length=200, description="The place in words")
    declared: Declared = Field(
        default="",
        description="What the sender takes it for; officials decide by its content."
        " A denunciation (tố cáo) is refused: it is sent at /to-cao/, straight into the vault.",
    )
    people_count: int = Field(
        default=1, ge=1, le=100_000, description="How many people stand behind it · Số người"
    )
    sender: SenderIn = Field(default_factory=SenderIn)
    attachments: list[Handle] = Field(
        default=[], max_length=10, description="Tokens from /uploads, each once"
    )


class RegisteredSenderIn(SenderIn):
    """As `sender`, and for people received at the counter the ID number (Decree 154/2026)."""

    id_number: str = Field(default="", max_length=14, description="ID number · Số định danh")


class RegistrationIn(SubmissionIn):
    """A submission that an official enters for somebody."""

    channel: Literal["counter", "phone", "post", "forwarded"] = Field(
        description="How it came · Hình thức tiếp nhận"
    )
    sender: RegisteredSenderIn = Field(default_factory=RegisteredSenderIn)
    received_on: Day | None = Field(default=None, description="If not today · Ngày nhận")
    written_on: Day | None = Field(default=None, description="Date on the letter · Ngày viết đơn")
    forwarded_by: str = Field(default="", max_length=200, description="Nơi chuyển đến")


class DutyPromised(Out):
    """A duty (nghĩa vụ) that the authority has from now on."""

    rule: str
    name: str
    due_on: dt.date
    basis: str = Field(description="The article it stands on")
    evidence: str = Field(
        description="How sure the rule is: P read in the law itself, S secondary source,"
        " M… memory, D deduction"
    )


class ReceiptOut(Out):
    """What to keep: `code` and `secret` together open the matter; nobody can restore a secret."""

    code: str
    secret: str
    received_at: Moment
    duties: list[DutyPromised]
    links: dict[str, str]


class UploadOut(Out):
    """A stored file, waiting to be handed in within 24 hours."""

    token: str = Field(description="For `attachments` of a submission, step or note; used once")
    name: str
    content_type: str
    size: int = Field(description="Bytes as stored; places and devices are removed from pictures")
    sha256: str


# -- what is known of a matter ------------------------------------------------------------------


class Labelled(Out):
    name: str
    label: str


class UnitRef(Out):
    code: str
    name: str


class DutyOut(Out):
    """A duty with the whole explanation of its date."""

    rule: str
    name: str
    state: Labelled
    due_on: dt.date
    due_at: Moment | None
    anchor: str = Field(description="The event from which it counts")
    anchor_at: Moment
    term: str
    conditions: list[str]
    basis: str
    evidence: str
    version_from: dt.date
    closed_at: Moment | None
    reason: str
    pauses: list[dict[str, Any]]
    extensions: list[dict[str, Any]]
    steps: list[dict[str, Any]] = Field(description="How the date was counted, line by line")


class FactOut(Out):
    label: str
    value: str


class EntryOut(Out):
    """One fact of the record (nhật ký)."""

    at: Moment
    act: str
    label: str
    by: str = Field(description="The position in which somebody acted")
    state: str
    facts: list[FactOut]
    text: str = Field(description="The words written; '' if erased as the law orders")


class PaperOut(Out):
    id: str
    title: str
    content_type: str
    size: int
    sha256: str
    url: str


class PublicMatter(Out):
    """The redacted projection: all that the public sees."""

    view: Literal["public"]
    code: str
    kind: Labelled
    state: Labelled
    title: str
    body: str = Field(description="Redacted by an official; empty until then")
    answer: str
    unit: UnitRef
    place: UnitRef | None
    topic: str
    opened_on: dt.date
    closed_on: dt.date | None


class PetitionerMatter(Out):
    """What the petitioner sees with code and secret."""

    view: Literal["petitioner"]
    code: str
    kind: Labelled
    state: Labelled
    title: str
    text: str = Field(description="What was submitted")
    unit: UnitRef
    place: UnitRef | None
    topic: str
    received_at: Moment
    closed_at: Moment | None
    next_due_on: dt.date | None
    duties: list[DutyOut]
    entries: list[EntryOut]
    papers: list[PaperOut]


SubmissionView = Annotated[PublicMatter | PetitionerMatter, Field(discriminator="view")]


# -- officials ------------------------------------------------------------------


class HandlerOut(Out):
    id: int
    name: str


class MatterRow(Out):
    code: str
    kind: Labelled
    state: Labelled
    title: str
    version: int = Field(description="Send it back with a step; an older one is refused with 409")
    level: int = Field(description="0 public, 1 partners, 2 the authority, 3 restricted, 4 sealed")
    channel: str
    topic: str
    unit: UnitRef
    place: UnitRef | None
    handler: HandlerOut | None
    opened_at: Moment
    closed_at: Moment | None
    next_due_on: dt.date | None
    next_rule: str
    next_rule_name: str
    overdue: bool
    submission_count: int
    person_count: int


class MatterPage(Out):
    items: list[MatterRow]
    next: str | None = Field(description="Pass as `cursor` for the next page; null on the last")


class ChoiceOut(Out):
    value: str
    label: str


class AskOut(Out):
    name: str
    type: Literal[
        "text",
        "lines",
        "choice",
        "choices",
        "bool",
        "date",
        "future",
        "number",
        "money",
        "area",
        "unit",
        "official",
        "paper",
        "secret",
    ]
    label: str
    required: bool
    help: str
    choices: list[ChoiceOut]
    max_length: int | None


class StepOut(Out):
    """A step that may be taken now."""

    name: str
    label: str
    basis: str
    grave: bool = Field(description="Hard to take back; ask before sending")
    asks: list[AskOut]
    url: str


class SubmissionOut(Out):
    """A submission behind the matter, for the unit that handles it."""

    channel: str
    text: str
    place_text: str
    people_count: int
    received_at: Moment
    written_on: dt.date | None
    forwarded_by: str
    sender: dict[str, str] | None


class MatterOut(MatterRow):
    audience: Literal["petitioner", "official"] = Field(
        description="How much is shown; partners read what the petitioner reads"
    )
    duties: list[DutyOut]
    entries: list[EntryOut] = Field(description="The newest 200, newest first")
    papers: list[PaperOut]
    submissions: list[SubmissionOut]
    steps: list[StepOut]
    assignable: list[HandlerOut] = Field(description="To whom the caller may assign it now")
    related: list[str] = Field(description="Codes of the whole, parts, or the other instance")


class StepIn(Body):
    """The answers of a step; `asks` of the matter says which."""

    version: int = Field(ge=1, le=2**31 - 1, description="The version that you have read")
    data: dict[Annotated[str, Field(max_length=60)], str | int | bool | list[str] | None] = Field(
        default_factory=dict, description="Answers by the name of the ask"
    )
    attachments: list[Handle] = Field(default=[], max_length=10)


class AssignIn(Body):
    account: int = Field(ge=1, le=2**63 - 1, description="`id` from `assignable`")
    version: int | None = Field(default=None, ge=1, le=2**31 - 1)


class NoteIn(Body):
    text: str = Field(min_length=1, max_length=10_000)
    to_petitioner: bool = Field(default=False, description="The petitioner reads and is told")
    attachments: list[Handle] = Field(default=[], max_length=10)


class MatterQuery(Query):
    view: Literal["mine", "unit", "soon", "overdue", "unassigned", "sealed", "closed", "all"] = (
        Field(default="all", description="As the views of the desk")
    )
    kind: str = Field(default="", max_length=30)
    state: str = Field(default="", max_length=30)
    topic: str = Field(default="", max_length=30)
    unit: str = Field(default="", max_length=60, description="Code of the unit that owes it")
    q: str = Field(default="", max_length=200, description="Words, with or without marks")
    cursor: str = Field(default="", max_length=40, description="`next` of the page before")


# -- units ------------------------------------------------------------------


class UnitQuery(Query):
    q: str = Field(default="", max_length=200, description="Words of the name; best first, at most"
                   " 50, no paging")  # fmt: skip
    parent: str = Field(default="", max_length=60, description="Code of the unit above")
    on: Day | None = Field(default=None, description="As it was on a day; today if left out")
    tier: Literal["", "nation", "province", "district", "commune", "village", "organ"] = ""
    cursor: str = Field(default="", max_length=60, description="`next` of the page before")


class UnitRow(Out):
    code: str
    official_code: str
    kind: Labelled
    tier: str
    name: str
    name_en: str
    valid_from: dt.date
    valid_to: dt.date | None = Field(description="Last day in force")


class UnitPage(Out):
    items: list[UnitRow]
    next: str | None


class UnitNameOut(Out):
    name: str
    kind: Labelled
    valid_from: dt.date
    valid_to: dt.date | None
    document: str
    evidence: str


class SuccessionOut(Out):
    unit: UnitRef
    on: dt.date
    share: float | None = Field(description="Part that went over, 0–1; null when not known")
    document: str
    evidence: str


class UnitOut(UnitRow):
    parent: UnitRef | None
    document: str
    note: str
    evidence: str
    email: str
    phone: str
    address: str
    names: list[UnitNameOut] = Field(description="Earlier names and kinds, oldest first")
    predecessors: list[SuccessionOut]
    successors: list[SuccessionOut]


class ScoreboardQuery(Query):
    since: Day | None = Field(default=None, description="First day · Từ ngày")
    until: Day | None = Field(default=None, description="Last day; today if left out · Đến ngày")


class PeriodOut(Out):
    since: dt.date
    until: dt.date


class RateOut(Out):
    numerator: int
    denominator: int
    value: float | None


class MonthOut(Out):
    month: str
    due: int
    kept: int
    late: int


class ScoreboardOut(Out):
    unit: UnitRef
    period: PeriodOut
    due: int
    kept: int
    late: int
    open: int = Field(description="Owed now, whenever due")
    overdue: int = Field(description="Of `open`, past their last day with a running clock")
    on_time_rate: RateOut
    median_days: float | None
    months: list[MonthOut]


# -- the law ------------------------------------------------------------------


class DeadlineQuery(Query):
    rule: str = Field(min_length=1, max_length=60, description="Key of a rule, see /rules")
    start: str = Field(
        alias="from", min_length=1, max_length=40,
        description="The event: 2026-08-28 or 2026-08-28T09:30 (Viet Nam)",
    )  # fmt: skip
    conditions: list[Annotated[str, Field(max_length=30)]] = Field(
        default=[], alias="if", max_length=10, description="Facts of the case, e.g. remote"
    )
    pause: list[Annotated[str, Field(max_length=60)]] = Field(
        default=[], max_length=50, description="FROM..TO; TO is the day the clock resumes"
    )


class ExplainedStep(Out):
    code: str
    date: dt.date
    until: dt.date | None
    days: int
    text_vi: str
    text_en: str
    source: str | None
    document: str | None


class DeadlineOut(Out):
    """The same as `dongthuan deadline --json`."""

    rule: str
    name_vi: str
    name_en: str
    direction: str
    version_from: dt.date
    basis: str
    basis_en: str
    document: str
    term: str
    term_vi: str
    term_en: str
    conditions: list[str]
    anchor: str
    due_on: dt.date
    due_at: str | None
    nominal_due_on: dt.date
    evidence: str
    verified: bool
    signed_off: bool
    open: bool
    steps: list[ExplainedStep]


class RuleVersionOut(Out):
    valid_from: dt.date
    valid_to: dt.date | None
    term: str
    when: list[dict[str, Any]] = Field(description="Other terms under conditions")
    extensions: list[dict[str, Any]]
    basis_vi: str
    basis_en: str
    document: str
    transition: str
    evidence: str
    verified: bool


class RuleOut(Out):
    key: str
    name_vi: str
    name_en: str
    scope: str
    law: str
    anchor: str
    anchor_vi: str
    anchor_en: str
    direction: str
    versions: list[RuleVersionOut]


class RulesOut(Out):
    rules: list[RuleOut]


class CalendarOut(Out):
    """The same as `dongthuan calendar --json`."""

    year: int
    signed_off: bool
    status_vi: str
    status_en: str
    working_days: int
    days_off: list[dict[str, Any]]
    swaps: list[dict[str, Any]]
    sources: list[dict[str, Any]]
    notes_vi: list[str]
    notes_en: list[str]


ProblemOut.model_rebuild()
