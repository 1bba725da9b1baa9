"""What `make run` prints when the portal answers."""

SIGN_INS = {
    "office": "文明办",
    "committee": "机关工委",
    "unit": "单位联络员",
    "street": "街道",
    "community": "社区",
    "volunteer": "志愿者",
    "auditor": "审计员",
    "youth": "未成年志愿者",
}
LINE = "-" * 64


def welcome(*, url: str, password: str, mail: str, logs: str, seconds: float) -> str:
    """The address, the sign-ins and where mail and logs go."""
    sign_ins = [f"      {name:<12}{role}" for name, role in SIGN_INS.items()]
    return "\n".join(
        [
            LINE,
            f"  The portal runs (ready in {seconds:.1f} s). Ctrl-C stops it.",
            "",
            f"  Address     {url}/",
            f"  Password    {password}   (the same for all sign-ins)",
            "  Sign in as",
            *sign_ins,
            f"  Mail        {mail}",
            f"  Logs        {logs}",
            LINE,
        ]
    )
