"""Kinds of messages that only tests know."""

from accounts.kinds import Kind, Topic, register


def register_test_kinds() -> None:
    """Kinds without meaning: "test", "a", "b"; "urgent" must arrive."""
    for code in ("test", "a", "b", "urgent"):
        register(
            Kind(
                code=code,
                label="示例消息",
                topic=Topic.PORTAL,
                when="测试时",
                must_arrive=code == "urgent",
            )
        )
