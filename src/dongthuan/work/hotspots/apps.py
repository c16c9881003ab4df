from django.apps import AppConfig


class HotspotsConfig(AppConfig):
    name = "dongthuan.work.hotspots"

    def ready(self) -> None:
        from dongthuan.core.matters.indicators import register_indicator
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.hotspots.indicators import CONTACT, RESOLVED
        from dongthuan.work.hotspots.kinds import HOTSPOT
        from dongthuan.work.hotspots.models import Hotspot
        from dongthuan.work.hotspots.rules import words_check
        from dongthuan.work.hotspots.services import hotspot_open
        from dongthuan.work.hotspots.words import ACTS, FACTS

        register(HOTSPOT, model=Hotspot, opener=hotspot_open, wording=words_check)
        words_add(acts=ACTS, facts=FACTS)
        register_indicator(RESOLVED)
        register_indicator(CONTACT)
