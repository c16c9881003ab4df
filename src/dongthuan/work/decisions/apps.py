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
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.core.matters.meeting import register_proof
        from dongthuan.work.decisions.kinds import DECISION
        from dongthuan.work.decisions.models import Decision
        from dongthuan.work.decisions.registering import register_village_kinds
        from dongthuan.work.decisions.services import decision_proof
        from dongthuan.work.decisions.words import ACTS, CODES, FACTS

        register(DECISION, model=Decision)
        register_proof("decision", decision_proof)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
        register_village_kinds()
