"""Both heads sign the same text, each once; a change makes a signature void; no draft is public."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader
from pypdf import PdfReader

from dongthuan.core.matters.errors import Conflict, MatterError, NotAllowed
from dongthuan.core.matters.models import Entry, Projection
from dongthuan.work.coordination.models import CoordinationPlan, Signature
from dongthuan.work.coordination.papers import plan_pdf
from dongthuan.work.coordination.planning import clause_edit
from dongthuan.work.coordination.tests.conftest import digest
from dongthuan.work.coordination.text import plan_lines


def letters(text: str) -> str:
    """A text without spaces and breaks, which a PDF sets as it needs."""
    return "".join(text.replace("\u200b", "").split())


def test_the_entry_holds_the_digest_of_the_text_that_is_printed(people: Any, plan_in: Any) -> None:
    plan = plan_in("in_force")
    entries = Entry.objects.filter(matter=plan, act="coordination_plan.sign").order_by("id")
    signed = [(entry.facts["side"], entry.facts["digest"]) for entry in entries]
    lines = plan_lines(plan)
    told = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    assert signed == [("partner", told), ("office", told)]
    pages = PdfReader(io.BytesIO(plan_pdf(plan))).pages
    printed = letters("".join(page.extract_text() for page in pages))
    assert letters(told) in printed
    assert letters(lines[0]) in printed
    assert letters(next(line for line in lines if line.startswith("Nhiệm vụ 1"))) in printed


def test_nobody_signs_twice_and_no_other_head_signs(people: Any, plan_in: Any, take: Any) -> None:
    plan = plan_in("half_signed")
    with pytest.raises(MatterError, match="đã ký"):
        take(people.dvan_head, plan, "sign")
    for name in ("front_head", "other_head", "handler", "dvan", "party"):
        with pytest.raises(NotAllowed):
            take(people.actors[name], plan, "sign")
    assert Signature.objects.filter(matter=plan, void_at=None).count() == 1


def test_a_head_signs_only_the_text_that_was_read(people: Any, plan_in: Any, take: Any) -> None:
    plan = plan_in("agreed")
    with pytest.raises(Conflict):
        take(people.head, plan, "sign", digest="0" * 64)
    assert not Signature.objects.exists()


def test_a_change_after_the_first_signature_makes_it_void(
    people: Any, plan_in: Any, take: Any
) -> None:
    plan = plan_in("half_signed")
    before = digest(plan)
    clause_edit(acting=people.handler, clause=plan.clauses.first(), text="Viết lại mục đích.")
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_partner, plan.signed_text) == ("exchanged", "", "")
    void = Entry.objects.get(matter=plan, act="coordination_plan.signature_void")
    assert (void.facts["side"], void.facts["digest"]) == ("partner", before)
    assert digest(plan) != before
    for actor, step in ((people.dvan, "agree"), (people.handler, "agree")):
        take(actor, plan, step)
    take(people.head, plan, "sign")
    assert take(people.dvan_head, plan, "sign").state == "in_force"


def test_what_is_signed_is_not_written_anew(people: Any, plan_in: Any) -> None:
    plan = plan_in("in_force")
    with pytest.raises(MatterError):
        clause_edit(acting=people.dvan, clause=plan.clauses.first(), text="Viết lại.")


def test_no_draft_is_public_and_a_signed_plan_is(people: Any, plan_in: Any) -> None:
    draft = plan_in("half_signed")
    page = Client()
    assert not Projection.objects.filter(pk=draft.pk).exists()
    for address in (f"/phoi-hop/{draft.code}/", f"/phoi-hop/{draft.code}/ke-hoach.pdf",
                    f"/tra-cuu/{draft.code}/"):  # fmt: skip
        assert page.get(address).status_code == 404, address
    assert draft.code not in page.get("/phoi-hop/").content.decode()


def certificate(folder: Path, code: str, word: bytes) -> None:
    """A self-made certificate of a body, good for a year."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, code)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(dt.datetime(2026, 1, 1)).not_valid_after(dt.datetime(2027, 1, 1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    packed = pkcs12.serialize_key_and_certificates(
        code.encode(), key, made, None, serialization.BestAvailableEncryption(word)
    )
    (folder / f"{code}.p12").write_bytes(packed)
    (folder / f"{code}.pass").write_bytes(word + b"\n")


def test_bodies_with_a_certificate_seal_the_same_file(
    people: Any, plan_in: Any, settings: Any, tmp_path: Path
) -> None:
    for code in ("21439-xdd", "21439-ubnd"):
        certificate(tmp_path, code, b"mat-khau")
    settings.SIGNING_DIR = str(tmp_path)
    plan = CoordinationPlan.objects.get(pk=plan_in("in_force").pk)
    data = plan.signed_pdf.file.read()
    seals = PdfFileReader(io.BytesIO(data)).embedded_signatures
    assert [seal.field_name for seal in seals] == ["dt-partner", "dt-office"]
    for seal in seals:
        seal.compute_integrity_info()
        assert seal.compute_digest()
    assert seals[-1].coverage.name == "ENTIRE_FILE"


def test_a_broken_certificate_is_told_and_nothing_is_signed(
    people: Any, plan_in: Any, take: Any, settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "21439-xdd.p12").write_bytes(b"x")
    settings.SIGNING_DIR = str(tmp_path)
    plan = plan_in("agreed")
    with pytest.raises(MatterError, match="Ban Xây dựng Đảng"):
        take(people.dvan_head, plan, "sign")
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert not Signature.objects.exists()
