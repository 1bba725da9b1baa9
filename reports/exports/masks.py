"""How personal texts stand in a masked export."""

from core.phones import mask_phone


def mask_name(name: str) -> str:
    """The first character and a star for each further one, at least one."""
    return name[:1] + "*" * max(len(name) - 1, 1) if name else ""


def mask_number(phone: str | None) -> str:
    """A phone as 138****5678; nothing for none."""
    return mask_phone(phone or "")
