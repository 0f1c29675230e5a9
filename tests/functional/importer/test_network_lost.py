"""The network goes while somebody files: the page stays or comes back, with everything that was typed."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route, expect

from exclusions.models import Petition, User
from tests.functional.importer.test_grounds import PLAN, draft

__all__ = ["draft"]
WORDS = "Our plant in Ohio would stop for two months, and forty people would lose their work."
KEPT = "Object.keys(sessionStorage).filter(key => key.startsWith('tradecases:unsent:'))"


def opened(page: Page, live_server: Any, draft: Petition) -> Page:
    page.goto(f"{live_server.url}/petitions/{draft.pk}/harm/")
    page.wait_for_load_state()
    return page


def saved(draft: Petition) -> str:
    return str(draft.versions.get().answers["severe_harm_explanation"])


def test_save_and_attach_without_a_network_stay_on_the_page_and_say_what_to_do(
    draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = opened(sign_in(importer), live_server, draft)
    page.context.set_offline(True)
    page.locator("#id_severe_harm_explanation").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_role("alert")).to_contain_text("You are offline. Your work is still on this page.")
    page.locator("#id_confidential_documents").set_input_files(PLAN)  # type: ignore[arg-type]
    attach = page.locator('button[value="upload:confidential_documents"]')
    attach.click()
    expect(page.get_by_role("alert")).to_have_count(1)
    expect(page.get_by_role("alert")).to_contain_text("with the files that you chose")
    expect(page.locator("#id_severe_harm_explanation")).to_have_value(WORDS)
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    attach.click()
    expect(page.get_by_role("link", name="plan.txt")).to_be_visible()
    assert saved(draft) == WORDS


def test_back_from_the_error_page_of_the_browser_brings_back_what_was_typed(
    draft: Petition,
    importer: User,
    live_server: Any,
    sign_in: Callable[[User], Page],
    assert_accessible: Callable[[Page], None],
) -> None:
    page = sign_in(importer)
    page.goto(f"{live_server.url}/petitions/{draft.pk}/product/")
    opened(page, live_server, draft)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/harm/", lose)
    page.locator("#id_severe_harm_explanation").fill(WORDS)
    page.locator("#id_confidential_documents").set_input_files(PLAN)  # type: ignore[arg-type]
    page.locator('button[value="upload:confidential_documents"]').click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/harm/")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Product")
    opened(page, live_server, draft)
    expect(page.locator("#id_severe_harm_explanation")).to_have_value(WORDS)
    notice = page.get_by_role("status").filter(has_text="before the connection was lost")
    expect(notice).to_contain_text("Choose your files again, they were not sent: plan.txt.")
    assert_accessible(page)
    page.wait_for_function(f"() => !{KEPT}.length")  # it was saved by itself
    assert saved(draft) == WORDS


def test_what_was_sent_is_not_put_back_and_a_sign_out_leaves_nothing(
    draft: Petition, importer: User, live_server: Any, sign_in: Callable[[User], Page]
) -> None:
    page = opened(sign_in(importer), live_server, draft)
    page.locator("#id_severe_harm_explanation").fill(WORDS)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Saved. You can leave")
    assert page.evaluate(KEPT) == []
    expect(page.locator("[data-unsent]")).to_be_hidden()
    page.context.set_offline(True)
    page.locator("#id_severe_harm_explanation").fill(f"{WORDS} And more.")
    assert len(page.evaluate(KEPT)) == 1
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.evaluate(KEPT) == []
