"""Input about streets and communities."""

from communities.forms.filters import PlaceFilterForm


class CommunityFilterForm(PlaceFilterForm):
    """Narrows the list of communities."""
