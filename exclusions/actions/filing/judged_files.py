"""Reading what public files say before the petition's row is locked: nobody waits for the file store."""

from collections.abc import Callable
from typing import TypeVar

from exclusions.actions.record.public_files.read_again import read_again
from exclusions.errors import Conflict
from exclusions.gateways.documents.reading import READER
from exclusions.models import Document, Petition
from exclusions.permissions.filing import judged_files
from exclusions.permissions.leaks import FilesChanged, JudgedFiles

Result = TypeVar("Result")

TRIES = 3


def with_judged_files(petition: Petition, act: Callable[[JudgedFiles], Result]) -> Result:
    """Look through the petition's public files, then call `act` with what was found; return what it returns.

    A file whose text an older reader kept, or whose text is missing, is read again first.
    `act` locks the row and judges by what it is given. Where answers or files were changed before it had the lock,
    FilesChanged comes out of it, its transaction is undone, and all is looked through again; Conflict the third time.
    """
    for _ in range(TRIES):
        read_again(Document.objects.to_be_read_again(READER).filter(petition=petition))
        judged = judged_files(petition)
        if read_again(judged.unread):  # the text of one was missing
            judged = judged_files(petition)
        try:
            return act(judged)
        except FilesChanged:
            continue
    raise Conflict("Someone else is changing answers or files of this petition. Wait a moment, then try again.")
