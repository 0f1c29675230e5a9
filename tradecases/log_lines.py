"""How log lines look and where they go: one handler for all, without the secret words of addresses."""

import logging
from typing import Any


def log_lines(level: str) -> dict[str, Any]:
    """Return what `logging.config` is told; lines below the level are left out, but for those of sign-ins."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "exclusions.gateways.log_lines.WithoutSecrets",
                "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s",
            }
        },
        "filters": {
            "outages": {"()": "exclusions.gateways.database.trouble.WithoutOutages"},
            "probes": {"()": "django.utils.log.CallbackFilter", "callback": is_no_unready_probe},
        },
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages", "probes"]}
        },
        # The one handler writes all lines; those that libraries bring would write addresses as they came.
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
            "exclusions.sign_in": {"level": "INFO"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }


def is_no_unready_probe(record: logging.LogRecord) -> bool:
    """Say whether a line is written: not that a probe was answered 503, each time; which part fails is said once."""
    path = getattr(getattr(record, "request", None), "path", "")
    return record.name != "django.request" or path != "/health/ready" or bool(record.exc_info)
