"""What a content policy must and must not say."""

from collections.abc import Mapping

ALLOWED = {"'self'", "'none'"}


def policy_faults(headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the policy of an answer."""
    policy = headers.get("Content-Security-Policy", "")
    if not policy:
        return ["no content policy"]
    directives = {
        name: set(sources)
        for name, *sources in map(str.split, policy.split(";"))
        if name != "sandbox"
    }
    if "default-src" not in directives:
        return [f"no default-src in {policy}"]
    loose = set().union(*directives.values()) - ALLOWED
    return [f"the policy allows {' '.join(sorted(loose))}"] if loose else []
