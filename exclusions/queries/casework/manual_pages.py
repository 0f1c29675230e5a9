"""The pages of the staff manual, and which pages of the product each one is about: the one table of both.

GAO-21-506 asks that internal procedures be written down. The words are in templates, which ship with the product.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse


@dataclass(frozen=True)
class ManualPage:
    """One page: its place in the address, its template and title, a sentence on it, and the product pages it is about.

    `asked` is what a link to it says. `of` are names of routes; "case-entry:consistency" is the route of that kind.
    """

    slug: str
    template: str
    title: str
    about: str
    asked: str
    of: tuple[str, ...]

    @property
    def address(self) -> str:
        """The path of the page."""
        return reverse("staff_manual_page", args=[self.slug])


PAGES: Final[tuple[ManualPage, ...]] = (
    ManualPage(
        "first-day",
        "casework/manual/first_day.html",
        "Your first day",
        "Find your work, open a case, and see what happens to it after you.",
        "How to find your work",
        ("review", "review-search", "past-case", "review-notes", "case-notes", "mail-settings", "review-agreement"),
    ),
    ManualPage(
        "intake",
        "casework/manual/intake.html",
        "Intake: post, return, close",
        "Read a petition before it goes public, return it, post responses, and close a case without a decision.",
        "How to post, return and close",
        ("case-post", "case-return", "review-returned", "review-responses", "review-words", "review-files",
         "review-file", "review-joint", "case-close", "review-together", "review-together-entry",
         "staff-organizations", "staff-vet", "staff-assist", "comments", "case-entry:inquiry"),
    ),
    ManualPage(
        "findings",
        "casework/manual/findings.html",
        "What a finding holds",
        "Result, reasons, passages and the confidential note: what each needs, and what the public reads.",
        "How to record findings",
        ("case", "case-evidence", "case-arguments", "staff-standing-answers", "case-finding", "case-own-view",
         "case-entry:finding", "case-entry:citations", "case-entry:arguments", "case-entry:argument_answer"),
    ),
    ManualPage(
        "reason-codes",
        "casework/manual/reason_codes.html",
        "Reason codes",
        "What each code of a denial (DR) and of a grant in part (NR) needs on the record.",
        "How to choose reason codes",
        ("case-entry:recommendation",),
    ),
    ManualPage(
        "clusters",
        "casework/manual/clusters.html",
        "Clusters and like cases",
        "Decide like cases alike: what a cluster is, how to act for many cases, and how to explain a difference.",
        "How to work with clusters",
        ("clusters", "cluster", "cluster-act", "case-like", "case-beside", "case-entry:consistency",
         "case-entry:departure"),
    ),
    ManualPage(
        "product-texts",
        "casework/manual/product_texts.html",
        "Product texts and the style check",
        "Write a text that Customs can apply, read the style check, and answer an objection.",
        "How to write a product text",
        ("case-text", "case-entry:product_text", "case-entry:opinion", "customs", "customs-draft", "renumbering",
         "renumbering-edition", "renumbering-number"),
    ),
    ManualPage(
        "signing",
        "casework/manual/signing.html",
        "Legal review, committee and signature",
        "Agree with the desk before you, conclude otherwise, sign a decision, and reopen one.",
        "How to review and sign",
        ("legal", "sign", "sign-case", "case-reopen", "case-entry:legal_review", "case-entry:assessment"),
    ),
    ManualPage(
        "notices",
        "casework/manual/notices.html",
        "Notices in the Federal Register",
        "Draft, check, send and publish a notice, take one back, and amend or withdraw an exclusion.",
        "How to publish a notice",
        ("notices", "notices-searched", "notice", "notice-heading", "notice-drafts", "notice-draft", "notice-withdraw",
         "amendments", "amendment", "staff-exclusion-amend"),
    ),
    ManualPage(
        "letters",
        "casework/manual/letters.html",
        "Letters",
        "Which letter goes out when, how to change a template, and how to issue a new version of a letter.",
        "How to change and issue letters",
        ("letter-templates", "letter-template", "letter-template-version", "letter-template-preview",
         "case-letter-anew"),
    ),
    ManualPage(
        "terms",
        "casework/manual/terms.html",
        "Terms: extension and reinstatement",
        "Decide what happens to an exclusion that ends: recommend, sign, and publish the new term.",
        "How to extend or reinstate",
        ("terms", "term-desk", "term-comments", "term-presses", "term-press"),
    ),
    ManualPage(
        "confidentiality",
        "casework/manual/confidentiality.html",
        "Confidentiality, contacts and recusal",
        "What you may read and repeat, how to log a contact, when to step back, and how to take something down.",
        "How to protect the record",
        ("case-events", "case-statements", "case-quarantine", "case-entry:contact", "case-entry:recusal",
         "review-accesses", "review-interests", "interest-not-them"),
    ),
    ManualPage(
        "two-persons",
        "casework/manual/two_persons.html",
        "Acts of two persons, and administration",
        "Who proposes and who confirms, what a team lead does, and how to set up a round.",
        "How acts of two persons work",
        ("proposals", "proposal", "review-team", "staff-accounts", "staff-account", "staff-account-new",
         "staff-account-act", "staff-organization-act", "staff-merge", "staff-exclusion", "staff-exclusion-correct",
         "staff-events", "staff-seals", "staff-round", "staff-round-order", "staff-round-dates", "staff-round-sample",
         "staff-list", "staff-lists", "staff-list-new", "staff-list-row", "staff-list-never-right",
         "staff-list-round",
         "staff-forms", "staff-form"),
    ),
)  # fmt: skip
_BY_SLUG: Final[Mapping[str, ManualPage]] = {page.slug: page for page in PAGES}
_BY_ROUTE: Final[Mapping[str, ManualPage]] = {route: page for page in PAGES for route in page.of}


def manual_page(slug: str) -> ManualPage | None:
    """Return the page at this place in the address, None when there is none."""
    return _BY_SLUG.get(slug)


def manual_of(route: str, kind: str = "") -> ManualPage | None:
    """Return the page about the page of a route, None when there is none; `kind` is the kind in its address."""
    return _BY_ROUTE.get(f"{route}:{kind}") or _BY_ROUTE.get(route)
