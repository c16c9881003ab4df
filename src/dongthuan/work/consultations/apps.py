from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "dongthuan.work.consultations"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.consultations.kinds import CONSULTATION
        from dongthuan.work.consultations.models import Consultation
        from dongthuan.work.consultations.words import ACTS, FACTS

        register(CONSULTATION, model=Consultation)
        words_add(acts=ACTS, facts=FACTS)
