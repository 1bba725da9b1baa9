"""Pages of the admin site for turnout, a module for each noun."""

from volunteers.admin import hours, shifts, skills

__all__ = ["hours", "shifts", "skills"]
