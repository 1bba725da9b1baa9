"""Several shifts, weekly rules, posts, messages."""

from django.urls import path

from volunteers.views import organising, organising_posts, organising_rules

urlpatterns = [
    path(
        "desk/activities/<int:pk>/shifts/several/",
        organising.shift_series_create,
        name="shift_series_create",
    ),
    path(
        "desk/activities/<int:pk>/shifts/copy/",
        organising.shift_series_copy,
        name="shift_series_copy",
    ),
    path(
        "desk/activities/<int:pk>/rules/new/",
        organising_rules.shift_rule_create,
        name="shift_rule_create",
    ),
    path(
        "desk/rules/<int:pk>/",
        organising_rules.shift_rule_detail,
        name="shift_rule_detail",
    ),
    path(
        "desk/rules/<int:pk>/edit/",
        organising_rules.shift_rule_edit,
        name="shift_rule_edit",
    ),
    path(
        "desk/rules/<int:pk>/end/",
        organising_rules.shift_rule_end,
        name="shift_rule_end",
    ),
    path("desk/shifts/<int:pk>/posts/", organising_posts.post_list, name="post_list"),
    path("desk/posts/<int:pk>/edit/", organising_posts.post_edit, name="post_edit"),
    path(
        "desk/shifts/<int:pk>/messages/",
        organising_posts.shift_message_create,
        name="shift_message_create",
    ),
]
