"""Wiring: settings, root URLs, the WSGI/ASGI and Celery applications. No business code lives here."""

from tradecases.celery import app as celery_app

__all__ = ["celery_app"]
