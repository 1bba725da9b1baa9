"""The portal's addresses with the page of components, as while DEBUG is on."""

from django.urls import path

from xiangcheng_portal.design import design
from xiangcheng_portal.urls import *  # noqa: F403
from xiangcheng_portal.urls import urlpatterns

urlpatterns = [*urlpatterns, path("design/", design, name="design")]
