"""Campaigns and their papers."""

from django.urls import path

from campaigns.views import campaigns, documents

urlpatterns = [
    path("campaigns/", campaigns.campaign_list, name="campaign_list"),
    path("campaigns/<int:pk>/", campaigns.campaign_detail, name="campaign_detail"),
    path("documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("documents/<int:pk>/file/", documents.document_file, name="document_file"),
    path("desk/campaigns/", campaigns.campaign_desk, name="campaign_desk"),
    path(
        "desk/campaigns/<int:pk>/documents/new/",
        documents.document_create,
        name="document_create",
    ),
    path(
        "desk/documents/<int:pk>/edit/", documents.document_edit, name="document_edit"
    ),
    path(
        "desk/documents/<int:pk>/publish/",
        documents.document_publish,
        name="document_publish",
    ),
    path(
        "desk/documents/<int:pk>/withdraw/",
        documents.document_withdraw,
        name="document_withdraw",
    ),
]
