"""Fonts that come late are used all the same, regular and bold alike, and move nothing on the page."""

import threading
from typing import Any

import pytest
from playwright.sync_api import Page, Route

SHIFT = 0.02  # of the layout, as browsers measure it: below 0.1 is called good
OBSERVE = """() => {
  window.shifted = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { window.shifted += e.value; }))
    .observe({type: 'layout-shift', buffered: true});
}"""
LOADED = """() => [...document.fonts].filter(face => face.status === 'loaded' && face.family.includes('Sans Pro'))
  .map(face => face.weight)"""


@pytest.mark.parametrize("width", [360, 1280])
def test_a_late_font_is_used_for_regular_and_bold_text_and_moves_nothing(
    page: Page, live_server: Any, db: None, width: int
) -> None:
    held: list[Route] = []
    arrived = threading.Event()
    page.route("**/*.woff2", lambda route: route.continue_() if arrived.is_set() else held.append(route))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/", wait_until="domcontentloaded")
    page.evaluate(OBSERVE)
    page.wait_for_function("() => performance.getEntriesByType('paint').length > 0")  # with what stands in
    assert held, "the fonts are asked for"
    assert page.evaluate(LOADED) == []
    arrived.set()
    for route in held:
        route.continue_()
    page.wait_for_function(f"() => ({LOADED})().length >= 2")
    assert {"400", "700"} <= {weight.replace("normal", "400") for weight in page.evaluate(LOADED)}
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifted") < SHIFT
