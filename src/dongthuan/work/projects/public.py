"""What everybody reads of a project before and after its approval (khoản 3 Điều 11).

An idea is no information that the law orders to be public: its page by code says only that there
is a project, until the approval shows it, its tasks and its obstacles.
"""

from __future__ import annotations

from dongthuan.core.matters.models import Matter, Projection
from dongthuan.work.projects.models import Obstacle, Project, ProjectTask

HIDDEN = "Dự án, công trình chưa được phê duyệt"


def public_hide(matter: Matter) -> None:
    """Nothing of an idea, nor of what belongs to it, is told outside."""
    Projection.objects.filter(pk=matter.pk).update(
        title=HIDDEN, body="", search_text="", listed=False
    )


def public_show(project: Project) -> None:
    """The project and all that was entered under it so far become public."""
    _show(project, project.purpose)
    for kind in (ProjectTask, Obstacle):
        for child in kind.objects.filter(parent=project):
            _show(child, child.what)


def _show(matter: Matter, body: str) -> None:
    Projection.objects.filter(pk=matter.pk).update(
        title=matter.title, body=body, listed=True,
        search_text=f"{matter.code}\n{matter.title}\n{body}"[:20_000],
    )  # fmt: skip
