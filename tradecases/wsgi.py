"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

from exclusions.gateways.database.pooled import check_ways

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecases.settings")

application = get_wsgi_application()
resolve("/")  # the table of addresses, and with it every view, is read before anybody asks
check_ways()  # behind a pooler that is not declared nothing is served, and the start says so
