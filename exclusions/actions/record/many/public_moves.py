"""The public copies of many cases after they moved: what a move changes of them, and nothing else."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from exclusions.actions.record.public_decisions import decision_facts_of, signed_by_case
from exclusions.actions.record.publication import publish_petition
from exclusions.models import DocketVersion, Petition, PublicPetition
from exclusions.models.public import LAYOUT
from exclusions.queries.record.taken_down import down_of_each
from exclusions.workflow.states import MOVE_OF, Status, stage_of


def publish_moves(petitions: Iterable[Petition], *, at: datetime) -> None:
    """Write stage, whose move it is and the decision into the public copies; as many statements as differ in these.

    It leaves what `publish_petition` would. That writes the copies that are missing, of an earlier layout, or of a case
    of which something was taken down.
    """
    moved = {petition.pk: petition for petition in petitions}
    if not moved:
        return
    copies = PublicPetition.objects.filter(reference__in=[petition.reference for petition in moved.values()])
    known = {reference: (key, layout) for key, reference, layout in copies.values_list("pk", "reference", "layout")}
    down, signed = down_of_each(moved), signed_by_case(moved)
    alike: dict[str, tuple[dict[str, Any], list[int]]] = {}
    for petition in moved.values():
        key, layout = known.get(petition.reference or "", (0, 0))
        if not key or layout != LAYOUT or down[petition.pk].rows:
            publish_petition(petition, at=at)
            continue
        status = Status(petition.status)
        facts = {"stage": stage_of(status, in_part=petition.in_part), "move": MOVE_OF[status], "updated_at": at}
        facts |= decision_facts_of(signed[petition.pk], status, down[petition.pk])
        alike.setdefault(json.dumps(facts, default=_key, sort_keys=True), (facts, []))[1].append(key)
    for facts, keys in alike.values():
        PublicPetition.objects.filter(pk__in=keys).update(**facts)
    DocketVersion.advance()


def _key(value: Any) -> str:
    return str(getattr(value, "pk", value))
