from django.apps import AppConfig


class DenunciationsConfig(AppConfig):
    name = "dongthuan.work.denunciations"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.denunciations.adopting import adopt, opener
        from dongthuan.work.denunciations.kinds import DENUNCIATION
        from dongthuan.work.denunciations.models import Denunciation
        from dongthuan.work.denunciations.recipients import heirs
        from dongthuan.work.denunciations.services import sealer
        from dongthuan.work.denunciations.words import ACTS, FACTS

        register(
            DENUNCIATION, model=Denunciation, adopt=adopt, opener=opener, sealer=sealer, heirs=heirs
        )
        words_add(acts=ACTS, facts=FACTS)
