"""A few tariff facts and rounds, enough to file a petition; the whole of them are loaded by the loaders' own tests."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from exclusions.models import ActionRate, CoveredLine, HtsEdition, Round, TariffAction, TariffLine

EASTERN = ZoneInfo("America/New_York")
CRITERIA = ["availability", "severe_economic_harm", "strategic_importance", "objective", "administrability"]

# number, level, indent, words: slabs of engineered stone, with two statistical numbers below the rate line
LINES = (
    ("6810", 4, 0, "Articles of cement, of concrete or of artificial stone, whether or not reinforced:"),
    ("681099", 6, 1, "Other:"),
    ("68109900", 8, 2, "Other"),
    ("6810990010", 10, 3, "Slabs of agglomerated quartz"),
    ("6810990080", 10, 3, "Other"),
)


def make_action(code: str = "3", *, heading: str = "99038803", number: str = "68109900") -> TariffAction:
    """Return the action with its rates over time and one covered subheading; List 3 unless told otherwise."""
    action, made = TariffAction.objects.get_or_create(
        code=code, defaults={"name": f"List {code}", "citation": "83 FR 47974", "effective_on": date(2018, 9, 24)}
    )
    if made:
        raised = date(2019, 5, 10)
        common = {"action": action, "heading": heading, "source": "84 FR 20459"}
        ActionRate.objects.create(
            **common, pct=Decimal("10"), valid_from=date(2018, 9, 24), valid_to=raised - timedelta(days=1)
        )
        ActionRate.objects.create(**common, pct=Decimal("25"), valid_from=raised)
    CoveredLine.objects.get_or_create(
        action=action, number=number, heading=heading, defaults={"valid_from": date(2018, 9, 24), "source": "test"}
    )
    return action


def make_lines() -> None:
    """Make the HTSUS lines of LINES, valid since 2018."""
    HtsEdition.objects.get_or_create(
        name="2018 test edition",
        defaults={
            "valid_from": date(2018, 1, 1),
            "source": "test",
            "sha256": "0" * 64,
            "row_count": len(LINES),
            "loaded_at": datetime(2018, 1, 1, tzinfo=EASTERN),
        },
    )
    for position, (number, level, indent, words) in enumerate(LINES):
        TariffLine.objects.get_or_create(
            number=number,
            valid_from=date(2018, 1, 1),
            defaults={
                "level": level,
                "indent": indent,
                "position": position,
                "description": words,
                "full_description": words,
                "units": ["kg"] if level == 10 else [],
                "general_rate": "Free" if level == 8 else "",
            },
        )


def make_round(slug: str = "list-3", **changes: object) -> Round:
    """Return the List 3 round as it was (84 FR 29576): 14 days for responses, 7 for replies; changes override."""
    fields: dict[str, object] = {
        "docket": "USTR-2019-0005",
        "title": "List 3 ($200 billion action): product exclusions",
        "kind": Round.Kind.PETITION,
        "citation": "84 FR 29576 (June 24, 2019)",
        "questionnaire": "petition-2019",
        "response_questionnaire": "response-2019",
        "reply_questionnaire": "reply-2019",
        "opens_at": datetime(2019, 6, 30, 12, 0, tzinfo=EASTERN),
        "closes_at": datetime(2019, 9, 30, 23, 59, tzinfo=EASTERN),
        "response_days": 14,
        "reply_days_after_close": 7,
        "reply_days_after_response": 7,
        "retroactive_from": date(2018, 9, 24),
        "term_rule": Round.TermRule.FIXED,
        "term_ends_on": date(2020, 8, 7),
        "heading": "99038813",
        "note": "20(p)",
        "criteria": CRITERIA,
        "criteria_version": "2019-06",
        "procedure_version": "2019-06",
        "purchase_periods": ["2017", "2018", "Q1 2019"],
    }
    round_ = Round.objects.create(slug=slug, **{**fields, **changes})
    round_.actions.add(make_action())
    return round_


def make_list3() -> Round:
    """Return the List 3 round with one covered subheading, 6810.99.00, and its lines; the same one again."""
    if known := Round.objects.filter(slug="list-3").first():
        return known
    make_lines()
    return make_round()


@pytest.fixture
def list3(db: None) -> Round:
    """Return the List 3 round with one covered subheading, 6810.99.00, and its lines."""
    return make_list3()
