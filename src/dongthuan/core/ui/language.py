"""Which language an answer is written in.

Vietnamese is the language of the administration, so it is the default even for a browser that
asks for another one; English is a choice that the reader makes and the device keeps.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

LANGUAGE_COOKIE = "ngon-ngu"
MACHINE_PATHS = ("/api/", "/open311/")


def is_machine(request: HttpRequest) -> bool:
    """Whether the caller is a program, which wants JSON rather than a page."""
    return request.path_info.startswith(MACHINE_PATHS)


def language_of(request: HttpRequest) -> str:
    """The code of the answer's language: the kept choice, for programs also Accept-Language."""
    offered = dict(settings.LANGUAGES)
    chosen = request.COOKIES.get(LANGUAGE_COOKIE, "")
    if chosen in offered:
        return chosen
    if is_machine(request):
        for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
            if code.split("-")[0] in offered:
                return code.split("-")[0]
    return settings.LANGUAGE_CODE
