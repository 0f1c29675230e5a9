"""The address in a letter: what it is made of, and how a letter reads without it.

A letter goes to the requester alone, with the address that the petition gives in confidence. What else a letter says is
looked through as public matter is, so its address is taken out first; anywhere else in it the same words are found.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from exclusions.models import Petition
from exclusions.questionnaires.language.places import COUNTRIES, OUTSIDE_UNITED_STATES

THROUGH = "through"


def address_lines(answers: Mapping[str, Any], organization: str) -> list[str]:
    """Return the lines of an address from the answers of a petition: person, organization, street, place; then, where
    a third party filed, through whom. What was not asked or not answered is left out."""
    lines = [*_party(answers, "requester", organization)]
    if answers.get("is_third_party") == "yes":
        firm = _party(answers, "third_party", str(answers.get("third_party_name") or ""))
        lines += [THROUGH, *firm] if firm else []
    return lines


def _party(answers: Mapping[str, Any], prefix: str, name: str) -> list[str]:
    said = {
        part: str(answers.get(f"{prefix}_{part}") or "").strip()
        for part in ("title", "first_name", "last_name", "street_1", "street_2", "city", "state", "zip", "country")
    }
    person = " ".join(filter(None, (said["first_name"], said["last_name"])))
    place = ", ".join(filter(None, (said["city"], " ".join(filter(None, (_state(said["state"]), said["zip"]))))))
    abroad = COUNTRIES.get(said["country"], said["country"]) if said["country"] != "US" else ""
    return [line for line in (person, said["title"], name, said["street_1"], said["street_2"], place, abroad) if line]


def _state(code: str) -> str:
    return "" if code == OUTSIDE_UNITED_STATES else code


def without_address(text: str, petition: Petition) -> str:
    """Return the text of a letter without the address in it, by whichever sealed version it went out."""
    rows = petition.versions.sealed().order_by("-number")
    for answers in rows.values_list("answers", flat=True):
        text = _taken_out(text, address_lines(answers, petition.organization.legal_name))
    return text


def _taken_out(text: str, lines: Iterable[str]) -> str:
    """Take the whole address out where it stands as one run of lines, however they are broken; nothing less of it."""
    words = [re.escape(word) for line in lines for word in line.split()]
    return re.sub(r"\s+".join(words), " ", text, count=1) if words else text
