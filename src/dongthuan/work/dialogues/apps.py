from django.apps import AppConfig


class DialoguesConfig(AppConfig):
    name = "dongthuan.work.dialogues"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.dialogues.figures import INDICATORS
        from dongthuan.work.dialogues.kinds import DIALOGUE, YEARLY_DIALOGUE
        from dongthuan.work.dialogues.models import Dialogue
        from dongthuan.work.dialogues.services import opener
        from dongthuan.work.dialogues.words import ACTS, CODES, FACTS

        register(DIALOGUE, model=Dialogue, opener=opener)
        register(YEARLY_DIALOGUE, model=Dialogue)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
        for indicator in INDICATORS:
            register_indicator(indicator)
