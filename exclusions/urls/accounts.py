"""The account pages that the account library does not bring: sessions, organizations and who acts for them."""

from django.urls import path

from exclusions.views.frame import session_time
from exclusions.views.people import listed_members as petition_members
from exclusions.views.people import organizations
from exclusions.views.people import vetting as organization_staff

ONE = "accounts/organization/<uuid:organization_id>"

urlpatterns = [
    path("accounts/session/", session_time.session, name="session"),
    path("accounts/session/signed-in/", session_time.signed_in_again, name="signed-in-again"),
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
    path("accounts/listed-members/<uuid:petition_id>/", petition_members.members, name="petition-members"),
    path("accounts/organizations/", organization_staff.queue, name="staff-organizations"),
    path("accounts/organizations/assist/", organization_staff.assist, name="staff-assist"),
    path("accounts/organizations/<uuid:organization_id>/", organization_staff.vet, name="staff-vet"),
    path("accounts/organizations/merge/<uuid:one>/<uuid:other>/", organization_staff.merge, name="staff-merge"),
]
