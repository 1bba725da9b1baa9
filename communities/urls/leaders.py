"""Leading posts, who holds them, and their two links."""

urlpatterns: list = []
