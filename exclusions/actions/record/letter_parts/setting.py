"""Setting a letter that was issued with its code: its page is made, stored, and its hash added."""

import logging

from django.db import connection, transaction
from typst import TypstError

from exclusions.actions.record.letter_parts.addressee import addressee
from exclusions.actions.record.letter_parts.composing import compose
from exclusions.actions.record.letter_parts.templates import SHIPPED
from exclusions.gateways.documents.object_store import StoreError, store_file
from exclusions.gateways.letter_words import shipped_words
from exclusions.gateways.typesetting import from_kept, letter_pdf
from exclusions.models import Letter, PendingLetter, PublicLetter

logger = logging.getLogger(__name__)
LIMIT = 20_000_000


def set_letter(key: int) -> str:
    """Set the letter of a pending row; return "set", "failed", or "gone" where another worker was faster.

    A failure is counted on the row. The addressee is read now, from what the requester certified: it is kept nowhere
    else.
    """
    with transaction.atomic():
        rows = PendingLetter.objects.select_for_update(
            of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
        )
        pending = rows.select_related("letter__petition__organization").filter(pk=key).first()
        if pending is None:
            return "gone"
        letter = pending.letter
        try:
            kept = from_kept(pending.facts)
            if "parts" not in kept:  # kept by a version of the product whose templates were no rows
                words = compose(letter.kind, kept, shipped_words(letter.kind))
                kept = {**kept, **words, "template": SHIPPED}
            kept["addressee"] = addressee(letter.petition)
            stored = store_file([letter_pdf(kept)], limit=LIMIT)
        except (TypstError, StoreError, OSError, ValueError, KeyError) as error:
            pending.attempts += 1
            pending.last_error = type(error).__name__
            pending.save(update_fields=["attempts", "last_error"])
            logger.warning("Letter of pending row %s was not set: %s.", pending.pk, pending.last_error)
            return "failed"
        Letter.objects.filter(pk=letter.pk).update(sha256=stored.sha256, storage_key=stored.key)
        PublicLetter.objects.filter(code=letter.code).update(sha256=stored.sha256)
        pending.delete()
    return "set"
