"""Seeding a demonstration: people always, petitions until the round has as many as are wanted."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from exclusions.errors import Incomplete
from exclusions.management.demo.many import make_many
from exclusions.management.demo.people import make_people
from exclusions.management.demo.stories import STORIES, Story
from exclusions.management.demo.walk import Walk
from exclusions.models import Notification, Petition, Round, User
from exclusions.queries.public.rounds import window_state

USUAL = len(STORIES)


def seed(*, petitions: int, at: datetime, progress: Callable[[str], None] = lambda _: None) -> int:
    """Make whoever is missing, and petitions until the demonstration round has so many; return how many were made.

    The first ones are walked through the actions, all or none, one a story; what is beyond them repeats those, some
    hundred a transaction. A round that has petitions already gets no walked ones. Messages are marked as sent: nobody
    reads the mail of made-up companies. Raises Incomplete when the round is not loaded or not open.
    """
    round = Round.objects.current().filter(is_demo=True).order_by("-opens_at").first()
    if round is None or window_state(round, at) != "open":
        raise Incomplete(
            "There is no open demonstration round. Load the rounds first: python manage.py load_rounds "
            "exclusions/data/rounds.toml"
        )
    there = Petition.objects.filter(round=round).count()
    made = 0
    with transaction.atomic():
        people = make_people(at)
        if not there:
            made = _walk(STORIES[:petitions], round, people, at, progress)
    missing = petitions - there - made
    if missing > 0 and petitions > len(STORIES):
        made += make_many(round=round, count=missing, at=at, progress=progress)
    return made


def _walk(
    told: Sequence[Story], round: Round, people: dict[str, User], at: datetime, progress: Callable[[str], None]
) -> int:
    newest = Notification.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for place, story in enumerate(told):
        Walk(story, round, people, at, place).go()
        if (place + 1) % 25 == 0:
            progress(f"{place + 1} of {len(told)} petitions …")
    Notification.objects.filter(pk__gt=newest).update(sent_at=F("created_at"))
    return len(told)
