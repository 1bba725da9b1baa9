"""Icons of heroicons as inline SVG, drawn once and not at every request.

`{% heroicon_mini "clock" size=16 %}` with a literal name costs nothing at run time:
it becomes text when the template is compiled. The package's own tags copy and write
the XML tree each time, which was a third of a list's cost.
"""

from functools import lru_cache

from django import template
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.utils.safestring import SafeString, mark_safe
from heroicons import _render_icon as render_svg

register = template.Library()


@lru_cache(maxsize=256)
def draw(style: str, name: str, size: int) -> SafeString:
    """The icon as SVG markup, hidden from screen readers."""
    markup = render_svg(style, name, size, {"aria-hidden": "true"})
    return mark_safe(markup)  # noqa: S308 the package's own drawing


class IconNode(template.Node):
    """An icon whose name is only known when the page is drawn."""

    def __init__(self, style: str, name: FilterExpression, size: int) -> None:
        self.style, self.name, self.size = style, name, size

    def render(self, context: template.Context) -> SafeString:
        return draw(self.style, self.name.resolve(context), self.size)


def _compile(style: str, parser: Parser, token: Token) -> template.Node:
    tag, name, size = token.split_contents()
    key, _equals, pixels = size.partition("=")
    if key != "size" or not pixels.isdigit():
        raise template.TemplateSyntaxError(f"{tag} takes a name and size=NUMBER")
    is_literal = name[0] == name[-1] and name[0] in "\"'"
    if is_literal:
        return TextNode(draw(style, name[1:-1], int(pixels)))
    return IconNode(style, parser.compile_filter(name), int(pixels))


@register.tag
def heroicon_mini(parser: Parser, token: Token) -> template.Node:
    """A small filled icon, 16 to 20 pixels."""
    return _compile("mini", parser, token)


@register.tag
def heroicon_outline(parser: Parser, token: Token) -> template.Node:
    """An outlined icon, 20 pixels and more."""
    return _compile("outline", parser, token)
