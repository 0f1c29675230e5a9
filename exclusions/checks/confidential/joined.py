"""Words looked for where nothing sets them apart: in a script without spaces, or in letters written one by one."""

from collections.abc import Iterator

from exclusions.checks.confidential.secret import Secret


class Joined:
    """An index of words without spaces, looked up by their first letters at every place of a text in one go."""

    def __init__(self, head: int) -> None:
        """Look words up by that many first letters; shorter ones are not looked for."""
        self._head = head
        self._words: dict[str, dict[str, list[Secret]]] = {}

    def __bool__(self) -> bool:
        return bool(self._words)

    def add(self, word: str, secret: Secret) -> None:
        """Look for this word, if it is long enough."""
        if len(word) >= self._head:
            self._words.setdefault(word[: self._head], {}).setdefault(word, []).append(secret)

    def find(self, letters: str) -> Iterator[tuple[Secret, str]]:
        """Yield each secret whose word is among the letters, with the word."""
        heads = {letters[place : place + self._head] for place in range(len(letters) - self._head + 1)}
        for head in heads & self._words.keys():
            for word, secrets in self._words[head].items():
                if word in letters:
                    for secret in secrets:
                        yield secret, word
