"""What the lists do to goods entered under a provision of chapter 98 (U.S. notes 20(a), (c), (e), (g) and (r))."""

from exclusions.hts import HtsNumber

ON_WORK = ("98020040", "98020050", "98020060")
ON_REST = "98020080"
LISTS = "Use the list of the number that the goods have in chapters 1 to 97."


def provision_in_words(number: HtsNumber) -> str:
    """Say on what value goods entered under the provision owe a list's duty; "" for a number of chapters 1 to 97."""
    if number.chapter == "99":
        return f"{number} is a heading of chapter 99. It is not the number of a product."
    if number.chapter != "98":
        return ""
    if number.plain.startswith(ON_WORK):
        return (
            "Section 301 duties apply, but only to the value of the repairs, alterations or processing abroad "
            f"(U.S. note 20). {LISTS}"
        )
    if number.plain.startswith(ON_REST):
        return (
            "Section 301 duties apply to the value of the article less the cost or value of the U.S. products in it "
            f"(U.S. note 20). {LISTS}"
        )
    return (
        "The duties of the lists do not apply to goods properly entered under chapter 98, except under 9802.00.40, "
        "9802.00.50, 9802.00.60 and 9802.00.80 (U.S. note 20)."
    )
