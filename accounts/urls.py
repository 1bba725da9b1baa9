"""A person's inbox."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("me/inbox/", views.inbox, name="inbox"),
    path("me/inbox/<int:pk>/", views.notification_open, name="notification_open"),
    path("me/inbox/read/", views.inbox_read, name="inbox_read"),
]
