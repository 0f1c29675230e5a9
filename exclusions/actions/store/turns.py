"""Let transactions that go through a whole table wait for each other: each compares all of it before it writes."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model


def wait_for_turn(model: type[Model]) -> None:
    """Wait for others that write the rows of a model anew; call it first in the transaction, at whose end it is over.

    Locked is the row by which Django names the model: nobody else waits for that. SQLite's immediate transactions wait
    for each other already.
    """
    rows = ContentType.objects.select_for_update(no_key=True)
    rows.get(app_label=model._meta.app_label, model=model._meta.model_name)
