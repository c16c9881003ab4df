from django.apps import AppConfig


class RadarConfig(AppConfig):
    name = "dongthuan.insight.radar"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.insight.radar.figures import SIGNALS

        register_indicator(SIGNALS)
