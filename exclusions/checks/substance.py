"""Whether a reason says anything. It says what in the record shows it: a word or two are none (GAO-21-506).

The least is that of a short whole sentence, "No other source." being one: three different words, ten letters in all.
"""

import re
from typing import Final

LEAST_WORDS: Final = 3
LEAST_LETTERS: Final = 10
TOO_LITTLE: Final = (
    "This reason is too short. Say in a sentence what in the record shows it. For example: "
    "“A maker in Ohio offers the product.”"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def lacks_substance(text: str) -> str:
    """Return the sentence that refuses a reason which says too little, and tells what to write; empty: it will do.

    Numbers and signs count for nothing: “D6.”, “4.2” and “...” show nothing to who reads the record later.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    enough = len(words) >= LEAST_WORDS and sum(map(len, words)) >= LEAST_LETTERS
    return "" if enough else TOO_LITTLE
