"""Making a form from the questions of a shipped one. What was made stays; a change is another version."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from exclusions import questionnaires
from exclusions.actions.record.events import record_event
from exclusions.actions.rounds.versions import refuse_unless_administrator
from exclusions.errors import Incomplete
from exclusions.models import MadeForm, MadeQuestion, User
from exclusions.questionnaires import made

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def make_form(
    *, slug: str, title: str, based_on: str, asked: Mapping[str, made.Asked], by: User, at: datetime
) -> MadeForm:
    """Make the next version of a form, its first where there is none; return it.

    `asked` says of each question that is chosen how it is asked; what every form needs is asked in any case. Raises
    NotPermitted, and Incomplete with a sentence a field (the question's key, for one that cannot be asked so).
    """
    refuse_unless_administrator(by)
    fields = _mistakes(slug, title, based_on, asked)
    if fields:
        raise Incomplete(*(said for group in fields.values() for said in group), fields=fields)
    with transaction.atomic():
        last = MadeForm.objects.select_for_update().filter(slug=slug).order_by("-version").first()
        form = MadeForm.objects.create(
            slug=slug, version=last.version + 1 if last else 1, title=title.strip(), based_on=based_on, made_at=at
        )
        order = [question.key for question in questionnaires.get(based_on).questions]
        MadeQuestion.objects.bulk_create(
            MadeQuestion(form=form, key=key, required=how.required, confidential=how.confidential)
            for key, how in sorted(asked.items(), key=lambda pair: order.index(pair[0]))
        )
        data = {"version": form.version, "based_on": based_on, "questions": len(asked)}
        record_event(f"form:{slug}", "form_made", by=by, at=at, data=data)
    return form


def _mistakes(slug: str, title: str, based_on: str, asked: Mapping[str, made.Asked]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    if not _SLUG.fullmatch(slug) or len(slug) > 40:
        fields["slug"] = ["Give a short name of lower-case words joined by hyphens, as in leather-2026."]
    elif slug in questionnaires.KEYS:
        fields["slug"] = [f"“{slug}” is the name of a shipped form. Choose another."]
    if not title.strip():
        fields["title"] = ["Give the title. Filers read it."]
    if based_on not in questionnaires.KEYS or based_on.startswith(("response", "reply")):
        fields["based_on"] = ["Choose the form to take the questions from."]
    else:
        wrong = made.mistakes(questionnaires.get(based_on), asked)
        fields |= {key: [sentence] for key, sentence in wrong.items()}
    return fields
