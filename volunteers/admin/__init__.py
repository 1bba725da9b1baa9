"""Pages of the admin site for turnout, a module for each noun."""

from volunteers.admin import shifts

__all__ = ["shifts"]
