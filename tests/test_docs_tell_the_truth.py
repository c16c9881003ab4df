"""What the documents name exists, and what exists and matters to a reader is named."""

from __future__ import annotations

import argparse
import ast
import importlib
import re
import shlex
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from dongthuan import cli, demo
from dongthuan.core.text import sort_key

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dongthuan"
READMES = ("README.md", "README.vi.md")
PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
)
# Read by the program, but not for whoever runs it to choose.
INTERNAL = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}
SYSTEM_FOLDERS = ("/etc/", "/srv/", "/usr/", "/var/")
# The example of this page is a room that does not exist.
EXAMPLE = "## Example"


def text(page: str) -> str:
    return (ROOT / page).read_text()


def spans(page: str) -> list[str]:
    """The inline code of a page, fenced blocks and the invented room left out."""
    prose = re.sub(r"^```.*?^```", "", text(page).split(EXAMPLE)[0], flags=re.M | re.S)
    return re.findall(r"`([^`\n]+)`", prose)


def blocks(page: str, language: str = "") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(page), flags=re.M | re.S)


def code_lines(page: str) -> list[str]:
    return [*spans(page), *(line for block in blocks(page) for line in block.splitlines())]


@cache
def subcommands() -> dict[str, argparse.ArgumentParser]:
    for action in cli._parser()._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise AssertionError("the command line has no commands")


def options(name: str) -> set[str]:
    return {
        option
        for action in subcommands()[name]._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }


def named_commands(page: str) -> list[tuple[str, str]]:
    """(command, the rest of the line) wherever a page shows our command line."""
    return [
        (match[1], match[2])
        for line in code_lines(page)
        for match in re.finditer(r"\bdongthuan ([a-z]+(?:-[a-z]+)*)\b([^)\n]*)", line)
    ]


# -- links, paths, addresses ------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_link_inside_resolves(page: str) -> None:
    missing = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if target.startswith(("http://", "https://")):
            continue
        name, _hash, anchor = target.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        if not path.exists() or (anchor and anchor not in headings(path)):
            missing.append(target)
    assert missing == []


def headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text(), flags=re.M)
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES)
def test_every_path_named_exists(page: str) -> None:
    missing = []
    for span in spans(page):
        inner = span.rstrip("/")
        if "/" not in inner or inner.startswith("/") or not re.fullmatch(r"[\w.*/-]+", inner):
            continue
        if not any(any(base.glob(inner)) for base in (ROOT, PACKAGE, ROOT / "docs")):
            missing.append(span)
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_address_named_answers(page: str) -> None:
    missing = []
    for line in code_lines(page):
        shown = re.fullmatch(r"(?:GET )?(/[\w./-]*)", line)
        named = [shown[1]] if shown else re.findall(r"127\.0\.0\.1:\d+(/[\w./-]*)", line)
        for address in named:
            if address.startswith(SYSTEM_FOLDERS):
                continue
            try:
                resolve(address)
            except Resolver404:
                missing.append(address)
    assert missing == []


@pytest.mark.parametrize("page", READMES)
def test_every_room_on_the_map_exists(page: str) -> None:
    rooms = drawn_rooms(page)
    assert len(rooms) > 25
    assert [room for room in rooms if not room.exists()] == []


def drawn_rooms(page: str) -> list[Path]:
    """The folders and files of the map; a line lies in the last one that stands further left."""
    house = next(block for block in blocks(page) if block.startswith("src/dongthuan/"))
    above: dict[int, Path] = {-1: ROOT}
    rooms = []
    for line in house.splitlines():
        depth = len(line) - len(line.lstrip())
        above = {indent: room for indent, room in above.items() if indent < depth}
        folder = above[max(above)]
        named = [folder / name for name in re.findall(r"(?<!\S)[\w/]+(?:/|\.py)(?!\S)", line)]
        above[depth] = named[0]
        rooms += named
    return rooms


def test_every_file_that_the_notice_names_exists() -> None:
    named = re.findall(r"\bsrc/[\w./-]+\w", text("NOTICE"))
    assert len(named) >= 4
    assert [name for name in named if not (ROOT / name).exists()] == []


# -- commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_command_named_exists_with_its_options(page: str) -> None:
    for name, rest in named_commands(page):
        assert name in subcommands(), f"dongthuan {name}"
        if name != "manage":
            assert set(re.findall(r"--[a-z-]+", rest)) <= options(name), f"dongthuan {name}{rest}"


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_command_and_option(page: str) -> None:
    named: dict[str, str] = {}
    for name, rest in named_commands(page):
        named[name] = named.get(name, "") + rest
    assert set(named) == set(subcommands())
    for name, rest in named.items():
        assert options(name) <= set(re.findall(r"--[a-z-]+", rest)), name


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_named_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), flags=re.M))
    named = {name for line in code_lines(page) for name in re.findall(r"\bmake ([a-z]+)", line)}
    assert named <= targets


@pytest.mark.parametrize(
    "line",
    sorted(
        {
            line.split("dongthuan ", 1)[1]
            for page in READMES
            for block in blocks(page)
            for line in block.splitlines()
            if re.search(r"dongthuan (deadline|calendar) ", line)
        }
    ),
)
def test_what_the_readme_shows_can_be_typed(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(shlex.split(line)) == 0
    assert capsys.readouterr().out.strip()


# -- variables, accounts, languages -----------------------------------------------------------


@cache
def variables_read() -> frozenset[str]:
    read = re.compile(r"""(?:\benv(?:\.\w+)?|environ\.get)\(\s*["']([A-Z][A-Z_]+)["']""")
    source = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    return frozenset(read.findall(source)) - INTERNAL


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_variable_and_no_other(page: str) -> None:
    table = re.findall(r"^\| ((?:`[A-Z_]+`(?:, )?)+) \|", text(page), flags=re.M)
    named = {name for cell in table for name in re.findall(r"`([A-Z_]+)`", cell)}
    assert named == variables_read()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_names_a_variable_that_is_not_read(page: str) -> None:
    named = {name for line in code_lines(page) for name in re.findall(r"\bDONGTHUAN_[A-Z_]+", line)}
    assert named <= variables_read()


@pytest.mark.parametrize("page", READMES)
def test_the_readme_names_every_account_of_the_demonstration(page: str) -> None:
    rows = [line for line in text(page).splitlines() if line.startswith("| `") and "@" in line]
    named = {email for row in rows for email in re.findall(r"`([\w.]+@demo\.vn)`", row)}
    assert named == {email for _name, email, _positions in demo.OFFICIALS}
    assert demo.PASSWORD not in text(page)
    assert f" {len(demo.STORIES) + len(demo.SEALED)} " in text(page)


def test_both_languages_say_the_same() -> None:
    english, vietnamese = READMES
    assert blocks_without_words(english) == blocks_without_words(vietnamese)
    assert sorted(set(spans(english)) - {".venv/bin/dongthuan COMMAND"}) == sorted(
        set(spans(vietnamese)) - {".venv/bin/dongthuan LỆNH"}
    )
    assert [len(line) for line in re.findall(r"^#+", text(english), flags=re.M)] == [
        len(line) for line in re.findall(r"^#+", text(vietnamese), flags=re.M)
    ]


def blocks_without_words(page: str) -> list[list[str]]:
    """The first words of each line in code: names and commands, without what explains them."""
    return [[line.split("  ")[0] for line in block.splitlines()] for block in blocks(page)]


# -- glossary, example, decisions, licence ----------------------------------------------------


def glossary() -> list[list[str]]:
    rows = [line for line in text("docs/glossary.md").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[1:]]


def test_the_glossary_stands_in_vietnamese_order() -> None:
    terms = [row[0] for row in glossary()]
    assert len(terms) >= 60
    assert terms == sorted(terms, key=sort_key)
    assert len(set(terms)) == len(terms)


def test_every_name_in_the_glossary_is_in_the_code() -> None:
    source = "\n".join(
        path.read_text() for pattern in ("*.py", "*.toml") for path in PACKAGE.rglob(pattern)
    )
    words = set(re.findall(r"\w+", source))
    missing = []
    for row in glossary():
        for name in re.findall(r"`([^`]+)`", f"{row[2]} {row[3]}"):
            parts = [name] if f'"{name}"' in source else name.split(".")
            known = (ROOT / "src" / "dongthuan" / name).exists() or all(
                part in words or re.search(rf"\b{re.escape(part)}\b", source) for part in parts
            )
            if not known:
                missing.append(name)
    assert missing == []


@pytest.mark.parametrize("page", ["docs/adding-a-kind.md", "docs/running.md"])
def test_the_examples_import_what_exists(page: str) -> None:
    found = 0
    for block in blocks(page, "python"):
        for node in ast.walk(ast.parse(block)):
            if not isinstance(node, ast.ImportFrom) or "librarytrial" in str(node.module):
                continue
            module = importlib.import_module(str(node.module))
            for alias in node.names:
                assert hasattr(module, alias.name), f"{node.module}.{alias.name}"
                found += 1
    assert found >= 5


def test_every_decision_is_in_the_index() -> None:
    numbered = {path.name for path in (ROOT / "docs/adr").glob("0*.md")}
    assert numbered == set(re.findall(r"\]\((0[\w-]+\.md)\)", text("docs/adr/README.md")))
    for name in numbered:
        page = text(f"docs/adr/{name}")
        assert re.findall(r"^## (.+)$", page, flags=re.M) == ["Context", "Decision", "Consequences"]


def test_licence_and_version_are_those_of_the_package() -> None:
    project = tomllib.loads(text("pyproject.toml"))["project"]
    assert project["license"]["text"] == "EUPL-1.2"
    licence = text("LICENSE")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = re.findall(r"^(\d+)\.[A-Z]", licence, flags=re.M)
    assert articles == [str(number) for number in range(1, 16)]
    assert f"## [{project['version']}]" in text("CHANGELOG.md")
