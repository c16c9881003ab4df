from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    name = "dongthuan.work.petitions"

    def ready(self) -> None:
        from django.db.models import Q

        from dongthuan.core.matters.kinds import register, register_leaver
        from dongthuan.core.matters.labels import words_add
        from dongthuan.core.matters.models import Matter
        from dongthuan.core.matters.repeating import register_repeated
        from dongthuan.work.petitions.kinds import KINDS, REFERRAL_KIND
        from dongthuan.work.petitions.models import Petition
        from dongthuan.work.petitions.opening import opener
        from dongthuan.work.petitions.sealing import leave
        from dongthuan.work.petitions.words import ACTS, FACTS, INNER

        register(*KINDS, model=Petition, opener=opener)
        register(REFERRAL_KIND, model=Matter)
        register_leaver(leave)
        register_repeated(Q(petition__instance__gte=2))
        words_add(acts=ACTS, facts=FACTS, inner=INNER)
