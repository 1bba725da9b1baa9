"""Every page of the portal, floor by floor."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from core import views as core_views
from reports import views as reports_views
from xiangcheng_portal.design import design
from xiangcheng_portal.installable import manifest, offline, service_worker

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
    path("letters/", core_views.letters, name="letters"),
    path("healthz", core_views.healthz, name="healthz"),
    path("readyz", core_views.readyz, name="readyz"),
    path("manifest.webmanifest", manifest, name="manifest"),
    path("service-worker.js", service_worker, name="service_worker"),
    path("offline/", offline, name="offline"),
    path("robots.txt", core_views.robots, name="robots"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
]

if settings.DEBUG:
    urlpatterns.append(path("design/", design, name="design"))

handler500 = core_views.server_error
