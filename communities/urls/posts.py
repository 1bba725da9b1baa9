"""Service posts and who holds them."""

from django.urls import path

from communities.views import posts as views

urlpatterns = [
    path("communities/<int:pk>/posts/", views.community_posts, name="community_posts"),
    path("posts/<int:pk>/", views.post_detail, name="post_detail"),
    path("posts/<int:pk>/take/", views.post_take, name="post_take"),
    path("posts/<int:pk>/leave/", views.post_leave, name="post_leave"),
    path("posts/<int:pk>/publish/", views.post_publish, name="post_publish"),
    path("posts/<int:pk>/close/", views.post_close, name="post_close"),
    path("posts/<int:pk>/edit/", views.post_edit, name="post_edit"),
    path("desk/posts/", views.post_list, name="post_list"),
    path("desk/posts/new/", views.post_create, name="post_create"),
]
