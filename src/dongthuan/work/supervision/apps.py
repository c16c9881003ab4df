from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "dongthuan.work.supervision"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.supervision.kinds import (
            BOARD,
            CONFERENCE,
            FINDING,
            INSPECTION,
        )
        from dongthuan.work.supervision.models import Board, Finding, Gathering, Inspection
        from dongthuan.work.supervision.words import ACTS, CODES, FACTS

        register(BOARD, model=Board)
        register(INSPECTION, model=Inspection)
        register(FINDING, model=Finding)
        register(CONFERENCE, model=Gathering)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
