"""What a search answers while somebody types: the results alone, and nobody is led away."""

import html

from django.test import Client
from django.urls import reverse

from exclusions.models import Petition, Round

PIECE = {"headers": {"HX-Request": "true"}}


def test_the_tariff_answers_the_results_alone(client: Client, list3: Round) -> None:
    answer = client.get(reverse("tariff"), {"q": "6810.99.0010"}, **PIECE)
    assert answer.status_code == 200
    assert "<main" not in answer.content.decode()
    assert "6810.99.0010" in answer.content.decode()
    assert "HX-Request" in answer["Vary"]
    assert client.get(reverse("tariff"), {"q": "6810.99.0010"}).status_code == 302
    again = client.get(
        reverse("tariff"), {"q": "6810"}, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert "<main" in again.content.decode(), "going back asks for the page"
    asked = {"prefix": "68x1", "as_of": "2019-07-08"}
    wrong = client.get(reverse("tariff"), asked, **PIECE)
    assert wrong.status_code == 200, "what was found before makes room"
    [(sentence,)] = client.get(reverse("tariff"), asked).context["form"].errors.values()
    assert html.unescape(wrong.content.decode()).count(sentence) == 2, "shown, and said"
    assert "<main" not in wrong.content.decode()
    assert client.get(reverse("tariff"), asked).status_code == 400


def test_the_header_is_answered_with_a_few_results_and_the_way_to_all(client: Client, list3: Round) -> None:
    brief = client.get(reverse("search"), {"brief": "1", "q": "6810.99"}, **PIECE).content.decode()
    assert brief.count("<li>") <= 8
    assert f"{reverse('search')}?q=6810.99" in brief
    assert "<main" in client.get(reverse("search"), {"brief": "1", "q": "6810.99"}).content.decode()
    assert "No results for" in client.get(reverse("search"), {"brief": "1", "q": "zzqx"}, **PIECE).content.decode()
    assert not Petition.objects.exists()
    empty = client.get(reverse("search"), {"brief": "1", "q": " "}, **PIECE).content.decode()
    assert "<a" not in empty
    assert "Nothing" not in empty
