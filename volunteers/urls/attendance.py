"""The day: codes, check-in, check-out."""

from django.urls import path

from volunteers.views import attendance, attendance_day

urlpatterns = [
    path("desk/shifts/<int:pk>/day/", attendance_day.shift_day, name="shift_day"),
    path(
        "desk/shifts/<int:pk>/day/code/",
        attendance_day.shift_day_code,
        name="shift_day_code",
    ),
    path(
        "desk/shifts/<int:pk>/day/mark/",
        attendance_day.shift_day_mark,
        name="shift_day_mark",
    ),
    path(
        "desk/shifts/<int:pk>/day/end/",
        attendance_day.shift_day_end,
        name="shift_day_end",
    ),
    path("shifts/<int:pk>/check-in/", attendance.check_in, name="check_in"),
    path("me/code/", attendance.own_code, name="own_code"),
    path("codes/<str:token>/", attendance.check_in_scanned, name="check_in_scanned"),
]
