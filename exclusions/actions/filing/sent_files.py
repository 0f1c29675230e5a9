"""Files that come with a response or a reply: kept before the row that they belong to, erased when it is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

from exclusions.actions.record.files import Upload, keep_file, stored_keys
from exclusions.errors import Incomplete
from exclusions.gateways.documents.inspection import refusal_of_count
from exclusions.gateways.documents.object_store import delete_file
from exclusions.gateways.documents.parsing import SECONDS
from exclusions.models import Document
from exclusions.questionnaires import Questionnaire

_TOO_LONG = "These files together take too long to read. Send fewer of them, or make them simpler."


def with_files(answers: Mapping[str, Any], files: Sequence[Document]) -> dict[str, Any]:
    """Return the answers with the ids of the files under their questions."""
    given = dict(answers)
    for file in files:
        given[file.question_key] = [*given.get(file.question_key, []), str(file.pk)]
    return given


def with_names(answers: Mapping[str, Any], uploads: Mapping[str, Sequence[Upload]]) -> dict[str, Any]:
    """Return the answers as if the files were taken in already: their names stand where their ids will."""
    sent = {key: [upload.name for upload in files] for key, files in uploads.items() if files}
    return {**answers, **{key: [*answers.get(key, []), *names] for key, names in sent.items()}}


def discard(files: Sequence[Document]) -> None:
    """Erase stored files and their texts, whose filing was refused."""
    for key in stored_keys(files):
        delete_file(key)


def keep_all(form: Questionnaire, uploads: Mapping[str, Sequence[Upload]]) -> list[Document]:
    """Store the files sent with a form, by question; return their unsaved documents. All or none is kept.

    Together they may take as much processor time to parse as two files alone.
    """
    kept: list[Document] = []
    left = 2.0 * SECONDS
    try:
        for question_key, upload in ((key, upload) for key, sent in uploads.items() for upload in sent):
            too_many = refusal_of_count(len(kept))
            if too_many:
                raise Incomplete(fields={question_key: [too_many]})
            file = keep_file(form, question_key, upload, seconds=max(1, min(SECONDS, round(left))))
            kept.append(file.document())
            left -= file.seconds
            if left <= 0:
                raise Incomplete(fields={question_key: [_TOO_LONG]})
    except BaseException:
        discard(kept)
        raise
    return kept
