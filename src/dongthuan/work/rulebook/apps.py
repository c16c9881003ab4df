from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "dongthuan.work.rulebook"

    def ready(self) -> None:
        from django.conf import settings

        from dongthuan.core.law.loading import set_overlay
        from dongthuan.work.rulebook.selectors import versions_approved

        set_overlay(versions_approved, seconds=settings.RULEBOOK_SECONDS)
