"""What a table says of each value is made once, whatever the value, and escaped like the rest."""

from exclusions.gateways.templates.markup import Once, escaped


def test_each_value_is_made_once() -> None:
    asked: list[str] = []

    def made(value: str) -> str:
        asked.append(value)
        return escaped(value)

    words = Once(made)
    assert [words[each] for each in ("A & B", "", "A & B", "")] == ["A &amp; B", "", "A &amp; B", ""]
    assert asked == ["A & B", ""]
