"""Bodies that programs send: JSON of so many levels, which is looked at before anything is made of it.

How many bytes a body may have is Django's to say (DATA_UPLOAD_MAX_MEMORY_SIZE).
"""

import io
import json
import re
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

MOST_LEVELS = 20
TOO_DEEP = (
    f"The body nests lists and objects more than {MOST_LEVELS} levels deep, or leaves one open. Send what the schema "
    "describes."
)
NOT_JSON = "The body is not JSON: {}. Correct that, and send what the schema describes."
NO_NUMBER = (
    "The body is not JSON that we read: a number of it is NaN, Infinity or has thousands of digits. Send another "
    "number, or null."
)
NOT_UTF_8 = "The body is not JSON: its byte {} is not text in {}. Send the body in UTF-8."
_TEXT = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))


class BoundedJSONParser(JSONParser):
    """Reads a body as JSON within these bounds. Raises ParseError for what is no such JSON."""

    def parse(self, stream: IO[Any], media_type: Any = None, parser_context: Any = None) -> Any:
        """Return what the body holds."""
        body = stream.read()
        if is_deep(body):
            raise ParseError(TOO_DEEP)
        try:
            return super().parse(io.BytesIO(body), media_type, parser_context)
        except ParseError as error:
            raise ParseError(_what_is_wrong(error.__context__)) from error


def _what_is_wrong(cause: BaseException | None) -> str:
    """Return a sentence for why a body could not be read, in place of the parser’s own words."""
    if isinstance(cause, json.JSONDecodeError):
        if not cause.doc[cause.pos :].strip():
            return NOT_JSON.format("it is empty" if not cause.doc.strip() else "it ends before it is complete")
        return NOT_JSON.format(f"line {cause.lineno}, character {cause.colno} cannot be read")
    if isinstance(cause, UnicodeDecodeError):
        return NOT_UTF_8.format(cause.start + 1, cause.encoding)
    return NO_NUMBER


def is_deep(body: bytes) -> bool:
    """Say whether brackets stand in brackets more than MOST_LEVELS deep, or more than so many are in no pair.

    Each round takes the innermost pairs away, so that time does not grow with the depth. A few that are in no pair are
    no danger to the parser, which says where the first of them stands.
    """
    brackets = _TEXT.sub(b"", body).translate(None, _NO_BRACKETS)
    for _ in range(MOST_LEVELS):
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
    return len(brackets) > MOST_LEVELS or b"[]" in brackets or b"{}" in brackets
