"""What the public may read leads to nothing private, neither onward nor back: a relation would need no import."""

from django.apps import apps
from django.db import models

from exclusions.queries.public.public_reads import PUBLIC_TABLES


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
