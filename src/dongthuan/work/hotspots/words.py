"""Words for the acts of the room that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ACTS = {
    "hotspot.opened": _("the watch was opened"),
    "hotspot.seats": _("seats were decided"),
    "hotspot.group": _("a working group was formed"),
    "hotspot.planned": _("contact was planned"),
    "hotspot.visit": _("a group was in the area"),
    "hotspot.answered": _("a concern was answered"),
    "hotspot.incident": _("incident"),
    "hotspot.talk": _("talk with the people"),
    "hotspot.measure": _("a measure was decided"),
    "hotspot.asked": _("the province was asked for its opinion"),
    "hotspot.opinion": _("the province gave its opinion"),
    "hotspot.notice": _("a notice was drafted"),
    "hotspot.notice_part": _("an update or answer was drafted"),
    "hotspot.notice_published": _("approved for everybody to read"),
    "hotspot.notice_withdrawn": _("a notice was withdrawn"),
    "matter.linked": _("linked to a matter"),
}

FACTS = {
    "n": _("number of matters"),
    "joins": _("seated"),
    "leaves": _("seat ended"),
    "group": _("working group"),
    "areas": _("areas"),
    "area": _("area"),
    "turns": _("turns of contact"),
    "concerns": _("concerns"),
    "promises": pgettext_lazy("hot spot", "promises"),
    "promise": _("promise"),
    "to_unit": _("sent to"),
    "notice": _("notice"),
    "number": _("number"),
    "link": _("linked matter"),
    "role": _("how"),
}
