"""Pictures of the example: drawn, and they say so."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from dongthuan.core.papers.services import attachment_store


def drawn(colour: str) -> Any:
    """A drawn picture that says that it is none of a real place."""
    image = Image.new("RGB", (480, 320), "#e9dcc3")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 220, 480, 320), fill="#8c8c88")
    for x in range(40, 460, 70):
        pen.ellipse((x, 170, x + 46, 216), fill=colour)
    pen.text((180, 60), "ANH MINH HOA", fill="#40403c")
    data = io.BytesIO()
    image.save(data, "JPEG")
    upload: Any = SimpleUploadedFile("anh-minh-hoa.jpg", data.getvalue())
    return attachment_store(upload=upload)
