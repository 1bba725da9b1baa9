"""Whistles: dispatched by the street, answered by units."""

from django.urls import path

from campaigns.views import whistle_answers as answers
from campaigns.views import whistle_contact
from campaigns.views import whistle_dispatch as dispatch
from campaigns.views import whistle_photos as photos

whistle = "desk/whistles/<int:pk>/"
response = "desk/whistle-responses/<int:pk>/"

dispatch_urls = [
    path(f"{whistle}dispatch/", dispatch.whistle_dispatch, name="whistle_dispatch"),
    path(f"{whistle}back/", dispatch.whistle_send_back, name="whistle_send_back"),
    path(f"{whistle}merge/", dispatch.whistle_merge, name="whistle_merge"),
    path(f"{response}release/", dispatch.response_release, name="response_release"),
]

answer_urls = [
    path(f"{response}accept/", answers.response_accept, name="response_accept"),
    path(f"{response}return/", answers.response_return, name="response_return"),
    path(f"{response}log/", answers.response_log, name="response_log"),
    path(
        f"{response}extension/", answers.response_extension, name="response_extension"
    ),
    path(f"{response}deliver/", answers.response_deliver, name="response_deliver"),
]

urlpatterns = [
    *dispatch_urls,
    *answer_urls,
    path(f"{whistle}contact/", whistle_contact.whistle_contact, name="whistle_contact"),
    path("whistles/photos/<int:pk>/", photos.whistle_photo, name="whistle_photo"),
    path(
        "whistles/photos/<int:pk>/small/",
        photos.whistle_photo_small,
        name="whistle_photo_small",
    ),
]
