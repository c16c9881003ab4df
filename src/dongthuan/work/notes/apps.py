from django.apps import AppConfig


class NotesConfig(AppConfig):
    name = "dongthuan.work.notes"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.notes.figures import INDICATORS
        from dongthuan.work.notes.kinds import NOTE, SITUATION
        from dongthuan.work.notes.models import InformationNote, SituationNote
        from dongthuan.work.notes.services import opener
        from dongthuan.work.notes.words import ACTS, FACTS

        register(NOTE, model=InformationNote, opener=opener)
        register(SITUATION, model=SituationNote)
        words_add(acts=ACTS, facts=FACTS)
        for indicator in INDICATORS:
            register_indicator(indicator)
