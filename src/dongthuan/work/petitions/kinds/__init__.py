"""The declared kinds of petition: states, steps, what each asks, opens, closes and tells."""

from __future__ import annotations

from dongthuan.work.petitions.kinds.common import CLASSES, STATES
from dongthuan.work.petitions.kinds.complaints import COMPLAINT_KIND
from dongthuan.work.petitions.kinds.feedback import (
    FEEDBACK_KIND,
    PETITION_KIND,
    RECOMMENDATION_KIND,
)
from dongthuan.work.petitions.kinds.referrals import REFERRAL_KIND

__all__ = ["CLASSES", "KINDS", "REFERRAL_KIND", "STATES"]

KINDS = (
    PETITION_KIND,
    COMPLAINT_KIND,
    RECOMMENDATION_KIND,
    FEEDBACK_KIND,
)
