"""Makes submitted activities, reasons to return, and returns with their points."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from campaigns.models import Activity, Field, ReturnReason, Review, ReviewPoint
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import PastActivityFactory


class SubmittedActivityFactory(PastActivityFactory):
    """An activity that has waited for review since an hour ago."""

    state = Activity.State.SUBMITTED
    submitted_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    submitted_by = factory.SubFactory(UserFactory)


class ReturnReasonFactory(DjangoModelFactory):
    class Meta:
        model = ReturnReason

    text = factory.Sequence(lambda n: f"示例理由{n}")
    field = Field.PHOTOS


class ReturnFactory(DjangoModelFactory):
    """A return of an activity, which is left as it stands."""

    class Meta:
        model = Review

    activity = factory.SubFactory(SubmittedActivityFactory)
    decision = Review.Decision.RETURNED
    reason = "示例退回意见"
    reviewed_by = factory.SubFactory(UserFactory)


class ReviewPointFactory(DjangoModelFactory):
    class Meta:
        model = ReviewPoint

    review = factory.SubFactory(ReturnFactory)
    field = Field.PLACE
    text = factory.Sequence(lambda n: f"示例意见{n}")
