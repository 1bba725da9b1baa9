"""Co-building agreements and joint meetings."""

urlpatterns: list = []
