"""`Idempotency-Key`: a program that heard no answer sends its request again, and nothing is made twice."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from exclusions.actions.once import answered_before, keep_answer, let_go

HEADER = "Idempotency-Key"
FORM = r"[!-~]{1,255}"
WRONG = f"{HEADER} is 1 to 255 visible characters of ASCII, for example a UUID."
PARAMETER = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": f"^{FORM}$"},
    OpenApiParameter.HEADER,
    description="Any text of your own, new for each thing you create. If you send it again with the same "
    "body within 24 hours, you get the first answer again, with the header Idempotent-Replayed. Nothing is "
    "created.",
)


def digest_of(file: Any) -> str:
    """Return the SHA-256 (hex) of a file that was sent, by which a request with it counts; it is read again later."""
    digest = sha256()
    for piece in file.chunks():
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def once(
    request: Request,
    make: Callable[[], Response],
    *,
    at: datetime,
    asked: Any = None,
    before: Callable[[], None] = lambda: None,
) -> Response:
    """Answer a request of a signed-in person by `make`, or as it was answered before; without a key by `make`.

    Success alone is kept: what was refused may be corrected and sent again with its key. `asked` is what the request
    says, where its body is no JSON; `before` is what takes long, and is done before the transaction begins. Raises
    ValidationError for a key of another form, and what `actions.once.answered_before` raises.
    """
    key = request.headers.get(HEADER)
    if key is None:
        before()
        return make()
    if not re.fullmatch(FORM, key):
        raise ValidationError({HEADER: [WRONG]})
    said = json.dumps([request.method, request.path, request.data if asked is None else asked], sort_keys=True)
    user_id = request.user.pk
    assert user_id is not None  # the view lets in nobody without a token
    earlier = answered_before(user_id, key=key, digest=sha256(said.encode()).hexdigest(), at=at)
    if earlier:
        return Response(json.loads(earlier.body), status=earlier.code, headers={"Idempotent-Replayed": "true"})
    try:
        before()
        with transaction.atomic():
            answer = make()
            keep_answer(user_id, key=key, code=answer.status_code, body=JSONRenderer().render(answer.data).decode())
    except BaseException:
        let_go(user_id, key=key)
        raise
    return answer
