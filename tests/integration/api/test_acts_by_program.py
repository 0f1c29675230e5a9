"""Each action of the pages: its operation of the API, or the reason why it has none. The views say which there are.

Whoever gives a page a new action adds a row here: the operation that programs get, or why a person does it alone.
"""

import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from exclusions.actions.transitions import staff_transitions
from exclusions.api.cases.transitions import BY_A_PERSON
from exclusions.urls.api import urlpatterns
from exclusions.workflow.roles import OWNERS, Role
from exclusions.workflow.transitions import TRANSITIONS
from tests.architecture.source import PACKAGE, Source

ROOT = "exclusions.actions."
WRITES = ("post", "put", "patch", "delete")

# {action of a page: operations by method and name of the address}
OPERATIONS: dict[str, set[str]] = {
    "bulk_sheets.certifying.certify_drafts": {"post api-bulk-certify"},
    "bulk_sheets.drafting.accept_rows": {"post api-bulk-accept"},
    "bulk_sheets.leaks.settle_rows": {"post api-bulk-settle"},
    "bulk_sheets.proving.check_drafts": {"post api-bulk-check"},
    "bulk_sheets.zips.delete_zip": {"delete api-bulk-zip"},
    "bulk_sheets.zips.take_zip": {"post api-bulk-documents"},
    "bulk_sheets.sheets.begin_sheet": {"post api-bulk-sheets"},
    "bulk_sheets.sheets.delete_sheet": {"delete api-bulk-sheet"},
    "filing.documents.attach": {"post api-petition-documents"},
    "filing.documents.remove": {"delete api-petition-document"},
    "filing.petitions.delete_draft": {"delete api-petition"},
    "filing.petitions.save_answers": {"patch api-petition"},
    "filing.petitions.start": {"post api-petitions"},
    "filing.petitions.submit": {"post api-petition-submit"},
    "filing.petitions.withdraw": {"post api-petition-withdraw"},
    "filing.replies.reply": {"post api-response-reply"},
    "filing.responses.respond": {"post api-docket-responses"},
    "own_watches.drop_watch": {"delete api-subscription"},
    "own_watches.keep_own": {"post api-subscriptions"},
    "record.letters.ensure_letter": {"post api-petition-receipt"},
    "review.inquiries.answer": {"post api-petition-question-answer"},
    "review.screenings.withhold": {"post api-case-withhold_text"},
    "transitions.take": {f"post api-case-{name}" for name in staff_transitions()},
}
# What programs may write for which no page has an action of its own, and why.
OF_PROGRAMS = {
    "post api-petition-check": "the page shows what is wrong as it is filled in",
    "post api-refunds": "a question: it writes nothing",
    "patch api-subscription": "a program moves its webhook; who is mailed changes how often by the link",
    "post api-subscription-replay": "a program asks again for what it missed",
    "post api-subscription-secret": "a program exchanges the secret that it checks",
}
STAFF_WRITES = "staff write transitions alone by program; what a desk enters is judged beside the record, on its page"
BY_PERSONS = "a signature, or one half of what two persons do: a person does it on the page"
AGENCY = "notices, terms and templates are written and signed on the pages of those who answer for them"
SHEETS = "a program sends the whole sheet again, corrected; with many petitions it does each act one by one"
ONE_A_CASE = "a program posts one response a case, at `POST /api/v1/docket/{reference}/responses/`"
BY_LINK = "a person of no account opens the link of a mail"
STANDING = "who may act for whom is settled by people on the pages, with the mails that tell both"
NO_ACT = "a part of a page that changes nothing, or only notes what the page showed"
TAKES_DOWN = "what is public is taken down and put back by a person who looks at it"

# {reason: actions, or a whole module by its name and a dot}
WITHOUT: dict[str, str] = {
    STAFF_WRITES: """casework.at_desk. casework.cluster_changes. casework.joint. casework.joint_opinions. casework.many.
        casework.next_case. casework.notes. casework.team. casework.together. casework.letters_to_set.try_letters_again
        filing.confidentiality. filing.joint.posting. filing.responses.post_response filing.responses.refuse_response
        review.arguments. review.assignments. review.citations. review.contacts. review.departures.
        review.own_view. review.inquiries.ask review.inquiries.take_back review.interests. review.product_texts.
        review.reviews. review.screenings.let_through review.statements. store.clusters.propose_all""",
    BY_PERSONS: """decision.notices. decision.undoing. people.proposals. review.standing_answers. outages.
        rounds.made_forms.""",
    AGENCY: """notices.amendment_drafts. notices.amendments. notices.drafting. notices.letter_templates.
        notices.publishing. notices.renumbering. notices.term_decisions. notices.term_drafts. notices.term_notices.
        notices.comments.post_comment notices.comments.refuse_comment""",
    SHEETS: """bulk_sheets.sheets.note_fetched bulk_sheets.sheets.save_company bulk_sheets.sheets.use_proposed
        bulk_sheets.tables. bulk_sheets.working. bulk_sheets.zips.keep_zip filing.many. bulk_sheets.resubmitting.
        review.answering.""",
    ONE_A_CASE: "filing.joint.judging. filing.joint.statements.",
    BY_LINK: """filing.joint.confirming. filing.responses.confirm_response filing.withdrawn_responses.
        notices.comments.comment_on
        notices.comments.confirm_comment notices.comments.withdraw_comment watching.""",
    STANDING: """people.authorizations. people.listings. people.memberships. people.organizations. filing.handing.
        people.sign_ons.""",
    TAKES_DOWN: "record.quarantine. record.public_files.",
    "a program begins a draft with the answers and files that it read of another": """filing.petitions.copy
        filing.carried_documents.""",
    "a token is made and ended by a person who has just shown who it is": "people.tokens.",
    "what a person chose for their own pages and mail": "casework.saved_views. casework.staff_mail. joined_mail.",
    NO_ACT: """casework.letters_to_set.letters_wait casework.letters_to_set.set_letters decision.decisions.look_over
        filing.documents.too_large filing.submitting.certification_keys filing.replies.reply_refusal
        filing.replies.to_begin_with filing.replies.withheld_reply loading.own_lists. notices.comments.log_comments_read
        notices.looked_for. people.accounts. people.by_two.new_round.facts_of_file record.accesses. record.addresses.
        record.downloads. record.notifications. rounds.versions.subject_of webhooks.""",
}


def acts_of_pages() -> set[str]:
    """Return the actions that the views name, by module and name."""
    named = set()
    for file in sorted((PACKAGE / "views").rglob("*.py")):
        source = Source(file.stem, file.read_text())
        meanings = {source.meaning(node) for _, node in source.walk()}
        named |= {one.removeprefix(ROOT) for one in meanings if one.startswith(ROOT)}
    return {one for one in named if _is_function(one)}


def _is_function(name: str) -> bool:
    module, _, function = name.rpartition(".")
    try:
        return bool(module) and inspect.isfunction(getattr(import_module(f"{ROOT}{module}"), function, None))
    except ModuleNotFoundError:
        return False


def exempt() -> list[str]:
    return [name for names in WITHOUT.values() for name in names.split()]


def covers(row: str, act: str) -> bool:
    """Say whether a row names the action itself, or its module."""
    return act.startswith(row) if row.endswith(".") else act == row


def offered() -> Iterator[str]:
    """Yield each operation that writes, by method and name of the address."""
    for pattern in urlpatterns:
        view: Any = getattr(pattern.callback, "cls", None)
        yield from (f"{method} {pattern.name}" for method in WRITES if hasattr(view, method))


def test_each_action_of_a_page_has_its_operation_or_one_reason_why_it_has_none() -> None:
    for act in sorted(acts_of_pages()):
        rows = [row for row in exempt() if covers(row, act)] + [row for row in OPERATIONS if row == act]
        assert len(rows) == 1, f"{act}: give it its operation, or one reason why it has none (now: {rows})"


def test_no_row_names_what_no_page_does() -> None:
    acts = acts_of_pages()
    assert [row for row in exempt() if not any(covers(row, act) for act in acts)] == []
    assert OPERATIONS.keys() - acts == set()


def test_each_operation_that_writes_is_an_action_of_a_page_or_says_why_not() -> None:
    named = [operation for found in OPERATIONS.values() for operation in found]
    assert set(named) | OF_PROGRAMS.keys() == set(offered())
    assert set(named) & OF_PROGRAMS.keys() == set()


def test_each_transition_has_an_address_but_those_of_the_clock_and_of_the_owners() -> None:
    addresses = {str(pattern.name) for pattern in urlpatterns}
    of_others = {name for name, row in TRANSITIONS.items() if row.roles <= OWNERS | {Role.CLOCK}}
    assert {name for name in TRANSITIONS if f"api-case-{name}" not in addresses} == of_others
    assert of_others == {"submit", "resubmit", "withdraw", "lapse", "close_responses", "begin_review"}
    assert set(staff_transitions()) > BY_A_PERSON
