#!/usr/bin/env python
"""Runs a management command; see README.md for the list."""

import os
import sys

from django.core.management import execute_from_command_line

from exclusions.gateways.database.limits import lift_for

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tradecases.settings")
    lift_for(sys.argv)
    execute_from_command_line(sys.argv)
