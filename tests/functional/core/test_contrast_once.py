"""The contrast of a kind of text is looked at once, and nothing that is wrong is missed by that."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.functional.accessible import wrong

PAGE = """<!doctype html><html lang="en"><head><title>Contrast</title><style>
body {{ color: #111; background: #fff }} .gray {{ color: #999 }} .dark {{ background: #222 }}
.hidden {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip: rect(0 0 0 0) }}
.over {{ position: absolute; top: 5em; left: 0; background: #222 }} .faint {{ opacity: 0.3 }}
</style></head><body><main><h1>Contrast</h1>{}</main></body></html>"""
RIGHT = "<p>Plain words.</p>"


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Page:
    """Return a page of no site: what stands there is the test's."""
    return new_context().new_page()


def found(page: Page, content: str, known: set[str]) -> list[str]:
    """Return the rules that a page breaks."""
    page.set_content(PAGE.format(content))
    return [rule["id"] for rule in wrong(page, known).response["violations"]]


def test_what_was_right_is_known_and_not_looked_at_again(page: Page) -> None:
    known: set[str] = set()
    assert found(page, RIGHT, known) == []
    before = set(known)
    assert before
    assert found(page, RIGHT + "<p>Other words.</p>", known) == []
    assert known == before


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (RIGHT, '<p class="gray">Too light.</p>'),
        (RIGHT, '<div class="dark"><p>On another ground.</p></div>'),
        (RIGHT, '<p class="over">Over the page.</p>'),
        (RIGHT, '<p class="faint">Faint.</p>'),
        ('<p class="gray hidden">For those who hear.</p>', '<p class="gray">For those who see.</p>'),
        ('<button class="gray" disabled>No</button>', '<button class="gray">Yes</button>'),
        ('<h2 class="gray" style="font-size: 40px; color: #888">Large</h2>', '<p style="color: #888">Small.</p>'),
    ],
)
def test_what_is_wrong_is_found_after_all_that_was_right(page: Page, first: str, then: str) -> None:
    known: set[str] = set()
    assert found(page, first, known) == []
    assert found(page, RIGHT + then, known) == ["color-contrast"]
    assert found(page, RIGHT + then, known) == ["color-contrast"], "what was found wrong does not become right"


def test_every_other_rule_is_asked_of_the_whole_page(page: Page) -> None:
    known: set[str] = set()
    assert found(page, RIGHT, known) == []
    assert found(page, RIGHT + '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">', known) == ["image-alt"]
