"""What a load did, in the words every loader uses."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True)
class LoadReport:
    """Counts of one load: `read` and `refused` are rows of the file, the others what it changed in the tables."""

    read: int
    added: int = 0
    changed: int = 0
    ended: int = 0
    refused: int = 0

    @property
    def changed_nothing(self) -> bool:
        """Whether the tables were as the file says already."""
        return not (self.added or self.changed or self.ended)

    def __str__(self) -> str:
        counts = (("read", self.read), ("added", self.added), ("changed", self.changed), ("ended", self.ended))
        return ", ".join(f"{count:,} {word}" for word, count in (*counts, ("refused", self.refused)))


@dataclass(frozen=True)
class LoadedFile:
    """The file that a command loads, as its event names it: name, SHA-256, and when."""

    name: str
    sha256: str
    at: datetime

    @classmethod
    def read(cls, path: Path, at: datetime) -> "LoadedFile":
        """Return a file as it is now."""
        return cls(path.name, sha256(path.read_bytes()).hexdigest(), at)
