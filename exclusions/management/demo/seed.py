"""Seeding a demonstration: people always, petitions only while the round has none."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from exclusions.errors import Incomplete
from exclusions.management.demo.people import make_people
from exclusions.management.demo.stories import stories
from exclusions.management.demo.walk import Walk
from exclusions.models import Notification, Petition, Round
from exclusions.queries.public.rounds import window_state

USUAL = 27


def seed(*, petitions: int, at: datetime, progress: Callable[[str], None] = lambda _: None) -> int:
    """Make whoever is missing and, while the demonstration round has no petition, the petitions; return how many.

    All or nothing. The petitions' messages are marked as sent: nobody reads the mail of made-up companies. Raises
    Incomplete when the round is not loaded or not open.
    """
    round = Round.objects.current().filter(is_demo=True).order_by("-opens_at").first()
    if round is None or window_state(round, at) != "open":
        raise Incomplete(
            "There is no open demonstration round. Load the rounds first: python manage.py load_rounds "
            "exclusions/data/rounds.toml"
        )
    with transaction.atomic():
        people = make_people(at)
        if Petition.objects.filter(round=round).exists():
            return 0
        newest = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        told = stories(petitions)
        for place, story in enumerate(told):
            Walk(story, round, people, at, place).go()
            if (place + 1) % 25 == 0:
                progress(f"{place + 1} of {len(told)} petitions …")
        Notification.objects.filter(pk__gt=newest).update(sent_at=F("created_at"))
    return len(told)
