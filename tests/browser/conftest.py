"""A real Chromium on a real server: pages are driven, looked at by axe, and pictured."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page, sync_playwright

from tests.corpus import WHOLE

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# All rules run; of those that hold nothing is described, which takes nearly half of the time.
FAULTS_ONLY = {"resultTypes": ["violations"]}
PICTURES = Path(django_settings.HOME) / "pictures"
PASSWORD = "mat-khau-thu"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(FLAGS))
        yield browser
        browser.close()


class Visitor:
    """One person's browser: pages, sign-in, and the complaints that the console makes."""

    def __init__(
        self, browser: Browser, base: str, *, widths: Sequence[int] = (), **options: Any
    ) -> None:
        """`widths`: those at which each page is looked at; it is loaded at the first."""
        self.widths = tuple(widths)
        if widths:
            options["viewport"] = {"width": widths[0], "height": 800}
        options.setdefault("viewport", {"width": 1280, "height": 900})
        self.context = browser.new_context(locale="vi-VN", **options)
        self.page: Page = self.context.new_page()
        self.base = base
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: Any) -> None:
        # The browser itself reports every answer of 4xx as an error; tests look at those anyway.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.base + path)
        return self.page

    def sign_in(self, name: str) -> Visitor:
        self.open("/tai-khoan/login/")
        self.page.fill("input[name=login]", f"{name}@vidu.vn")
        self.page.fill("input[name=password]", PASSWORD)
        self.press_submit("form[action*=login] button[type=submit]")
        self.page.wait_for_url("**/ban-lam-viec/**")
        return self

    def press_submit(self, selector: str) -> None:
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def picture(self, name: str) -> None:
        """The whole page as it looks, if pictures are asked for (`make pictures`)."""
        if not os.environ.get("DONGTHUAN_PICTURES"):
            return
        PICTURES.mkdir(parents=True, exist_ok=True)
        for width in self._at_each_width():
            self.page.screenshot(path=PICTURES / f"{name}-{width}.png", full_page=True)

    def check(self, name: str, *, wide: bool = False) -> None:
        """At each width no sideways scrolling; no accessibility fault, nothing refused by policy.

        Wide, nearly all is as on a telephone: faults are looked for there if asked for (`wide`),
        and by `make soak` everywhere.
        """
        for width in self._at_each_width():
            assert self.page.evaluate("document.documentElement.scrollWidth") <= width, name
            if width < 500 or (wide and width > 1000) or WHOLE:
                result = Axe().run(self.page, options=FAULTS_ONLY)
                assert result.violations_count == 0, f"{name}: {result.generate_snapshot()}"
        assert self.complaints == [], name

    def _at_each_width(self) -> Iterator[int]:
        size = self.page.viewport_size
        assert size
        for width in self.widths or (size["width"],):
            self._resize(width, size["height"])
            yield width
        self._resize(size["width"], size["height"])

    def _resize(self, width: int, height: int) -> None:
        if self.page.viewport_size != {"width": width, "height": height}:
            self.page.set_viewport_size({"width": width, "height": height})


@pytest.fixture
def visitor(chromium: Browser, live_server: Any, settings: Any) -> Iterator[Callable[..., Visitor]]:
    settings.OFFICIALS_NEED_MFA = False  # the second factor has tests of its own
    made: list[Visitor] = []

    def visit(**options: Any) -> Visitor:
        made.append(Visitor(chromium, live_server.url, **options))
        return made[-1]

    yield visit
    for one in made:
        one.context.close()


def code_in(text: str) -> str:
    """The first public code in a text."""
    found = re.search(r"\d{5}-\d\d-\d{6}", text)
    assert found, text
    return found.group()
