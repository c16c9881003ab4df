from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "dongthuan.work.supervision"

    def ready(self) -> None:
        pass
