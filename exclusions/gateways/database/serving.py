"""May the version before go on serving while a migration runs, and after it? Each migration says so itself.

A migration has `serving = "may go on: …"` or `"must stop: …"`, with the reason. Those that had landed before are never
edited, and are declared in the table here. One that says no does not begin while anybody may be served.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.core.management.base import CommandError
from django.db import connections
from django.db.migrations import Migration
from django.db.migrations.recorder import MigrationRecorder

from exclusions.gateways.outages import maintenance

APP = "exclusions"
MAY_GO_ON, MUST_STOP = "may go on: ", "must stop: "
SHOWN = 3  # migrations that a refusal names
LANDED: Mapping[str, str] = {
    "0001_initial": "may go on: nothing was before it.",
    "0002_append_only": "must stop: it rewrites rows or triggers.",
    "0003_hts_edition_reach": "must stop: it adds columns to htsedition and more.",
    "0004_docket_version": "may go on: it adds tables that nobody asks yet.",
    "0005_docket_search": "must stop: it rewrites rows or triggers.",
    "0006_who_saved_a_version": "must stop: it adds columns to petitionversion.",
    "0007_reply_documents": "must stop: it adds columns to document and more.",
    "0008_tariff_version": "must stop: it rewrites rows or triggers.",
    "0009_people_who_act_for_others": "must stop: it adds columns to authorization and more.",
    "0010_vet_firms_in_service": "must stop: it rewrites rows or triggers.",
    "0011_interests_quarantine_and_public_letters": "must stop: it adds columns to publicpetition and more.",
    "0012_uploads_and_confidential_treatment": "must stop: it adds columns to document.",
    "0013_help_texts_without_markup": "may go on: it changes words for people alone.",
    "0014_order_clock_and_relations": "may go on: it changes indexes alone.",
    "0015_pictures_in_files": "must stop: it adds columns to document.",
    "0016_seals": "must stop: what the version before writes has no seal.",
    "0017_proposals": "may go on: it adds tables that nobody asks yet.",
    "0018_words_that_wait": "must stop: it adds columns to leaksettlement and more.",
    "0019_anchors": "must stop: it adds columns to publicletter.",
    "0020_taking_down_one_thing": "must stop: it adds columns to publicletter and more.",
    "0021_superseded_texts_and_terms": "must stop: it adds columns to exclusionterm and more.",
    "0022_a_reply_given_again": "must stop: it adds columns to reply and more.",
    "0023_returned_with_questions_and_last_day": "must stop: it adds columns to petition and more.",
    "0024_reasons_of_departures": "must stop: it adds columns to committeeassessment and more.",
    "0025_layout_of_public_copies": "must stop: it adds columns to publicpetition and more.",
    "0026_round_versions": "must stop: it adds columns to historicalround and more.",
    "0027_corrections_and_letters_issued_anew": "must stop: it adds columns to exclusionterm and more.",
    "0028_decisions_reopened": "must stop: it adds columns to decision and more.",
    "0029_responses_withdrawn_and_reminders": "must stop: it adds columns to response and more.",
    "0030_plain_names": "may go on: it changes words for people alone.",
    "0031_notices_as_entered": "may go on: it adds tables that nobody asks yet.",
    "0032_coded_reasons_of_replies": "must stop: it adds columns to screening and more.",
    "0033_case_store": "may go on: it adds tables that nobody asks yet.",
    "0034_case_store_search": "must stop: it rewrites rows or triggers.",
    "0035_stored_keys": "may go on: it adds tables that nobody asks yet.",
    "0036_closed_without_merits": "must stop: it adds columns to publicpetition and more.",
    "0037_independence_of_level_2": "may go on: it adds tables that nobody asks yet.",
    "0038_worklists": "may go on: it adds tables that nobody asks yet.",
    "0039_conclusions_that_adopt": "must stop: it adds columns to committeeassessment and more.",
    "0040_clusters_and_joint_acts": "must stop: it adds columns to committeeassessment and more.",
    "0041_staff_mail": "may go on: it adds tables that nobody asks yet.",
    "0042_the_team": "must stop: it adds columns to user.",
    "0043_distinctions_from_like_cases": "must stop: it adds columns to consistencyreview and more.",
    "0044_notes_and_tags": "may go on: it adds tables that nobody asks yet.",
    "0045_questions_to_the_filer": "may go on: it adds tables that nobody asks yet.",
    "0046_other_actions_and_goods_of_headings": "must stop: it adds columns to actionrate and more.",
    "0047_notices_before_the_register": "must stop: it alters federalnotice.action.",
    "0048_granted_in_part": "must stop: it adds columns to decision and more.",
    "0049_what_is_compared": "must stop: it adds columns to storedcase and more.",
    "0050_subheadings_and_headings_of_rounds": "must stop: it adds columns to historicalround and more.",
    "0051_letters_of_every_kind_and_their_templates": "must stop: it adds columns to letter and more.",
    "0052_rounds_that_list_exclusions": "may go on: it adds tables that nobody asks yet.",
    "0053_settled_numbers_and_evidence_of_successions": "must stop: it adds columns to linesuccession.",
    "0054_grounds_views_and_amendments": "must stop: it adds columns to committeeassessment and more.",
    "0055_exclusions_that_grants_led_to": "must stop: it adds columns to publicpetition.",
    "0056_decisions_published_again": "must stop: it alters noticeterm.decision.",
    "0057_words_split_at_signs": "must stop: it rewrites rows or triggers.",
    "0058_words_for_goods": "may go on: it adds tables that nobody asks yet.",
    "0059_search_of_words_for_goods": "must stop: it rewrites rows or triggers.",
    "0060_docket_lists": "must stop: it rewrites rows or triggers.",
    "0061_watches": "may go on: it adds tables that nobody asks yet.",
    "0062_counted_figures": "may go on: it adds tables that nobody asks yet.",
    "0063_docket_tally": "may go on: it adds tables that nobody asks yet.",
    "0064_api_tokens": "must stop: it adds columns to subscription and more.",
    "0065_webhooks": "must stop: it adds columns to subscription and more.",
    "0066_kept_answers": "may go on: it adds tables that nobody asks yet.",
    "0067_public_questions": "must stop: it adds columns to publicpetition and more.",
    "0068_narrowed_lists": "must stop: it rewrites rows or triggers.",
    "0069_tokens_by_name": "must stop: it adds columns to apitoken and more.",
    "0070_stored_cases_of_a_number_by_day": "may go on: it changes indexes alone.",
    "0071_stored_cases_newest_by_id": "may go on: it changes indexes alone.",
    "0072_beginnings_of_numbers": "may go on: it changes indexes alone.",
    "0073_counts_of_stored_cases": "may go on: it adds tables that nobody asks yet.",
    "0074_worklists_in_each_order": "may go on: it changes indexes alone.",
    "0075_keys_of_wordings": "must stop: it takes away storedkey.case and more.",
    "0076_petitions_by_day": "may go on: it adds tables that nobody asks yet.",
    "0077_like_cases_from_an_index": "may go on: it changes indexes alone.",
    "0078_words_of_a_kind": "must stop: it rewrites rows or triggers.",
    "0079_numbers_from_an_index": "may go on: it changes indexes alone.",
    "0080_looked_for_notices": "may go on: it adds tables that nobody asks yet.",
    "0085_maritime_action": "must stop: it alters historicaltariffaction.reach and more.",
    "0088_thumbnails": "must stop: it adds columns to document and more.",
    "0090_plain_names": "may go on: it changes words for people alone.",
    "0091_parts_that_nobody_read": "must stop: it adds columns to document.",
    "0094_petitions_by_change": "may go on: it adds an index.",
    "0101_request_of_a_message": "may go on: the database fills its column in, and nobody seals it.",
}


def declared(migration: Migration) -> str:
    """Return what a migration says of the version before; "" where it says nothing."""
    return str(getattr(migration, "serving", "") or LANDED.get(migration.name, ""))


def refuse_while_serving(*, using: str, plan: Sequence[tuple[Migration, bool]] = (), **_: object) -> None:
    """Refuse to begin what the version before must not see, unless maintenance is on: the receiver of `pre_migrate`.

    A database in which no migration of ours ran serves nobody. Raises CommandError, before anything is changed.
    """
    stopping = [
        migration
        for migration, backwards in plan
        if migration.app_label == APP and not backwards and not declared(migration).startswith(MAY_GO_ON)
    ]
    if stopping and maintenance.current() is None and _has_ours(using):
        raise CommandError(
            f"{_named(stopping)} Nothing was changed. Switch maintenance on (manage.py maintenance on --reason …), "
            "stop the web servers of the version before, the worker and the clock, and migrate again. Where all of "
            "them are stopped already: MAINTENANCE=1 manage.py migrate."
        )


def _named(stopping: Sequence[Migration]) -> str:
    said = (f"{one.name} ({declared(one) or 'says nothing'})" for one in stopping[:SHOWN])
    more = f" and {len(stopping) - SHOWN} more" if len(stopping) > SHOWN else ""
    return f"While anybody may be served, these do not begin: {'; '.join(said)}{more}."


def _has_ours(using: str) -> bool:
    applied: Iterable[tuple[str, str]] = MigrationRecorder(connections[using]).applied_migrations()
    return any(app == APP for app, _ in applied)
