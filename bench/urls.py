"""The portal's pages and the bare ones."""

from django.urls import include, path

from xiangcheng_portal import urls

handler500 = urls.handler500
urlpatterns = [path("bare/", include("bench.bare_app.urls")), *urls.urlpatterns]
