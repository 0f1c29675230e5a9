"""Make many tables at once."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateModels(Operation):
    """Create models, each of which points at earlier ones alone.

    Django makes every model anew that a new one points at; here each is made once, when all of them are known.
    """

    reversible = False

    def __init__(self, models: Sequence[CreateModel]) -> None:
        """Take the operations that create one model each."""
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Add the models to the state; whoever asks next for its classes has them made."""
        if "apps" in vars(state):
            del state.apps
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Make the tables."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say how many there are."""
        return f"Create {len(self.models)} models"
