from django.apps import AppConfig


class DenunciationsConfig(AppConfig):
    name = "dongthuan.work.denunciations"
