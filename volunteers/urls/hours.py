"""Hours: settlement, queues, a person's ledger."""

from django.urls import path

from volunteers.views import disputes, hours, hours_desk

urlpatterns = [
    path("me/hours/", hours.hours_ledger, name="hours_ledger"),
    path("me/hours/late/", hours.late_entry_choose, name="late_entry_choose"),
    path("me/hours/late/<int:pk>/", hours.late_entry_create, name="late_entry_create"),
    path("hours/<int:pk>/", hours.record_detail, name="record_detail"),
    path("hours/<int:pk>/proof/", hours.record_proof, name="record_proof"),
    path("hours/<int:pk>/confirm/", hours_desk.record_confirm, name="record_confirm"),
    path("hours/<int:pk>/reject/", hours_desk.record_reject, name="record_reject"),
    path("hours/<int:pk>/correct/", hours_desk.record_correct, name="record_correct"),
    path("hours/<int:pk>/void/", hours_desk.record_void, name="record_void"),
    path("desk/hours/", hours_desk.hours_desk, name="hours_desk"),
    path("desk/shifts/<int:pk>/settle/", hours_desk.shift_settle, name="shift_settle"),
    path(
        "desk/check-outs/<int:pk>/",
        hours_desk.check_out_resolve,
        name="check_out_resolve",
    ),
    path("signups/<int:pk>/excuse/", hours_desk.signup_excuse, name="signup_excuse"),
    path("signups/<int:pk>/dispute/", disputes.dispute_create, name="dispute_create"),
    path("disputes/<int:pk>/", disputes.dispute_detail, name="dispute_detail"),
    path(
        "disputes/<int:pk>/withdraw/",
        disputes.dispute_withdraw,
        name="dispute_withdraw",
    ),
]
