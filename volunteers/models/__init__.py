"""Models of turnout; import them from here."""

from volunteers.models.shift import Shift, status_of
from volunteers.models.signup import Signup
from volunteers.models.volunteer import Volunteer

__all__ = ["Shift", "Signup", "Volunteer", "status_of"]
