"""Makes large files that somebody asked for."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import ExportJob
from tests.factories.accounts import UserFactory


class ExportJobFactory(DjangoModelFactory):
    """Waits for a worker; of a kind that the tests register."""

    class Meta:
        model = ExportJob

    owner = factory.SubFactory(UserFactory)
    kind = "example"
    title = "示例导出"
    total = 3
