from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "dongthuan.work.reviews"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register, register_leaver
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.reviews.indicators import indicators_register
        from dongthuan.work.reviews.kinds import CASE_REVIEW
        from dongthuan.work.reviews.models import CaseReview
        from dongthuan.work.reviews.services import leave
        from dongthuan.work.reviews.words import ACTS, CODES, FACTS

        register(CASE_REVIEW, model=CaseReview)
        register_leaver(leave)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
        indicators_register()
