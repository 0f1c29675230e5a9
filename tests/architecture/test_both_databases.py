"""What each database has its own way with is tested on both: the table names the marked tests of each such module.

SQL of our own, search, triggers, locks, seals and constraints. The tests are marked `both_databases` or `postgres`.
"""

import ast
import re
from functools import cache

import pytest

from tests.architecture.source import PACKAGE, PROJECT, Source

# Calls and classes that each database has its own way with, and what SQL of our own looks like.
OWN_WAY = {
    "cursor", "prepared_cursor", "raw", "extra", "RawSQL", "RunSQL", "select_for_update", "SearchVector", "SearchQuery",
    "SearchRank", "TrigramSimilarity", "CheckConstraint", "UniqueConstraint", "ExclusionConstraint", "AppendOnly",
    "FrozenOnceFiled",
}  # fmt: skip
SQL = re.compile(
    r"\bSELECT\b.+\bFROM\b|INSERT INTO|UPDATE \w+ SET|DELETE FROM|CREATE (OR REPLACE )?TRIGGER|pg_advisory"
)
SEALS = "exclusions.models.seals"

# By test, below tests/integration, the modules below exclusions that it holds on both databases; a folder: all of it.
HELD_BY = {
    "record/test_guards.py": "models",  # triggers, and every constraint is made by a migration
    "test_upgrade.py": "migrations",
    "test_every_write_is_sealed.py": "gateways/database/sealing",
    "casework/case/test_quarantine.py": "actions/record/quarantine",
    "importer/told/test_joined_mail.py": "actions/joined_mail actions/record/notifications",
    "casework/test_words_that_wait.py": "actions/review/statements",
    "lookup/test_statistics.py": "queries/lookup/statistics/filers",
    "lookup/test_words_found.py": "gateways/database/words",
    "api/test_subscriptions.py": "actions/watching",
    "lookup/watches/test_watch_rates.py": "actions/telling_watchers",
    "api/test_own_webhooks.py": "actions/own_events actions/own_watches",
    "decisions/test_publishing.py": "actions/decision/notices",
    "decisions/test_undoing.py": "actions/decision/undoing actions/decision/taking_back",
    "casework/clusters/test_counted_around.py": "queries/casework/clusters/around",
    "casework/case/test_inquiries.py": "actions/review/inquiries",
    "casework/clusters/test_cluster_pages.py": "queries/casework/clusters",
    "casework/clusters/test_cluster_races.py": "actions/casework/cluster_changes actions/record/letter_parts "
    "actions/record/many",
    "casework/clusters/test_supplements.py": "actions/record/supplements",
    "casework/case/test_own_view.py": "actions/review/own_view",
    "casework/test_arguments.py": "actions/review/standing_answers",
    "casework/test_many.py": "actions/casework/many actions/store/bulk",
    "casework/test_next_case.py": "actions/casework/next_case actions/review/assignments",
    "casework/case/test_notes.py": "actions/casework/notes",
    "casework/test_team.py": "actions/casework/team",
    "casework/test_worklist.py": "actions/casework/saved_views",
    "faults/test_after_restore.py": "actions/rounds/after_restore",
    "faults/test_pooled.py": "gateways/database/postgresql",
    "faults/test_public_role.py": "management/commands/grant_public_role",
    "core/test_every_url_every_role.py": "actions/review/interests",
    "importer/bulk_sheets/test_drafts.py": "actions/bulk_sheets",
    "importer/bulk_sheets/test_many_petitions.py": "actions/filing/many",
    "importer/test_case_statements.py": "actions/filing/replies",
    "importer/test_petitions_in_every_state.py": "actions/decision/decisions actions/record/transition "
    "actions/record/versions actions/review/screenings",
    "mirrors/test_dumps.py": "gateways/dumps/files",
    "loading/test_turns.py": "actions/store/turns",
    "people/test_account_mail.py": "actions/people/accounts",
    "people/test_invitations.py": "actions/people/memberships",
    "people/test_merges.py": "actions/people/merges",
    "people/test_organizations.py": "actions/people/listings",
    "people/test_representation.py": "actions/people/authorizations",
    "people/test_tokens_page.py": "actions/people/tokens",
    "people/test_two_persons.py": "actions/people/account_acts actions/people/letter_acts actions/people/lost_factors "
    "actions/people/notice_acts actions/people/organization_acts actions/people/proposals actions/people/record_acts "
    "actions/people/seal_acts actions/people/tariff_acts",
    "public/submissions/test_joint_statements.py": "actions/filing/joint",
    "public/submissions/test_whose_move.py": "actions/filing/withdrawn_responses actions/filing/responses",
    "record/test_anchors.py": "queries/record/chain_heads",
    "record/test_verify_record.py": "queries/record/seal_check",
    "notices/test_amendments.py": "actions/notices/amendments",
    "notices/test_comments.py": "actions/notices/public_comments",
    "notices/test_notice_drafts.py": "actions/decision/draft_states actions/notices/drafting "
    "actions/notices/publishing actions/notices/term_drafts",
    "notices/test_renumbering.py": "actions/notices/renumbering",
    "notices/test_term_decisions.py": "actions/notices/term_decisions",
    "notices/test_terms_in_notices.py": "actions/notices/term_notices",
    "rounds/test_term_reopening.py": "actions/people/by_two/term_press_acts",
    "rounds/test_made_forms.py": "actions/rounds/made_forms",
    "rounds/test_orders.py": "actions/rounds/orders",
    "rounds/test_dates_by_two.py": "actions/outages actions/people/by_two/round_acts actions/rounds/moved_periods",
    "rounds/test_frozen.py": "actions/rounds/versions",
    "upgrading/test_late_seals.py": "queries/record/late_seals",
}


def own_way(source: Source) -> set[str]:
    """Return what a module has that each database has its own way with."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found = {SEALS} if any(f"{name}.".startswith(f"{SEALS}.") for name in source.imports.values()) else set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            found |= {str(getattr(node.func, "attr", getattr(node.func, "id", "")))} & OWN_WAY
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            found |= {"SQL"} if SQL.search(" ".join(node.value.split())) else set()
    return found


@cache
def marked(test: str) -> bool:
    """Whether the file is there, and its tests or one of them are marked."""
    file = PROJECT / "tests" / "integration" / test
    return file.exists() and bool(re.search(r"mark\.(both_databases|postgres)\b", file.read_text()))


def holders(module: str) -> list[str]:
    """Return the tests of a module, `queries/casework/around`."""
    return [test for test, held in HELD_BY.items() if any(f"{module}/".startswith(f"{one}/") for one in held.split())]


@cache
def modules() -> dict[str, set[str]]:
    """Return the modules that each database has its own way with, each with what it has of that."""
    named = {path.relative_to(PACKAGE).with_suffix(""): path for path in sorted(PACKAGE.rglob("*.py"))}
    found = {name.as_posix().removesuffix("/__init__"): path.read_text() for name, path in named.items()}
    ways = {module: own_way(Source(module, text)) for module, text in found.items()}
    return {module: way for module, way in ways.items() if way}


def test_every_module_that_a_database_has_its_own_way_with_has_a_marked_test() -> None:
    assert {module: way for module, way in modules().items() if not holders(module)} == {}


def test_the_table_names_nothing_that_each_database_does_the_same_way() -> None:
    named = {one for held in HELD_BY.values() for one in held.split()}
    assert {one for one in named if not any(f"{module}/".startswith(f"{one}/") for module in modules())} == set()


@pytest.mark.parametrize("test", HELD_BY)
def test_every_test_of_the_table_is_there_and_marked(test: str) -> None:
    assert marked(test)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Petition.objects.select_for_update().get(pk=1)", {"select_for_update"}),
        ("with connection.cursor() as cursor: pass", {"cursor"}),
        ("STATEMENT = f'SELECT a\\n FROM {table}'", {"SQL"}),
        ("STATEMENT = '''SELECT a\n FROM b'''", {"SQL"}),
        ("class A:\n    class Meta:\n        constraints = [models.UniqueConstraint(fields=['a'], name='b')]",
         {"UniqueConstraint"}),
        ("from exclusions.models import seals", {SEALS}),
        ("from exclusions.models.seals import note", {SEALS}),
        ('"""Says SELECT a FROM b."""', set()),
    ],
)  # fmt: skip
def test_what_is_the_databases_own_is_seen(text: str, found: set[str]) -> None:
    assert own_way(Source("a", text)) == found
