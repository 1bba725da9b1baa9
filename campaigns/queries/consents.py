"""Reads of consents of people shown."""

from django.db import models

from accounts.models import User
from campaigns.models import Consent
from campaigns.models.honor import honor_visibility
from campaigns.models.story import story_visibility


def consents_in_scope(user: User) -> models.QuerySet:
    """Consents for honours and stories in the official's scope, published or not."""
    rows = Consent.objects.filter(
        story_visibility(user, story="story__", with_public=False)
        | honor_visibility(user, honor="honor__", with_public=False)
    )
    return with_things(rows)


def with_things(consents: models.QuerySet) -> models.QuerySet:
    """The consents with what they are for."""
    return consents.select_related(
        "story__organization",
        "story__community",
        "honor__organization",
        "honor__community",
    )
