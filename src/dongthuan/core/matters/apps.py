from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "dongthuan.core.matters"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.models import Matter
        from dongthuan.core.matters.promises import PROMISE

        register(PROMISE, model=Matter)
