"""What hostile or careless senders put where a number, a date, a name or a word is expected."""

FIELD: tuple[str, ...] = (
    "",
    " ",
    "abc",
    "-1",
    "0",
    "1.5",
    "1e999",
    "NaN",
    "-Infinity",
    "9" * 30,
    "9" * 5_000,
    "0x1F",
    "true",
    "null",
    "[]",
    "\x00",
    "a\x00b",
    "\ud800",  # half of a pair: no character, and no UTF-8
    "\udfff tail",
    "\ufeff\u200b\u202e",
    "\u0661\u0662\u0663",  # Arabic digits, for str.isdigit
    "²",  # a digit, for str.isdigit, and no number
    "\uff11\uff12\uff13",  # full-width ones
    "😀" * 20,
    "ß" * 300,
    "x" * 10_000,
    "a\r\nBcc: everybody@example.test",
    "<script>alert(1)</script>",
    "{{ 7|add:7 }}{% url 'home' %}",
    "' OR 1=1 --",
    "%s%d%n%(a)s{0}{a}",
    "..\\..\\..//etc/passwd",
    "=1+1",
    "0001-01-01",
    "9999-12-31",
    "99999-01-01",
    "2019-02-30",
    "2019-07-08T25:61",
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-4000-8000-000000000001",
    "{00000000000040008000000000000001}",
    "not-a-uuid",
    "6810.99.0010",
    "USTR-2019-0005-999999",
    "javascript:alert(1)",
    "//evil.example/",
    "a@b",
)

# Within an address, as they are sent: percent-encoded, some of them no text at all.
PATH: tuple[str, ...] = (
    "%00",
    "a%00b",
    "%ED%A0%80",
    "%FF%FE",
    "%F0%9F%98%80",
    "%D9%A1%D9%A2%D9%A3",
    "%C2%B2",
    "-1",
    "0",
    "9" * 30,
    "9" * 5_000,
    "x" * 2_000,
    "..",
    "%2e%2e%2f",
    "%0d%0aSet-Cookie:a=b",
    "%25s",
    "'",
    "%3Cscript%3E",
    "00000000-0000-0000-0000-000000000000",
    "00000000-0000-4000-8000-000000000001",
    "None",
    "csv",
)

# Asked of every page, beside what its own forms ask.
PARAMETERS: tuple[str, ...] = (
    "q", "page", "cursor", "page_size", "sort", "next", "hts", "as_of", "on", "round", "status", "format", "list",
    "key", "code", "o", "p", "e", "_to_field", "_changelist_filters", "ordering", "action",
)  # fmt: skip

METHODS: tuple[str, ...] = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
