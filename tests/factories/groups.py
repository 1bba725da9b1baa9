"""Makes posts of a shift, and groups that come together."""

import factory
from factory.django import DjangoModelFactory

from tests.factories.volunteers import ShiftFactory, VolunteerFactory
from volunteers.models import Companion, ShiftPost, SignupGroup


class ShiftPostFactory(DjangoModelFactory):
    """One post with a place; the shift's capacity is left as it is."""

    class Meta:
        model = ShiftPost

    shift = factory.SubFactory(ShiftFactory)
    title = factory.Sequence("示例岗位{}".format)
    capacity = 1


class SignupGroupFactory(DjangoModelFactory):
    """A family; its contact's sign-up is made by the test."""

    class Meta:
        model = SignupGroup

    shift = factory.SubFactory(ShiftFactory)
    contact = factory.SubFactory(VolunteerFactory)
    kind = SignupGroup.Kind.FAMILY


class CompanionFactory(DjangoModelFactory):
    """A place of a group nobody is named for yet."""

    class Meta:
        model = Companion

    group = factory.SubFactory(SignupGroupFactory)
