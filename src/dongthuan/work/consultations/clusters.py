"""Groups of opinions that say the same, and the answer to each: taken up or not, and why."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.entries import entry_append
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.models import Audience
from dongthuan.core.matters.wording import public_text
from dongthuan.core.people.actors import Actor
from dongthuan.work.consultations.models import Cluster, Consultation
from dongthuan.work.consultations.services import consultation_lock

FORMING = ("open", "closed")
MOST = 300


@transaction.atomic
def cluster_add(
    *,
    acting: Actor,
    consultation_id: int,
    title: str,
    source: str = "staff",
    source_ref: str = "",
) -> Cluster:
    """Form a group; the title is public. `source`: staff, map (a group of the opinion map) or
    statement; `source_ref` names it, and a second time gives the same group. Raises MatterError,
    NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in FORMING:
        raise MatterError(_("Groups are formed while opinions are taken or before the synthesis."))
    title = public_text(title, "title", most=300)
    if len(title) < 5:
        raise MatterError(_("Say in one line what these opinions want."), field="title")
    if source not in ("staff", "map", "statement"):
        raise MatterError(_("A group comes from the staff or from the opinion map."))
    if source_ref and (
        known := matter.clusters.filter(source=source, source_ref=source_ref[:80]).first()
    ):
        return known
    last = matter.clusters.aggregate(last=Max("number"))["last"] or 0
    if last >= MOST:
        raise MatterError(_("At most 300 groups; join some of them."))
    cluster = Cluster.objects.create(
        consultation=matter, number=last + 1, title=title, source=source, source_ref=source_ref[:80]
    )
    entry_append(
        matter=matter, act="consultation.cluster", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state, facts={"group": cluster.number},
    )  # fmt: skip
    return cluster


@transaction.atomic
def clusters_from_map(*, acting: Actor, consultation_id: int) -> int:
    """A group for each statement that the opinion map brings out; returns how many are new.

    Each then needs its answer like any other group (khoản 3 Điều 28). Raises as `cluster_add`.
    """
    from dongthuan.work.consultations.statements.selectors import map_points_open

    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    points = map_points_open(matter)
    for point in points:
        cluster_add(
            acting=acting, consultation_id=consultation_id, title=point.text,
            source="statement", source_ref=point.ref,
        )  # fmt: skip
    return len(points)


@transaction.atomic
def opinions_cluster(
    *, acting: Actor, consultation_id: int, opinion_ids: Sequence[int], cluster_id: int
) -> int:
    """Put opinions into a group; returns how many. Raises MatterError, NotAllowed."""
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in FORMING:
        raise MatterError(_("Groups are formed while opinions are taken or before the synthesis."))
    cluster = _cluster(matter, cluster_id)
    count = matter.opinions.filter(pk__in=opinion_ids).update(cluster=cluster)
    if not count:
        raise MatterError(_("Choose at least one opinion."), field="opinions")
    entry_append(
        matter=matter, act="consultation.clustered", acting=acting, audience=Audience.OFFICIAL,
        before=matter.state, after=matter.state,
        facts={"group": cluster.number, "opinions": count},
    )  # fmt: skip
    return count


@transaction.atomic
def cluster_answer(
    *, acting: Actor, consultation_id: int, cluster_id: int, answer: str, reason: str
) -> Cluster:
    """The answer to a group (khoản 3 Điều 28): taken, partly or not, and always why. Public.

    Raises MatterError, NotAllowed.
    """
    matter = consultation_lock(acting=acting, consultation_id=consultation_id)
    if matter.state not in ("closed", "synthesised"):
        raise MatterError(_("Groups are answered after the closing and before the publication."))
    cluster = _cluster(matter, cluster_id)
    if answer not in Cluster.Answer.values:
        raise MatterError(_("Say whether it is taken up, in part, or not."), field="answer")
    reason = public_text(reason, "reason", most=10_000)
    if len(reason) < 20:
        raise MatterError(_("Say why, in at least twenty letters."), field="reason")
    cluster.answer, cluster.reason, cluster.answered_at = answer, reason, clock.now()
    cluster.save(update_fields=["answer", "reason", "answered_at"])
    entry_append(
        matter=matter, act="consultation.answered_cluster", acting=acting,
        audience=Audience.OFFICIAL, before=matter.state, after=matter.state,
        facts={"group": cluster.number},
    )  # fmt: skip
    return cluster


def _cluster(matter: Consultation, cluster_id: int) -> Cluster:
    cluster = matter.clusters.filter(pk=cluster_id).first()
    if cluster is None:
        raise MatterError(_("There is no such group here."), field="cluster")
    return cluster
