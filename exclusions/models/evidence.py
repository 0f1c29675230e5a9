"""Evidence: which words speak for which heading of the schedule, and the words that are known at all.

Everything here is public and made from what is on file or shipped; `actions` writes it anew at each load.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connections, models, router
from django.db.models import Q

from exclusions.models.guards import SearchIndex

TERMS_SEARCH, LETTERS_SEARCH = "exclusions_evidencesearch", "exclusions_goodswordsearch"


# Which kinds are looked for together, and how many texts of them a search reads.
SHARES: Mapping[tuple[str, ...], int] = {("heading", "line"): 160, ("word",): 80, ("name", "exclusion"): 60}
TOGETHER = "CASE {} END".format(
    " ".join(f"WHEN e.kind = '{kind}' THEN {place}" for place, kinds in enumerate(SHARES) for kind in kinds)
)
SHARE = "CASE together {} END".format(
    " ".join(f"WHEN {place} THEN {most}" for place, most in enumerate(SHARES.values()))
)
READ = "e.heading, e.number, e.kind, e.text, e.terms, e.head, e.confidence"
COMMON = 1_500  # a word of more texts than this finds none by itself where a rarer one was asked


class EvidenceManager(models.Manager["Evidence"]):
    """Look-ups by stems."""

    def speaking(self, terms: Sequence[str], often: Mapping[str, int]) -> list[tuple[Any, ...]]:
        """Return what is read of up to 300 texts in which the stems occur, those with the most and rarest first: READ.

        `often` says in how many texts each stem stands. One statement, in the dialect of the database at hand.
        """
        rare = [term for term in terms if often.get(term, 0) <= COMMON] or [
            min(terms, key=lambda term: often.get(term, 0))
        ]
        rest = [term for term in terms if term not in rare]
        connection = connections[router.db_for_read(self.model)]
        of_vendor = self._on_postgresql if connection.vendor == "postgresql" else self._on_sqlite
        sql, values = of_vendor(rare, rest, often)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    @staticmethod
    def _on_sqlite(rare: Sequence[str], rest: Sequence[str], often: Mapping[str, int]) -> tuple[str, list[Any]]:
        wanted = " OR ".join(f'"{term}"' for term in rare)
        if rest:
            also = " OR ".join(f'"{term}"' for term in rest)
            wanted = f"({wanted}) OR (({wanted}) AND ({also}))"
        parts = [
            f"SELECT * FROM (SELECT {READ} FROM {TERMS_SEARCH} JOIN exclusions_evidence e "
            f"ON e.id = {TERMS_SEARCH}.rowid WHERE {TERMS_SEARCH} MATCH %s "
            f"ORDER BY bm25({TERMS_SEARCH}, 0, 1) LIMIT {share})"
            for share in SHARES.values()
        ]
        asked = [f"kind : ({' OR '.join(kinds)}) AND terms : ({wanted})" for kinds in SHARES]
        return " UNION ALL ".join(parts), asked

    @staticmethod
    def _on_postgresql(rare: Sequence[str], rest: Sequence[str], often: Mapping[str, int]) -> tuple[str, list[Any]]:
        """The texts are looked up once, and counted off within their kinds; they are given as they were counted,
        so that they need be sorted but once. Where one stem is asked, all texts weigh the same.
        """
        terms = [*rare, *rest] if len(rare) + len(rest) > 1 else []
        weighed = " + ".join(["CASE WHEN e.vector @@ %s::tsquery THEN %s::float ELSE 0 END"] * len(terms)) or "0"
        best_first = "weight DESC, long, id" if terms else "long, id"
        values: list[Any] = []
        for term in terms:
            values += [f"'{term}'", 1_000 / (20 + often.get(term, 0))]
        sql = (
            f"SELECT {READ} FROM (SELECT *, row_number() OVER (PARTITION BY together ORDER BY {best_first}) "
            f"AS place FROM (SELECT {READ}, e.id, {TOGETHER} AS together, length(e.terms) AS long, {weighed} AS weight "
            "FROM exclusions_evidence e WHERE e.vector @@ %s::tsquery) AS e) AS e "
            f"WHERE place <= {SHARE} ORDER BY together, {best_first}"
        )
        return sql, [*values, " | ".join(f"'{term}'" for term in rare)]


class Evidence(models.Model):
    """One text that names goods, and the number it speaks for.

    `terms` are the stems of the text as `goods.words` makes them, one blank between; of a line its own words stand
    before the stroke, those of the lines above it behind. `head` is the stem of the word that says what the thing is.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", "Heading of the schedule"
        LINE = "line", "Line of the schedule"
        WORD = "word", "Everyday word"
        NAME = "name", "Product name of petitions"
        EXCLUSION = "exclusion", "Text of an exclusion"

    heading = models.CharField(max_length=4)
    number = models.CharField(max_length=10, help_text="plain digits, four to ten: as far as it is known")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    terms = models.TextField()
    head = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(help_text="from 0 to 1")
    edition = models.CharField(max_length=100, blank=True, help_text="of the schedule that says so; empty: none")

    objects = EvidenceManager()

    guards = (SearchIndex(TERMS_SEARCH, ("kind", "terms")),)

    class Meta:
        verbose_name, verbose_name_plural = "evidence of a word for goods", "evidence of words for goods"
        indexes = [models.Index(fields=["kind", "number"], name="evidence_kind_number")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__gt=0, confidence__lte=1), name="evidence_confidence_is_share"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text[:60]}: {self.number}"


class GoodsWordManager(models.Manager["GoodsWord"]):
    """Look-ups by letters."""

    def like(self, groups: Sequence[str], shortest: int, longest: int) -> list[tuple[str, str, int]]:
        """Return up to 60 words that share groups of three letters with one that is asked, the most first.

        As stem, word and frequency; their stems have `shortest` to `longest` letters. One statement.
        """
        connection = connections[router.db_for_read(self.model)]
        if connection.vendor == "postgresql":
            asked = " | ".join(f"'{group}'" for group in groups)
            sql = (
                "SELECT stem, word, frequency FROM exclusions_goodsword WHERE vector @@ %s::tsquery "
                "AND length(stem) BETWEEN %s AND %s ORDER BY ts_rank(vector, %s::tsquery, 1) DESC, stem LIMIT 60"
            )
            values: list[Any] = [asked, shortest, longest, asked]
        else:
            sql = (
                f"SELECT g.stem, g.word, g.frequency FROM {LETTERS_SEARCH} JOIN exclusions_goodsword g "
                f"ON g.id = {LETTERS_SEARCH}.rowid WHERE {LETTERS_SEARCH} MATCH %s "
                f"AND length(g.stem) BETWEEN %s AND %s ORDER BY {LETTERS_SEARCH}.rank, g.stem LIMIT 60"
            )
            values = [" OR ".join(f'"{group}"' for group in groups), shortest, longest]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found: list[tuple[str, str, int]] = cursor.fetchall()
        return found


class GoodsWord(models.Model):
    """A stem that the evidence knows, the word as it is mostly written, and in how many texts it stands.

    `letters` are its groups of three letters (`goods.spelling`), by which a misspelt word is found.
    """

    stem = models.CharField(max_length=40, unique=True)
    word = models.CharField(max_length=40)
    frequency = models.PositiveIntegerField()
    letters = models.TextField()

    objects = GoodsWordManager()

    guards = (SearchIndex(LETTERS_SEARCH, ("letters",)),)

    class Meta:
        verbose_name, verbose_name_plural = "word for goods", "words for goods"

    def __str__(self) -> str:
        return self.word
