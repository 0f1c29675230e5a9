"""Every row has a name that a person can read: administrators see nothing else of most of them."""

import re

import pytest
from django.apps import apps
from django.db.models import Model

from tests.factories.world import World

pytestmark = pytest.mark.django_db
MODELS = sorted(apps.get_app_config("exclusions").get_models(), key=lambda model: model.__name__)


def test_no_row_of_the_world_is_called_by_its_number_alone(world: World) -> None:
    seen = [model for model in MODELS if model._default_manager.exists()]
    assert len(seen) > 25
    bare = re.compile(r"\w+ object \(.*\)")
    rows = [row for model in seen for row in model._default_manager.all()[:3]]
    assert [type(row).__name__ for row in rows if not str(row).strip() or bare.fullmatch(str(row))] == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_model_says_how_it_is_called(model: type[Model]) -> None:
    assert model.__str__ is not Model.__str__
