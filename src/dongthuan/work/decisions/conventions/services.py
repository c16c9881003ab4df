"""Writing conventions: opened, drafted section by section, commented on while the draft hangs."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.creation import matter_create
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError, NotAllowed
from dongthuan.core.matters.models import Audience, Matter, Projection
from dongthuan.core.people.actors import Actor
from dongthuan.core.units.models import Kind, Role, Unit
from dongthuan.work.decisions.conventions.models import Comment, Convention, ConventionName, Section
from dongthuan.work.decisions.village_matters import (
    OFFICE,
    VILLAGE,
    must_hold,
    parties_of,
    public_words,
    village_checked,
)

ENDED = ("replaced", "annulled", "dropped")
STANDING = ("in_force", "suspended")
EDITABLE = ("agreed", "drafting", "posted", "revised")
SECTIONS_MOST = 200


@transaction.atomic
def convention_open(
    *,
    acting: Actor,
    village: Unit,
    title: str,
    name: str = ConventionName.QUY_UOC,
    origin: Matter | None = None,
    replaces: Convention | None = None,
    is_demo: bool = False,
) -> Convention:
    """The village head proposes a convention, or an amended version of the one that stands.

    `origin`: the initiative of a resident that led to it. One version is worked on at a time.
    """
    village, office = village_checked(village)
    must_hold(
        acting, _("Only the village head proposes a convention."), (village, (Role.VILLAGE_HEAD,))
    )
    title = public_words(title, field="title", least=5, most=200)
    if name not in ConventionName.values:
        raise MatterError(_("Choose the name that the community wants."), field="name")
    Unit.objects.select_for_update().get(pk=village.pk)  # two that open at once
    if Convention.objects.filter(place=village).exclude(state__in=(*ENDED, *STANDING)).exists():
        raise MatterError(_("Another version of the convention is being worked on here."))
    standing = Convention.objects.filter(place=village, state__in=STANDING).first()
    if standing and replaces is None and origin is None:
        raise MatterError(_("This village has a convention; open an amended version of it."))
    replaces = replaces or standing
    made = matter_create(
        acting=acting, model=Convention, kind="convention", unit=office, place=village,
        title=title, act="convention.proposed", parties=parties_of(village, office),
        parent=replaces or origin, name=replaces.name if replaces else name, replaces=replaces,
        number=_number_next(village), from_initiative=origin is not None, is_demo=is_demo,
    )  # fmt: skip
    if replaces:
        Section.objects.bulk_create(
            Section(convention=made, position=s.position, heading=s.heading, text=s.text)
            for s in replaces.sections.all()
        )
    return made


def _number_next(village: Unit) -> int:
    last = Convention.objects.filter(place=village).order_by("-number").first()
    return last.number + 1 if last else 1


@transaction.atomic
def sections_set(
    *, acting: Actor, convention_id: int, sections: Sequence[tuple[str, str]]
) -> Convention:
    """Put down the whole draft: (heading, text) in order. Until the meeting is convened."""
    matter = _locked(convention_id)
    must_hold(acting, _("Only the village writes its convention."), (matter.home, VILLAGE))
    if matter.state not in EDITABLE:
        raise MatterError(_("The text can no longer be changed in this state."))
    if matter.state == "posted":
        raise MatterError(_("While the draft hangs its text stays as it is; end the posting."))
    if not 0 < len(sections) <= SECTIONS_MOST:
        raise MatterError(_("The draft has between 1 and 200 sections."), field="text")
    rows = [
        Section(
            convention=matter, position=place,
            heading=public_words(heading, field="text", least=1, most=200),
            text=public_words(text, field="text", least=1, most=20_000),
        )
        for place, (heading, text) in enumerate(sections, 1)
    ]  # fmt: skip
    matter.sections.all().delete()
    Section.objects.bulk_create(rows)
    Projection.objects.filter(pk=matter.pk).update(
        body="\n\n".join(f"{row.heading}\n{row.text}" for row in rows)[:50_000]
    )
    entry_append(
        matter=matter, act="convention.drafted", acting=acting, audience=Audience.PUBLIC,
        before=matter.state, after=matter.state, facts={"sections": len(rows)},
    )  # fmt: skip
    return matter


@transaction.atomic
def comment_add(
    *, acting: Actor, convention_id: int, text: str, section_id: int | None = None
) -> Comment:
    """An opinion on the posted draft: from anybody on the portal, or entered by the village."""
    matter = _locked(convention_id)
    if matter.state != "posted":
        raise MatterError(_("Opinions are taken while the draft hangs."))
    if acting.is_official:
        must_hold(
            acting,
            _("Only the village and its commune enter opinions."),
            (matter.home, VILLAGE),
            (matter.unit, OFFICE),
        )
    section = matter.sections.filter(pk=section_id).first() if section_id else None
    return Comment.objects.create(
        convention=matter, section=section, written_on=clock.today(),
        text=public_words(text, field="text", least=5, most=3000),
        entered_by_id=acting.account_id if acting.is_official else None, at=clock.now(),
    )  # fmt: skip


def _locked(convention_id: int) -> Convention:
    Matter.objects.select_for_update().filter(pk=convention_id).first()
    found = Convention.objects.select_related("unit", "place").filter(pk=convention_id).first()
    if found is None:
        raise NotAllowed(_("There is no such matter, or you may not see it."))
    return found


def name_for(village: Unit) -> str:
    """Hương ước is what villages mostly say, quy ước what residential groups say; both may."""
    return ConventionName.QUY_UOC if village.kind == Kind.GROUP else ConventionName.HUONG_UOC
