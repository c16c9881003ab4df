"""The virus scanner of the deployment: any program that reads a file on standard input."""

from __future__ import annotations

import subprocess

from django.conf import settings

from dongthuan.core.papers.errors import UploadError

SECONDS = 60


def scan(name: str, data: bytes) -> None:
    """Return when the scanner exits 0 or none is set up; otherwise refuse the file.

    Exit status 1 means infected. Anything else, and silence for 60 s, means not checked, and an
    unchecked file does not come in either.
    """
    if not settings.VIRUS_SCANNER:
        return
    try:
        done = subprocess.run(
            settings.VIRUS_SCANNER,
            input=data,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise UploadError("unscanned", name=name) from None
    if done.returncode == 1:
        raise UploadError("infected", name=name)
    if done.returncode != 0:
        raise UploadError("unscanned", name=name)
