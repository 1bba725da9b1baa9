"""Kinds of messages that only tests know."""

from accounts.notifications.kinds import Kind, Topic, register


def register_test_kinds() -> None:
    """Kinds without meaning; "urgent" must arrive, "group" is for groups too."""
    for code in ("test", "a", "b", "urgent", "group"):
        register(
            Kind(
                code=code,
                label="示例消息",
                topic=Topic.PORTAL,
                when="测试时",
                must_arrive=code == "urgent",
                for_groups=code == "group",
            )
        )
