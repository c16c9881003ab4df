"""Every component in a real browser: no accessibility fault, nothing clipped, nothing blocked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Browser, Page, sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.urls("dongthuan.core.ui.tests.urls")]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
)


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    application = StaticFilesHandler(get_wsgi_application())
    with make_server("127.0.0.1", 0, application, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS.split())


def open_page(browser: Browser, site: str, path: str, **options: object) -> tuple[Page, list[str]]:
    page = browser.new_context(**options).new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(site + path)
    return page, complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_guide_has_no_fault(browser: Browser, site: str, width: int, theme: str) -> None:
    page, complaints = open_page(
        browser,
        site,
        "/giao-dien/",
        viewport={"width": width, "height": 800},
        color_scheme=theme,
    )
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_snapshot()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_buttons_and_fields_are_large_enough_for_a_thumb(browser: Browser, site: str) -> None:
    page, _complaints = open_page(
        browser, site, "/giao-dien/", viewport={"width": 360, "height": 800}
    )
    small = page.evaluate(
        """[...document.querySelectorAll(`.button, .tool, select, textarea, summary, .choices label,
        input:not([type=checkbox], [type=radio], [type=hidden])`)]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.9)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_the_page_works_without_javascript(browser: Browser, site: str) -> None:
    page, _complaints = open_page(
        browser,
        site,
        "/giao-dien/",
        java_script_enabled=False,
        viewport={"width": 360, "height": 800},
    )
    assert page.locator("nav.menu").is_hidden()
    page.locator(".menu-toggle summary").click()
    assert page.locator("nav.menu a").first.is_visible()
    assert page.locator("[data-theme-toggle]").is_hidden()


def test_the_chosen_theme_is_kept_on_the_device(browser: Browser, site: str) -> None:
    page, _complaints = open_page(browser, site, "/giao-dien/", color_scheme="light")
    page.locator("[data-theme-toggle]").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_draft_survives_a_closed_page_and_can_be_deleted(browser: Browser, site: str) -> None:
    page, _complaints = open_page(browser, site, "/giao-dien/")
    page.fill("#a_content", "Cống bị tắc ở thôn 3")
    page.check("#a_answer_1")
    page.wait_for_selector("[data-draft-status]:visible")
    page.reload()
    assert page.input_value("#a_content") == "Cống bị tắc ở thôn 3"
    assert page.is_checked("#a_answer_1")
    page.click("[data-draft-clear]")
    page.reload()
    assert page.input_value("#a_content") == ""


def test_a_long_list_is_narrowed_without_typing_marks(browser: Browser, site: str) -> None:
    page, _complaints = open_page(browser, site, "/giao-dien/")
    page.locator(".select-filter").first.fill("dat dai")
    options = page.locator("#a_topic option").all_text_contents()
    assert options == ["–", "Đất đai"]


def test_a_draft_is_forgotten_once_the_letter_has_arrived(browser: Browser, site: str) -> None:
    page, _complaints = open_page(browser, site, "/giao-dien/")
    page.fill("#a_content", "Cống bị tắc ở thôn 3")
    page.wait_for_selector("[data-draft-status]:visible")
    page.goto(site + "/received/")
    page.goto(site + "/giao-dien/")
    assert page.input_value("#a_content") == ""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_desk_has_no_fault_and_is_walked_with_keys(
    browser: Browser, site: str, theme: str
) -> None:
    page, complaints = open_page(browser, site, "/ban-lam-viec/", color_scheme=theme)
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "DP-2"
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.textContent") == "DP-1"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("j")
    assert page.input_value("#q") == "j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("#phim-tat").is_visible()
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_snapshot()
    assert page.evaluate("[htmx.config.allowEval, htmx.config.selfRequestsOnly]") == [False, True]
    assert complaints == []


def test_single_keys_can_be_switched_off(browser: Browser, site: str) -> None:
    page, _complaints = open_page(browser, site, "/ban-lam-viec/")
    page.keyboard.press("?")
    page.uncheck("[data-shortcuts-on]")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") != "DP-1"
