from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "dongthuan.work.directives"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.directives.figures import INDICATORS
        from dongthuan.work.directives.kinds import DIRECTIVE, ORDER
        from dongthuan.work.directives.models import Directive, Order
        from dongthuan.work.directives.words import ACTS, CODES, FACTS

        register(DIRECTIVE, model=Directive)
        register(ORDER, model=Order)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
        for indicator in INDICATORS:
            register_indicator(indicator)
