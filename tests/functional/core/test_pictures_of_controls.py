"""Pictures of each kind of control, plain, chosen, focused, wrong and disabled: one sees which state it is in."""

import io
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from tests.functional.controls import STATES, kinds_in_templates, widgets_of_forms

CAN_BE_FOCUSED = "input, select, textarea, button, a"
SEEN = 1.5  # how much lighter or darker a pixel has to be; the ring itself is held to the 3 : 1 of WCAG 1.4.11
RING = 3.0
CANNOT = {"button": {"chosen"}, "a": {"chosen", "disabled"}}


@pytest.fixture(autouse=True)
def _with_the_kitchen(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.functional.kitchen"


def pictures(page: Page, url: str, state: str) -> dict[str, Image.Image]:
    """Return the picture of each control in a state."""
    page.goto(f"{url}/controls/{'plain' if state == 'focused' else state}/")
    page.evaluate("document.fonts.ready")
    for choose in page.locator("input[type=file]").all() if state == "chosen" else []:
        choose.set_input_files({"name": "drawing.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    if state == "focused":
        return dict(_focused(page))
    whole, boxes = _whole(page), page.evaluate(BOXES)
    return {name: whole.crop(box) for name, box in boxes}


BOXES = """() => [...document.querySelectorAll('[data-kind]')].map(e => {
  const box = e.getBoundingClientRect(), top = box.top + scrollY;
  return [e.dataset.kind, [box.left, top, box.right, top + box.height].map(Math.round)];
})"""


def _whole(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled"))).convert("RGB")


def _focused(page: Page) -> Iterator[tuple[str, Image.Image]]:
    """Yield the picture of each while it has the focus that the keyboard gives."""
    page.keyboard.press("Tab")  # from here on focus is shown as to somebody with a keyboard
    for shown in page.locator("[data-kind]").all():
        shown.locator(CAN_BE_FOCUSED).first.focus()
        box = dict(page.evaluate(BOXES))[str(shown.get_attribute("data-kind"))]
        yield str(shown.get_attribute("data-kind")), _whole(page).crop(box)


def luminances(picture: Image.Image) -> list[float]:
    """Return the relative luminance of each pixel, as WCAG 2.2 reckons it."""
    even = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in range(256)]
    red, green, blue = ([part * of for of in even] for part in (0.2126, 0.7152, 0.0722))
    return [red[r] + green[g] + blue[b] for r, g, b in picture.get_flattened_data()]


def changed(plain: Image.Image, other: Image.Image, ratio: float) -> int:
    """Return how many pixels are lighter or darker by that ratio in the other picture."""
    pairs = zip(luminances(plain), luminances(other), strict=True)
    return sum((max(pair) + 0.05) / (min(pair) + 0.05) >= ratio for pair in pairs)


@pytest.mark.parametrize("colours", ["none", "active"], ids=["own colours", "forced colours"])
def test_one_sees_of_each_control_which_state_it_is_in(page: Page, live_server: Any, colours: Any) -> None:
    page.emulate_media(forced_colors=colours)
    page.set_viewport_size({"width": 800, "height": 900})
    page.set_default_timeout(10_000)
    taken = {state: pictures(page, live_server.url, state) for state in (*STATES, "focused")}
    fields, raw = set(widgets_of_forms()), {str(kind) for kind in kinds_in_templates()}
    assert set(taken["plain"]) == set(taken["focused"]) == fields | raw
    assert set(taken["wrong"]) == fields
    found = []
    for name, plain in taken["plain"].items():
        states = [state for state in taken if name in taken[state] and state not in CANNOT.get(name.split()[0], ())]
        for one, other in combinations(states, 2):
            if not _differ(taken[one][name], taken[other][name]):
                found.append(f"{name}: {one} looks like {other}")
        # A ring of two pixels about a box of 16 pixels has 144 of them.
        if changed(plain, taken["focused"][name], RING if colours == "none" else SEEN) < 120:
            found.append(f"{name}: one hardly sees that it has the focus")
    assert found == []


def _differ(one: Image.Image, other: Image.Image) -> bool:
    return one.size != other.size or ImageChops.difference(one, other).getbbox() is not None
