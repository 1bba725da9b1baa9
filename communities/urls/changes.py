"""Changes of the registers: rename, move, merge, split."""

urlpatterns: list = []
