"""Organizations, their members, and who acts for whom; the account pages that the account library does not bring."""

from django.urls import path

from exclusions.views.people import (
    accounts,
    listed_members,
    lists,
    made_forms,
    mail,
    organizations,
    proposals,
    published,
    representation,
    rounds,
    seals,
    tokens,
    vetting,
    watches,
)

ONE = "accounts/organization/<uuid:organization_id>"
ACTING = "petitions/representation"

urlpatterns = [
    path("accounts/tokens/", tokens.tokens, name="tokens"),
    path("accounts/tokens/<int:key>/end/", tokens.end, name="token-end"),
    path("accounts/watches/", watches.watches, name="own-watches"),
    path("accounts/watches/<int:key>/", watches.deliveries, name="own-watch"),
    path("accounts/watches/<int:key>/stop/", watches.stop, name="own-watch-stop"),
    path("accounts/mail/", mail.settings, name="mail-settings"),
    path("accounts/organization/", organizations.index, name="organizations"),
    path(f"{ONE}/", organizations.detail, name="organization"),
    path(f"{ONE}/invite/", organizations.invite, name="organization-invite"),
    path(f"{ONE}/ask/", organizations.ask, name="organization-ask"),
    path(f"{ONE}/members/<int:key>/remove/", organizations.remove, name="organization-remove"),
    path(f"{ONE}/members/<int:key>/role/", organizations.change_role, name="organization-role"),
    path(
        f"{ONE}/invitations/<int:key>/withdraw/",
        organizations.withdraw_invitation,
        name="organization-withdraw-invitation",
    ),
    path(
        f"{ONE}/listings/<int:key>/accept/",
        organizations.answer_listing,
        {"answer": "accept"},
        name="organization-accept-listing",
    ),
    path(
        f"{ONE}/listings/<int:key>/end/",
        organizations.answer_listing,
        {"answer": "end"},
        name="organization-end-listing",
    ),
    path("accounts/invitation/<str:key>/", organizations.invitation, name="invitation"),
    path("accounts/listed-members/<uuid:petition_id>/", listed_members.members, name="petition-members"),
    path("accounts/organizations/", vetting.worklist, name="staff-organizations"),
    path("accounts/organizations/assist/", vetting.assist, name="staff-assist"),
    path("accounts/organizations/<uuid:organization_id>/", vetting.vet, name="staff-vet"),
    path("accounts/organizations/merge/<uuid:one>/<uuid:other>/", vetting.merge, name="staff-merge"),
    path("staff/organizations/<uuid:organization_id>/<str:name>/", vetting.act, name="staff-organization-act"),
    path("staff/people/", accounts.accounts, name="staff-accounts"),
    path("staff/people/new/", accounts.new, name="staff-account-new"),
    path("staff/people/<int:user_id>/", accounts.account, name="staff-account"),
    path("staff/people/<int:user_id>/<str:name>/", accounts.act, name="staff-account-act"),
    path("staff/exclusions/<str:reference>/", published.published, name="staff-exclusion"),
    path("staff/exclusions/<str:reference>/<str:what>/<int:key>/", published.correct, name="staff-exclusion-correct"),
    path("staff/events/", accounts.events, name="staff-events"),
    path(
        "staff/lists/<str:code>/<slug:table>/<int:key>/never-right/", lists.never_right, name="staff-list-never-right"
    ),
    path("staff/rounds/<slug:slug>/", rounds.staff_round, name="staff-round"),
    path("staff/rounds/<slug:slug>/dates/", rounds.dates, name="staff-round-dates"),
    path("staff/rounds/<slug:slug>/<slug:kind>/", rounds.order, name="staff-round-order"),
    path("staff/lists/", lists.staff_lists, name="staff-lists"),
    path("staff/lists/new/", lists.new_list, name="staff-list-new"),
    path("staff/lists/<str:code>/", lists.staff_list, name="staff-list"),
    path("staff/lists/<str:code>/round/", lists.list_round, name="staff-list-round"),
    path("staff/lists/<str:code>/<slug:table>/<slug:key>/", lists.list_row, name="staff-list-row"),
    path("staff/forms/", made_forms.staff_forms, name="staff-forms"),
    path("staff/forms/<str:key>/", made_forms.staff_form, name="staff-form"),
    path("staff/seals/", seals.unsealed, name="staff-seals"),
    path("staff/proposals/", proposals.worklist, name="proposals"),
    path("staff/proposals/<int:proposal_id>/", proposals.proposal, name="proposal"),
    path(f"{ACTING}/", representation.representation, name="petition-representation"),
    path(
        f"{ACTING}/<int:authorization_id>/accept/",
        representation.accept,
        name="petition-representation-accept",
    ),
    path(
        f"{ACTING}/<int:authorization_id>/revoke/",
        representation.revoke,
        name="petition-representation-revoke",
    ),
]
