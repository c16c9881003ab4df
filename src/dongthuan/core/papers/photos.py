"""What a photograph says of itself: when and where it was taken, read before it is cleaned."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from PIL import ExifTags, Image


@dataclass(frozen=True)
class PhotoFacts:
    """`taken_at` aware; `latitude`, `longitude` in degrees WGS 84; None where it does not say."""

    taken_at: dt.datetime | None = None
    latitude: float | None = None
    longitude: float | None = None


def photo_facts(data: bytes) -> PhotoFacts:
    """The facts in the EXIF of a picture; never raises: what cannot be read is not there.

    A photograph can lie: rooms show the facts as what the file says, beside what the official says.
    """
    try:
        with Image.open(io.BytesIO(data)) as image:
            exif = image.getexif()
            detail, place = exif.get_ifd(ExifTags.IFD.Exif), exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:
        return PhotoFacts()
    latitude = _degrees(place.get(2), place.get(1), "S", 90)
    longitude = _degrees(place.get(4), place.get(3), "W", 180)
    if latitude is None or longitude is None:
        latitude = longitude = None
    return PhotoFacts(_moment(detail.get(36867) or exif.get(306)), latitude, longitude)


def _moment(text: Any) -> dt.datetime | None:
    with contextlib.suppress(TypeError, ValueError):
        naive = dt.datetime.strptime(str(text)[:19], "%Y:%m:%d %H:%M:%S")
        return naive.replace(tzinfo=timezone.get_default_timezone())
    return None


def _degrees(parts: Any, side: Any, negative: str, most: int) -> float | None:
    with contextlib.suppress(TypeError, ValueError, ZeroDivisionError, IndexError):
        value = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
        if 0 <= value <= most:
            return round(-value if str(side).strip() == negative else value, 6)
    return None
