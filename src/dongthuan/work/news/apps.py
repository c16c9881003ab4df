from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "dongthuan.work.news"

    def ready(self) -> None:
        from dongthuan.core.matters.kinds import register
        from dongthuan.core.matters.labels import words_add
        from dongthuan.work.news.figures import register_all
        from dongthuan.work.news.kinds import ARTICLE
        from dongthuan.work.news.models import Article
        from dongthuan.work.news.services import article_open
        from dongthuan.work.news.words import ACTS, FACTS

        register(ARTICLE, model=Article, opener=article_open)
        register_all()
        words_add(acts=ACTS, facts=FACTS)
