from django.apps import AppConfig


class CoordinationConfig(AppConfig):
    name = "dongthuan.work.coordination"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.coordination.counting import indicators_register
        from dongthuan.work.coordination.kinds import INSPECTION, MEETING, PLAN, REVIEW, TASK
        from dongthuan.work.coordination.models import (
            CoordinationPlan,
            CoordinationTask,
            JointInspection,
            PlanMeeting,
            PlanReview,
        )
        from dongthuan.work.coordination.words import ACTS, CODES, FACTS

        register(PLAN, model=CoordinationPlan)
        register(TASK, model=CoordinationTask)
        register(MEETING, model=PlanMeeting)
        register(INSPECTION, model=JointInspection)
        register(REVIEW, model=PlanReview)
        words_add(acts=ACTS, facts=FACTS, codes=CODES)
        indicators_register()
