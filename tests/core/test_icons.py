"""Icons drawn once."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from heroicons import IconDoesNotExist


def drawn(library, tag, context=None):
    return Template(f"{{% load {library} %}}{tag}").render(Context(context or {}))


@pytest.mark.parametrize("style", ["mini", "outline"])
def test_icon_is_drawn_as_the_package_draws_it(style):
    tag = f'{{% heroicon_{style} "clock" size=18 %}}'

    assert drawn("icons", tag) == drawn("heroicons", tag)


def test_icon_named_by_the_context_is_looked_up():
    tag = "{% heroicon_outline item size=18 %}"

    assert drawn("icons", tag, {"item": "home"}) == drawn(
        "icons", '{% heroicon_outline "home" size=18 %}'
    )


def test_icon_of_an_unknown_name_fails_when_the_template_is_compiled():
    with pytest.raises(IconDoesNotExist):
        Template('{% load icons %}{% heroicon_mini "no-such" size=18 %}')


def test_icon_without_a_size_is_refused():
    with pytest.raises(TemplateSyntaxError, match="size=NUMBER"):
        Template('{% load icons %}{% heroicon_mini "clock" class="x" %}')
