"""Makes one database ready to be measured and writes down what to measure, as a pickle.

Run as a process of its own, because Django knows one DONGTHUAN_HOME only:

    DONGTHUAN_HOME=… python -m bench.prepare --out FILE --matters N
    DONGTHUAN_HOME=… python -m bench.prepare --out FILE --import-rows N
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import sys
import uuid
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.plans import TEXT, Page, Plan, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--matters", type=int, default=0)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--import-rows", type=int, default=0)
    args = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "dongthuan.settings"
    import django
    from django.conf import settings

    settings.LOCAL_DB.start()
    django.setup()
    from django.core.management import call_command

    from bench.bulk import importing

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if args.import_rows:
        say(f"importing {args.import_rows:,} rows")
        found: Any = importing(busiest(), args.import_rows)
    else:
        found = plan(args.matters)
    args.out.write_bytes(pickle.dumps(found))
    return 0


def plan(matters: int) -> Plan:
    from django.conf import settings
    from django.db import connection

    from bench.bulk import generating
    from dongthuan.core.matters.models import Matter
    from dongthuan.core.people.models import Account

    bulk = []
    missing = matters - Matter.objects.count()
    if missing > 0:
        say(f"generating {missing:,} matters")
        bulk.append(generating(missing))
    unit = busiest()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    place = unit.code.removesuffix("-ubnd")
    head = Account.objects.get(appointments__position__code=f"{place}-head")
    pages, cookie = captured_pages(head, unit)
    inserts, known = captured_submission(place)
    options = settings.LOCAL_DB.options()
    return Plan(
        conninfo=" ".join(f"{k}={options[v]}" for k, v in
                          (("host", "HOST"), ("port", "PORT"), ("user", "USER"),
                           ("dbname", "NAME"))),
        data=str(settings.LOCAL_DB.data),
        matters=Matter.objects.count(),
        cookie=cookie,
        place=place,
        pages=pages,
        inserts=inserts,
        known=known,
        bulk=bulk,
    )  # fmt: skip


def say(text: str) -> None:
    print(f"  {text} …", file=sys.stderr, flush=True)


def busiest() -> Any:
    """The unit with the most matters: its lists are the longest."""
    from django.db.models import Count

    from dongthuan.core.units.models import Unit

    return Unit.objects.annotate(n=Count("matters")).order_by("-n", "id")[0]


@contextmanager
def capturing() -> Iterator[list[Statement]]:
    """Every statement that Django sends meanwhile, as it hands it to the driver."""
    from django.db import connection

    found: list[Statement] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found.append((sql, [_plain(value) for value in params] if params else None))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        yield found


def _plain(value: Any) -> Any:
    """A choice of a model as what it stands for: the measuring process knows no models."""
    return value.value if isinstance(value, Enum) else value


def captured_pages(head: Any, unit: Any) -> tuple[list[Page], str]:
    from django.conf import settings
    from django.test import Client

    from dongthuan.core.matters.models import Level, Matter

    client = Client(headers={"host": HOST})
    client.force_login(head, backend=settings.AUTHENTICATION_BACKENDS[1])
    codes = Matter.objects.filter(unit=unit, level__lt=Level.SEALED).order_by("-id")
    spread = list(codes.values_list("code", flat=True)[: 20 * 50 : 50])
    desk = "/ban-lam-viec/"
    asked = ("trại heo mùi hôi", "den chieu sang", "bồi thường", "lấn chiếm vỉa hè",
             "luong lach boi lap", "giấy hẹn")  # fmt: skip
    pages = [
        Page(
            "desk list, 50 rows", [f"{desk}?view=unit", f"{desk}?view=all", f"{desk}?view=overdue"]
        ),
        Page("desk search", [f"{desk}?view=all&q={words}" for words in asked]),
        Page("matter page", [f"{desk}vu-viec/{code}/" for code in spread]),
        Page("public search", [f"/tra-cuu/?q={words}" for words in asked]),
        Page("public matter", [f"/tra-cuu/{code}/" for code in spread]),
    ]
    for page in pages:
        page.paths = [path.replace(" ", "+") for path in page.paths]
        for path in page.paths:
            client.get(path)  # what a process remembers is remembered
            with capturing() as statements:
                answer = client.get(path)
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}")
            page.statements.append([s for s in statements if s[0].lstrip().startswith("SELECT")])
    return pages, f"{settings.SESSION_COOKIE_NAME}={client.cookies['sessionid'].value}"


def keys_apart() -> None:
    """Keys of different tables must differ, for in the captured values they are told by value."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table, step in (("people_citizen", 1_000_003), ("matters_submission", 2_000_003)):
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'),"
                " nextval(pg_get_serial_sequence(%s, 'id')) + %s)",
                [table, table, step],
            )


def captured_submission(place: str) -> tuple[list[Statement], dict[str, Any]]:
    """The INSERTs of one submission, and the values in them that must be new each time."""
    from django.test import Client

    from dongthuan.core.matters.models import Matter

    keys_apart()
    client = Client(headers={"host": HOST})
    body = {"place": place, "text": TEXT + uuid.uuid4().hex, "sender": {"name": "Trần Văn Ổi"}}
    with capturing() as statements:
        answer = client.post(
            "/api/v1/submissions",
            body,
            content_type="application/json",
            headers={"idempotency-key": uuid.uuid4().hex},
        )
    if answer.status_code != 201:
        raise SystemExit(f"a submission was answered {answer.status_code}: {answer.content!r}")
    matter = Matter.objects.get(code=answer.json()["code"])
    submission = matter.submissions.get()
    known = {
        "code": matter.code,
        "matters_matter": matter.pk,
        "people_citizen": submission.citizen_id,
        "matters_submission": submission.pk,
        "uuid": submission.uuid,
        "key": submission.idempotency_key,
    }
    writes = re.compile(r"\s*(INSERT|WITH e AS)")
    inserts = [s for s in statements if writes.match(s[0]) and "people_bucket" not in s[0]]
    return inserts, known


if __name__ == "__main__":
    raise SystemExit(main())
