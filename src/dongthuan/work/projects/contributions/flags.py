"""Checks on a ledger that explain themselves: what, which numbers, why it may be innocent, what to
look at. They speak of vouchers and money, never of a person; nothing follows from one by itself.

Pure functions over `Line`s. Where a check compares, it compares with the ledger's own lines or with
the other campaigns of the unit; below the smallest sample it says that it cannot tell.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dongthuan.core.chances import dealt_at_least

ROUND = 1_000_000  # đồng: what a round sum of a bill is
ROUND_OWN, ROUND_OTHERS = 8, 30  # bills needed here, and in the other campaigns
ROUND_CHANCE = 0.002  # how seldom so many round ones may come by chance
COST_SAMPLE = 8  # like prices needed before one can be far off
FAR = 3.5  # robust z beyond which a value is far off (Iglewicz and Hoaglin 1993)
LEAST_SPREAD = 0.05  # prices within 5 % of one another are alike, however close the others lie
SHARED = 3  # receipts on one payment reference before it is shown


@dataclass(frozen=True, kw_only=True)
class Line:
    """A voucher as the checks see it; `payer` is an opaque key, no name."""

    code: str
    campaign: int
    kind: str
    form: str
    on: dt.date
    amount: int
    year: int = 0
    series: str = ""
    number: int = 0
    quantity: Decimal | None = None
    measure: str = ""
    component: str = ""
    payer: Hashable = None
    paid_ref: str = ""
    document: str = ""
    approved_on: dt.date | None = None
    reversal: bool = False
    reversed: bool = False

    @property
    def live(self) -> bool:
        """Neither a reversal nor reversed: it counts."""
        return not (self.reversal or self.reversed)

    @property
    def signed(self) -> int:
        return -self.amount if self.reversal else self.amount


@dataclass
class Finding:
    """What a check found. `state`: clear, flag, or few (not enough data to tell)."""

    key: str
    title: str
    state: str
    numbers: str
    innocent: str = ""
    look: str = ""
    vouchers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Books:
    """What beside the vouchers a check needs: sums of the postings and what the campaign agreed."""

    held: dict[str, int]
    given: int
    used: int
    decided_on: dt.date | None = None


def findings(own: Sequence[Line], others: Sequence[Line], books: Books) -> list[Finding]:
    """All checks of one campaign; `others`: the lines of the unit's other campaigns."""
    return [
        round_sums(own, others),
        shared_references(own),
        early_spending(own, books.decided_on),
        unit_costs(own, others),
        missing_papers(own, others),
        balance(own, books),
        twice(own),
    ]


def _spent(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.kind == "expense" and line.live]


def _received(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.kind == "receipt" and line.live]


def _finding(key: str, title: str, found: Sequence[Line], numbers: str, **words: str) -> Finding:
    state = "flag" if found else "clear"
    return Finding(key, title, state, numbers, vouchers=[line.code for line in found],
                   **(words if found else {}))  # fmt: skip


def round_sums(own: Sequence[Line], others: Sequence[Line]) -> Finding:
    """More bills in whole millions than chance would draw from all bills of the unit.

    Hypergeometric tail: if the round bills of this and the other campaigns were dealt out at
    random. Receipts are left out, for agreed levels are round.
    """
    title = _("Bills in whole millions")
    here, there = _spent(own), _spent(others)
    found = [line for line in here if line.amount % ROUND == 0]
    before = sum(line.amount % ROUND == 0 for line in there)
    if len(here) < ROUND_OWN or len(there) < ROUND_OTHERS:
        return Finding("round", title, "few", _(
            "%(own)d bills here, %(others)d in other campaigns; %(a)d and %(b)d are needed."
        ) % {"own": len(here), "others": len(there), "a": ROUND_OWN,
             "b": ROUND_OTHERS})  # fmt: skip
    chance = dealt_at_least(
        len(found), own=len(here), marked=len(found) + before, total=len(here) + len(there)
    )
    numbers = _(
        "%(found)d of %(own)d bills here, %(before)d of %(others)d in the other campaigns; dealt"
        " out at random this would happen in %(chance)s of 1,000 ledgers."
    ) % {"found": len(found), "own": len(here), "before": before, "others": len(there),
         "chance": f"{1000 * chance:.1f}"}  # fmt: skip
    return _finding(
        "round", title, found if chance < ROUND_CHANCE else [], numbers,
        innocent=_("Lump-sum contracts and advances are agreed in round amounts."),
        look=_("Lay the bills beside the contract and the record of what was done."),
    )  # fmt: skip


def shared_references(own: Sequence[Line]) -> Finding:
    """One payment reference under the receipts of several households."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in _received(own):
        if line.paid_ref:
            groups[line.paid_ref.casefold()].append(line)
    sizes = [len({line.payer for line in group}) for group in groups.values()]
    # What is usual in this ledger: where families often pay together, more is needed.
    limit = max(SHARED, math.ceil(_limit(sizes)) if len(sizes) >= COST_SAMPLE else SHARED)
    large = [g for g in groups.values() if len({line.payer for line in g}) >= limit]
    found = [line for group in large for line in group]
    numbers = _(
        "%(n)d payment references, %(large)d of them for %(limit)d households or more."
    ) % {"n": len(groups), "large": len(large), "limit": limit}  # fmt: skip
    return _finding(
        "shared", _("One payment for many households"), found, numbers,
        innocent=_("A neighbour or the village head often hands in the money of a whole lane."),
        look=_("Ask some of these households whether they gave and have their receipt."),
    )  # fmt: skip


def early_spending(own: Sequence[Line], decided_on: dt.date | None) -> Finding:
    """Money that left before, or without, its approval, or before the people had decided."""
    spent = _spent(own)
    found = [
        line
        for line in spent
        if line.approved_on is None
        or line.on < line.approved_on
        or (decided_on is not None and line.on < decided_on)
    ]
    late = sum(1 for line in found if line.approved_on is not None)
    numbers = _(
        "%(n)d uses of funds: %(none)d without a day of approval, %(late)d dated before it or"
        " before the decision of the people."
    ) % {"n": len(spent), "none": len(found) - late, "late": late}  # fmt: skip
    return _finding(
        "early", _("Spending before approval"), found, numbers,
        innocent=_("An urgent repair may be approved by word first; a day may be mistyped."),
        look=_("Ask for the paper that approved it, and its day."),
    )  # fmt: skip


def unit_costs(own: Sequence[Line], others: Sequence[Line]) -> Finding:
    """Unit prices far from those of the same part of the work and the same unit of measure.

    On logarithms, by median and median absolute deviation, so that the far ones do not widen the
    measure by which they are judged.
    """
    groups: dict[tuple[str, str], list[tuple[Line, float]]] = defaultdict(list)
    for line in [*_spent(own), *_spent(others)]:
        if line.quantity and line.quantity > 0:
            price = math.log(line.amount / float(line.quantity))
            like = (line.component.casefold().strip(), line.measure.casefold().strip())
            groups[like].append((line, price))
    here = {line.code for line in _spent(own)}
    found: list[Line] = []
    compared = 0
    for group in groups.values():
        if len(group) < COST_SAMPLE:
            continue
        middle, spread = _spread([price for _line, price in group])
        mine = [pair for pair in group if pair[0].code in here]
        compared += len(mine)
        # A spread taken from few prices is itself uncertain: the fewer, the farther it must be.
        far = FAR * (1 + 4 / len(group))
        found += [line for line, price in mine if abs(price - middle) > far * spread]
    if not compared:
        return Finding("cost", _("Unit prices far from the others"), "few", _(
            "No part of the work has %(n)d prices in the same unit; that many are needed."
        ) % {"n": COST_SAMPLE})  # fmt: skip
    return _finding(
        "cost", _("Unit prices far from the others"), found,
        _("%(n)d prices compared, each with at least %(sample)d of the same part and unit;"
          " %(found)d lie farther than %(far)s spreads from the middle one.")
        % {"n": compared, "sample": COST_SAMPLE, "found": len(found), "far": f"{FAR:g}"},
        innocent=_("Another quality, a far place, a small quantity, or a slip in the unit."),
        look=_("Compare with the price list of the province and with the bill itself."),
    )  # fmt: skip


def missing_papers(own: Sequence[Line], others: Sequence[Line]) -> Finding:
    """Uses of funds without a document, and numbers of the unit's series that are nowhere."""
    bare = [line for line in _spent(own) if not line.document]
    gaps = _gaps([*own, *others])
    found = _finding(
        "papers", _("Missing papers and numbers"), bare,
        _("%(bare)d uses of funds without a document; %(gaps)d numbers missing in the series.")
        % {"bare": len(bare), "gaps": len(gaps)},
        innocent=_("Small purchases at the market come without a bill."),
        look=_("Ask for a list of small purchases, signed by two; look for the missing sheets."),
    )  # fmt: skip
    if gaps and found.state == "clear":
        found.state = "flag"
        found.look = _("The database gives numbers without a gap: ask the administrator at once.")
    found.vouchers += gaps
    return found


def _gaps(lines: Iterable[Line]) -> list[str]:
    """Numbers below the highest of their series and year that no line carries."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for line in lines:
        if line.number:
            seen[line.series, line.year].add(line.number)
    return [
        f"{series}{year % 100:02d}-{number:05d}"
        for (series, year), numbers in sorted(seen.items())
        for number in sorted(set(range(1, max(numbers) + 1)) - numbers)
    ]


def balance(own: Sequence[Line], books: Books) -> Finding:
    """Vouchers against postings, and an account that on some day held less than nothing."""
    given = sum(line.signed for line in own if line.kind == "receipt")
    used = sum(line.signed for line in own if line.kind == "expense")
    apart = abs(given - books.given) + abs(used - books.used)
    apart += abs(sum(books.held.values()) - (books.given - books.used))
    low = _below_zero(own)
    found = _finding(
        "balance", _("Sums that do not agree"), low,
        _("Vouchers and postings differ by %(apart)s đồng; %(low)d uses of funds are dated before"
          " the money for them had come in.") % {"apart": apart, "low": len(low)},
        innocent=_("A receipt may have been written days after the money was handed over."),
        look=_("Put the days of the receipts and bills beside the bank statement."),
    )  # fmt: skip
    if apart:
        found.state = "flag"
        found.look = _("The database keeps both equal: ask the administrator at once.")
    return found


def _below_zero(own: Sequence[Line]) -> list[Line]:
    """Uses of money that, in the order of their days, find the money not yet there.

    Till and bank are taken together, so that a missing note of a transfer says nothing here.
    """
    held: Counter[str] = Counter()
    found = []
    order = {"receipt": 0, "move": 1, "expense": 2}
    for line in sorted((x for x in own if x.live), key=lambda x: (x.on, order[x.kind], x.number)):
        form = "money" if line.form in ("cash", "bank") else line.form
        if line.kind == "receipt":
            held[form] += line.amount
        elif line.kind == "expense":
            if held[form] < line.amount:
                found.append(line)
            held[form] -= line.amount
    return found


def twice(own: Sequence[Line]) -> Finding:
    """The same household or the same bill twice on a day for the same amount."""
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in _received(own):
        if line.payer is not None:
            groups["in", line.payer, line.form, line.amount, line.on].append(line)
    for line in _spent(own):
        said = line.document.casefold() or line.component.casefold()
        groups["out", said, line.form, line.amount, line.on].append(line)
    doubled = [group for group in groups.values() if len(group) > 1]
    found = [line for group in doubled for line in group]
    return _finding(
        "twice", _("The same voucher twice"), found,
        _("%(n)d vouchers in %(groups)d groups, alike in day, amount, form and payer or purpose.")
        % {"n": len(found), "groups": len(doubled)},
        innocent=_("Somebody may give twice on a day, or a bill be paid in two equal parts."),
        look=_("If one is a slip, reverse it; the reversal names it and stays in the ledger."),
    )  # fmt: skip


def _spread(values: Sequence[float]) -> tuple[float, float]:
    """Median, and the median absolute deviation scaled to a standard deviation, never below 5 %."""
    middle = _median(values)
    return middle, max(1.4826 * _median([abs(v - middle) for v in values]), LEAST_SPREAD)


def _limit(values: Sequence[int]) -> float:
    middle = _median(values)
    return middle + FAR * 1.4826 * _median([abs(v - middle) for v in values])


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
