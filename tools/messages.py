"""Bring the Vietnamese catalogue up to date with the source, and compile it.

    make messages            collect, merge the `*vi.po.part` files of the rooms, compile
    python tools/messages.py --compile   only compile (needs nothing but polib)

Collecting uses GNU gettext (Debian: gettext); running and testing do not need it.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from typing import ClassVar

import django
import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "dongthuan"
CATALOGUE = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
HEADER = "The Vietnamese texts of Đồng Thuận."
METADATA = {
    "Project-Id-Version": "dongthuan",
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
BORROWED = "not collected: said by a library, or marked only for later"


class Collect(makemessages.Command):
    """Django's own command, which does not know that N_ marks a message for later."""

    xgettext_options: ClassVar[list[str]] = [*makemessages.Command.xgettext_options, "--keyword=N_"]


def collect() -> None:
    if not shutil.which("xgettext"):
        sys.exit("Collecting messages needs GNU gettext: install the package gettext.")
    (PACKAGE / "locale").mkdir(exist_ok=True)
    settings.configure(USE_I18N=True)
    django.setup()
    with contextlib.chdir(PACKAGE):  # the command collects from where it stands
        call_command(
            Collect(), locale=["vi"], no_location=True, no_wrap=True,
            ignore_patterns=["*/tests/*"], verbosity=0,
        )  # fmt: skip


def merge(catalogue: polib.POFile) -> list[Path]:
    """Take the translations of the rooms' parts; what allauth says is not in our source."""
    parts = sorted(PACKAGE.rglob("*vi.po.part"))
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    for path in parts:
        for entry in polib.pofile(str(path)):
            mine = known.get((entry.msgctxt, entry.msgid))
            if mine is None:
                entry.comment = BORROWED
                catalogue.append(entry)
                known[(entry.msgctxt, entry.msgid)] = entry
            elif not mine.translated():
                mine.msgstr, mine.msgstr_plural = entry.msgstr, entry.msgstr_plural
                mine.flags = [flag for flag in mine.flags if flag != "fuzzy"]
    return parts


def main() -> int:
    compile_only = "--compile" in sys.argv
    old = polib.pofile(str(CATALOGUE)) if CATALOGUE.exists() else polib.POFile()
    borrowed = [entry for entry in old if entry.comment == BORROWED]
    parts: list[Path] = []
    if not compile_only:
        collect()
    catalogue = polib.pofile(str(CATALOGUE), wrapwidth=0)
    if not compile_only:
        present = {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}
        for entry in [e for e in catalogue if e.obsolete]:
            catalogue.remove(entry)
        catalogue.extend(e for e in borrowed if (e.msgctxt, e.msgid) not in present)
        parts = merge(catalogue)
        for path in parts:
            path.unlink()
        # Nothing of the day of a run: it would make every run a change.
        catalogue.header, catalogue.metadata = HEADER, dict(METADATA)
        catalogue.metadata_is_fuzzy = False
        catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    missing = catalogue.untranslated_entries() + catalogue.fuzzy_entries()
    print(f"{len(catalogue)} messages, {len(missing)} without a Vietnamese text.")
    for entry in missing[:20]:
        print("  ", entry.msgid.replace("\n", " ")[:100])
    return 0


if __name__ == "__main__":
    sys.exit(main())
