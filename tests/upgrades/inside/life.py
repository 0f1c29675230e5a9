"""What people do on a site beyond its demonstration, through the site's own pages.

    python life.py MOMENT

Files are attached, posted, taken down and replaced; a response and a reply come with files; a person steps back from a
case; confidential matter is opened. Only addresses, form fields and tables are named here, no module of the product,
so that other versions can be lived in, too. Prints a JSON object: the moment at the end, and the pages that have to
answer alike before and after an upgrade.
"""

import json
import os
import re
import sys
from typing import Any

import django
from browser import PASSWORD, Person, code_of, document
from django.apps import apps
from django.utils import timezone
from steady import load_dice, stand_at

Page = dict[str, Any]
CONFIDENTIAL = "Quotations of other makers stay confidential."


def rows(model: str, **filters: Any) -> Any:
    """Return rows of a table of the product, oldest first."""
    return apps.get_model("exclusions", model).objects.filter(**filters).order_by("pk")


def file_with_documents(clock: Any) -> Any:
    """Let an importer finish the draft of the demonstration with files, file it, and copy it to a new draft."""
    importer, draft = Person(clock, "importer"), rows("Petition", status="draft").get()
    one = f"/petitions/{draft.pk}"
    importer.fill(
        f"{one}/harm/",
        "public_documents",
        action="continue",
        public_documents=[document("catalogue.docx", "Towels of our catalogue."), document("photo.docx", "A towel.")],
        confidential_documents=[document("offers.docx", CONFIDENTIAL)],
        confidential_documents_ground="third_party",
        confidential_documents_summary="Offers of other makers; they are above ours.",
    )
    boxes: dict[str, Any] = dict.fromkeys(importer.boxes(f"{one}/certify/", "certify_complete"), "yes")
    importer.fill(f"{one}/certify/", "certify_complete", **boxes)
    importer.send(f"{one}/copy/", round=draft.round.slug)
    copied = rows("Petition", status="draft").get()
    importer.fill(
        f"/petitions/{copied.pk}/harm/",
        "public_documents",
        action="upload:public_documents",
        public_documents=[document("draft.docx", "A file of a draft.")],
    )
    draft.refresh_from_db()
    return draft


def post_and_respond(clock: Any, petition: Any) -> None:
    """Let intake post the petition, somebody oppose it with files, and the importer reply with a file."""
    intake, public, one = Person(clock, "intake"), Person(clock), f"/docket/{petition.reference}"
    intake.send(f"/review/{petition.reference}/post/", screened="on")
    public.fill(
        f"{one}/respond/",
        "position",
        status=200,
        org_legal_name="Basalt Weavers of Maine",
        responder_first_name="Lou",
        responder_last_name="Bannister",
        responder_email="lou@basalt.example",
        responder_phone="+1 207-555-0133",
        is_third_party="no",
        relationship="us_producer",
        position="oppose",
        explanation="We weave towels of this kind in Maine.",
        makes_product="yes",
        product_likeness="like",
        own_product="Towels of cotton, in the same sizes.",
        plant_address="4 Mill Road, Rockland, Maine",
        available_now="yes",
        certify_complete="yes",
        certify_confidential="yes",
        public_documents=[document("looms.docx", "Our looms.")],
        confidential_documents=[document("capacity.docx", "Our capacity stays confidential.")],
        confidential_documents_ground="third_party",
        confidential_documents_summary="What the plant can make; there is enough.",
    )
    mailed = rows("Notification", template="confirm_response", to="lou@basalt.example").get()
    public.send(f"{one}/respond/confirm/{str(mailed.context['url']).rstrip('/').rpartition('/')[2]}/", status=200)
    response = rows("Response", petition=petition).get()
    intake.send(f"/review/responses/{response.pk}/", decision="post")
    response.refresh_from_db()
    Person(clock, "importer").fill(
        f"{one}/reply/{response.reference}/",
        "text",
        text="Theirs are of another weight.",
        certify_complete="yes",
        public_documents=[document("weights.docx", "Weights compared.")],
    )


def take_down(clock: Any, petition: Any) -> None:
    """Take files and a petition down: one file is replaced, one put back, the petition stays down."""
    importer, intake = Person(clock, "importer"), Person(clock, "intake")
    mine, theirs = f"/petitions/{petition.pk}/quarantine/", f"/review/{petition.reference}/quarantine/"
    first, second = rows("Document", petition=petition, visibility="public").order_by("file_name")
    for file in (first, second):
        Person(clock).see(f"/docket/{petition.reference}/documents/{file.pk}/")
        importer.send(mine, thing=f"document:{file.pk}", ground="personal", reason="A name slipped in.")
    replaced, kept = (rows("Quarantine", document=file).get() for file in (first, second))
    importer.send(f"{mine}{replaced.pk}/replace/", file=document("catalogue-2.docx", "Towels, corrected."))
    waiting = rows("Quarantine", document__file_name="catalogue-2.docx").get()
    for taken in (waiting, kept):
        intake.send(f"{theirs}{taken.pk}/restore/")
    sacks = rows("Petition", status="posted").exclude(pk=petition.pk).order_by("submitted_at").last()
    intake.send(
        f"/review/{sacks.reference}/quarantine/", thing="petition", ground="confidential", reason="A price slipped in."
    )


def work_cases(clock: Any, petition: Any) -> None:
    """Let staff open confidential matter, take a case, step back from one, note a contact, refuse and settle."""
    first, second, intake = (Person(clock, name) for name in ("reviewer1", "second2", "intake"))
    secret = rows("Document", petition=petition, visibility="confidential").get()
    intake.see(f"/review/{petition.reference}/documents/{secret.pk}/")
    Person(clock, "importer").see(f"/petitions/{petition.pk}/documents/{secret.pk}/")
    level1 = rows("Petition", status="level1").order_by("reference").first()
    first.send(f"/review/{level1.reference}/take/")
    first.see(f"/review/{level1.reference}/")
    first.send(
        f"/review/{level1.reference}/record/contact/",
        with_whom="Counsel of the requester",
        held_on=timezone.localdate().isoformat(),
        summary="Asked when the decision is due.",
    )
    level2 = rows("Petition", status="level2").order_by("reference").first()
    second.send(f"/review/{level2.reference}/record/recusal/", reason="A relative works there.")
    second.send("/review/interests/", name="Basalt Weavers of Maine", nature="Shares")
    machines = rows("Petition", status="submitted", organization__legal_name__startswith="Redwood").get()
    one, key = f"/review/{machines.reference}", "sourcing_attempts"
    intake.send(f"{one}/confidentiality/refuse/", question=key, reason="It is on the maker's public page.")
    why = "Publish the attempts, or say why they may be read by everyone."
    intake.fill(f"{one}/return/", "last_day", question_1=key, remedy_1=why)
    refused = rows("ConfidentialityRefusal").get()
    Person(clock, "redwood").send(
        f"/petitions/{machines.pk}/settle/", leak=f"refusal-{refused.pk}", statement="Everyone may read it."
    )


def keep_accounts(clock: Any) -> None:
    """Let a new association file and list a member, counsel take a second factor, the administrator correct a list."""
    head, legal, admin = Person(clock), Person(clock, "legal"), Person(clock, "admin")
    head.join("Vera Quill", "vera@coaches.example")
    head.send("/accounts/organization/", legal_name="Coach Builders Association", kind="association")
    made, round = rows("Organization", kind="association").get(), rows("Round", is_demo=True).get()
    head.send(f"/accounts/organization/{made.pk}/invite/", email="colleague@coaches.example", role="member")
    head.fill("/petitions/new/", "round", round=round.slug, party=f"{made.pk}:")
    petition = rows("Petition", organization=made).get()
    head.send(f"/accounts/listed-members/{petition.pk}/", email="hoosier@demo.example")
    legal.send("/accounts/reauthenticate/", password=PASSWORD)
    secret = re.search(r'id="totp-secret">\s*(\w+)', legal.see("/accounts/2fa/totp/activate/").page)
    assert secret, "the page shows the secret"
    legal.send("/accounts/2fa/totp/activate/", code=code_of(secret[1]))
    action = rows("TariffAction", code="2").get()
    page = f"/admin/exclusions/tariffaction/{action.pk}/change/"
    admin.fill(page, "citation", citation=f"{action.citation}, corrected by hand")


def pages(petition: Any) -> list[Page]:
    """Return what an upgrade must leave as it is: public addresses, their status, words that stand there."""
    down = rows("Tombstone", key=None).get().reference
    file = rows("Document", petition=petition, visibility="public", file_name="catalogue-2.docx").get()
    gone = rows("Document", petition=petition, file_name="catalogue.docx").get()
    old = rows("PublicPetition", historical=True).first()
    letter, exclusion = rows("Letter", kind="denial").first(), rows("Exclusion").first()
    one, name = f"/docket/{petition.reference}/", petition.product_name
    known = (
        ("/", 200, "docket"),
        ("/docket/", 200, petition.reference),
        (f"/docket/?q={old.organization_name.split()[0]}", 200, old.reference),
        (one, 200, "Basalt Weavers of Maine"),
        (f"/api/v1{one}", 200, name),
        (f"{one}documents/{file.pk}/", 200, "word/document.xml"),
        (f"{one}documents/{gone.pk}/", 410, ""),
        (f"/docket/{down}/", 410, down),
        (f"/docket/{old.reference}/", 200, old.reference),
        (f"/verify/{letter.code}/", 200, letter.petition.reference),
        ("/exclusions/", 200, exclusion.reference),
        (f"/exclusions/{exclusion.reference}/", 200, exclusion.reference),
        ("/rounds/", 200, petition.round.docket),
    )
    return [{"path": path, "status": status, "says": says} for path, status, says in known]


def main() -> None:
    """Live a day on the site."""
    clock = stand_at(sys.argv[1])
    load_dice(os.environ["DICE"])
    django.setup()
    petition = file_with_documents(clock)
    post_and_respond(clock, petition)
    take_down(clock, petition)
    work_cases(clock, petition)
    keep_accounts(clock)
    secret = rows("Document", petition=petition, visibility="confidential").get()
    told = {
        "left_at": timezone.now().isoformat(),
        "pages": pages(petition),
        "owner": {
            "email": "importer@demo.example",
            "password": PASSWORD,
            "page": {"path": f"/petitions/{petition.pk}/documents/{secret.pk}/", "status": 200, "says": "document.xml"},
        },
    }
    sys.stdout.write(f"{json.dumps(told)}\n")


if __name__ == "__main__":
    main()
