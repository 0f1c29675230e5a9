"""Stored files in a folder of this machine: Django's own storage, with our place for a key and writes that last."""

import os
from collections.abc import Iterator
from errno import EBADF, EINVAL
from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class FolderStorage(FileSystemStorage):
    """Keeps the key `0a1b…` as `0a/1b/0a1b…`: no folder grows beyond what people and tools can list."""

    def path(self, name: str) -> str:
        """Return where a key is kept; SuspiciousFileOperation for one that leads out of the folder."""
        return super().path(os.path.join(name[:2], name[2:4], name))

    def keys(self) -> Iterator[str]:
        """Yield the name of every file, what a crash left half-written included."""
        for folder, _, names in os.walk(self.location):
            if Path(folder) != Path(self.location):
                yield from names

    def save(self, name: Any, content: Any, max_length: int | None = None) -> str:
        """Write the file under another name, and under its own once it is on the disk; so is what names it then.

        A crash leaves at most a `.part` file, never a half file under a key. Modes are those of the process's umask.
        The name is a key drawn at random, and met once; the content is a File, written in its chunks.
        """
        target = Path(self.path(name))
        missing = [folder for folder in target.parents if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        try:
            with part.open("xb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
        for folder in {target.parent, *(made.parent for made in missing)}:
            _sync(folder)
        return str(name)


def _sync(folder: Path) -> None:
    """Have the disk keep the names in a folder: a file that is synced may still lose its name in a power cut.

    Some mounted file systems cannot sync a folder; there the file itself has to do.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {EBADF, EINVAL}:
            raise
    finally:
        os.close(descriptor)
