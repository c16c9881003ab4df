from __future__ import annotations

import pytest

from dongthuan.core.papers.naming import name_cleaned


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("đơn khiếu nại.pdf", "đơn khiếu nại.pdf"),
        ("C:\\Users\\Minh Họa\\đơn.pdf", "đơn.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie_ x.txt"),
        ('a"b<c>.txt', "a_b_c_.txt"),
        ("fdp.\u202egpj.exe", "fdp.gpj.exe"),
        ("Đ\u0323o\u031b\u0301n.pdf", "Đ\u0323ớn.pdf"),
        (".htaccess", "htaccess"),
        ("", "tep"),
        ("...", "tep"),
        ("a" * 200 + ".docx", "a" * 145 + ".docx"),
    ],
)
def test_the_name_is_cleaned(sent, shown):
    assert name_cleaned(sent) == shown
