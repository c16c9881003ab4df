"""Words for the acts of consultations that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTS = {
    "consultation.drafted": _("a consultation was drafted"),
    "consultation.draft": _("a version of the text was put in"),
    "consultation.questions": _("the question sheet was set"),
    "consultation.held": _("an opinion was kept from being shown"),
    "consultation.shown": _("opinions were read and shown"),
    "consultation.paper": _("opinions were keyed in from paper"),
    "consultation.tally": _("voices counted at a meeting or in a ballot"),
    "consultation.codes": _("one-time codes were printed"),
    "consultation.addressee": _("an addressee was told and may be heard"),
    "consultation.hearing": _("the hearing of an addressee was recorded"),
    "consultation.cluster": _("a group of opinions was formed"),
    "consultation.answered_cluster": _("a group of opinions has its answer"),
    "consultation.clustered": _("opinions were put into a group"),
    "consultation.statement_added": _("a short statement was entered"),
    "consultation.statement_edited": _("a short statement got other words before any vote"),
    "consultation.statement_shown": _("a short statement was shown"),
    "consultation.statement_out": _("a short statement was taken out"),
    "consultation.statement_paper": _("votes on statements were keyed in from paper"),
}

FACTS = {
    "item": _("item of Art. 25"),
    "forms": _("forms of Art. 26"),
    "least": _("open at least until"),
    "closes_before": _("last day before"),
    "version": _("version"),
    "paragraphs": _("paragraphs"),
    "questions": _("questions"),
    "opinions": _("opinions"),
    "people": _("people"),
    "groups": _("groups of opinions"),
    "group": _("group of opinions"),
    "told": _("people told"),
    "hold": _("reason"),
    "form": _("form"),
    "agree": _("agree"),
    "disagree": _("disagree"),
    "village": _("village"),
    "codes": _("codes"),
    "statement": _("short statement"),
    "sheet": _("sheet"),
    "votes": _("votes"),
}
