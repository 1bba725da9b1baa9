"""Pages of the admin site for turnout, a module for each noun."""

from volunteers.admin import certificates, hours, organising, shifts, skills, stars

__all__ = ["certificates", "hours", "organising", "shifts", "skills", "stars"]
