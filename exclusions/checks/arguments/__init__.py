"""Arguments of a text for or against an exclusion: where its sentences end, and which of them a person is asked about.

`suggest` only suggests: a person takes, joins, splits or leaves out, and says of each text when it is done.
"""

from exclusions.checks.arguments.sentences import sentences
from exclusions.checks.arguments.suggesting import AGAINST, FOR, Suggestion, side_of, suggest

__all__ = ["AGAINST", "FOR", "Suggestion", "sentences", "side_of", "suggest"]
