from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "dongthuan.work.projects"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.projects.kinds import PROJECT
        from dongthuan.work.projects.models import Obstacle, Project, ProjectTask
        from dongthuan.work.projects.obstacles import OBSTACLE
        from dongthuan.work.projects.tasks import TASK
        from dongthuan.work.projects.words import ACTS, FACTS

        register(PROJECT, model=Project)
        register(TASK, model=ProjectTask)
        register(OBSTACLE, model=Obstacle)
        words_add(acts=ACTS, facts=FACTS)
