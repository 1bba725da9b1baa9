"""Makes large files that somebody asked for, and settings somebody saved."""

import factory
from factory.django import DjangoModelFactory

from accounts.models import ExportJob, SavedReport
from tests.factories.accounts import UserFactory


class ExportJobFactory(DjangoModelFactory):
    """Waits for a worker; of a kind that the tests register."""

    class Meta:
        model = ExportJob

    owner = factory.SubFactory(UserFactory)
    kind = "example"
    title = "示例导出"
    total = 3


class SavedReportFactory(DjangoModelFactory):
    """Settings of the activities report that no clock makes."""

    class Meta:
        model = SavedReport

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda number: f"示例设置{number}")
    report = "activities"
    file_format = "csv"
    parameters = factory.LazyFunction(lambda: {"filters": {}, "columns": []})
