"""Reads both exports of Polis: `votes.csv` (a row a vote), `participants-votes.csv` (a matrix).

Plain files, millions of votes, are read block by block as numbers. A file with quotes, ids that
are words or rows of uneven length is read again slowly by the csv module, and says what is wrong.
In both exports 1 is agree and -1 disagree.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dongthuan.work.consultations.opinion_map.votes import Votes, VotesError, votes_make

BLOCK = 1 << 20
NAMES = {
    "person": ("voter-id", "voter_id", "participant-id", "participant_id", "participant", "pid"),
    "statement": ("comment-id", "comment_id", "statement-id", "statement_id", "tid"),
    "vote": ("vote",),
    "at": ("timestamp", "modified", "created"),
}
NOT_STATEMENTS = {
    "participant", "xid", "group-id", "group_id", "n-comments", "n-votes", "n-agree", "n-disagree",
    "n-pass", "",
}  # fmt: skip


class _Uneven(Exception):
    """Not a plain table of numbers: the slow way reads it."""


def votes_read(path: Path, *, comments: Path | None = None) -> Votes:
    """The votes of a file in either form.

    `comments` is the list of statements beside it (`comments.csv`): those with moderated -1 or
    is-meta true are withdrawn. Without such a list statements that few saw say nothing to the map
    (`Votes.without_rare`).
    """
    try:
        votes = _read(path)
    except (OSError, UnicodeDecodeError):
        raise VotesError(f"The file {path} cannot be read.") from None
    except csv.Error as error:
        raise VotesError(f"{path} is no table: {error}.") from None
    return votes.without_rare() if comments is None else votes.without(withdrawn_read(comments))


def _read(path: Path) -> Votes:
    header = _header(path)
    reader = _Matrix(header) if _column(header, "vote") is None else _Rows(header)
    try:
        return votes_make(**reader.plain(path))
    except _Uneven:
        return votes_make(**reader.slow(path))


def withdrawn_read(path: Path) -> list[str]:
    """Ids of statements that moderation took out or that are about the process."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            names = {_plain(name): name for name in rows.fieldnames or () if name}
            key = next((names[n] for n in NAMES["statement"] if n in names), None)
            moderated, meta = names.get("moderated"), names.get("is-meta", names.get("is_meta"))
            if key is None or (moderated is None and meta is None):
                raise VotesError(f"{path} names no statements and their moderation.")
            return [
                str(row[key]).strip() for row in rows
                if (moderated and str(row[moderated]).strip() == "-1")
                or (meta and str(row[meta]).strip().lower() in ("true", "t", "1"))
            ]  # fmt: skip
    except (OSError, UnicodeDecodeError):
        raise VotesError(f"The file {path} cannot be read.") from None
    except csv.Error as error:
        raise VotesError(f"{path} is no table: {error}.") from None


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        header = next(csv.reader(file), None)
    if not header:
        raise VotesError(f"{path} is empty.")
    return [_plain(name) for name in header]


def _plain(name: str) -> str:
    return name.strip().lower()


def _column(header: list[str], what: str) -> int | None:
    return next((header.index(name) for name in NAMES[what] if name in header), None)


def _blocks(path: Path) -> Iterator[NDArray[np.uint8]]:
    """Whole lines as bytes, the header left out; each block ends with a newline."""
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while block := file.read(BLOCK):
            cut = block.rfind(b"\n") + 1
            if not cut:
                rest += block
                continue
            yield np.frombuffer(rest + block[:cut], np.uint8)
            rest = block[cut:]
        if rest.strip():
            yield np.frombuffer(rest + b"\n", np.uint8)


def _cells(block: NDArray[np.uint8], columns: int) -> NDArray[np.int64]:
    """Where each cell ends, line × column; refuses quotes and uneven lines."""
    if (block == ord('"')).any():
        raise _Uneven
    every = np.flatnonzero((block == ord(",")) | (block == ord("\n")))
    if len(every) % columns:
        raise _Uneven
    ends: NDArray[np.int64] = every.reshape(-1, columns)
    lines = int(np.count_nonzero(block == ord("\n")))
    if lines != len(ends) or (block[ends[:, -1]] != ord("\n")).any():
        raise _Uneven
    return ends


def _column_of(block: NDArray[np.uint8], ends: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """One column as whole numbers."""
    begins = np.empty(len(ends), np.int64)
    if place:
        begins = ends[:, place - 1] + 1
    else:
        begins[:1], begins[1:] = 0, ends[:-1, -1] + 1
    upto = ends[:, place]
    if place == ends.shape[1] - 1:
        upto = upto - (block[upto - 1] == ord("\r"))
    return _numbers(block, begins, upto)


def _numbers(
    block: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Cells as whole numbers; refuses all else."""
    if not len(begins):
        return np.zeros(0, np.int64)
    negative = block[begins] == ord("-")
    width = ends - begins - negative
    longest = int(width.max())
    if width.min() < 1 or longest > 18:
        raise _Uneven
    places = np.arange(-longest, 0)
    digits = block[ends[:, None] + places] - np.uint8(48)
    if width.min() < longest:
        digits[places < -width[:, None]] = 0
    if (digits > 9).any():
        raise _Uneven
    found = np.zeros(len(begins), np.int64)
    for place in range(longest):
        found *= 10
        found += digits[:, place]
    return np.where(negative, -found, found)


class _Growing:
    """A column that grows: one piece of memory, because many small ones are never given back."""

    def __init__(self, kind: Any, room: int) -> None:
        self.held = np.empty(room, kind)
        self.count = 0

    def add(self, cells: NDArray[Any]) -> None:
        info = np.iinfo(self.held.dtype)
        if len(cells) and (cells.min() < info.min or cells.max() > info.max):
            if info.bits != 32:
                raise _Uneven
            self.held = self.held.astype(np.int64)
        upto = self.count + len(cells)
        if upto > len(self.held):
            grown = np.empty(upto * 3 // 2, self.held.dtype)
            grown[: self.count] = self.held[: self.count]
            self.held = grown
        self.held[self.count : upto] = cells
        self.count = upto

    def all(self) -> NDArray[Any]:
        return self.held[: self.count]


def _columns(path: Path) -> dict[str, _Growing]:
    """Room for every vote there can be; memory that is not written to costs nothing."""
    room = path.stat().st_size // 8 + 8
    kinds = {"person": np.int32, "statement": np.int32, "vote": np.int8, "at": np.int64}
    return {what: _Growing(kind, room) for what, kind in kinds.items()}


class _Rows:
    """votes.csv: timestamp, datetime, comment-id, voter-id, vote (in any order)."""

    def __init__(self, header: list[str]) -> None:
        self.width = len(header)
        self.places = {what: _column(header, what) for what in NAMES}
        if self.places["person"] is None or self.places["statement"] is None:
            raise VotesError(
                "The table must name who voted (voter-id), on what (comment-id) and how (vote)."
            )

    def plain(self, path: Path) -> dict[str, Any]:
        found = _columns(path)
        for block in _blocks(path):
            ends = _cells(block, self.width)
            for what, place in self.places.items():
                if place is not None:
                    found[what].add(_column_of(block, ends, place))
        votes = found["vote"].all()
        if len(votes) and (votes.min() < -1 or votes.max() > 1):
            raise _Uneven
        return {
            "participants": found["person"].all(),
            "statements": found["statement"].all(),
            "values": votes,
            "at": None if self.places["at"] is None else found["at"].all(),
        }

    def slow(self, path: Path) -> dict[str, Any]:
        people: list[str] = []
        statements: list[str] = []
        values: list[int] = []
        times: list[float] = []
        at = self.places["at"]
        for line, row in _lines(path, self.width):
            people.append(row[self.places["person"] or 0].strip())
            statements.append(row[self.places["statement"] or 0].strip())
            values.append(_vote(row[self.places["vote"] or 0], line))
            times.append(_time(row[at], line) if at is not None else 0.0)
            if not people[-1] or not statements[-1]:
                raise VotesError(f"Line {line}: who voted or on what is missing.")
        return {
            "participants": _numbered(people), "statements": _numbered(statements),
            "values": values, "at": times,
        }  # fmt: skip


class _Matrix:
    """participants-votes.csv: a row a participant, a column a statement."""

    def __init__(self, header: list[str]) -> None:
        self.width = len(header)
        person = _column(header, "person")
        if person is None:
            raise VotesError(
                "This is neither votes.csv (voter-id, comment-id, vote) "
                "nor participants-votes.csv (participant, then a column a statement)."
            )
        self.person = person
        self.columns = [n for n, name in enumerate(header) if name not in NOT_STATEMENTS | {"pid"}]
        self.columns = [n for n in self.columns if n != person]
        if not self.columns:
            raise VotesError("The table has no column of a statement.")
        self.names: list[Any] = [header[n] for n in self.columns]
        if all(name.isascii() and name.isdigit() and len(name) < 10 for name in self.names):
            self.names = [int(name) for name in self.names]

    def plain(self, path: Path) -> dict[str, Any]:
        if not all(isinstance(name, int) for name in self.names):
            raise _Uneven
        names = np.zeros(self.width, np.int32)
        asked = np.zeros(self.width, bool)
        names[self.columns], asked[self.columns] = self.names, True
        found = _columns(path)
        for block in _blocks(path):
            ends = _cells(block, self.width)
            who = _column_of(block, ends, self.person)
            row, column, vote = self._votes(block, ends, asked)
            found["person"].add(who[row])
            found["statement"].add(names[column])
            found["vote"].add(vote)
        return {
            "participants": found["person"].all(),
            "statements": found["statement"].all(),
            "values": found["vote"].all(),
        }

    def _votes(
        self, block: NDArray[np.uint8], ends: NDArray[np.int64], asked: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int8]]:
        """Line, column and value of what is voted; most cells are empty and never looked at."""
        spoken = np.flatnonzero((block != ord(",")) & (block != ord("\n")) & (block != ord("\r")))
        row, column = np.divmod(np.searchsorted(ends.ravel(), spoken), self.width)
        inside = asked[column]
        spoken, row, column = spoken[inside], row[inside], column[inside]
        minus = block[spoken] == ord("-")
        digit = block[spoken] - np.uint8(48)
        cell = row * self.width + column
        # A cell is one digit, or a minus and one digit: 0, 1, -1.
        follows = np.zeros(len(cell), bool)
        follows[1:] = (cell[1:] == cell[:-1]) & minus[:-1]
        single = np.count_nonzero(np.diff(cell) == 0) == np.count_nonzero(follows)
        if (digit[~minus] > 1).any() or not single or minus.sum() != follows.sum():
            raise _Uneven
        value = np.where(follows, -1, 1) * digit.astype(np.int8)
        return row[~minus], column[~minus], value[~minus].astype(np.int8)

    def slow(self, path: Path) -> dict[str, Any]:
        people: list[str] = []
        statements: list[Any] = []
        values: list[int] = []
        for line, row in _lines(path, self.width):
            for name, place in zip(self.names, self.columns, strict=True):
                if row[place].strip():
                    people.append(row[self.person].strip())
                    statements.append(name)
                    values.append(_vote(row[place], line))
        return {"participants": _numbered(people), "statements": statements, "values": values}


def _lines(path: Path, width: int) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(_without_nul(file))
        next(rows, None)
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != width:
                raise VotesError(
                    f"Line {rows.line_num} has {len(row)} cells, the first line {width}."
                )
            yield rows.line_num, row


def _without_nul(file: io.TextIOBase) -> Iterator[str]:
    for line in file:
        yield line.replace("\0", "")


def _numbered(ids: list[str]) -> list[Any]:
    """Ids as numbers, as the fast way reads them, if all of them are."""
    if all(one.isascii() and one.isdigit() and len(one) < 18 for one in ids):
        return [int(one) for one in ids]
    return ids


def _vote(cell: str, line: int) -> int:
    try:
        value = float(cell)
    except ValueError:
        value = 2.0
    if value not in (-1.0, 0.0, 1.0):
        shown = cell.strip()[:20]
        raise VotesError(
            f"Line {line}: “{shown}” is no vote; write 1 (agree), 0 (pass) or -1 (disagree)."
        )
    return int(value)


def _time(cell: str, line: int) -> float:
    try:
        return float(cell)
    except ValueError:
        raise VotesError(f"Line {line}: “{cell.strip()[:30]}” is no time stamp.") from None
