"""The command line: `dongthuan COMMAND`. Exit status 0 done, 1 refused with one line, 2 usage."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

OPINION_MAP = """\
Reads an export of Polis or of this system, votes.csv or participants-votes.csv, and writes the
opinion map of its votes as JSON, so that anyone can check a published map. 'participants' gives
the group of everybody with enough votes, also where 'stable' is false; 'groups' describes those of
ten people or more. A published page draws groups only when 'stable' is true."""


class Refused(Exception):
    """Something was refused; the message is the one line that is printed."""


def main(argv: list[str] | None = None) -> int:
    args = _parser().parse_args(argv)
    try:
        return args.run(args) or 0
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except Exception as error:
        if line := _database_trouble(error):
            print(line, file=sys.stderr)
            return 1
        raise
    except KeyboardInterrupt:
        return 130


def _database_trouble(error: Exception) -> str:
    """One line for a database that is not there or was never set up; '' for anything else."""
    from django.db import OperationalError, ProgrammingError

    if isinstance(error, ProgrammingError) and "does not exist" in str(error):
        return "The database is not set up: run “dongthuan migrate” first."
    if isinstance(error, OperationalError):
        return f"The database cannot be reached: {str(error).splitlines()[0]}"
    return ""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dongthuan", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def add(name: str, run: Callable[[argparse.Namespace], int | None], help: str) -> Any:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    demo = add("demo", _demo, "set up the example and run everything until Ctrl-C")
    demo.add_argument("--no-serve", action="store_true", help="only set up")
    serve = add("serve", _serve, "run the web server")
    serve.add_argument("--port", type=_port, default=None)
    serve.add_argument("--workers", type=int, default=None)
    add("worker", _worker, "run the worker that sends messages and does the jobs")
    add("migrate", _migrate, "bring the database to the current state")
    add("check", _check, "check settings, database, rulebook and calendar")
    db = add("db", _db, "start, stop or show the embedded database")
    db.add_argument("action", choices=["start", "stop", "status", "url"])

    deadline = add("deadline", _deadline, "the due date of a rule and its explanation")
    deadline.add_argument("rule")
    deadline.add_argument("--from", dest="start", required=True, metavar="DATETIME")
    deadline.add_argument("--if", dest="conditions", action="append", default=[])
    deadline.add_argument("--pause", action="append", default=[], metavar="FROM..TO")
    deadline.add_argument("--json", action="store_true")
    calendar = add("calendar", _calendar, "working days, holidays, swaps and their sources")
    calendar.add_argument("year", type=int)
    calendar.add_argument("--json", action="store_true")

    rulebook = add("rulebook", _rulebook, "every rule of the law with its history")
    how = rulebook.add_mutually_exclusive_group()
    how.add_argument("--markdown", action="store_true", help="the document docs/rulebook.md")
    how.add_argument("--json", action="store_true")

    opinion = add("opinion-map", _opinion_map, "groups of opinion in the votes of a file")
    opinion.description = OPINION_MAP
    opinion.add_argument("file", type=Path, metavar="FILE.csv")
    opinion.add_argument("-o", dest="out", type=Path, metavar="map.json", help="else it is printed")
    opinion.add_argument(
        "--comments", type=Path, metavar="comments.csv",
        help="statements and their moderation; the file of this name beside FILE if not named",
    )  # fmt: skip

    load = add("import", _import, "load a ledger kept in a spreadsheet")
    load.add_argument("what", choices=["submissions"])
    load.add_argument("file", type=Path)
    load.add_argument("--unit", required=True, metavar="CODE")
    load.add_argument("--dry-run", action="store_true")
    load.add_argument("--json", action="store_true")
    generate = add("generate", _generate, "fill a database with realistic volume")
    generate.add_argument("--matters", type=int, required=True)
    generate.add_argument("--units", type=int, default=100)
    generate.add_argument("--seed", type=int, default=1)
    generate.add_argument("--json", action="store_true")
    handing = add("hand-over", _hand_over, "move open matters of an ended unit to its successor")
    handing.add_argument("--from", dest="predecessor", required=True, metavar="CODE")
    handing.add_argument("--to", dest="successor", required=True, metavar="CODE")
    handing.add_argument("--document", required=True)
    handing.add_argument("--codes", type=Path, metavar="FILE", help="one code a line")
    handing.add_argument("--dry-run", action="store_true")
    handing.add_argument("--json", action="store_true")
    token = add("token", _token, "make an API token for an official")
    token.add_argument("email")
    token.add_argument("--label", default="command line")
    token.add_argument("--days", type=int, default=90)
    outbox = add("outbox", _outbox, "messages that wait for a person's decision")
    outbox.add_argument("--retry", type=int, metavar="ID")
    outbox.add_argument("--cancel", type=int, metavar="ID")
    outbox.add_argument("--json", action="store_true")
    vault = add("vault", _vault, "the recovery key of the vault of denunciations")
    vault.add_argument("--new-recovery-key", action="store_true", help="print a new pair of keys")
    vault.add_argument("--recover", metavar="CODE", help="open a matter with the private key")
    vault.add_argument("--to", metavar="EMAIL", help="the official who shall read it")
    manage = add("manage", _manage, "any Django command")
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _port(text: str) -> int:
    port = int(text)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError("a port lies between 1 and 65535")
    return port


# -- pure commands: no database -------------------------------------------------------------------


def _deadline(args: argparse.Namespace) -> None:
    from dongthuan.core.calendar import CalendarError
    from dongthuan.core.law import RuleError, deadline, parse_datetime, parse_pause

    try:
        found = deadline(
            key=args.rule,
            anchor=parse_datetime(args.start),
            conditions=frozenset(args.conditions),
            pauses=[parse_pause(text) for text in args.pause],
        )
    except (RuleError, CalendarError) as error:
        raise Refused(error.vi) from None
    if args.json:
        _print_json(found.as_json())
        return
    print(f"{found.rule}: {found.due_on:%d/%m/%Y}  ({found.term}, {found.basis})")
    for step in found.as_json()["steps"]:
        print(f"  {step['text_vi']}")


def _calendar(args: argparse.Namespace) -> None:
    from dongthuan.core.calendar import CalendarError, load_calendar

    try:
        year = load_calendar().year(args.year)
    except CalendarError as error:
        raise Refused(error.vi) from None
    answer = year.as_json()
    if args.json:
        _print_json(answer)
        return
    print(f"{args.year}: {answer['working_days']} ngày làm việc ({answer['status_vi']})")
    for day in answer["days_off"]:
        print(f"  {_day(day['date'])}  nghỉ  {day['name_vi']}  [{day['source']}]")
    for swap in answer["swaps"]:
        print(f"  {_day(swap['work'])}  làm   bù cho ngày {_day(swap['off'])}  [{swap['source']}]")
    for source in answer["sources"]:
        print(f"  nguồn: {source['document']}: {source['about_vi']}")
    for note in answer["notes_vi"]:
        print(f"  lưu ý: {note}")


def _opinion_map(args: argparse.Namespace) -> None:
    from dongthuan.work.consultations.opinion_map.computing import as_json, opinion_map
    from dongthuan.work.consultations.opinion_map.reading import votes_read
    from dongthuan.work.consultations.opinion_map.votes import VotesError

    beside = args.file.with_name("comments.csv")
    comments = args.comments or (beside if beside.is_file() else None)
    began = time.perf_counter()
    try:
        found = opinion_map(votes_read(args.file, comments=comments))
    except VotesError as error:
        raise Refused(str(error)) from None
    answer = as_json(found, seconds=time.perf_counter() - began)
    if args.out is None:
        _print_json(answer)
        return
    try:
        args.out.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise Refused(f"{args.out} cannot be written: {error.strerror}.") from None
    print(f"{len(answer['participants'])} people, {found.summary()}, {answer['seconds']:.2f} s")


def _rulebook(args: argparse.Namespace) -> None:
    from dongthuan.core.law import RulebookError, shipped_rulebook
    from dongthuan.core.law.printing import as_json, as_markdown, version_text

    try:
        book = shipped_rulebook()
    except RulebookError as error:
        raise Refused(error.vi) from None
    if args.json:
        _print_json(as_json(book))
    elif args.markdown:
        print(as_markdown(book), end="")
    else:
        for entry in book.entries():
            print(f"{entry.key:<34} {entry.name_vi}")
            for version in entry.versions:
                print(f"    {version.valid_from:%d/%m/%Y}  {version_text(version, 'vi')}")


def _day(iso: str) -> str:
    return dt.date.fromisoformat(iso).strftime("%d/%m/%Y")


# -- commands on the database ---------------------------------------------------------------------


def _django() -> bool:
    """Django ready to use, the embedded database started if need be; True if it was not up."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dongthuan.settings")
    import django
    from django.conf import settings

    from dongthuan.localdb import LocalDatabaseError

    started = False
    try:
        if settings.EMBEDDED:
            started = settings.LOCAL_DB.start()
    except LocalDatabaseError as error:
        raise Refused(str(error)) from None
    django.setup()
    return started


def _migrate(args: argparse.Namespace) -> None:
    _django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _check(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.running import check

    problems = check()
    for problem in problems:
        print(problem)
    if problems:
        raise Refused(f"{len(problems)} problems found.")
    print("Everything is in order.")


def _db(args: argparse.Namespace) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dongthuan.settings")
    from django.conf import settings

    if not settings.EMBEDDED:
        raise Refused("DATABASE_URL names another server; it is run elsewhere.")
    database = settings.LOCAL_DB
    match args.action:
        case "start":
            _django()
        case "stop":
            database.stop()
        case "status":
            print("running" if database.running() else "stopped")
        case "url":
            print(database.url)


def _serve(args: argparse.Namespace) -> int:
    _django()
    from dongthuan.running import serve

    return serve(port=args.port, workers=args.workers)


def _worker(args: argparse.Namespace) -> int:
    _django()
    from dongthuan.running import worker

    return worker()


def _demo(args: argparse.Namespace) -> int:
    os.environ.setdefault("DONGTHUAN_DEMO", "true")
    from dongthuan.localdb import port_taken

    port = int(os.environ.get("PORT", "8000"))
    if not args.no_serve and port_taken(port):
        raise Refused(f"Port {port} is in use; stop what runs there or choose another: PORT=8001.")
    started = _django()
    from dongthuan.running import demo

    return demo(serve_it=not args.no_serve, stop_database=started)


def _import(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.work.petitions.ledger import LedgerRefused, submissions_import

    try:
        result = submissions_import(path=args.file, unit_code=args.unit, dry_run=args.dry_run)
    except LedgerRefused as refusal:
        if args.json:
            _print_json({"imported": 0, "problems": refusal.as_json()})
        raise Refused(str(refusal)) from None
    if args.json:
        _print_json(result.as_json())
    else:
        print(result)


def _generate(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.generator import GeneratorError, generate

    try:
        done = generate(matters=args.matters, units=args.units, seed=args.seed)
    except GeneratorError as error:
        raise Refused(str(error)) from None
    _print_json(done) if args.json else print(done["summary"])


def _hand_over(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.core import clock
    from dongthuan.core.matters.errors import MatterError
    from dongthuan.core.matters.handing import matters_hand_over, matters_to_hand_over
    from dongthuan.core.people.actors import SYSTEM
    from dongthuan.core.units.errors import UnitError
    from dongthuan.core.units.selectors import unit_by_code

    if not args.document.strip():
        raise Refused("Give the number of the hand-over record.")
    try:
        codes = args.codes.read_text("utf-8-sig").split() if args.codes else []
        wanted: dict[str, Any] = {
            "predecessor": unit_by_code(args.predecessor),
            "successor": unit_by_code(args.successor),
            "on": clock.today(),
            "codes": codes,
        }
        count = matters_to_hand_over(**wanted).count()
        if not args.dry_run:
            count = matters_hand_over(acting=SYSTEM, document=args.document, **wanted)
    except (OSError, UnicodeDecodeError):
        raise Refused(f"The file {args.codes} cannot be read.") from None
    except (MatterError, UnitError) as error:
        raise Refused(str(error)) from None
    if args.json:
        _print_json({"matters": count, "dry_run": args.dry_run, "document": args.document})
    else:
        verb = "would be handed over" if args.dry_run else "were handed over"
        print(f"{count} matters {verb} from {args.predecessor} to {args.successor}.")


def _token(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.core.people.models import Account
    from dongthuan.core.people.services import token_create

    account = Account.objects.filter(email=args.email.lower(), is_active=True).first()
    if account is None:
        raise Refused("There is no such account.")
    print(token_create(account=account, label=args.label, days=args.days))


def _vault(args: argparse.Namespace) -> None:
    """The private key is read from the terminal, never from an argument that others can list."""
    _django()
    from getpass import getpass

    from dongthuan.core.matters.errors import MatterError
    from dongthuan.core.matters.models import Level, Matter
    from dongthuan.core.people.models import Account
    from dongthuan.work.denunciations import vault

    if args.new_recovery_key:
        public, private = vault.recovery_key_new()
        print(f"DONGTHUAN_VAULT_RECOVERY_KEY={public}\nprivate, off-line: {private}")
        return
    if not args.recover or not args.to:
        raise Refused("Say --new-recovery-key, or --recover CODE --to EMAIL.")
    matter = Matter.objects.filter(code=args.recover, level=Level.SEALED).first()
    account = Account.objects.filter(email=args.to.lower(), is_active=True).first()
    if matter is None or account is None:
        raise Refused("There is no such sealed matter, or no such account.")
    try:
        recovery = bytes.fromhex(getpass("Private recovery key: ").strip())
        vault.vault_recover(matter=matter, recovery=recovery, to_account_ids=[account.pk])
    except MatterError as error:
        raise Refused(error.message) from None
    except ValueError:
        raise Refused("That is no key: 64 hexadecimal digits are needed.") from None
    print(f"{matter.code}: {account.email} can open it.")


def _outbox(args: argparse.Namespace) -> None:
    _django()
    from dongthuan.core.outbox.models import Message
    from dongthuan.core.outbox.selectors import outbox_uncertain
    from dongthuan.core.outbox.services import message_cancel, message_retry

    for wanted, service in ((args.retry, message_retry), (args.cancel, message_cancel)):
        if wanted:
            message = Message.objects.filter(pk=wanted).first()
            if message is None:
                raise Refused(f"There is no message {wanted}.")
            try:
                service(message=message)
            except ValueError as error:
                raise Refused(str(error)) from None
    rows = [
        {"id": m.pk, "channel": m.channel, "about": m.about, "state": m.state, "error": m.error}
        for m in outbox_uncertain()
    ]
    if args.json:
        _print_json(rows)
        return
    for row in rows:
        print(f"{row['id']:>8}  {row['state']:<14} {row['channel']:<6} {row['about']}")
    print(f"{len(rows)} messages wait for a decision.")


def _manage(args: argparse.Namespace) -> None:
    _django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dongthuan", *args.rest])


def _print_json(value: Any) -> None:
    def plain(item: Any) -> str:
        if isinstance(item, dt.date | dt.datetime):
            return item.isoformat()
        return str(item)

    print(json.dumps(value, ensure_ascii=False, indent=2, default=plain))


if __name__ == "__main__":
    sys.exit(main())
