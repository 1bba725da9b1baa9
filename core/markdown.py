"""Markdown of letters, conventions and stories to HTML that can do no harm.

Raw HTML is not understood; what CommonMark makes is cleaned again by an allow-list, so
that a flaw of one of the two is not enough. No pictures and nothing from other hosts:
a picture would tell a stranger who reads the page (PRODUCT section 4, personal data).
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_PARSER = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_PARSER.disable("image")


def render_markdown(text: str) -> SafeString:
    """Return the text as clean HTML; headings start at h2, below the page's own."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned on the line above
