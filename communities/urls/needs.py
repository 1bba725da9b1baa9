"""Needs, claims, resources and the projects that join them."""

from django.urls import path

from communities.views import need_claims, needs, projects, resources

need_urls = [
    path("desk/needs/", needs.need_list, name="need_list"),
    path("desk/needs/new/", needs.need_create, name="need_create"),
    path("desk/needs/<int:pk>/", needs.need_detail, name="need_detail"),
    path("desk/needs/<int:pk>/edit/", needs.need_edit, name="need_edit"),
    path("desk/needs/<int:pk>/publish/", needs.need_publish, name="need_publish"),
    path("desk/needs/<int:pk>/withdraw/", needs.need_withdraw, name="need_withdraw"),
    path("desk/needs/<int:pk>/confirm/", needs.need_confirm, name="need_confirm"),
    path("desk/needs/<int:pk>/start/", need_claims.need_start, name="need_start"),
    path("desk/needs/<int:pk>/claim/", need_claims.need_claim, name="need_claim"),
]

claim_urls = [
    path(
        "desk/claims/<int:pk>/withdraw/",
        need_claims.claim_withdraw,
        name="claim_withdraw",
    ),
    path(
        "desk/claims/<int:pk>/deliver/",
        need_claims.claim_deliver,
        name="claim_deliver",
    ),
    path("desk/claims/<int:pk>/return/", need_claims.claim_return, name="claim_return"),
]

resource_urls = [
    path("desk/resources/", resources.resource_list, name="resource_list"),
    path("desk/resources/new/", resources.resource_create, name="resource_create"),
    path("desk/resources/<int:pk>/", resources.resource_detail, name="resource_detail"),
    path(
        "desk/resources/<int:pk>/edit/", resources.resource_edit, name="resource_edit"
    ),
    path("desk/resources/<int:pk>/end/", resources.resource_end, name="resource_end"),
]

project_urls = [
    path("desk/projects/", projects.project_list, name="project_list"),
    path("desk/projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path(
        "desk/needs/<int:pk>/resources/<int:resource_pk>/project/",
        projects.project_create,
        name="project_create",
    ),
    path("desk/projects/<int:pk>/start/", projects.project_start, name="project_start"),
    path(
        "desk/projects/<int:pk>/finish/", projects.project_finish, name="project_finish"
    ),
    path(
        "desk/projects/<int:pk>/cancel/", projects.project_cancel, name="project_cancel"
    ),
]

urlpatterns = [*need_urls, *claim_urls, *resource_urls, *project_urls]
