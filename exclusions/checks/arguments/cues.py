"""Words that show on which factor a sentence bears, and words that show that it argues nothing.

From the questions of the notices (83 FR 32181; 84 FR 29576; 89 FR 83755) and from how people answer them. A cue is a
pattern over the small letters of a sentence; each that occurs counts once. The names are keys of `criteria`.
"""

import re
from collections.abc import Mapping
from typing import Final


def _cues(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"\b(?:{pattern})") for pattern in patterns)


CUES: Final[Mapping[str, tuple[re.Pattern[str], ...]]] = {
    "availability": _cues(
        r"(?:re)?produc(?:e|es|ed|ing|er|ers|tion)\b",
        r"manufactur|fabricat",
        r"(?:makes?|made|making|maker|makers)\b",
        r"suppl(?:y|ies|ied|ier|iers|ying)\b",
        r"(?:sell|sells|sold|sale|sales)\b",
        r"deliver|ship(?:s|ped|ment)?\b",
        r"(?:re)?sourc(?:e|es|ed|ing)\b",
        r"purchas|buy(?:s|ing)?\b|bought\b|procure",
        r"quot(?:e|es|ed|ation|ations)\b|price book",
        r"capacit|capabilit|capab(?:le|ly)|inability|unable\b|able to\b",
        r"(?:can|cannot|can't|could|couldn't)\b",
        r"available|availability|unavailab|shortage|inventor(?:y|ies)|in stock|demand\b",
        r"lead[ -]?times?|time ?frame|\d+\+? ?(?:to|-|–)? ?\d* ?(?:days|weeks|months|years)\b",
        r"substitut|comparable|equivalent|equal(?:ly)? |identical|alternat|interchangeable|replacement|viable",
        r"quality|specification|tolerance|finish|inferior|superior|suitab|certif|approved|qualif|standard\b|meets?\b",
        r"domestic|united states|u\. ?s\. |us (?:producer|manufactur|maker|mill|suppl|market|demand|source)",
        r"third countr|only (?:from|in) china|outside (?:of )?china|other countr",
        r"vietnam|mexico|india\b|taiwan|japan|germany|korea",
        r"fail(?:ed|ure)? |reject|scrap|defect",
        r"attempt|contact(?:ed|s)?\b|inquir",
        r"objector|equipment|machiner|plant\b|mill\b|mills\b|facilit(?:y|ies)",
    ),
    "severe_economic_harm": _cues(
        r"harm|hardship|injur|damag",
        r"jobs?\b|employ|lay ?off|laid off|workforce|workers|hir(?:e|ing) freeze",
        r"revenue|margin|profit|loss(?:es)?\b|bankrupt|out of business|clos(?:e|ing) (?:the|our|its|a)\b",
        r"(?:cost|costs|price|prices)\b.{0,40}(?:increase|rise|rising|higher|raise)|(?:increase|higher|raise).{0,40}"
        r"(?:cost|costs|price|prices)\b",
        r"tariff|dut(?:y|ies)\b",
        r"competitive|disadvantage|market share|lose (?:customers|business|sales|contracts)",
        r"small business|consumers?\b|investment|jeopard|afford|absorb|pass(?:ed)? on",
    ),
    "strategic_importance": _cues(
        r"made in china 2025|mic ?2025",
        r"strateg(?:ic|ically)",
        r"industrial (?:program|polic|plan)|five-year plan|state[- ]owned|chinese government|subsid",
        r"semiconductor|aerospace|robot|artificial intelligence|advanced technolog|high[- ]tech",
        r"national security|military|critical (?:technolog|mineral|infrastructure)",
    ),
    "objective": _cues(
        r"undermin|defeat the purpose|circumvent",
        r"(?:objective|purpose|goal)s? of (?:the|these|this)|section 301|investigation",
        r"technology transfer|intellectual property|forced transfer|theft|acts, policies",
        r"leverage|incentive for china|unfair trade|dump(?:ed|ing)",
    ),
    "administrability": _cues(
        r"hts(?:us)?\b|subheading|tariff (?:number|code|classification)|misclassif|classified (?:in|under)",
        r"(?:product|request|described?|description|definition|scope)\b.{0,40}(?:vague|broad|unclear|precise|specific)",
        r"(?:too|overly) (?:broad|vague)|not (?:clearly |precisely )?defined|administ(?:er|rable)",
        r"customs (?:can|could|officer|would)|at (?:the )?(?:time of )?entry|distinguish|verif(?:y|iable)",
        r"code referenced|brand|trademark",
    ),
    "domestic_manufacturing": _cues(
        r"our own (?:plant|production|factory|manufactur)|own use",
        r"domestic(?:ally)? manufactur(?:ing|ed) (?:use|in our)|in our (?:plant|factory|facility)",
        r"resale|resell",
    ),
}
# A sentence that argues nothing: what is confidential, where to look, thanks, what is asked for in the end.
_CONFIDENTIAL = re.compile(r"\b(?:proprietary|confidential(?:ly)?|publicly disclosed|public submission)\b")
_DATA = re.compile(r"\b(?:information|data|capacity|utili[sz]ation|responses?|figures?)\b")
_ON_REQUEST = re.compile(
    r"\b(?:(?:provid|suppl|giv|submi)\w*|available|emailed?|disclosed|included)\b.*\b(?:such )?"
    r"(?:information|(?:up)?on request|confidentially|'s request)|upo[n] request"
)
_POINTS = re.compile(
    r"^(?:please (?:see|refer)|see |attached|refer to|as (?:stated|noted) (?:above|below)[.]?$|page \d+ )"
)
_POLITE = re.compile(
    r"^(?:thank|we (?:\w+ ){0,2}(?:ask|request|urge|support|oppose)\b"
    r"|for (?:these|the foregoing) reasons)|\bobjects? to this\b"
)
_EMPTY = re.compile(r"^(?:n/?a|none|no comment|yes|no|unknown)\b.{0,3}$")
# What is claimed in spite of where it points: “see attachment regarding the mill's inability to supply”.
_CLAIMS = re.compile(r"\b(?:inability|refusal|cannot|unable|can(?:not)? (?:make|supply|produce)|does not|do not)\b")


def argues_nothing(said: str) -> bool:
    """Say whether a sentence, in small letters, only points somewhere, keeps something back, or is a courtesy."""
    if _EMPTY.match(said) or (_POINTS.match(said) and not _CLAIMS.search(said)) or _POLITE.search(said):
        return True
    if _CONFIDENTIAL.search(said) and _DATA.search(said):
        return True
    return bool(_ON_REQUEST.search(said)) and not _CONFIDENTIAL.search(said) and bool(_DATA.search(said))
