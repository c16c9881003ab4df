from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "dongthuan.work.satisfaction"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.satisfaction.kinds import ROUND
        from dongthuan.work.satisfaction.models import Round
        from dongthuan.work.satisfaction.words import ACTS, FACTS

        register(ROUND, model=Round)
        words_add(acts=ACTS, facts=FACTS)
