"""Service posts and who holds them."""

urlpatterns: list = []
