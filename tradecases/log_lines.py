"""How log lines look and where they go: one handler for all, one JSON object a line, nothing of anybody's matter."""

from typing import Any


def log_lines(level: str, *, readable: bool, texts: bool) -> dict[str, Any]:
    """Return what `logging.config` is told; lines below the level are left out, but for those that name a request.

    `readable`: for somebody at a terminal, no JSON. `texts`: exceptions are written with what they say.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"()": "exclusions.gateways.observed.lines.Lines", "readable": readable, "texts": texts}
        },
        "filters": {
            "outages": {"()": "exclusions.gateways.outages.trouble.WithoutOutages"},
            "news": {"()": "exclusions.gateways.observed.told_once.News"},
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]}},
        # The one handler writes all lines; those that libraries bring would write addresses as they came.
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
            "django.request": {"filters": ["news"]},
            # One line a request, a task, a refusal, a message, a sign-in.
            **{name: {"level": "INFO"} for name in ("exclusions", "django_structlog")},
            # Celery says the same of each task, with the text of its exception.
            "celery.app.trace": {"level": "CRITICAL"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
