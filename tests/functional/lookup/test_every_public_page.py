"""Every public page by keyboard alone, and at 400 % zoom on a screen of 1,280 px (WCAG 2.2: 1.4.10, 2.1.1, 2.4.7).

With SHOTS=FOLDER the zoomed pages are kept as pictures, to be looked at.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exclusions.actions.statistics import keep_statistics
from exclusions.models import Exclusion, Petition
from exclusions.workflow.states import Status
from tests.functional.lookup.public_pages import NO_PAGE, addresses, names
from tests.integration.lookup.test_refunds import line

ZOOMED, WIDE = {"width": 320, "height": 256}, {"width": 1280, "height": 1024}
# What Tab has to reach, numbered in the order of the page; of the radio buttons of one name, one.
NUMBERED = """() => {
  const groups = new Set();
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
  const reached = all.filter(e => {
    if (e.disabled || e.type === 'hidden' || e.tabIndex < 0) return false;
    if (!e.checkVisibility({visibilityProperty: true})) return false;
    if (e.type !== 'radio') return true;
    const group = `${e.form ? [...document.forms].indexOf(e.form) : ''} ${e.name}`;
    const chosen = document.querySelector(`input[type="radio"][name="${CSS.escape(e.name)}"]:checked`);
    if (groups.has(group) || (chosen && chosen !== e)) return false;
    groups.add(group);
    return true;
  });
  reached.forEach((e, place) => { e.dataset.place = place; });
  return reached.length;
}"""
# Where the focus is, and whether that is seen: an outline or a shadow on it, or on what stands for it.
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const marks = [e, e.nextElementSibling, e.parentElement].filter(Boolean).map(one => getComputedStyle(one));
  const after = e.nextElementSibling ? getComputedStyle(e.nextElementSibling, '::before') : null;
  const seen = [...marks.slice(0, 1), ...(after ? [after] : [])]
    .some(s => (s.outlineStyle !== 'none' && s.outlineWidth !== '0px') || s.boxShadow !== 'none');
  const box = e.getBoundingClientRect();
  return {
    place: e.dataset.place ?? null, seen, what: e.outerHTML.slice(0, 120),
    shown: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""
# The words of the page's main part that a person sees; the heads of tables repeat themselves in the cards.
WORDS = """() => {
  const words = [], walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim().replace(/\\s+/g, ' '), e = walk.currentNode.parentElement;
    if (text && !e.closest('thead, script, style') && e.checkVisibility({visibilityProperty: true})) words.push(text);
  }
  return words;
}"""
# What is cut off: it begins or ends beside the screen, and nothing around it scrolls.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
  if (!e.checkVisibility({visibilityProperty: true}) || e.closest('.usa-sr-only, .usa-skipnav')) return false;
  if (['radio', 'checkbox'].includes(e.type)) return false;  // what is drawn for one belongs to its label
  for (let up = e.parentElement; up; up = up.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(up).overflowX)) return false;
  }
  const box = e.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.fixture
def pages(petition_in: Callable[[Status], Petition], clock: Any) -> dict[str, list[str]]:
    """The addresses of every public page, on a site that has something to show on each."""
    petition_in(Status.PUBLISHED)
    posted = petition_in(Status.POSTED)
    clock.move_to(posted.updated_at)
    keep_statistics(at=clock.now, at_once=True)
    return addresses(posted, Exclusion.objects.order_by("pk")[0])


def each(page: Page, home: str, pages: dict[str, list[str]]) -> Iterator[str]:
    """Open every address in turn; a form that is sent is one more."""
    for found in pages.values():
        for address in found:
            page.goto(f"{home}{address}")
            yield address
    page.goto(f"{home}/refunds/")
    page.locator("textarea").first.fill(f"{line(100)}\n{line(900)}\nnothing")
    page.get_by_role("button", name="Answer here").click()
    page.wait_for_load_state()
    yield "/refunds/ with an answer"


def test_every_public_address_is_a_page_here_or_says_why_not(pages: dict[str, list[str]]) -> None:
    assert pages.keys() | NO_PAGE.keys() == names()
    assert not pages.keys() & NO_PAGE.keys()


@pytest.mark.deep("test_the_first_stop_leads_past_the_header takes the first stop of each page.")
def test_by_keyboard_alone_everything_is_reached_seen_and_left(
    page: Page, live_server: Any, pages: dict[str, list[str]]
) -> None:
    for address in each(page, live_server.url, pages):
        expected = page.evaluate(NUMBERED)
        reached: list[int] = []
        page.evaluate("() => { document.activeElement?.blur(); window.scrollTo(0, 0); }")
        for _ in range(4 * expected + 5):  # a field for a day has a stop for each of its parts
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUSED)
            if at is None:
                break
            within = (
                at["place"] is not None and int(at["place"]) in reached
            )  # a part of a field, which the browser draws
            assert at["seen"] or within, f"{address}: where the focus is cannot be seen at {at['what']}"
            if not at["shown"]:  # the way past the header glides in
                page.wait_for_function(f"() => ({FOCUSED})().shown", timeout=5_000)
            if at["place"] is not None:
                place = int(at["place"])
                if place == 0 and reached:
                    break
                if place not in reached:
                    reached.append(place)
        missed = sorted(set(range(expected)) - set(reached))
        words = [page.locator(f'[data-place="{place}"]').evaluate("e => e.outerHTML.slice(0, 120)") for place in missed]
        assert not missed, f"{address}: Tab does not reach {words}"
        assert reached == sorted(reached), f"{address}: Tab goes another way than the page is read"


def test_the_first_stop_leads_past_the_header(page: Page, live_server: Any, pages: dict[str, list[str]]) -> None:
    for [address, *_] in pages.values():
        page.goto(f"{live_server.url}{address}")
        page.keyboard.press("Tab")
        expect(page.locator(".usa-skipnav")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main-content")).to_be_focused()


def test_at_four_times_the_size_nothing_scrolls_sideways_and_nothing_is_hidden(
    page: Page, live_server: Any, pages: dict[str, list[str]]
) -> None:
    for address in each(page, live_server.url, pages):
        page.set_viewport_size(WIDE)
        wide = page.evaluate(WORDS)
        page.set_viewport_size(ZOOMED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, f"{address} scrolls sideways"
        assert page.evaluate(CUT_OFF) == [], f"{address}: cut off"
        small = page.evaluate(WORDS)
        if shots := os.environ.get("SHOTS"):
            name = re.sub(r"\W+", "-", address) + ".png"
            page.screenshot(path=Path(shots) / name, full_page=True)
        assert [words for words in wide if words not in small] == [], f"{address}: hidden at 400 %"


def test_at_four_times_the_size_the_menu_holds_every_link(page: Page, live_server: Any, db: None) -> None:
    page.set_viewport_size(ZOOMED)
    page.goto(f"{live_server.url}/help/")
    page.get_by_role("button", name="Menu").press("Enter")
    links = page.locator("#site-nav a")
    for number in range(links.count()):
        expect(links.nth(number)).to_be_visible()
