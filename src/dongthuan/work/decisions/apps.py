from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "dongthuan.work.decisions"
