"""Photos and documents that prove something."""

from django.urls import path

from campaigns.views import evidence, evidence_pick, photos

record = "desk/<slug:kind>/<int:pk>/evidence/"

urlpatterns = [
    path(record, evidence.evidence_add, name="evidence_add"),
    path(f"{record}documents/", evidence.document_add, name="document_add"),
    path(f"{record}pick/", evidence_pick.evidence_pick, name="evidence_pick"),
    path(
        "desk/evidence/<int:pk>/words/",
        evidence.evidence_describe,
        name="evidence_describe",
    ),
    path(
        "desk/evidence/<int:pk>/remove/",
        evidence.evidence_remove,
        name="evidence_remove",
    ),
    path("photos/<int:pk>/", photos.photo, name="photo"),
    path("photos/<int:pk>/small/", photos.photo_small, name="photo_small"),
    path("evidence/<int:pk>/", photos.evidence_file, name="evidence_file"),
]
