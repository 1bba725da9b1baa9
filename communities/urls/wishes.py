"""Micro-wishes: put down by communities, claimed by persons and organisations."""

from django.urls import path

from communities.views import wish_claims, wish_pages, wishes

public_urls = [
    path("wishes/", wish_pages.wish_list, name="wish_list"),
    path("wishes/mine/", wish_pages.wish_mine, name="wish_mine"),
    path("wishes/<int:pk>/", wish_pages.wish_detail, name="wish_detail"),
]

claim_urls = [
    path("wishes/<int:pk>/claim/", wish_claims.wish_claim, name="wish_claim"),
    path("wishes/<int:pk>/contact/", wish_claims.wish_contact, name="wish_contact"),
    path(
        "wishes/claims/<int:pk>/deliver/",
        wish_claims.wish_claim_deliver,
        name="wish_claim_deliver",
    ),
    path(
        "wishes/claims/<int:pk>/withdraw/",
        wish_claims.wish_claim_withdraw,
        name="wish_claim_withdraw",
    ),
]

desk_urls = [
    path("desk/wishes/", wishes.wish_desk, name="wish_desk"),
    path("desk/wishes/new/", wishes.wish_create, name="wish_create"),
    path("desk/wishes/<int:pk>/edit/", wishes.wish_edit, name="wish_edit"),
    path("desk/wishes/<int:pk>/publish/", wishes.wish_publish, name="wish_publish"),
    path("desk/wishes/<int:pk>/confirm/", wishes.wish_confirm, name="wish_confirm"),
    path("desk/wishes/<int:pk>/withdraw/", wishes.wish_withdraw, name="wish_withdraw"),
    path("desk/wishes/<int:pk>/return/", wishes.wish_return, name="wish_return"),
    path("desk/wishes/<int:pk>/release/", wishes.wish_release, name="wish_release"),
    path(
        "desk/wishes/<int:pk>/contact/drop/",
        wishes.wish_contact_drop,
        name="wish_contact_drop",
    ),
]

urlpatterns = [*public_urls, *claim_urls, *desk_urls]
