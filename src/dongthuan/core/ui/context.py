"""What every page knows: the name of the site, its language, where the reader is."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, get_urlconf, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from dongthuan.core.ui.language import language_of

SITE_NAME = "Đồng Thuận"

# path, label, icon; a path is shown once its room answers to it.
PORTAL_PATHS = (
    ("/", N_("Home"), "home"),
    ("/gui/", N_("Send a petition"), "send"),
    ("/tra-cuu/", N_("Look up a matter"), "search"),
    ("/cong-khai/", N_("Disclosures"), "megaphone"),
    ("/ban-va-quyet-dinh/", N_("Discuss and decide"), "vote"),
    ("/lay-y-kien/", N_("Consultations"), "chat"),
    ("/giam-sat/", N_("Supervision"), "eye"),
    ("/hai-long/", N_("Satisfaction"), "star"),
    ("/du-an/", N_("Projects"), "bridge"),
    ("/tiep-cong-dan/", N_("Citizen reception"), "people"),
    ("/doi-thoai/", N_("Dialogues"), "dialogue"),
    ("/phoi-hop/", N_("Coordination"), "seal"),
    ("/don-vi/", N_("Offices"), "building"),
    ("/tin/", N_("News"), "news"),
    ("/so-lieu/", N_("Figures"), "chart"),
    ("/quy-dinh/", N_("Rules and terms"), "scale"),
    ("/so-cai/", N_("Public log"), "book"),
)
STATEMENT_PATH = "/tiep-can/"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor; reads no database, so that error pages can use it too."""
    path, language = request.path_info, language_of(request)
    urlconf = str(get_urlconf() or settings.ROOT_URLCONF)
    return {
        "site_name": SITE_NAME,
        "demo": getattr(settings, "DEMO", False),
        "language": language,
        "languages": settings.LANGUAGES,
        "current_path": path,
        "portal_nav": [
            {"url": url, "label": _(label), "icon": icon, "current": _covers(url, path)}
            for url, label, icon in PORTAL_PATHS
            if _answers(url, urlconf)
        ],
        "statement_url": STATEMENT_PATH if _answers(STATEMENT_PATH, urlconf) else "",
        "desk_url": "/ban-lam-viec/" if _answers("/ban-lam-viec/", urlconf) else "",
        "hotline": getattr(settings, "HOTLINE", ""),
        "source_url": getattr(settings, "SOURCE_URL", ""),
    }


def _covers(url: str, path: str) -> bool:
    return path == url if url == "/" else path.startswith(url)


@lru_cache(maxsize=256)
def _answers(path: str, urlconf: str) -> bool:
    """Whether a page of this deployment answers to the path."""
    try:
        resolve(path, urlconf=urlconf)
    except Resolver404:
        return False
    return True
