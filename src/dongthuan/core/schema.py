"""The first migrations of an app, made in one go.

Django draws every model anew after each operation of a migration, and all models that are related
to it: in a house where everything is a child of Matter that is most of the time of setting up a
database. A first migration knows its whole end before it begins, so it is drawn once.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState

# What a table that is made whole brings with it.
_PARTS = (
    migrations.AddField, migrations.AddIndex, migrations.AddConstraint,
    migrations.AlterUniqueTogether,
)  # fmt: skip


class FirstMigration(migrations.Migration):
    """For generated migrations of an empty database; later ones are Django's own."""

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        """As Django's, but the state is drawn once, and tables are made with all their parts."""
        after = project_state.clone()
        after.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(self.app_label, after)
        made: set[str] = set()
        for operation in self.operations:
            if isinstance(operation, migrations.CreateModel):
                made.add(operation.name_lower)
            elif isinstance(operation, _PARTS) and _model_of(operation) in made:
                continue
            operation.database_forwards(self.app_label, schema_editor, project_state, after)
        return after


def _model_of(operation: Any) -> str:
    name: str = getattr(operation, "model_name", "") or operation.name
    return name.lower()
