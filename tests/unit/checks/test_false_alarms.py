"""Real product names against the values that the demonstration's petitions give in confidence: next to no alarms."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from exclusions import questionnaires
from exclusions.checks.confidential.leak_matcher import Matcher, Secret, Sort
from exclusions.checks.confidential.values import declared
from exclusions.management.demo.answers import petition_answers, reply_answers, response_answers
from exclusions.management.demo.stories import STORIES
from exclusions.models import Round

LIST_3 = "petitions/ustr_2019_0005_list3_requests.csv.gz"
PERIODS = ["2024", "2025", "2026-H1"]


def demonstration() -> Iterator[Secret]:
    """Every confidential value of every petition, response and reply of the demonstration."""
    petition = questionnaires.get("petition-2019-4a", periods=PERIODS)
    response, reply = questionnaires.get("response-2019"), questionnaires.get("reply-2019")
    for story in STORIES:
        round = Round(questionnaire="petition-2019-4a", purchase_periods=PERIODS)
        answers = petition_answers(
            story.product,
            round,
            story.account or story.product.account,
            through_firm=story.through_firm,
            available=story.denies,
        )
        filed = [(petition, answers | story.answers)]
        for voice in story.voices:
            filed += [(response, response_answers(voice.company, voice.position, voice.text))]
            filed += [(reply, reply_answers(voice.reply))]
        for form, given in filed:
            yield from declared(form, form.effective(form.clean(given)))


def test_the_demonstration_declares_values_of_every_sort() -> None:
    assert {secret.sort for secret in demonstration()} == set(Sort)


def test_at_most_one_real_product_name_in_a_thousand_is_a_false_alarm(
    shared_data: Path, record_property: pytest.FixtureRequest
) -> None:
    with gzip.open(shared_data / LIST_3, "rt", encoding="utf-8", newline="") as file:
        names = [row["Product"] for row in csv.DictReader(file)]
    matcher = Matcher(demonstration())
    alarms = [(name, hit.secret.sort) for name in names for hit in matcher.find(name)]
    print(f"{len(alarms)} false alarms in {len(names):,} product names: {alarms}")  # noqa: T201 (the count is reported)
    record_property("false_alarms", len(alarms))
    assert len(names) > 30_000
    assert len({name for name, _ in alarms}) <= len(names) / 1000
