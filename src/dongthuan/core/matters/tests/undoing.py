"""Many things tried on one matter: each is undone, so that the way to it is walked once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone(name: str) -> Iterator[None]:
    """Whatever is written inside is rolled back; a failure says the name of what was tried."""
    with transaction.atomic():
        try:
            yield
        except BaseException as error:
            error.add_note(f"while trying: {name}")
            raise
        transaction.set_rollback(True)
