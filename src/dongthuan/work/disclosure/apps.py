from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "dongthuan.work.disclosure"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.core.matters.meeting import register_discloser
        from dongthuan.work.disclosure import words
        from dongthuan.work.disclosure.kinds import DISCLOSURE, DISCLOSURE_PLAN
        from dongthuan.work.disclosure.models import Disclosure, DisclosurePlan, InfoRequest
        from dongthuan.work.disclosure.request_kinds import INFO_REQUEST
        from dongthuan.work.disclosure.services import disclosure_owed

        register(DISCLOSURE, model=Disclosure)
        register(DISCLOSURE_PLAN, model=DisclosurePlan)
        register(INFO_REQUEST, model=InfoRequest)
        register_discloser(disclosure_owed)
        words_add(acts=words.ACTS, facts=words.FACTS, codes=words.CODES)
