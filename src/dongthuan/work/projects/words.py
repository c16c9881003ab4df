"""Words for the acts of projects that are no declared step, and for the facts they leave."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

ACTS = {
    "project.created": gettext_lazy("the project was entered"),
    "project.changed": gettext_lazy("the plan was changed"),
    "project.acknowledged": gettext_lazy("a partner has read the information"),
    "project.cost": gettext_lazy("a component of the costs was written down"),
    "project.payment": gettext_lazy("a payment was written down"),
    "project.payment_reversed": gettext_lazy("a payment was reversed"),
    "project.contract": gettext_lazy("a contract was written down"),
    "project.land": gettext_lazy("the state of land clearance was written down"),
    "project.photo": gettext_lazy("a photograph was added"),
    "project.document_added": gettext_lazy("a document was added"),
    "project.linked": gettext_lazy("another matter was linked"),
    "projecttask.given": gettext_lazy("the task was given"),
    "obstacle.raised": gettext_lazy("the obstacle was named"),
}

FACTS = {
    "amount": gettext_lazy("amount"),
    "payee": gettext_lazy("payee"),
    "component": gettext_lazy("component"),
    "owner": gettext_lazy("responsible body"),
    "raised_by": gettext_lazy("named by"),
    "body": gettext_lazy("body"),
    "until": gettext_lazy("until"),
    "percent": gettext_lazy("done (%)"),
    "yes": gettext_lazy("votes for"),
    "all": gettext_lazy("households"),
    "planned_to": gettext_lazy("planned end"),
    "planned_from": gettext_lazy("planned beginning"),
    "households": gettext_lazy("households"),
    "handed_over": gettext_lazy("handed over"),
    "link": gettext_lazy("matter"),
    "role": gettext_lazy("as"),
    "title": gettext_lazy("title"),
    "partners": gettext_lazy("partners"),
}
