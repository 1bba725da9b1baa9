"""The civic convention: for everyone, and for the office."""

from django.urls import path

from campaigns.views import convention_desk, conventions

urlpatterns = [
    path("convention/", conventions.convention, name="convention"),
    path("convention/pledge/", conventions.pledge_create, name="pledge_create"),
    path("convention/withdraw/", conventions.pledge_withdraw, name="pledge_withdraw"),
    path(
        "convention/communities/",
        conventions.convention_communities,
        name="convention_communities",
    ),
    path(
        "convention/<int:number>/",
        conventions.convention_version,
        name="convention_version",
    ),
    path(
        "desk/convention/",
        convention_desk.desk_convention_list,
        name="desk_convention_list",
    ),
    path(
        "desk/convention/new/",
        convention_desk.convention_create,
        name="convention_create",
    ),
    path(
        "desk/convention/<int:number>/",
        convention_desk.desk_convention,
        name="desk_convention",
    ),
    path(
        "desk/convention/<int:number>/edit/",
        convention_desk.convention_edit,
        name="convention_edit",
    ),
    path(
        "desk/convention/<int:number>/publish/",
        convention_desk.convention_publish,
        name="convention_publish",
    ),
]
