"""Statistics and context in a browser: sound at every width, unfolded by keyboard, in forced colors."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from exclusions.actions.loading.tariff_lists import load_shipped_lists
from exclusions.actions.statistics import keep_statistics
from exclusions.workflow.states import Stage
from tests.factories.public import make_public

OUTSIDE = """() => [...document.querySelectorAll('.tc-chart svg')].flatMap(svg => [...svg.querySelectorAll('text')]
  .filter(text => text.getBoundingClientRect().right > innerWidth).map(text => text.textContent))"""

FILLS = """() => [getComputedStyle(document.body).backgroundColor,
  ...[...document.querySelectorAll('.tc-chart__bar--0, .tc-chart__bar--1')].map(bar => getComputedStyle(bar).fill)]"""


@pytest.fixture
def counted(db: None, clock: Any) -> None:
    """Lists, and a docket with enough in it to draw."""
    load_shipped_lists(at=clock.now)
    for number in range(60):
        make_public(
            number,
            hts10=f"{28 + number % 30}13810040",
            product_name=f"Electric breast pumps, size {number % 9}",
            organization_name=f"Alder Works {number}",
            stage=Stage.GRANTED if number % 3 else Stage.DENIED,
        )
    keep_statistics(at=clock.now, at_once=True)


@pytest.mark.parametrize("path", ["/statistics/", "/context/"])
def test_the_figures_are_sound_at_every_width(
    page: Page, live_server: Any, counted: None, assert_accessible: Callable[[Page], None], path: str
) -> None:
    page.goto(f"{live_server.url}{path}")
    folds = page.locator("details.tc-fold")
    for number in range(folds.count()):
        folds.nth(number).locator("summary").focus()
        page.keyboard.press("Enter")
        assert folds.nth(number).get_attribute("open") is not None, "a table opens by keyboard"
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == [], f"words of a drawing are cut off at {width} px"
        assert_accessible(page)
    page.emulate_media(forced_colors="active")
    assert len(set(page.evaluate(FILLS))) > 1, "bars of two series, or a bar and its ground, look alike"
