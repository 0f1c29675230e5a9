"""Two windows on one draft: only what was changed in both is in conflict, and nothing old is put back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exclusions.models import Petition, User
from tests.conftest import Clock
from tests.factories.typed import typed

SignIn = Callable[[User | None], Client]
OLD, NEW = "Designed to cut stone.", "Designed to cut quartz."


@pytest.fixture
def address(draft: Petition, clock: Clock) -> str:
    """Return where the product step of the draft is."""
    return reverse("petition-step", args=[draft.pk, "product"])


@pytest.fixture
def window(importer: User, client_of: SignIn, address: str) -> Callable[[], Callable[..., Any]]:
    """Return `window()`: the page as it is now; called, it is sent from there with some fields changed."""

    def opened() -> Callable[..., Any]:
        client = client_of(importer)
        fields = typed(client.get(address))

        def send(script: bool = False, **changes: Any) -> Any:
            headers = {"x-autosave": "1"} if script else {}
            answer = client.post(address, {**fields, **changes, "action": "save"}, headers=headers)
            fields.update({key: value for key, value in changes.items() if isinstance(value, str)})
            if script and answer.status_code == 200:
                told = answer.json()
                fields.update(seen=told["seen"], revision=str(told["revision"]))
            return answer

        return send

    return opened


def stored(petition: Petition) -> dict[str, Any]:
    """Return the answers as they are kept."""
    return dict(petition.versions.get().answers)


def test_changes_to_different_answers_are_both_kept(draft: Petition, window: Callable[[], Callable[..., Any]]) -> None:
    first, second = window(), window()
    assert first(product_function=NEW).status_code == 302
    assert second(product_name="Polished slabs").status_code == 302
    kept = stored(draft)
    assert (kept["product_function"], kept["product_name"]) == (NEW, "Polished slabs")


def test_what_is_saved_as_one_types_puts_nothing_old_back(
    draft: Petition, window: Callable[[], Callable[..., Any]]
) -> None:
    first, second = window(), window()
    first(product_function=NEW)
    assert second(script=True, product_name="Polished slabs").status_code == 200
    assert second(script=True, product_name="Polished slabs of quartz").status_code == 200
    assert second(product_name="Slabs").status_code == 302
    kept = stored(draft)
    assert (kept["product_function"], kept["product_name"]) == (NEW, "Slabs")


def test_a_conflict_names_what_both_changed_and_keeps_the_rest_as_saved(
    draft: Petition, window: Callable[[], Callable[..., Any]]
) -> None:
    first, second = window(), window()
    first(product_function=NEW, product_name="Slabs from the first")
    file = SimpleUploadedFile("plan.txt", b"A plan.")
    answer = second(product_name="Slabs from the second", unique_features="Two.", product_documents=file)
    assert answer.status_code == 409
    assert [found.key for found in answer.context["conflict"]] == ["product_name"]
    page = answer.content.decode()
    assert "Slabs from the first" in page
    assert "“plan.txt” again" in page
    form = answer.context["form"]
    shown = {key: form.initial.get(key) for key in ("product_name", "product_function", "unique_features")}
    assert shown == {"product_name": "Slabs from the second", "product_function": NEW, "unique_features": "Two."}
    assert stored(draft)["product_name"] == "Slabs from the first"
    assert not draft.documents.exists()


def test_the_second_save_after_a_conflict_takes_what_the_page_shows(
    draft: Petition, importer: User, client_of: SignIn, address: str, window: Callable[[], Callable[..., Any]]
) -> None:
    first, second = window(), window()
    first(product_function=NEW, product_name="Slabs from the first")
    answer = second(product_name="Slabs from the second")
    shown = typed(answer, answer.context["form"].initial)
    assert client_of(importer).post(address, {**shown, "action": "save"}).status_code == 302
    kept = stored(draft)
    assert (kept["product_function"], kept["product_name"]) == (NEW, "Slabs from the second")
