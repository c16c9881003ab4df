from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "dongthuan.work.recommendations"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.recommendations.figures import INDICATORS
        from dongthuan.work.recommendations.kinds import CRITICISM, HEARING, RECOMMENDATION
        from dongthuan.work.recommendations.models import BodyRecommendation, Criticism, Hearing
        from dongthuan.work.recommendations.services import recommendation_open
        from dongthuan.work.recommendations.words import ACTS, FACTS

        register(RECOMMENDATION, model=BodyRecommendation, opener=recommendation_open)
        register(CRITICISM, model=Criticism)
        register(HEARING, model=Hearing)
        words_add(acts=ACTS, facts=FACTS)
        for indicator in INDICATORS:
            register_indicator(indicator)
