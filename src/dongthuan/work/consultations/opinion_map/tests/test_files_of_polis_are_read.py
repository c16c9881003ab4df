"""Both exports, plain or odd, give the same votes; what cannot be read is said in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dongthuan.work.consultations.opinion_map import Votes, VotesError, opinion_map
from dongthuan.work.consultations.opinion_map.reading import votes_read

WANTED = {("1", "10"): 1, ("1", "11"): -1, ("2", "10"): 0, ("3", "11"): 1}
ROWS = """timestamp,datetime,comment-id,voter-id,vote
1624995106039,Tue Jun 29 12:31:46 PDT 2021,10,1,1
1624995106040,Tue Jun 29 12:31:46 PDT 2021,11,1,-1
1624995106041,Tue Jun 29 12:31:46 PDT 2021,10,2,0
1624995106042,Tue Jun 29 12:31:46 PDT 2021,11,3,1
"""
MATRIX = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,10,11
1,0,0,2,1,1,1,-1
2,,0,1,0,0,0,
3,1,0,1,1,0,,1
"""
SAME = {
    "rows": ROWS,
    "rows without a last newline": ROWS.rstrip("\n"),
    "rows with Windows line ends": ROWS.replace("\n", "\r\n"),
    "rows with a byte order mark": "\ufeff" + ROWS,
    "rows with quotes": ROWS.replace("Tue Jun 29 12:31:46 PDT 2021", '"Tue, Jun 29"'),
    "rows with decimals": ROWS.replace(",1,1\n", ",1,1.0\n"),
    "rows with blank lines": ROWS.replace("1624995106041", "\n1624995106041"),
    "rows without time": "voter-id,comment-id,vote\n1,10,1\n1,11,-1\n2,10,0\n3,11,1\n",
    "rows by other names": "participant_id,statement_id,vote\n1,10,1\n1,11,-1\n2,10,0\n3,11,1\n",
    "a vote changed later": ROWS + "1624995106000,x,10,2,1\n1624995106041,x,10,2,0\n",
    "matrix": MATRIX,
    "matrix with xid": MATRIX.replace("participant,", "participant,xid,")
    .replace("\n1,", "\n1,a b,").replace("\n2,", "\n2,,").replace("\n3,", '\n3,"x,y",'),
    "matrix with Windows line ends": MATRIX.replace("\n", "\r\n"),
    "matrix with an empty column": MATRIX.replace("10,11\n", "10,11,12\n", 1)
    .replace("1,-1\n", "1,-1,\n").replace("0,\n", "0,,\n").replace(",1\n", ",1,\n"),
    "matrix with decimals": MATRIX.replace(",1,-1\n", ",1.0,-1.0\n"),
}  # fmt: skip


def read(tmp_path: Path, text: str) -> Votes:
    file = tmp_path / "votes.csv"
    file.write_bytes(text.encode())
    return votes_read(file)


def cells(votes: Votes) -> dict[tuple[str, str], int]:
    matrix = votes.matrix.tocoo()
    return {
        (str(votes.participants[i]), str(votes.statements[j])): int(v)
        for i, j, v in zip(*matrix.coords, matrix.data, strict=True)
    }


@pytest.mark.parametrize("name", SAME)
def test_the_same_votes_are_read(tmp_path: Path, name: str) -> None:
    assert cells(read(tmp_path, SAME[name])) == WANTED


def test_ids_may_be_words_or_huge(tmp_path: Path) -> None:
    votes = read(tmp_path, "voter-id,comment-id,vote\n99999999999999999999,a,1\nlan,7,-1\n8,7,0\n")
    assert votes.participants == ["8", "99999999999999999999", "lan"]
    assert votes.statements == ["7", "a"]


def test_large_numbers_stay_what_they_are(tmp_path: Path) -> None:
    votes = read(tmp_path, "voter-id,comment-id,vote\n5,1,1\n900000000000,1,1\n6,1,-1\n")
    assert list(votes.participants) == [5, 6, 900000000000]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("a,b\n1,2\n", "neither votes.csv"),
        ("voter-id,vote\n1,1\n", "must name who voted"),
        ("participant,group-id\n1,0\n", "no column of a statement"),
        ("voter-id,comment-id,vote\n1,1,2\n", "Line 2: “2” is no vote"),
        ("voter-id,comment-id,vote\n1,1,yes\n", "Line 2: “yes” is no vote"),
        ("voter-id,comment-id,vote\n1,1\n", "Line 2 has 2 cells, the first line 3"),
        ("voter-id,comment-id,vote\n,1,1\n", "who voted or on what is missing"),
        ("timestamp,voter-id,comment-id,vote\nx,1,1,1\n", "“x” is no time stamp"),
        ("participant,1,2\n1,1,5\n", "Line 2: “5” is no vote"),
        ("participant,1,2\n1,11,\n", "Line 2: “11” is no vote"),
        ("participant,1,2\n1,-,\n", "Line 2: “-” is no vote"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(VotesError, match=said) as refused:
        read(tmp_path, text)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("data", [b"voter-id,comment-id,vote\n\xff\xfe\xfd,1,1\n", b"\x00\x01\x02"])
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "votes.csv"
    file.write_bytes(data)
    with pytest.raises(VotesError):
        votes_read(file)


@pytest.mark.parametrize(
    "text",
    [
        "voter-id,comment-id,vote\n",
        "voter-id,comment-id,vote\n1,1,1\n",
        "voter-id,comment-id,vote\n1,1,1\n2,1,1\n",
        "participant,1,2\n1,,\n2,,\n",
        "participant,1\n" + "".join(f"{n},{(n % 2) * 2 - 1}\n" for n in range(40)),
        "participant,1,2,3\n" + "".join(f"{n},1,1,1\n" for n in range(40)),
        "participant,1,2,3\n" + "".join(f"{n},0,0,0\n" for n in range(40)),
    ],
)
def test_few_or_equal_votes_still_make_a_map(tmp_path: Path, text: str) -> None:
    opinion_map(read(tmp_path, text))


def test_moderated_and_meta_statements_are_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "v.csv").write_text(ROWS)
    comments = tmp_path / "comments.csv"
    comments.write_text("comment-id,moderated,is-meta\n10,-1,false\n11,1,true\n12,1,false\n")
    votes = votes_read(tmp_path / "v.csv", comments=comments)
    assert votes.withdrawn.tolist() == [True, True]


def test_without_a_list_statements_that_few_saw_say_nothing_to_the_map(tmp_path: Path) -> None:
    rows = [f"{n},{s},1" for n in range(20) for s in (1, 2, 3)] + ["1,4,-1"]
    votes = read(tmp_path, "voter-id,comment-id,vote\n" + "\n".join(rows) + "\n")
    assert votes.zeroed.tolist() == [False, False, False, True]
    assert not votes.withdrawn.any()
