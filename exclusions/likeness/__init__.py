"""Which cases are one product. Knows nothing of the database: rows in, groups out, with the words for each.

The names here are stable:

- `propose(rows) -> list[Group]`: all groups at once; every case is in exactly one, alone or with others.
- `Group(members, basis, apart, why)`: `members` are rows, the head first; `basis` says what makes them one product,
  `why` the same for each member in turn; of a case alone, `apart` says why it stands apart.
- `place(row, groups) -> Placement(group, basis, apart)`: one new case beside the groups of its number.
- `alike(a, b) -> str`: why two cases ask for like answers (near text on the same 8 digits), "" if they are not.
- `whole_words(basis) -> str`: what of a basis a table holds.
- `Row(reference, hts10, product, text, attributes, requester)`, `Attribute(name, value, unit, low, high)`.
"""

from exclusions.likeness.cases import Attribute, Row
from exclusions.likeness.groups import Group, Placement, alike, place, propose, whole_words

__all__ = ["Attribute", "Group", "Placement", "Row", "alike", "place", "propose", "whole_words"]
