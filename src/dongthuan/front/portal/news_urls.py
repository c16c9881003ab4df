from __future__ import annotations

from django.urls import path

from dongthuan.front.portal.views import news

urlpatterns = [
    path("tin/", news.news, name="news"),
    path("tin/tin.xml", news.feed, name="news_feed"),
    path("tin/anh/<uuid:handle>/", news.picture, name="article_picture"),
    path("tin/<str:code>/", news.article, name="article"),
    path("tin/<str:code>/gui-ban/", news.send, name="article_send"),
]
