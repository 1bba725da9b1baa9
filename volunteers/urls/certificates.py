"""Certificates, calendar feed."""

from django.urls import path

from volunteers.views import calendars, certificates

urlpatterns = [
    path("me/certificates/", certificates.certificate_list, name="certificate_list"),
    path(
        "me/certificates/<int:pk>/",
        certificates.certificate_detail,
        name="certificate_detail",
    ),
    path(
        "me/certificates/<int:pk>/pdf/",
        certificates.certificate_pdf,
        name="certificate_pdf",
    ),
    path("verify/", certificates.certificate_check, name="certificate_check"),
    path(
        "verify/<str:number>/",
        certificates.certificate_verify,
        name="certificate_verify",
    ),
    path("me/calendar/renew/", calendars.calendar_renew, name="calendar_renew"),
    path("me/calendar/close/", calendars.calendar_close, name="calendar_close"),
    path("calendar/<slug:token>.ics", calendars.calendar_feed, name="calendar_feed"),
]
