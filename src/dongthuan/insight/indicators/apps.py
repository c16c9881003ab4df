from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "dongthuan.insight.indicators"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.insight.indicators.figures import INDICATORS

        for indicator in INDICATORS:
            register_indicator(indicator)
