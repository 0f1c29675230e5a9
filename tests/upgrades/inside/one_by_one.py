"""Migrate the database that the environment names with the migrations as they landed, up to the one that is named.

    python one_by_one.py [NAME]

Without a name: all of ours, without the one that stands for many of them. What a migrate does before and after is left
to the next `manage.py migrate`. Prints how many have run.
"""

import json
import sys

import django
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


def main() -> None:
    """Migrate, and print how many migrations of ours are recorded."""
    django.setup()
    executor = MigrationExecutor(connection)
    executor.loader = loader = MigrationLoader(connection, replace_migrations=False)
    if sys.argv[1:]:
        executor.migrate([("exclusions", name) for name in sys.argv[1:]])
    else:
        # Those that came later follow the one that stands for many: where all of these ran, it counts as run.
        many = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
        executor.migrate([key for key in many if not many & loader.graph.node_map[key].children])
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes("exclusions"))
    ran = [app for app, _ in executor.recorder.applied_migrations() if app == "exclusions"]
    sys.stdout.write(f"{json.dumps(len(ran))}\n")


main()
