"""Words for the acts of petitions that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "petition.received": gettext_lazy("received"),
    "petition.imported": gettext_lazy("taken over from a ledger"),
    "petition.part_of": gettext_lazy("opened as a part of another matter"),
    "petition.second_of": gettext_lazy("opened as a second complaint"),
    "petition.receipt_renewed": gettext_lazy("a new secret was given"),
    "petition.joined_into": gettext_lazy("joined with another matter"),
    "petition.joined_here": gettext_lazy("others were joined into this matter"),
    "petition.promises_joined": gettext_lazy("promises of a joined matter taken over"),
    "petition.separated": gettext_lazy("separated again"),
    "petition.separated_from": gettext_lazy("a joined matter was separated again"),
    "petition.signers_added": gettext_lazy("signers added"),
    "petition.voice": gettext_lazy("somebody with the same problem joined"),
    "petitioner.rated": gettext_lazy("the petitioner rated the handling"),
    "petitioner.rating_changed": gettext_lazy("the petitioner changed the rating"),
    "petitioner.reopen_asked": gettext_lazy("the petitioner says it is not solved"),
    "referral.opened": gettext_lazy("sent on, to be followed up"),
    "referral.taken": gettext_lazy("taken over by the receiver"),
    "referral.sent_back": gettext_lazy("sent back by the receiver"),
    "referral.answered": gettext_lazy("the receiver told the result"),
    "referral.relayed": gettext_lazy("the body that sent it on told the result"),
    "complaint.overdue": gettext_lazy("the term of settlement has passed"),
}

FACTS = {
    "was_outcome": gettext_lazy("before"),
    "from_unit": gettext_lazy("from"),
    "second": gettext_lazy("second complaint"),
    "second_until": gettext_lazy("last day for a second complaint"),
    "counted_from": gettext_lazy("counted from"),
    "limit_on": gettext_lazy("time limit to complain"),
    "limit_basis": gettext_lazy("article of the time limit"),
    "time_barred": gettext_lazy("came too late"),
    "effect_on": gettext_lazy("legal effect after"),
    "effect_basis": gettext_lazy("article of the legal effect"),
    "in_effect_on": gettext_lazy("in legal effect since"),
    "post_until": gettext_lazy("posted at least until"),
    "post_basis": gettext_lazy("article of the posting"),
    "goes_on": gettext_lazy("the settlement goes on"),
    "number": gettext_lazy("number in the list"),
    "recoveries_dropped": gettext_lazy("recoveries dropped"),
    "in_time": gettext_lazy("in time"),
    "main": gettext_lazy("joined into"),
    "joined": gettext_lazy("joined"),
    "promises": gettext_lazy("promises"),
    "total": gettext_lazy("people in all"),
    "referral": gettext_lazy("followed up as"),
    "answered_on": gettext_lazy("answered on"),
    "parts": gettext_lazy("parts"),
}

# The follow-up of a transfer is the sender's own file; it has no page for the petitioner.
INNER = ("referral",)
