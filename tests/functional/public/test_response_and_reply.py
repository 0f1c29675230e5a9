"""A response and its reply, in Chromium: sent, confirmed, posted, told to the requester, replied to, withdrawn."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from exclusions.models import Notification, Petition, Response, User
from tests.functional.public.test_responding import answer, posted, tick

__all__ = ["posted"]


def link() -> str:
    """Return the path of the link that was mailed last."""
    mail = Notification.objects.filter(template="confirm_response").latest("pk")
    return "/docket/" + str(mail.context["url"]).split("/docket/", 1)[1]


def test_a_response_is_confirmed_posted_and_replied_to(
    posted: Petition,
    importer: User,
    intake: User,
    live_server: Any,
    page: Page,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page.goto(f"{live_server.url}/docket/{posted.reference}/respond/")
    answer(page)
    tick(page, "certify_complete")
    page.get_by_role("button", name="Send response").click()
    number = Response.objects.get().receipt
    expect(page.locator("body")).to_contain_text(number)
    page.goto(f"{live_server.url}{link()}")
    expect(page.locator("main")).to_contain_text("This time counts for the deadline.")
    page.get_by_role("button", name="Confirm my response").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your response is filed")
    expect(page.locator("main")).to_contain_text("idle capacity")
    assert_accessible(page)

    sign_in(intake)
    page.goto(f"{live_server.url}/review/responses/")
    expect(page.locator("main")).to_contain_text(number)
    page.get_by_role("button", name="Post", exact=True).click()

    sign_in(importer)
    page.goto(f"{live_server.url}/petitions/")
    expect(page.get_by_role("region", name="What to do next")).to_contain_text("You may reply to responses")
    assert_accessible(page)
    page.get_by_role("region", name="What to do next").get_by_role("link").first.click()
    page.get_by_role("link", name="Reply to").click()
    expect(page.get_by_role("region", name="The response")).to_contain_text("idle capacity")
    assert_accessible(page)
    page.locator("#id_text").fill("Your slabs are two centimetres shorter than ours.")
    page.locator("label[for=id_certify_complete]").first.click()
    page.get_by_role("button", name="Send reply").click()
    expect(page.locator("body")).to_contain_text("You filed your reply")

    page.context.clear_cookies()
    page.goto(f"{live_server.url}{link()}")
    page.get_by_text("Withdraw your response", exact=True).click()
    page.get_by_role("button", name="Withdraw my response").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your response is withdrawn by its author")
    page.goto(f"{live_server.url}/docket/{posted.reference}/")
    expect(page.locator("main")).to_contain_text("withdrawn by its author")
