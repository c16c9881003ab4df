"""docs/rulebook.md is what the command prints, and says everything that the rulebook holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dongthuan.cli import main
from dongthuan.core.law import shipped_rulebook

COMMITTED = Path(__file__).resolve().parents[1] / "docs" / "rulebook.md"


def test_the_committed_document_equals_the_printed_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "--markdown"]) == 0
    # To renew it: dongthuan rulebook --markdown > docs/rulebook.md
    assert capsys.readouterr().out == COMMITTED.read_text(encoding="utf-8")


def test_every_rule_and_every_version_is_in_the_document() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    book = shipped_rulebook()
    for entry in book.entries():
        assert f"### `{entry.key}` {entry.name_vi}" in text
        for version in entry.versions:
            assert version.basis_vi in text


def test_json_carries_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    book = shipped_rulebook()
    assert [row["key"] for row in answer["rules"]] == [rule.key for rule in book.rules()]
    assert [row["key"] for row in answer["values"]] == [fact.key for fact in book.facts()]
    grounds = next(row for row in answer["values"] if row["key"] == "kn.non_acceptance_grounds")
    assert len(grounds["versions"][0]["items"]) == 9


def test_the_short_list_names_every_key(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rulebook"]) == 0
    printed = capsys.readouterr().out
    assert all(fact.key in printed for fact in shipped_rulebook().facts())
