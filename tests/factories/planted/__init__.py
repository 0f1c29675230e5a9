"""Files in each of which one confidential value is planted, in one place where nobody looks."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Planted:
    """A value in one place of a file: the place as a person would call it, the file's name and content, the value."""

    place: str
    file_name: str
    content: bytes = field(repr=False)
    value: str
