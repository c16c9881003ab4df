"""The API as one object: routers, parser, problems. `document` describes it, `urls` serves it."""

from __future__ import annotations

from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from dongthuan.front.api import law, matters, submissions, units
from dongthuan.front.api.problems import problems_install
from dongthuan.front.api.reading import StrictParser

TITLE = "Đồng Thuận API"
DESCRIPTION = """\
Submit and look up petitions, read how units keep their promises, ask when something is due and
why, and do an official's work by program.

Gửi và tra cứu đơn, xem các cơ quan giữ lời hứa thế nào, hỏi hạn và căn cứ, xử lý vụ việc bằng
phần mềm.

* Answers are JSON in UTF-8; sentences are in the language of `Accept-Language` (vi, en).
* Legal days are days in Asia/Ho_Chi_Minh; moments are in UTC.
* Every refusal is `application/problem+json` (RFC 9457) with one plain sentence in `detail`.
* No cookie opens anything. Officials send `Authorization: Bearer dt_…`; the token has the rights
  of the positions that its owner holds today.
* Unknown fields and parameters are refused, not ignored.
"""


class Utf8Renderer(JSONRenderer):
    """Vietnamese as it is written, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title=TITLE,
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=StrictParser(),
    renderer=Utf8Renderer(),
)
problems_install(api)
for room in (submissions, units, law, matters):
    api.add_router("", room.router)
