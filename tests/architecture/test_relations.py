"""What the public may read leads to nothing private, neither onward nor back: a relation would need no import."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from exclusions.models.public import PublicPetition
from exclusions.queries.public.public_reads import PUBLIC_MODELS, PUBLIC_TABLES, refusals


def ways_out(model: type[models.Model]) -> list[str]:
    """Return the names by which a row of a model leads to a table that the public may not read."""
    return [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for field in model._meta.get_fields()  # what is called "+" is not among them: it has no name to follow
        if field.is_relation and field.related_model._meta.db_table not in PUBLIC_TABLES
    ]


def test_no_public_row_leads_to_a_private_one() -> None:
    public = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in PUBLIC_TABLES]
    assert len(public) == len(PUBLIC_TABLES)
    assert [way for model in public for way in ways_out(model)] == []


def test_the_check_sees_a_way_back() -> None:
    petition = apps.get_model("exclusions", "Petition")
    assert "Petition.organization → Organization" in ways_out(petition)
    assert "Petition.versions → PetitionVersion" in ways_out(petition)


def test_no_table_of_the_list_holds_what_is_given_in_confidence() -> None:
    assert refusals() == []


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ({"confidential_note": models.TextField()}, "exclusions_planted.confidential_note may hold"),
        ({"note": models.TextField("note, in confidence")}, "exclusions_planted.note may hold"),
        ({"price": models.TextField(help_text="Confidential: a figure.")}, "exclusions_planted.price may hold"),
        ({"filer_email": models.CharField(max_length=90)}, "exclusions_planted.filer_email may hold"),
        ({"case": models.ForeignKey("exclusions.Petition", models.CASCADE)}, "exclusions_planted.case_id leads to"),
    ],
)
@isolate_apps("exclusions")
def test_a_table_with_a_confidential_column_is_refused(
    column: dict[str, "models.Field[object, object]"], said: str
) -> None:
    case = apps.get_model("exclusions", "Petition")
    if "case" in column:
        column = {"case": models.ForeignKey(case, models.CASCADE, related_name="+")}
    about = type("Meta", (), {"app_label": "exclusions"})
    planted = type("Planted", (models.Model,), {"__module__": "exclusions.models", "Meta": about, **column})
    listed = (*PUBLIC_MODELS, planted)
    assert [sentence[: len(said)] for sentence in refusals(listed)] == [said]
    assert refusals((PublicPetition, *PUBLIC_MODELS)) == []
