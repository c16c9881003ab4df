"""Receiving a request for information, from the portal, at the counter or by post (Điều 24)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.messages import citizen_tell
from dongthuan.core.matters.models import Audience, Channel, Submission
from dongthuan.core.matters.opening import office_of, text_checked
from dongthuan.core.matters.receipts import receipt_secret
from dongthuan.core.people.actors import Actor
from dongthuan.core.people.models import Account, Citizen
from dongthuan.core.people.services import citizen_data
from dongthuan.core.text import clean
from dongthuan.core.units.models import Unit
from dongthuan.work.disclosure import rules
from dongthuan.work.disclosure.models import Disclosure, InfoRequest
from dongthuan.work.disclosure.request_kinds import FIRST
from dongthuan.work.disclosure.services import office_check


@dataclass(frozen=True)
class Asker:
    """Who asks (điểm a khoản 2 Điều 24): name and address, and how to reach them."""

    name: str
    address: str
    phone: str = ""
    email: str = ""
    id_number: str = ""
    account: Account | None = None


@dataclass(frozen=True)
class RequestReceipt:
    """What the citizen takes home; `secret` is shown once."""

    submission: Submission
    matter: InfoRequest
    secret: str


@transaction.atomic
def inforequest_create(
    *,
    acting: Actor,
    place: Unit,
    text: str,
    asker: Asker,
    by: str,
    purpose: str = "",
    item: str = "",
    about: Disclosure | None = None,
    received_at: dt.datetime | None = None,
    is_demo: bool = False,
) -> RequestReceipt:
    """Open a request; it goes to the People's Committee of the place.

    `by`: online, counter, post (how it is to be supplied). `item` of Điều 11, if it is one that is
    missing or no longer public (khoản 2 Điều 14). The words and the person are in the submission,
    never in the public row. Raises MatterError with its field, PersonError, NotAllowed.
    """
    unit = office_of(place)
    if acting.is_official or acting.is_system:
        office_check(acting, unit)
    text = text_checked(text)
    if not text:
        raise MatterError(_("Write which information you ask for."), field="text")
    if by not in InfoRequest.By.values:
        raise MatterError(_("Choose how you want to get it."), field="by")
    if item and item not in {row.code for row in rules.items(clock.today())}:
        raise MatterError(_("Choose one of the items of Art. 11."), field="item")
    if not (clean(asker.name) and clean(asker.address)):
        raise MatterError(_("The law asks for your name and address (Art. 24.2)."), field="name")
    data = citizen_data(
        name=asker.name, address=asker.address, phone=asker.phone, email=asker.email,
        id_number=asker.id_number,
    )  # fmt: skip
    now = clock.now()
    received_at = received_at or now
    if received_at > now:
        raise MatterError(_("The day lies in the future."), field="received_at")
    channel = {"online": Channel.WEB, "post": Channel.POST}.get(by, Channel.COUNTER)
    if not acting.is_official:
        channel = Channel.WEB
    citizen = Citizen.objects.create(account=asker.account, place_id=place.pk, **data)
    label = rules.item_label(item, clock.today()) if item else _("other information")
    matter = matter_create(
        acting=acting, model=InfoRequest, kind="inforequest", unit=unit, act="inforequest.received",
        title=_("Request for information: %(what)s") % {"what": label}, listed=False, place=place,
        channel=channel, audience=Audience.PETITIONER, is_demo=is_demo, now=now,
        facts={"channel": str(channel), "item": item},
        rules=[(FIRST[by], "received", received_at)],
        by=by, item=item, about=about, valid_at=received_at,
        submission_count=1, person_count=1,
    )  # fmt: skip
    words = text if not purpose else f"{text}\n\n{_('Purpose')}: {clean(purpose)[:2000]}"
    submission = Submission.objects.create(
        matter=matter, channel=channel, text=words, citizen=citizen, received_at=received_at,
        registered_by_id=acting.account_id if acting.is_official else None,
    )  # fmt: skip
    citizen_tell(
        matter=matter, citizen=citizen, key=f"{matter.code}/received",
        sentence=gettext_lazy("%(unit)s has received your request for information %(code)s."),
    )  # fmt: skip
    return RequestReceipt(submission, matter, receipt_secret(submission))
