"""Pictures: drawn anew from their pixels, so that nothing but pixels comes in.

A photograph from a telephone tells where and when it was taken and with which device; a crafted
one carries a second file behind the picture. Neither survives being decoded and encoded again.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from dongthuan.core.papers.checks.common import Checked
from dongthuan.core.papers.errors import UploadError

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
_KEPT_MODES = {
    "JPEG": {"L", "RGB"},
    "PNG": {"1", "L", "LA", "P", "RGB", "RGBA"},
    "WEBP": {"RGB", "RGBA"},
}
_ENCODING: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 90},
    "PNG": {},
    "WEBP": {"quality": 90, "method": 4},
}


def check_picture(name: str, data: bytes) -> Checked:
    """The picture turned upright and encoded anew, without any metadata."""
    form = "JPEG" if data[0] == 0xFF else "PNG" if data[0] == 0x89 else "WEBP"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data), formats=[form]) as picture:
                _refuse_huge(name, picture)
                upright, encoded = _encode(picture, form)
        except UploadError:
            raise
        except Image.DecompressionBombError:
            raise UploadError("pixels", name=name) from None
        except Exception:
            # Pillow raises many kinds of error on broken files; each means the same to the sender.
            raise UploadError("damaged", name=name) from None
    return Checked(
        name=name,
        data=encoded,
        content_type=f"image/{form.lower()}",
        kind="photo",
        width=upright.width,
        height=upright.height,
    )


def _refuse_huge(name: str, picture: Image.Image) -> None:
    """Before the first pixel is decoded: the header alone tells the size."""
    width, height = picture.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise UploadError("pixels", name=name)


def _encode(picture: Image.Image, form: str) -> tuple[Image.Image, bytes]:
    options = dict(_ENCODING[form])
    upright = ImageOps.exif_transpose(picture)
    if form == "PNG" and "transparency" in upright.info:
        options["transparency"] = upright.info["transparency"]
    if upright.mode.startswith("I"):
        # 16-bit scans: Pillow would cut, not scale, the brighter values.
        upright = upright.convert("I").point(lambda value: value / 256).convert("L")
        options.pop("transparency", None)
    if upright.mode not in _KEPT_MODES[form]:
        upright = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
    upright.info.clear()
    out = io.BytesIO()
    upright.save(out, form, **options)
    return upright, out.getvalue()
