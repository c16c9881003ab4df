from dongthuan.work.projects.contributions.tests.stories import (  # noqa: F401
    giving,
    giving_decided,
)
