"""The pages of the organisations."""

urlpatterns: list = []
