"""Words to replace, each with the better one, as checks of proselint; and where they stay, with the reason.

A short list, drawn from what readers stumbled over: legal and foreign turns for which plain English has a word. A row
is a pattern of words (case does not count) and what to write instead.
"""

from proselint.registry.checks import Check, types

BETTER = {
    "all the same": "still",
    "anew": "again",
    "are no longer had": "are gone",
    "ask(?:ed)? back": "claim(ed)",
    "at the latest": "by",
    "cannot be told": "we cannot tell",
    "commence[sd]?": "start",
    "for the reason that": "because",
    "furnish(?:es|ed)?": "give",
    "hang(?:s|ing)? on": "depends on",
    "here(?:by|in|of|to|under|with)": "this, here",
    "in the place of": "instead of",
    "in order to": "to",
    "in respect of": "about",
    "is to be had": "is available",
    "may be had": "is available",
    "of (?:it|them) sure": "certain",
    "on top may come": "may also apply",
    "prior to": "before",
    "pursuant to": "under",
    "put as nothing": "shown as 0",
    "shall": "must",
    "somebody": "someone",
    "subsequent(?:ly)?": "later",
    "terminate[sd]?": "end",
    "there(?:after|at|by|in|of|to|upon|with)": "name the thing",
    "to whom it concerns": "name them",
    "until when": "the last day",
    "upon": "on, when",
    "utiliz(?:e|es|ed|ation)": "use",
    "what (?:decides|counts) is": "say who decides",
    "where(?:as|by|in|of|upon|with)": "name the thing",
    "which of these are yours": "say what to do",
    "with regard to": "about",
}
CHECKS = [
    Check(types.Existence(items=(words,)), path="plain", message=f"write “{better}”")
    for words, better in BETTER.items()
]
# Where a law, a form of the agency or a citation says it: the beginning of a place, or of the words, and why.
STAY = {
    "exclusions/questionnaires/": "questions of OMB forms, and rules in the words of the form",
    "templates/letters/layout.typ": "no words: how a letter is set",
    "exclusions/gateways/annex/": "annex text as the Federal Register prints it",
    "exclusions/wording/": "words that product texts are searched for",
    "exclusions/gateways/database/": "SQL and settings of the server",
    "exclusions/gateways/tariff/": "words that the published tariff is searched for",
    "exclusions/data/": "official titles and texts as published",
    "exclusions/goods/": "words of the tariff that a search passes over",
    "exclusions/models/": "what the tables are called stands in the list by its field",
    "exclusions.StoredCase.layout": "named so in a landed migration; no page shows it",
    "exclusions.PublicPetition.layout": "named so in a landed migration; no page shows it",
    "exclusions.PublicResponse.layout": "named so in a landed migration; no page shows it",
}


def faults(text: str) -> list[str]:
    """Return what to replace in a piece of copy, and by what."""
    return [f"{text[slice(*found.span)]!r}: {found.message}" for check in CHECKS for found in check.check(text)]
