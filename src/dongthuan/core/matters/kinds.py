"""How a kind of work declares itself: states, steps, what each asks, opens and closes.

The declarations are data: the engine (`services.matter_act`) reads them, the desk and the API
show them, and one table-driven test walks them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.functional import Promise

from dongthuan.core.matters.models import Audience, Duty, Level, Matter
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor

Text = str | Promise


@dataclass(frozen=True)
class Ask:
    """One thing that a step asks of the official who takes it.

    `type`: text, lines, choice, choices, bool, date (not in the future), future (not in the past),
    number, money (đồng), area (m²), unit, official, paper, secret (a passphrase: it goes to the
    effect and is never kept).
    """

    name: str
    type: str
    label: Text
    required: bool = True
    help: Text = ""
    choices: tuple[tuple[str, Text], ...] = ()
    max_length: int = 5000
    # Personal answers go into the entry's payload, behind its commitment, not into its facts.
    personal: bool = False
    # A fact for officials alone, on a step of which the petitioner is otherwise told.
    inner: bool = False
    # A name on the matter that must be true for the form to ask for it.
    when: str = ""
    # Of an official: the roles of which one must be held; none named: any that works on matters.
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opens:
    """A duty that a step opens: the rule and the moment from which it counts.

    `anchor`: now, received, accepted, decided, or the name of a date that the step asks for.
    `when`: a name looked up on the matter (method or attribute); the duty opens if it is true.
    `owner`: a name on the matter that gives a Unit; without it the matter's own unit owes.
    """

    rule: str
    anchor: str = "now"
    when: str = ""
    # A name on the matter that is the body which owes it, where that is not the matter's unit.
    owner: str = ""


@dataclass(frozen=True)
class State:
    name: str
    label: Text
    # What the public reads; several inner states may read alike outside.
    public: Text
    tone: str = "neutral"  # neutral, active, waiting, good, bad
    final: bool = False


@dataclass(frozen=True)
class Step:
    """A declared step (bước) from state to state."""

    name: str
    label: Text
    source: tuple[str, ...]
    target: str  # "" leaves the state as it is
    roles: tuple[str, ...]
    basis: str  # the article, in Vietnamese, as officials cite it
    asks: tuple[Ask, ...] = ()
    opens: tuple[Opens, ...] = ()
    closes: tuple[str, ...] = ()  # rules fulfilled by this step
    may_close: tuple[str, ...] = ()  # rules that its effect fulfils once nothing of them is left
    waives: tuple[str, ...] = ()  # rules no longer owed after it; "*" all that still run
    pauses: bool = False
    resumes: bool = False
    extends: tuple[str, ...] = ()  # rules that the asked `term` prolongs
    audience: Audience = Audience.PETITIONER
    announce: Text = ""  # one sentence to the petitioner; may use {code} {unit} {note}
    assigned_only: bool = False  # only the handler of the matter (or a head)
    # Names on the matter that give the bodies (Unit, or None) whose people take the step: the
    # village, the Front, a board. () is the unit of the matter. They must be among its parties.
    by: tuple[str, ...] = ()
    # What must hold for the step to exist. `in_force`: a rule of which the rulebook has a version
    # today; without it the law does not provide the step. `when`: a fact of the matter, a name on
    # it that must be true; without it this matter does not allow the step.
    in_force: str = ""
    when: str = ""
    # A name on the matter without which the desk does not offer the step: it would be refused,
    # by a sentence that cites the article.
    ready: str = ""
    effect: Callable[[StepContext], None] | None = None
    grave: bool = False  # asks for confirmation; hard to take back


@dataclass
class StepContext:
    """What an effect of a room gets: the locked matter, the answers, and places to add to."""

    matter: Matter
    step: Step
    acting: Actor
    data: dict[str, Any]
    now: dt.datetime
    duties: list[Duty]
    facts: dict[str, Any] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)
    opens: list[tuple[str, str, dt.datetime]] = field(default_factory=list)
    target: str = ""
    before: str = ""
    papers: list[Attachment] = field(default_factory=list)


@dataclass(frozen=True)
class Kind:
    name: str
    label: Text
    states: tuple[State, ...]
    steps: tuple[Step, ...]
    level: Level
    # Whether the public figures count it among the cases received. What an office opens for its
    # own work (a session, a refusal, a promise, the follow-up of a transfer) is no case anybody
    # brought; its duties are promises all the same.
    counts_as_case: bool = True

    @cached_property
    def by_state(self) -> dict[str, State]:
        return {state.name: state for state in self.states}

    @cached_property
    def by_step(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def state(self, name: str) -> State:
        return self.by_state[name]

    def step(self, name: str) -> Step | None:
        return self.by_step.get(name)

    @property
    def final_states(self) -> frozenset[str]:
        return frozenset(state.name for state in self.states if state.final)

    def steps_from(self, state: str) -> list[Step]:
        return [step for step in self.steps if state in step.source]

    def __post_init__(self) -> None:
        if len(self.by_state) != len(self.states) or len(self.by_step) != len(self.steps):
            raise ValueError(f"{self.name}: a state or step is declared twice")
        for step in self.steps:
            unknown = {*step.source, step.target} - set(self.by_state) - {""}
            if unknown:
                raise ValueError(f"{self.name}.{step.name}: unknown states {sorted(unknown)}")


Adopt = Callable[[StepContext, str], None]
Opener = Callable[..., Matter]
# (*, matter, acting, act, content) -> number of what was sealed
Sealer = Callable[..., int]
# (*, matter, successor) -> accounts that open the sealed matter there
Heirs = Callable[..., list[int]]
# (matter) -> what a room knew of the people behind it, for the vault; it keeps nothing of it
Leaver = Callable[[Matter], list[dict[str, Any]]]
# (text, field) -> refuses with MatterError what may not be written of matters of a kind
Wording = Callable[[str, str], None]

_KINDS: dict[str, Kind] = {}
_MODELS: dict[str, type[Matter]] = {}
_ADOPTS: dict[str, Adopt] = {}
_OPENERS: dict[str, Opener] = {}
_SEALERS: dict[str, Sealer] = {}
_HEIRS: dict[str, Heirs] = {}
_LEAVERS: list[Leaver] = []
_WORDINGS: dict[str, Wording] = {}


def register(
    *kinds: Kind,
    model: type[Matter],
    adopt: Adopt | None = None,
    opener: Opener | None = None,
    sealer: Sealer | None = None,
    heirs: Heirs | None = None,
    wording: Wording | None = None,
) -> None:
    """Make kinds known with the model of their rows; a room calls this from AppConfig.ready().

    `adopt(context, kind)` takes over a matter that a step of another room has found to be of this
    kind: it puts its own row (same id) into `context.matter`. `opener(*, acting, origin, kind,
    text, now)` opens a matter of this kind out of another matter, linked as its child. Through
    these two rooms meet without importing each other. `sealer(*, matter, acting, act, content)`
    takes whatever would be the payload of an entry and keeps it where only the designated people
    read it; the entry holds the number that it returns. `heirs(*, matter, successor)` names who
    opens a sealed matter that a successor takes over, or refuses. `wording(text, field)` refuses
    words that may not be written in steps and notes of it, and of the promises given in it.
    """
    for kind in kinds:
        _KINDS[kind.name] = kind
        _MODELS[kind.name] = model
        if adopt:
            _ADOPTS[kind.name] = adopt
        if opener:
            _OPENERS[kind.name] = opener
        if sealer:
            _SEALERS[kind.name] = sealer
        if heirs:
            _HEIRS[kind.name] = heirs
        if wording:
            _WORDINGS[kind.name] = wording


def adopt_as(context: StepContext, name: str) -> None:
    """Hand the matter of a step over to the room of another kind."""
    _ADOPTS[name](context, name)


def register_leaver(leaver: Leaver) -> None:
    """A room that keeps rows of its own beside a matter says what is to be sealed of them.

    Called while an open matter is taken into a vault: `leaver(matter)` erases them and returns
    their contents, or refuses with MatterError; then nothing was changed.
    """
    _LEAVERS.append(leaver)


def leave_open(matter: Matter) -> list[dict[str, Any]]:
    """Everything that the rooms knew beside a matter; from now on they know it no more."""
    return [content for leaver in _LEAVERS for content in leaver(matter)]


def open_as(
    *, acting: Actor, origin: Matter, kind: str, text: str, now: dt.datetime, **more: Any
) -> Matter:
    """Open a matter of any kind out of another one; the room of that kind does it."""
    return _OPENERS[kind](acting=acting, origin=origin, kind=kind, text=text, now=now, **more)


def can_open(name: str) -> bool:
    """Whether a room is installed that opens matters of this kind out of others."""
    return name in _OPENERS


def receive_as(*, kind: str, **given: Any) -> Matter:
    """Open a matter of any kind out of nothing, as an imported ledger does."""
    return _OPENERS[kind](origin=None, kind=kind, **given)


def sealer_of(name: str) -> Sealer | None:
    """Who keeps the personal part of the entries of a kind, if not the record itself."""
    return _SEALERS.get(name)


def heirs_of(name: str) -> Heirs | None:
    """Who says who opens a sealed matter at a successor; None: its designated people do."""
    return _HEIRS.get(name)


def wording_of(name: str) -> Wording | None:
    """Who checks what is written of a kind; None: anything may be."""
    return _WORDINGS.get(name)


def model_of(name: str) -> type[Matter]:
    """The child of Matter that holds what is special about a kind."""
    return _MODELS[name]


def kind_of(name: str) -> Kind:
    return _KINDS[name]


def all_kinds() -> list[Kind]:
    return list(_KINDS.values())


def case_kinds() -> list[str]:
    """Names of the kinds that count as cases received."""
    return [kind.name for kind in _KINDS.values() if kind.counts_as_case]
