"""Hours: settlement, queues, a person's ledger."""

urlpatterns = []
