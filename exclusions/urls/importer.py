"""The pages of those who file. The address that takes any word for a step of the form comes last."""

from django.urls import URLPattern, path

from exclusions.views.importer import (
    accesses,
    bulk_company,
    bulk_files,
    bulk_sheets,
    clients,
    handing,
    petition_check,
    petition_documents,
    petition_steps,
    petitions,
    quarantine,
)

ONE = "petitions/<uuid:petition_id>"
SHEET = "petitions/bulk/<uuid:sheet_id>"

urlpatterns: list[URLPattern] = [
    path("petitions/", petitions.index, name="petitions"),
    path("petitions/new/", petitions.new, name="petition-new"),
    path("petitions/clients/", clients.clients, name="petition-clients"),
    path("petitions/bulk/", bulk_sheets.index, name="bulk-sheets"),
    path(f"{SHEET}/", bulk_sheets.sheet, name="bulk-sheet"),
    path(f"{SHEET}/company/", bulk_company.company, name="bulk-sheet-company"),
    path(f"{SHEET}/template.<slug:kind>", bulk_files.template, name="bulk-sheet-template"),
    path(f"{SHEET}/marked.xlsx", bulk_files.marked, name="bulk-sheet-marked"),
    path(f"{SHEET}/numbers/", bulk_sheets.numbers, name="bulk-sheet-numbers"),
    path(f"{SHEET}/accept/", bulk_sheets.accept, name="bulk-sheet-accept"),
    path(f"{SHEET}/delete/", bulk_sheets.delete, name="bulk-sheet-delete"),
    path(f"{ONE}/", petitions.detail, name="petition"),
    path(f"{ONE}/accesses/", accesses.petition_accesses, name="petition-accesses"),
    path(f"{ONE}/quarantine/", quarantine.petition_quarantine, name="petition-quarantine"),
    path(
        f"{ONE}/quarantine/<int:quarantine_id>/replace/",
        quarantine.petition_replace,
        name="petition-quarantine-replace",
    ),
    path(f"{ONE}/check/", petition_check.check, name="petition-check"),
    path(f"{ONE}/certify/", petition_check.certify, name="petition-certify"),
    path(f"{ONE}/settle/", petition_check.settle, name="petition-settle"),
    path(f"{ONE}/public/", petition_check.public_version, name="petition-public"),
    path(f"{ONE}/receipt/", petitions.receipt, name="petition-receipt"),
    path(f"{ONE}/record/", petitions.record, name="petition-record"),
    path(f"{ONE}/withdraw/", petitions.withdraw, name="petition-withdraw"),
    path(f"{ONE}/copy/", petitions.copy, name="petition-copy"),
    path(f"{ONE}/hand-over/", handing.hand_over, name="petition-hand-over"),
    path(f"{ONE}/delete/", petitions.delete, name="petition-delete"),
    path(f"{ONE}/deadlines.ics", petition_documents.calendar, name="petition-calendar"),
    path(f"{ONE}/hts/", petition_steps.hts, name="petition-hts"),
    path(f"{ONE}/documents/<uuid:document_id>/", petition_documents.document, name="petition-document"),
    path(f"{ONE}/letters/issue/<slug:kind>/", petition_documents.issue_letter, name="petition-letter-issue"),
    path(f"{ONE}/letters/<slug:code>/", petition_documents.letter, name="petition-letter"),
    path(f"{ONE}/<slug:step>/", petition_steps.step, name="petition-step"),
]
