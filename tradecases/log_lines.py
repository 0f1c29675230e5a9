"""How log lines look and where they go: one handler for all, without the secret words of addresses."""

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
        "filters": {"outages": {"()": "exclusions.gateways.database.trouble.WithoutOutages"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outages"]}},
        # The one handler writes all lines; those that libraries bring would write addresses as they came.
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
            "exclusions.sign_in": {"level": "INFO"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
