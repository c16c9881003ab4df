from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "dongthuan.work.projects"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.projects.contributions import words as contribution_words
        from dongthuan.work.projects.contributions.kinds import CAMPAIGN
        from dongthuan.work.projects.contributions.models import Campaign
        from dongthuan.work.projects.kinds import PROJECT
        from dongthuan.work.projects.models import Obstacle, Project, ProjectTask
        from dongthuan.work.projects.obstacles import OBSTACLE
        from dongthuan.work.projects.tasks import TASK
        from dongthuan.work.projects.words import ACTS, FACTS

        register(PROJECT, model=Project)
        register(TASK, model=ProjectTask)
        register(OBSTACLE, model=Obstacle)
        words_add(acts=ACTS, facts=FACTS)
        register(CAMPAIGN, model=Campaign)
        words_add(acts=contribution_words.ACTS, facts=contribution_words.FACTS)
