"""Files of a denunciation never touch the disk on their way to the vault."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import MemoryFileUploadHandler

# The doors behind which the vault lies. Elsewhere a large upload waits in a temporary file.
SEALED_DOORS = ("/to-cao/", "/ban-lam-viec/to-cao/", "/ban-lam-viec/kho-kin/")


class SealedUploadHandler(MemoryFileUploadHandler):
    """Keeps uploads of the sealed doors in memory, whatever their size; the body is limited."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = str(META.get("PATH_INFO", "")).startswith(SEALED_DOORS)
