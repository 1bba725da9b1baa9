"""A person's inbox and choices, large files, and what is being typed."""

from django.urls import path

from accounts import views, views_drafts, views_exports, views_messages, views_robot

app_name = "accounts"
urlpatterns = [
    path("me/inbox/", views.inbox, name="inbox"),
    path("me/inbox/<int:pk>/", views.notification_open, name="notification_open"),
    path("me/inbox/<int:pk>/read/", views.notification_read, name="notification_read"),
    path("me/inbox/read/", views.inbox_read, name="inbox_read"),
    path("me/messages/", views_messages.message_choices, name="message_choices"),
    path(
        "unsubscribe/<str:token>/", views_messages.unsubscribe_page, name="unsubscribe"
    ),
    path("me/robot/", views_robot.chat_robot, name="chat_robot"),
    path("me/robot/test/", views_robot.chat_robot_test, name="chat_robot_test"),
    path("me/robot/remove/", views_robot.chat_robot_remove, name="chat_robot_remove"),
    path("exports/", views_exports.export_list, name="export_list"),
    path("exports/<int:pk>/cancel/", views_exports.export_cancel, name="export_cancel"),
    path("exports/<int:pk>/", views_exports.export_download, name="export_download"),
    path("drafts/<slug:key>/", views_drafts.draft_save, name="draft_save"),
    path(
        "drafts/<slug:key>/discard/", views_drafts.draft_discard, name="draft_discard"
    ),
]
