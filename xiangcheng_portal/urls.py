"""Every page of the portal, floor by floor."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from core import views as core_views
from reports import views as reports_views

urlpatterns = [
    path("", reports_views.home, name="home"),
    path("start/", reports_views.start, name="start"),
    path("", include("reports.urls")),
    path("", include("volunteers.urls")),
    path("", include("campaigns.urls")),
    path("", include("communities.urls")),
    path("", include("accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path(settings.ADMIN_URL, admin.site.urls),
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("robots.txt", core_views.robots, name="robots"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
]

handler500 = core_views.server_error
