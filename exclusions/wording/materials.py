"""Words for what goods are made of, as annex texts and filers write them."""

import re

from exclusions.wording.word_lists import listed

MATERIALS = listed(
    "abs acetal acrylic acrylonitrile alloy alloys aluminum aluminium bamboo brass bronze canvas carbon "
    "cardboard cast cellulose ceramic ceramics chrome chromium clay cobalt concrete copper cork cotton "
    "crystal diamond down elastomer elastomers epdm epoxy fabric fabrics felt fiber fibers fiberboard "
    "fiberglass fibre fibres filament foam fur glass gold granite graphite gypsum hardwood iron jute "
    "latex lead leather linen magnesium man-made marble melamine metal metals mdf molybdenum neoprene "
    "nickel nitrile nylon oak paper paperboard particleboard pet pine plastic plastics plywood polyamide "
    "polycarbonate polyester polyethylene polymer polymers polyolefin polypropylene polystyrene "
    "polyurethane porcelain pvc quartz quartzite ramie rattan rayon resin resins rubber sheepskin silica "
    "silicon silicone silk silver slate softwood steel stone stoneware terephthalate textile textiles "
    "thermoplastic tin titanium tungsten veneer vinyl viscose wax wicker wire wood wool yarn yarns zinc "
    "zirconium"
)
_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")


def materials(words: str) -> frozenset[str]:
    """Return the words for materials in a text, in lower case, plastics and fibers in the singular."""
    return frozenset(
        word.removesuffix("s") if word not in ("brass", "glass") else word
        for word in _WORD.findall(words.casefold())
        if word in MATERIALS or all(part in MATERIALS for part in word.split("-"))
    )
