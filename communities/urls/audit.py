"""The audit log."""

from django.urls import path

from communities.views import audit as views

urlpatterns = [
    path("audit/", views.audit_list, name="audit_list"),
    path("audit/<str:label>/<int:pk>/", views.audit_history, name="audit_history"),
]
