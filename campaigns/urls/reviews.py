"""The office's review of activities."""

from django.urls import path

from campaigns.views import review_chosen, reviews

urlpatterns = [
    path("desk/reviews/", reviews.review_list, name="review_list"),
    path("desk/reviews/chosen/", review_chosen.review_chosen, name="review_chosen"),
    path(
        "desk/activities/<int:pk>/review/",
        reviews.activity_review,
        name="activity_review",
    ),
]
