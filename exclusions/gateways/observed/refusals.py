"""The line of the log on a refused action: what refused it, of which case, and where in the code; no sentence of it."""

from types import TracebackType

import structlog

from exclusions.errors import ActionRefused

logger = structlog.get_logger("exclusions.refused")


def tell(refused: ActionRefused) -> None:
    """Write the line. Who answers a refusal calls this: the pages, with the administration's, and the API."""
    logger.info(
        "refused",
        refusal=type(refused).__name__,
        status=refused.status,
        transition=refused.transition,
        gates=list(refused.gates),
        case=refused.case,
        raised_in=_place(refused.__traceback__),
    )


def _place(trace: TracebackType | None) -> str:
    """Return the function that raised it."""
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__', '')}.{trace.tb_frame.f_code.co_name}"
