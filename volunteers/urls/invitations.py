"""Invitations, stand-ins and guardians."""

from django.urls import path

from volunteers.views import guardians, invitations, stand_ins

urlpatterns = [
    path("desk/shifts/<int:pk>/invite/", invitations.shift_invite, name="shift_invite"),
    path(
        "invitations/<int:pk>/decline/",
        invitations.invitation_decline,
        name="invitation_decline",
    ),
    path(
        "signups/<int:pk>/stand-in/",
        stand_ins.stand_in_create,
        name="stand_in_create",
    ),
    path(
        "signups/<int:pk>/stand-in/withdraw/",
        stand_ins.stand_in_withdraw,
        name="stand_in_withdraw",
    ),
    path("stand-ins/<slug:token>/", stand_ins.stand_in, name="stand_in"),
    path("me/guardian/ask/", guardians.guardian_ask, name="guardian_ask"),
    path(
        "me/guardian/withdraw/", guardians.guardian_withdraw, name="guardian_withdraw"
    ),
    path("guardians/<slug:token>/", guardians.guardian, name="guardian"),
]
