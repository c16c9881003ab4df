"""Drafts of new rule versions, and the record of who drafted and who approved them.

The shipped data files are never written. An approved draft is final: the database refuses to change
it, and a later version supersedes it.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DraftState(models.TextChoices):
    DRAFT = "draft", _("being drafted")
    PROPOSED = "proposed", _("waits for approval")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", pgettext_lazy("rule draft", "withdrawn")


ACTS = {
    "drafted": _("drafted"),
    "changed": _("draft changed"),
    "proposed": _("proposed for approval"),
    "approved": _("approved"),
    "rejected": _("rejected"),
    "withdrawn": pgettext_lazy("rule draft", "withdrawn"),
}


class RuleDraft(models.Model):
    """A new version of a rule or fact of law: `table` is what a data file would hold.

    Days in `table` are ISO strings. `valid_from` lies after the day of drafting, so nothing that is
    closed is ever rewritten; `decided_by` is never who drafted it.
    """

    key = models.CharField(max_length=60)
    table = models.JSONField()
    valid_from = models.DateField()
    document = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    drafted_as = models.CharField(max_length=160)
    drafted_at = models.DateTimeField(default=timezone.now)
    proposed_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_as = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["key", "-id"], name="rule_draft_key"),
            models.Index(fields=["state", "-id"], name="rule_draft_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="approved")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("drafted_by"))),
                name="rule_draft_two_people",
            ),
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=Q(state="approved"),
                name="rule_version_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(state__in=["draft", "proposed"]),
                name="rule_draft_open_once",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["approved", "rejected", "withdrawn"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.valid_from}"

    @property
    def is_open(self) -> bool:
        return self.state in (DraftState.DRAFT, DraftState.PROPOSED)


class RuleEntry(models.Model):
    """One fact about a draft: appended, never changed; it holds the whole version as it stood."""

    draft = models.ForeignKey(RuleDraft, on_delete=models.PROTECT, related_name="entries")
    at = models.DateTimeField()
    act = models.CharField(max_length=20)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=160)
    facts = models.JSONField()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [models.Index(fields=["draft", "id"], name="rule_entry_draft")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'pgtrigger: % is append-only', TG_TABLE_NAME;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.at:%Y-%m-%d}"

    @property
    def act_label(self) -> str:
        return str(ACTS.get(self.act, self.act))
