"""Each column of the public petition is read by the files and the dump, and each of their facts by the API, or is named
here with the reason.
"""

from exclusions.api.docket_output import DecisionOutput, PetitionOutput
from exclusions.models import PublicPetition
from exclusions.queries.public.docket_columns import FIELDS

# Columns that say nothing of the petition by themselves.
NO_FACTS = {"id", "layout", "search_text"}
# Names of the files that the API has under another name.
FILES_ALONE = {
    "doc_type": "always the same",
    "exclusion_confidence": "led_to.confidence",
    "in_support": "support_count",
    "opposed": "oppose_count",
    "outcome_label": "decision.outcome",
    "reply_closes_on": "reply_closes_at",
    "response_closes_on": "response_closes_at",
}


def test_each_column_of_the_table_is_in_the_files() -> None:
    columns = {column.name for column in PublicPetition._meta.concrete_fields}
    assert columns - {column.field.partition("__")[0] for column in FIELDS.values()} == NO_FACTS


def test_each_fact_of_the_files_is_in_the_api() -> None:
    assert FIELDS.keys() - PetitionOutput().fields.keys() - DecisionOutput().fields.keys() == FILES_ALONE.keys()
