"""Bodies that programs send: JSON of so many levels, which is looked at before anything is made of it.

How many bytes a body may have is Django's to say (DATA_UPLOAD_MAX_MEMORY_SIZE).
"""

import io
import re
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_LEVELS = 20
TOO_DEEP = (
    f"The body nests lists and objects more than {MOST_LEVELS} levels deep, or leaves one open. Send what the schema "
    "describes."
)
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class BoundedJSONParser(JSONParser):
    """Reads a body as JSON within these bounds. Raises ParseError for what is no such JSON."""

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return what the body holds."""
        body = stream.read()
        if is_deep(body):
            raise ParseError(TOO_DEEP)
        return super().parse(io.BytesIO(body), media_type, parser_context)


def is_deep(body: bytes) -> bool:
    """Say whether brackets stand in brackets more than MOST_LEVELS deep, or are not in pairs.

    Each round takes the innermost pairs away, so that time does not grow with the depth.
    """
    brackets = _TEXT.sub(b"", body).translate(None, _NO_BRACKETS)
    for _ in range(MOST_LEVELS):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return bool(brackets)
