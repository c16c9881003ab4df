from __future__ import annotations

from pathlib import Path

import pytest

from dongthuan.core.units.errors import UnitError
from dongthuan.core.units.importer import units_import
from dongthuan.core.units.models import Unit

HEAD = "code,kind,name,parent,note\n51,province,Tỉnh Quảng Ngãi,vn,\n"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("21439,hamlet,Phường Đức Phổ,51,", "hamlet"),
        ("2143,ward,Phường Đức Phổ,51,", "2143"),
        ("5A,province,Tỉnh Mới,vn,", "5A"),
        ("51,province,Tỉnh Quảng Ngãi,vn,", "51"),
        ("21439,ward,Phường Đức Phổ,52,", "52"),
        ("21439,ward,Phường Đức Phổ,vn,", "vn"),
        ("21439,ward,Xã Đức Phổ,51,", "Xã Đức Phổ"),
        ("21439,ward,,51,", "“”"),
        ("21439", "“”"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_changed(
    db: None, tmp_path: Path, line: str, said: str
) -> None:
    path = tmp_path / "units.csv"
    path.write_text(HEAD + line + "\n", encoding="utf-8")
    with pytest.raises(UnitError, match=said) as refused:
        units_import(path=path)
    assert "3" in str(refused.value)
    assert not Unit.objects.exists()


@pytest.mark.parametrize("content", [b"", b"code,kind,name,parent,note\n", b"\xff\xfe\x00", b'"'])
def test_a_file_that_is_no_catalogue_is_refused(db: None, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "units.csv"
    path.write_bytes(content)
    with pytest.raises(UnitError):
        units_import(path=path)
    assert not Unit.objects.exists()


def test_a_missing_file_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(UnitError, match=r"units\.csv"):
        units_import(path=tmp_path / "units.csv")
