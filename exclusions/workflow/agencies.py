"""The agencies of the Section 301 Committee beside the chair (15 CFR 2002.3), and the views that they may take."""

from collections.abc import Mapping

AGENCIES: Mapping[str, str] = {
    "commerce": "Commerce",
    "treasury": "Treasury",
    "state": "State",
    "agriculture": "Agriculture",
    "labor": "Labor",
    "sba": "Small Business Administration",
    "customs": "Homeland Security (Customs)",
    "other": "Another agency",
}
VIEWS: Mapping[str, str] = {
    "agrees": "Agrees",
    "agrees_in_part": "Agrees in part",
    "objects": "Objects",
    "no_position": "Takes no position",
}
SAY_WHY = frozenset({"agrees_in_part", "objects"})
LONGEST = 2000  # characters of what an agency says
