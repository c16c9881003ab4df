from django.apps import AppConfig


class ReceptionsConfig(AppConfig):
    name = "dongthuan.work.receptions"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register, register_leaver
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.receptions.kinds import RECEPTION, REFUSAL
        from dongthuan.work.receptions.models import Reception, Refusal
        from dongthuan.work.receptions.rules import refusal_words
        from dongthuan.work.receptions.visits import leave
        from dongthuan.work.receptions.words import ACTS, FACTS

        register(RECEPTION, model=Reception)
        register(REFUSAL, model=Refusal)
        register_leaver(leave)
        codes = {("refusal.opened", "ground"): refusal_words}
        words_add(acts=ACTS, facts=FACTS, codes=codes)
