r"""Templates: how every piece of HTML is made. Whatever the law says is shown as text.

Values are escaped wherever they stand, and letters that show nothing become escapes such as `\u202e`, as on
a terminal. A name that a template does not know is an error.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from checker.language.invisible_characters import visible

GENERATOR: Final = "redline"
"""What every page names as what wrote it, and what is looked for before one is replaced."""


@cache
def environment(package: str) -> Environment:
    """Return the templates of a package, in its folder `templates`."""
    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_seen,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["generator"] = GENERATOR
    made.filters["coded"] = coded
    made.filters["style_source"] = style_source
    return made


def render(package: str, template: str, **values: object) -> str:
    """Return a template, filled in."""
    return environment(package).get_template(template).render(values)


def coded(text: str) -> Markup:
    """Return a text whose words in backticks, which are of the language, are marked as such."""
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return escape(visible(text))
    made = (
        Markup("<code>{}</code>").format(each) if at % 2 else escape(each) for at, each in enumerate(parts)
    )
    return Markup("").join(made)


def style_source(style: str) -> str:
    """Return the source expression of a content security policy that allows this style and no other."""
    digest = hashlib.sha256(str(style).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _seen(value: object) -> object:
    """Return what is put into a page: HTML that was made here as it is, all else as text to be escaped."""
    return value if isinstance(value, Markup) else visible(str(value))
