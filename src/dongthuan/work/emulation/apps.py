from django.apps import AppConfig


class EmulationConfig(AppConfig):
    name = "dongthuan.work.emulation"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.emulation.figures import register_all
        from dongthuan.work.emulation.kinds import CYCLE, MODEL
        from dongthuan.work.emulation.models import EmulationModel, EmulationYear
        from dongthuan.work.emulation.words import ACTS, CODES, FACTS

        register(CYCLE, model=EmulationYear)
        register(MODEL, model=EmulationModel)
        register_all()
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
