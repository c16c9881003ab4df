from __future__ import annotations

import io

import pytest
from PIL import Image

from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.tests.conftest import archive, on_disk, picture


def stored(attachment) -> Image.Image:
    return Image.open(io.BytesIO(attachment.file.open("rb").read()))


def test_place_and_device_of_a_photo_are_gone_and_it_stands_upright(store):
    exif = Image.Exif()
    exif[0x0110] = "Dien thoai cua ba Minh Hoa"
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (14.0, 48.0, 30.0)
    sent = picture(size=(60, 40), exif=exif, comment=b"bi mat")
    assert b"Minh Hoa" in sent

    photo = store("ảnh.jpg", sent)

    kept = photo.file.open("rb").read()
    assert (photo.kind, photo.content_type) == ("photo", "image/jpeg")
    assert (photo.width, photo.height) == (40, 60)
    assert stored(photo).size == (40, 60)
    assert b"Minh Hoa" not in kept
    assert b"Exif" not in kept
    assert b"bi mat" not in kept
    assert not stored(photo).getexif()


@pytest.mark.parametrize(
    ("name", "form"), [("a.jpg", "JPEG"), ("a.jpeg", "JPEG"), ("a.PNG", "PNG"), ("a.webp", "WEBP")]
)
def test_the_usual_forms_are_accepted(store, name, form):
    photo = store(name, picture(form))
    assert stored(photo).format == form
    assert stored(photo).convert("RGB").getpixel((5, 5))[0] > 200


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_scans_in_every_colour_mode_are_accepted(store, mode):
    out = io.BytesIO()
    form = "JPEG" if mode == "CMYK" else "PNG"
    Image.new(mode, (30, 20), 0).save(out, form)
    assert stored(store("quet." + form.lower(), out.getvalue())).size == (30, 20)


def test_a_bright_16_bit_scan_stays_bright(store):
    out = io.BytesIO()
    Image.new("I;16", (30, 20), 40_000).save(out, "PNG")
    assert stored(store("quet.png", out.getvalue())).getpixel((3, 3)) == 156


def test_a_second_file_behind_the_picture_is_gone(store):
    photo = store("ảnh.jpg", picture() + archive({"a.class": b"Trojan"}))
    assert b"PK\x03\x04" not in photo.file.open("rb").read()


@pytest.mark.parametrize("size", [(20_001, 1), (8_000, 5_001)])
def test_a_picture_with_too_many_pixels_is_refused(store, disk, size):
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    with pytest.raises(UploadError) as refused:
        store("to.png", out.getvalue())
    assert refused.value.code == "pixels"
    assert on_disk(disk) == []


@pytest.mark.parametrize("data", [picture()[:200], b"\xff\xd8\xff" + b"x" * 50])
def test_a_broken_picture_is_refused(store, data):
    with pytest.raises(UploadError) as refused:
        store("hong.jpg", data)
    assert refused.value.code == "damaged"


def test_apples_own_form_is_refused_with_a_way_out(store):
    with pytest.raises(UploadError) as refused:
        store("IMG_0001.HEIC", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")
    assert refused.value.code == "heic"
    assert "IMG_0001.HEIC" in refused.value.message
