from __future__ import annotations

from django.urls import path

from dongthuan.front.desk import news

urlpatterns = [
    path("tin/", news.news, name="news"),
    path("tin/them/", news.article_new, name="article_new"),
    path("tin/anh/<int:picture_id>/bo/", news.picture_remove, name="article_picture_remove"),
    path("tin/<str:code>/", news.article, name="article"),
    path("tin/<str:code>/sua/", news.article_edit, name="article_edit"),
    path("tin/<str:code>/dinh-chinh/", news.article_correct, name="article_correct"),
    path("tin/<str:code>/anh/", news.picture_new, name="article_picture"),
    path("tin/<str:code>/lien-quan/", news.article_link, name="article_link"),
]
