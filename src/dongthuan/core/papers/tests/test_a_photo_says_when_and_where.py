"""The facts in a picture are read before it is cleaned; what is not there is None."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from dongthuan.core.papers.photos import PhotoFacts, photo_facts


def picture(moment: str, place: dict[int, object]) -> bytes:
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif.get_ifd(0x8769)[36867] = moment
    exif.get_ifd(0x8825).update(place)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def test_time_and_place_are_read() -> None:
    facts = photo_facts(
        picture("2026:11:20 07:30:00", {1: "N", 2: (14.0, 48.0, 36.0), 3: "E", 4: (108.0, 57.0, 0)})
    )
    assert facts.taken_at is not None
    assert facts.taken_at.isoformat() == "2026-11-20T07:30:00+07:00"
    assert (facts.latitude, facts.longitude) == (14.81, 108.95)


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", picture("yesterday", {1: "N", 2: (200.0, 0.0, 0.0)})],
    ids=["empty", "text", "nonsense"],
)
def test_nonsense_says_nothing(data: bytes) -> None:
    assert photo_facts(data) == PhotoFacts()
