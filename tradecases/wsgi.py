"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecases.settings")

application = get_wsgi_application()
resolve("/")  # the table of addresses, and with it every view, is read before anybody asks
