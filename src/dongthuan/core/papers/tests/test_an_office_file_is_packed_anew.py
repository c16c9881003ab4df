from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from PIL import Image

from dongthuan.core.papers.checks.office import OPEN_TEXT, SHEET, WORD
from dongthuan.core.papers.errors import UploadError
from dongthuan.core.papers.tests.conftest import WORD_TYPES, archive, docx, on_disk, picture

RELATION = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'relationships/%b" Target="%b" TargetMode="External"/></Relationships>'
)


def inside(attachment) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(attachment.file.open("rb").read()))


def test_a_word_file_loses_its_author_and_keeps_its_text(store):
    kept = store("đơn.docx", docx())
    assert kept.content_type == WORD
    assert "Đơn kiến nghị" in inside(kept).read("word/document.xml").decode()
    assert b"To Giac" not in inside(kept).read("docProps/core.xml")
    assert b"To Giac" not in kept.file.open("rb").read()


def test_a_photo_in_a_word_file_loses_its_place(store):
    exif = Image.Exif()
    exif[0x0110] = "Dien thoai cua ba Minh Hoa"
    photo = picture(exif=exif)
    kept = inside(store("đơn.docx", docx({"word/media/image1.jpeg": photo})))
    bare = kept.read("word/media/image1.jpeg")
    assert b"Minh Hoa" not in bare
    assert Image.open(io.BytesIO(bare)).convert("RGB").tobytes() == (
        Image.open(io.BytesIO(photo)).convert("RGB").tobytes()
    )


def test_a_spreadsheet_loses_its_author_and_still_opens(store):
    book = openpyxl.Workbook()
    book.active["A1"] = "Đức Phổ"
    book.properties.creator = "Nguyen Van To Giac"
    out = io.BytesIO()
    book.save(out)
    kept = store("sổ.xlsx", out.getvalue())
    assert kept.content_type == SHEET
    again = openpyxl.load_workbook(kept.file.open("rb"))
    assert again.active["A1"].value == "Đức Phổ"
    assert again.properties.creator != "Nguyen Van To Giac"


def test_an_opendocument_text_keeps_its_type_first_and_unpacked(store):
    sent = archive(
        {
            "content.xml": b"<office:document-content/>",
            "mimetype": OPEN_TEXT.encode(),
            "meta.xml": b"<dc:creator>Nguyen Van To Giac</dc:creator>",
        }
    )
    kept = store("đơn.odt", sent)
    assert kept.file.open("rb").read()[30:77] == b"mimetype" + OPEN_TEXT.encode()
    assert b"To Giac" not in inside(kept).read("meta.xml")


def test_a_plain_link_to_a_page_is_kept(store):
    link = RELATION % (b"hyperlink", b"https://example.vn/")
    assert store("đơn.docx", docx({"word/_rels/document.xml.rels": link}))


@pytest.mark.parametrize(
    "data",
    [
        docx({"word/vbaProject.bin": b"x"}),
        docx(types=WORD_TYPES.replace(b"document.main", b"document.macroEnabled.main")),
        docx({"word/embeddings/oleObject1.bin": b"x"}),
        docx({"word/embeddings/sheet.xlsx": b"x"}),
        docx({"word/activeX/activeX1.xml": b"<x/>"}),
        docx({"word/_rels/settings.xml.rels": RELATION % (b"attachedTemplate", b"http://x/t")}),
        docx({"word/_rels/document.xml.rels": RELATION % (b"oleObject", b"file://x/o")}),
        docx({"word/_rels/document.xml.rels": b"<broken"}),
        docx({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><w:document/>'}),
        docx({"word/document.xml": "<!DOCTYPE a><w:document/>".encode("utf-16")}),
        docx({"word/document.xml": b"<w:instrText>DDEA</w:instrText><w:instrText>UTO c</w:t>"}),
        archive(
            {"mimetype": OPEN_TEXT.encode(), "content.xml": b"<a/>", "Basic/script.xml": b"<a/>"}
        ),
    ],
    ids=[
        "macro",
        "macro type",
        "ole object",
        "file inside",
        "control",
        "remote template",
        "remote object",
        "broken relations",
        "entities",
        "entities in utf-16",
        "dde",
        "opendocument macro",
    ],
)
def test_what_runs_or_fetches_is_refused(store, disk, data):
    with pytest.raises(UploadError) as refused:
        store("đơn.odt" if b"opendocument" in data[:200] else "đơn.docx", data)
    assert refused.value.code == "active"
    assert on_disk(disk) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (docx({"word/media/image1.bmp": b"0" * 30_000_000}), "bomb"),
        (docx({f"word/media/{n}.xml": b"" for n in range(2_001)}), "bomb"),
        (docx({"../../etc/cron.d/x": b"x"}), "uncheckable"),
        (docx({"/etc/passwd": b"x"}), "uncheckable"),
        (docx({"WORD/document.xml": b"<a/>"}), "uncheckable"),
        (docx()[:-30], "damaged"),
        (archive({"a.txt": b"x"}), "type"),
        (archive({"META-INF/MANIFEST.MF": b"Main-Class: X"}), "type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old_office"),
    ],
    ids=[
        "packs too well",
        "too many members",
        "climbs out",
        "absolute",
        "same name twice",
        "cut off",
        "plain zip",
        "jar",
        "old word",
    ],
)
def test_what_is_built_badly_is_refused(store, data, code):
    with pytest.raises(UploadError) as refused:
        store("đơn.docx", data)
    assert refused.value.code == code


def test_a_locked_archive_is_refused(store):
    data = bytearray(docx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + offset] |= 1
    with pytest.raises(UploadError) as refused:
        store("đơn.docx", bytes(data))
    assert refused.value.code == "locked"
