"""Who records that the Federal Register was searched for notices and had nothing new."""

from exclusions.workflow.roles import Role

SEARCHERS = frozenset({Role.PUBLISHER, Role.ADMIN})
