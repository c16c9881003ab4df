"""What a dossier gathers over time: land clearance, photographs, documents, linked matters."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core.matters import policies
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience, Level, Matter, Paper
from dongthuan.core.matters.services import papers_attach
from dongthuan.core.papers.models import Attachment
from dongthuan.core.people.actors import Actor
from dongthuan.core.text import clean
from dongthuan.work.projects.checks import money_check, past_check, public_text, works_check
from dongthuan.work.projects.codes import DocumentType, LinkRole
from dongthuan.work.projects.models import (
    LandProgress,
    Project,
    ProjectDocument,
    ProjectLink,
    ProjectPhoto,
)

MOST_HOUSEHOLDS = 100_000


def project_opened(acting: Actor, project: Project) -> Project:
    """The project, locked, if the actor works on it and it is not closed."""
    works_check(acting, project.unit)
    Matter.objects.select_for_update().get(pk=project.pk)
    locked = Project.objects.select_related("unit").get(pk=project.pk)
    if not locked.is_open:
        raise MatterError(_("The project is closed; nothing can be added to it."))
    return locked


@transaction.atomic
def land_add(
    *,
    acting: Actor,
    project: Project,
    on: dt.date,
    households: int,
    agreed: int,
    paid: int,
    handed_over: int,
    area: Decimal,
    area_handed: Decimal,
    amount: int = 0,
    amount_paid: int = 0,
    note: str = "",
) -> LandProgress:
    """Where land clearance stands on a day; households as numbers, areas in m², money in đồng.

    One state a day: one of the same day takes the earlier's place. Raises MatterError.
    """
    locked = project_opened(acting, project)
    past_check(on, "on")
    if not 0 < households <= MOST_HOUSEHOLDS:
        raise MatterError(_("Say how many households are concerned."), field="households")
    for name, part in (("agreed", agreed), ("paid", paid), ("handed_over", handed_over)):
        if not 0 <= part <= households:
            raise MatterError(_("More households than are concerned."), field=name)
    if not 0 <= area_handed <= area or area >= 10**11:
        raise MatterError(_("More land than is to be cleared."), field="area_handed")
    money_check(amount, "amount")
    money_check(amount_paid, "amount_paid")
    if amount_paid > amount:
        raise MatterError(_("More money than was approved."), field="amount_paid")
    row, _made = LandProgress.objects.update_or_create(
        project=locked, on=on,
        defaults={
            "households": households, "agreed": agreed, "paid": paid, "handed_over": handed_over,
            "area": area, "area_handed": area_handed, "amount": amount, "amount_paid": amount_paid,
            "note": public_text(note, "note", 300),
        },
    )  # fmt: skip
    entry_append(
        matter=locked, act="project.land", acting=acting, audience=Audience.PUBLIC,
        before=locked.state, after=locked.state,
        facts={"on": on.isoformat(), "households": households, "handed_over": handed_over},
    )  # fmt: skip
    return row


def _filed(acting: Actor, project: Project, file: Attachment, act: str, title: str,
           audience: Audience) -> Paper:  # fmt: skip
    entry_id = entry_append(
        matter=project, act=act, acting=acting, audience=audience, before=project.state,
        after=project.state, facts={"title": title},
    )  # fmt: skip
    papers_attach(matter=project, attachments=[file], entry_id=entry_id, audience=audience)
    return Paper.objects.get(matter=project, attachment=file)


@transaction.atomic
def photo_add(
    *, acting: Actor, project: Project, file: Attachment, taken_on: dt.date, alt: str,
    place: str = "",
) -> ProjectPhoto:  # fmt: skip
    """A public picture of the place on a day; `alt` says what is seen, for those who cannot."""
    locked = project_opened(acting, project)
    if not file.content_type.startswith("image/"):
        raise MatterError(_("Choose a picture."), field="papers")
    past_check(taken_on, "taken_on")
    alt = public_text(alt, "alt", 300, needed=_("Say in words what the picture shows."))
    paper = _filed(acting, locked, file, "project.photo", alt, Audience.PUBLIC)
    return ProjectPhoto.objects.create(
        project=locked, paper=paper, taken_on=taken_on, place=public_text(place, "place", 200),
        stage=locked.state, alt=alt,
    )  # fmt: skip


@transaction.atomic
def document_add(
    *,
    acting: Actor,
    project: Project,
    type: str,
    title: str,
    number: str = "",
    issued_on: dt.date | None = None,
    file: Attachment | None = None,
    public: bool = True,
) -> ProjectDocument:
    """A document of the dossier; what is not `public` is read by the unit and the partners."""
    locked = project_opened(acting, project)
    if issued_on:
        past_check(issued_on, "issued_on")
    title = public_text(title, "title", 200, needed=_("Name the document."))
    audience = Audience.PUBLIC if public else Audience.PETITIONER
    if file is not None:
        paper = _filed(acting, locked, file, "project.document_added", title, audience)
    else:
        paper = None
        entry_append(
            matter=locked, act="project.document_added", acting=acting, audience=audience,
            before=locked.state, after=locked.state, facts={"title": title, "document": number},
        )  # fmt: skip
    return ProjectDocument.objects.create(
        project=locked, paper=paper, type=DocumentType(type), title=title,
        number=public_text(number, "number", 80), issued_on=issued_on, audience=audience,
    )  # fmt: skip


@transaction.atomic
def link_add(*, acting: Actor, project: Project, code: str, role: str) -> ProjectLink:
    """Another matter in the actor's sight belongs to the project; no restricted or sealed one."""
    locked = project_opened(acting, project)
    found = Matter.objects.filter(policies.visible_to(acting), code=clean(code)).first()
    if found is None or found.level >= Level.RESTRICTED or found.pk == locked.pk:
        raise MatterError(_("There is no such matter, or you may not see it."), field="code")
    link, made = ProjectLink.objects.get_or_create(
        project=locked, matter=found, role=LinkRole(role)
    )
    if not made:
        raise MatterError(_("This matter is linked already."), field="code")
    # Only officials read which matter it is: its own page decides who may see it.
    entry_append(
        matter=locked, act="project.linked", acting=acting, audience=Audience.OFFICIAL,
        before=locked.state, after=locked.state, facts={"link": found.code, "role": role},
    )  # fmt: skip
    return link
