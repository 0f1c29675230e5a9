"""Listed exclusions in Chromium: a comment refused and corrected, posted, decided by two, published, read by all."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from exclusions.models import ListedExclusion, Notification, Round, User
from tests.factories.notices.listed import SLUG, comment_answers, listed_round
from tests.functional.public.test_responding import asked, tick

RATIONALE = "No plant outside China makes it in the sizes that the exclusion names."


@pytest.fixture
def open_round(transactional_db: None) -> Round:
    """Return a round that lists six exclusions and takes comments today."""
    listed_round(each=2)
    now = timezone.now()
    window = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20)}
    Round.objects.filter(slug=SLUG).update(term_ends_on=(now + timedelta(days=400)).date(), **window)
    return Round.objects.get(slug=SLUG)


def fill(page: Page, answers: dict[str, Any]) -> None:
    """Fill in what a comment's author knows, but the certifications."""
    for key, value in answers.items():
        question = asked(page, key)
        if key.startswith("certify") or not question.is_visible():
            continue
        if question.locator("input[type=radio]").count():
            question.locator(f'label[for="{question.locator(f"input[value={value}]").get_attribute("id")}"]').click()
        elif question.locator("select").count():
            question.locator("select").first.select_option(value)
        else:
            question.locator("input, textarea").first.fill(str(value))


def shot(page: Page, name: str) -> None:
    """Keep a picture of the page at the widths of a phone and a desk, where SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


Accessible = Callable[[Page], None]


def comment(page: Page, site: str, assert_accessible: Accessible) -> None:
    """Comment on two exclusions, first without a public rationale, and confirm it."""
    page.goto(f"{site}/rounds/{SLUG}/exclusions/")
    expect(page.locator("main")).to_contain_text("6 exclusions")
    assert_accessible(page)
    shot(page, "list")
    page.get_by_role("link", name="2", exact=True).first.click()
    page.get_by_role("link", name="Comment on it").click()
    expect(page.locator("#id_exclusions")).to_have_value("2")
    fill(page, comment_answers("1-2", rationale=""))
    for key in ("certify_complete", "certify_confidential"):
        tick(page, key)
    page.get_by_role("button", name="Send comment").click()
    expect(page.get_by_role("alert")).to_contain_text("Public rationale")
    expect(page.locator("#id_exclusions")).to_have_value("1-2")
    assert_accessible(page)
    shot(page, "refused")
    page.locator("#id_rationale").fill(RATIONALE)
    page.get_by_role("button", name="Send comment").click()
    expect(page.locator("main")).to_contain_text("One more step")
    mailed = Notification.objects.filter(template="confirm_comment").latest("pk").context["url"]
    page.goto(f"{site}/rounds/{str(mailed).split('/rounds/', 1)[1]}")
    page.get_by_role("button", name="Confirm my comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment is filed")


def recommend(page: Page, assert_accessible: Accessible) -> None:
    """Recommend to reinstate two exclusions, first with days that run backwards."""
    for number in (1, 2):
        page.get_by_label(f"Choose exclusion {number}", exact=True).check()
    page.get_by_text("Reinstate", exact=True).last.click()
    page.get_by_label("First day").fill("2021-10-12")
    page.get_by_label("Last day").fill("2020-10-12")
    page.locator("#id_reasons").fill("The record shows no source outside China.")
    page.locator("#id_result_china_only").select_option("supports")
    page.locator("#id_reasons_china_only").fill("Every commenter says so, and nobody opposes.")
    page.get_by_role("button", name="Recommend").click()
    expect(page.locator("main")).to_contain_text("is before the first")
    expect(page.get_by_label("Choose exclusion 2", exact=True)).to_be_checked()
    assert_accessible(page)
    shot(page, "desk")
    page.get_by_label("Last day").fill(str((timezone.now() + timedelta(days=300)).date()))
    page.get_by_role("button", name="Recommend").click()
    expect(page.locator("body")).to_contain_text("Recommended for 2 exclusions")


def sign_and_publish(page: Page, site: str, cast: dict[str, User], sign_in: Callable[[User], Page]) -> None:
    """Have both signed, and one of them published."""
    sign_in(cast["signatory"])
    page.goto(f"{site}/terms/{SLUG}/")
    for number in (1, 2):
        page.get_by_label(f"Choose exclusion {number}", exact=True).check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("body")).to_contain_text("Signed for 2 exclusions")
    sign_in(cast["publisher"])
    page.goto(f"{site}/terms/{SLUG}/")
    today = timezone.localdate()
    page.get_by_label("Choose exclusion 2", exact=True).check()
    page.locator("#id_citation").fill(f"{today.year - 1935} FR 17380")
    page.locator("#id_published_on").fill(str(today))
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator("body")).to_contain_text("Published for 1 exclusion.")


def test_a_comment_is_corrected_and_an_exclusion_reinstated_by_notice(
    open_round: Round,
    cast: dict[str, User],
    live_server: Any,
    page: Page,
    sign_in: Callable[[User], Page],
    assert_accessible: Accessible,
) -> None:
    main, site = page.locator("main"), live_server.url
    comment(page, site, assert_accessible)
    sign_in(cast["intake"])
    page.goto(f"{site}/comments/")
    assert_accessible(page)
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.locator("body")).to_contain_text("Posted as USTR-2021-0019-000001")
    sign_in(cast["reviewer1"])
    page.goto(f"{site}/terms/")
    page.get_by_role("link", name="Targeted reinstatement").click()
    assert_accessible(page)
    recommend(page, assert_accessible)
    sign_and_publish(page, site, cast, sign_in)
    page.context.clear_cookies()
    page.goto(f"{site}/rounds/{SLUG}/exclusions/2/")
    expect(main).to_contain_text("1 in support, 0 opposed")
    expect(main).to_contain_text("Every commenter says so")
    expect(main).not_to_contain_text("ada@meadowlark.example")
    assert_accessible(page)
    shot(page, "exclusion")
    page.goto(f"{site}/exclusions/{ListedExclusion.objects.get(number=2).exclusion.reference}/")
    for expected in ("Oct 12, 2021", "FR 17380", "9903.88.67"):
        expect(main).to_contain_text(expected)
