from importlib import import_module

from django.apps import AppConfig

# The models of the kinds that have a package of their own; they use those of models.py.
PACKAGES = ("initiatives", "conventions", "elections")


class DecisionsConfig(AppConfig):
    name = "dongthuan.work.decisions"

    def import_models(self) -> None:
        super().import_models()
        for package in PACKAGES:
            import_module(f"{self.name}.{package}.models")

    def ready(self) -> None:
        from dongthuan.work.decisions.registering import register_village_kinds

        register_village_kinds()
