"""Letters and signs that a reader takes for others, each with the plain one that stands for it when texts are compared.

Unicode's NFKD resolves full-width, mathematical and circled forms, ligatures and accents. What it keeps apart is here:
letters drawn like Latin ones (a selection of Unicode's confusables.txt: Cyrillic, Greek, Armenian, Cherokee, phonetic),
quotes, dashes, signs of money, and what is drawn as nothing. Written as code points, since one cannot read the rest.
"""

_LETTERS = {
    "a": "\u0410\u0430\u0391\u03b1\u0251\u13aa",
    "b": "\u0412\u0432\u042c\u044c\u0392\u03b2\u13f4\u0299",
    "c": "\u0421\u0441\u03f9\u03f2\u13df\u1d04",
    "d": "\u0500\u0501\u13a0\u0111\u0110\u0256",
    "e": "\u0415\u0435\u0395\u03b5\u04bd\u13ac\u0404\u0454\u1d07",
    "f": "\u0191\u0192",
    "g": "\u050c\u050d\u0261\u13fb\u0581\u0262\u13c0",
    "h": "\u041d\u043d\u04ba\u04bb\u0397\u0570\u13bb\u029c",
    "i": "\u0406\u0456\u0399\u03b9\u0131\u0269\u13a5\u026a",
    "j": "\u0408\u0458\u0575\u13ab\u03f3\u1d0a",
    "k": "\u041a\u043a\u039a\u03ba\u13e6\u1d0b",
    "l": "\u0141\u0142\u13de\u04c0\u04cf\u029f",
    "m": "\u041c\u043c\u039c\u13b7\u1d0d",
    "n": "\u039d\u03b7\u0578\u057c\u0274\u041f\u043f",
    "o": "\u041e\u043e\u039f\u03bf\u0555\u0585\u00d8\u00f8\u1d0f",
    "p": "\u0420\u0440\u03a1\u03c1\u13e2\u1d18",
    "q": "\u051a\u051b\u0566\u0554",
    "r": "\u0413\u0433\u13a1\u13d2\u0280",
    "s": "\u0405\u0455\u054f\u13da\ua731",
    "t": "\u0422\u0442\u03a4\u03c4\u13a2\u1d1b",
    "u": "\u03c5\u057d\u028b\u1d1c",
    "v": "\u03bd\u13d9\u0474\u0475\u1d20",
    "w": "\u051c\u051d\u03c9\u13b3\u1d21\u0428\u0448",
    "x": "\u0425\u0445\u03a7\u03c7",
    "y": "\u0423\u0443\u03a5\u03b3\u04ae\u04af\u028f",
    "z": "\u0396\u13c3\u1d22",
}
_SIGNS = {
    "'": "\u2019\u2018\u201a\u201b\u02bc\u02b9\u2032\u00b4",
    '"': "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043",
    "$": "\u20ac\u00a3\u00a5\u20a9\u20b9\u20bd\u20ba",
    ",": "\u066c\u060c",
    ".": "\u066b\u00b7\u3002",
    "%": "\u066a",
    "*": "\u00d7\u2715\u2219\u22c5",
    "/": "\u2044\u2215",
    " ": "\u2122\u2120\u00ae\u00a9",
    ".5": "\u00bd",
    ".25": "\u00bc",
    ".75": "\u00be",
}
# Default_Ignorable_Code_Point: soft hyphen, zero-width spaces and joiners, direction marks, variation selectors, tags.
_UNSEEN = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF),
)  # fmt: skip

# For str.translate: signs before NFKD, which would make letters of some of them; letters after it.
SIGNS: dict[int, str | None] = {ord(sign): plain for plain, signs in _SIGNS.items() for sign in signs}
SIGNS |= {code: None for first, last in _UNSEEN for code in range(first, last + 1)}
LETTERS = {ord(letter): plain for plain, letters in _LETTERS.items() for letter in letters}
