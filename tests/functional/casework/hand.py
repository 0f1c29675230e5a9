"""A hand that works the pages of the desk and counts what it does."""

from playwright.sync_api import Locator, Page


class Hand:
    """A hand on the page: it counts what it clicks. Texts are typed without a click: the Tab key leads there."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base, self.clicks, self.texts = page, base, 0, 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def link(self, name: str) -> None:
        with self.page.expect_navigation():
            self.click(self.page.get_by_role("link", name=name).first)

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.click(self.page.get_by_role("button", name=name).first)

    def choose(self, name: str, value: str) -> None:
        control = self.page.locator(f'[name="{name}"][value="{value}"]')
        if control.is_checked():
            return
        self.click(self.page.locator(f'label[for="{control.get_attribute("id")}"]'))

    def type(self, name: str, text: str) -> None:
        self.texts += 1
        self.page.locator(f'[name="{name}"]').fill(text)

    def open_cluster(self) -> None:
        """From one's own worklist to the cluster: two clicks."""
        self.page.goto(f"{self.base}/review/")
        self.link("Clusters")
        self.link("Agglomerated quartz slabs")


def unfold(page: Page, name: str) -> None:
    """Open what a control is folded away in, such as the outcomes of the signing page that nobody recommended."""
    folded = page.locator("details", has=page.locator(f'[name="{name}"]'))
    if not folded.evaluate("element => element.open"):
        folded.locator("summary").first.click()
