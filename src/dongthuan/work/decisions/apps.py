from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "dongthuan.work.decisions"

    def ready(self) -> None:
        from dongthuan.work.decisions.registering import register_village_kinds

        register_village_kinds()
