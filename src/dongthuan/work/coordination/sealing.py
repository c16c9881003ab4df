"""The digital seal (PAdES) on a signed plan, where the signing body has a certificate here.

`DONGTHUAN_SIGNING_DIR` names a directory with `<unit code>.p12` and, beside it, the passphrase in
`<unit code>.pass`. A body without one signs by its entry alone. The first seal is put on the PDF of
the frozen text, the second is added to that file, so that both stand under the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from dongthuan.core.matters.errors import MatterError
from dongthuan.core.papers.services import pdf_keep
from dongthuan.core.units.models import Unit
from dongthuan.work.coordination.models import CoordinationPlan
from dongthuan.work.coordination.papers import plan_pdf


def plan_seal(plan: CoordinationPlan, *, lines: Sequence[str], side: str) -> None:
    """Seal the plan's PDF for a side that has a certificate; the caller saves the plan."""
    unit = plan.unit_of(side)
    if certificate_of(unit) is None:
        return
    if plan.signed_pdf:
        with plan.signed_pdf.file.open("rb") as file:
            before = file.read()
    else:
        before = plan_pdf(plan, lines=lines)
    sealed = pdf_seal(before, unit=unit, field=f"dt-{side}")
    plan.signed_pdf = pdf_keep(name=f"ke-hoach-phoi-hop-{plan.code}.pdf", data=sealed)


def certificate_of(unit: Unit) -> Path | None:
    """The key file of a body, if this server holds one."""
    if not settings.SIGNING_DIR:
        return None
    path = Path(settings.SIGNING_DIR) / f"{unit.code}.p12"
    return path if path.is_file() else None


def pdf_seal(data: bytes, *, unit: Unit, field: str) -> bytes:
    """Add a PAdES signature of a body to a PDF. Raises MatterError where its key cannot be used."""
    # Heavy, and needed only where a body has a certificate.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    path = certificate_of(unit)
    secret = path.with_suffix(".pass") if path else None
    word = secret.read_bytes().strip() if secret and secret.is_file() else b""
    signer = signers.SimpleSigner.load_pkcs12(str(path), passphrase=word) if path else None
    if signer is None:
        raise MatterError(_("The certificate of %(name)s cannot be used.") % {"name": unit.name})
    # The library runs a loop of its own, which a thread with a loop already running refuses.
    with ThreadPoolExecutor(max_workers=1) as aside:
        sealed: bytes = aside.submit(
            lambda: signers.sign_pdf(
                IncrementalPdfFileWriter(io.BytesIO(data)),
                signers.PdfSignatureMetadata(
                    field_name=field, subfilter=SigSeedSubFilter.PADES, name=unit.name
                ),
                signer=signer,
            ).getvalue()
        ).result()
    return sealed
