"""Jinja, set up strictly: autoescape always, undefined names are errors, errors point at the template.

Templates see the fields of their view by name (see sitegen/views/), the words of the interface
as `words`, and the filters of `filters.py`.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any

from jinja2 import (
    Environment,
    FunctionLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)

from sitegen import records
from sitegen.cache import Shelf
from sitegen.errors import SiteError, ThemeError
from sitegen.frozen import record
from sitegen.render import filters, host, markup
from sitegen.render.compiling import Compiled, Generator
from sitegen.wording import Words


@record
class Source:
    """A template's text; `path` is where it stands, for error messages."""

    path: str
    text: str


class _Said(dict[str, str]):
    """Words by name, as items and as attributes."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.__dict__.update({name: said for name, said in words.items() if not hasattr(dict, name)})


class _Strict(Environment):
    """Jinja without a way to turn autoescape off. `direct` is what `compiling` says of it."""

    code_generator_class = Generator
    context_class = filters.OnPage
    direct = False

    @cached_property
    def quick(self) -> _Strict:
        """The same, but direct."""
        made = self.overlay()
        assert isinstance(made, _Strict)
        made.direct, made.unfit = True, set()
        return made

    unfit: set[str]  # templates that have not come out well when they were

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all((nodes.ScopedEvalContextModifier, nodes.EvalContextModifier)):
            raise TemplateSyntaxError("autoescape is always on", node.lineno, name, filename)
        return tree


def environment(
    templates: Mapping[str, Source],
    words: Words,
    assets: Mapping[str, str],
    stylesheet: str,
    shelf: Shelf | None = None,
    css: str = "",
) -> Environment:
    """The Jinja environment of a theme. `assets` maps an asset's name to its site-relative address;
    `shelf` remembers compiled templates; `css` is the text of the style sheet."""

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = templates.get(name)
        return (source.text, source.path, lambda: True) if source else None

    made = _Strict(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=Compiled(shelf),
    )
    made.filters.update(filters.filters(words, assets, css))
    for unsteady in ("lipsum", "cycler", "joiner", "dict"):
        del made.globals[unsteady]
    del made.filters["random"]  # the same inputs give the same bytes
    del made.filters["safe"]  # what is safe to print as it is comes as such
    made.globals.update(
        words=_Said(words.say),
        direction=words.direction,
        stylesheet=stylesheet,
        policy=host.IN_PAGE,
        script_policy=host.IN_SCRIPTED_PAGE,
        search_policy=host.IN_SEARCH_PAGE,
        picture_sizes=markup.SIZES,
    )
    return made


def render(env: Environment, templates: Mapping[str, Source], name: str, context: Mapping[str, Any]) -> str:
    """A template's text for a context. Raises ThemeError with the template's path, line and source line."""
    if isinstance(env, _Strict) and name not in env.quick.unfit:
        try:
            return env.quick.get_template(name).render(context)
        except SiteError:
            raise
        except Exception:  # as it may be: what is wrong, and whether anything is, the next attempt knows
            env.quick.unfit.add(name)
    try:
        return env.get_template(name).render(context)
    except SiteError:
        raise
    except TemplateSyntaxError as error:
        raise _fault(
            error.message or "syntax error", "template-syntax", templates, error.filename, error.lineno
        ) from None
    except Exception as error:
        path, line = _innermost(error.__traceback__, templates)
        if path is None and not isinstance(error, TemplateNotFound):
            raise
        raise _explained(error, templates, path, line) from error


def _explained(
    error: Exception, templates: Mapping[str, Source], path: str | None, line: int | None
) -> ThemeError:
    if isinstance(error, TemplateNotFound):
        hint = records.suggestion(str(error.name), sorted(templates))
        return _fault(f"there is no template “{error.name}”", "template-missing", templates, path, line, hint)
    if isinstance(error, UndefinedError):
        hint = "docs/themes.md lists what each template is given; test with “is defined” what may be absent"
        return _fault(error.message or str(error), "template-undefined", templates, path, line, hint)
    if isinstance(error, RecursionError):
        hint = "does a template include itself?"
        return _fault("templates nest without end", "template-recursion", templates, path, line, hint)
    message = f"{type(error).__name__}: {error}"
    return _fault(message, "template-error", templates, path, line)


def _fault(
    message: str,
    code: str,
    templates: Mapping[str, Source],
    path: str | None,
    line: int | None,
    hint: str | None = None,
) -> ThemeError:
    text = next((source.text for source in templates.values() if source.path == path), "")
    lines = text.splitlines()
    shown = lines[line - 1] if line and line <= len(lines) else None
    return ThemeError(message, code=code, path=path, line=line, source=shown, hint=hint)


def _innermost(trace: TracebackType | None, templates: Mapping[str, Source]) -> tuple[str | None, int | None]:
    """The deepest line of a template in a traceback: Jinja maps its compiled code back to template lines."""
    paths = {source.path for source in templates.values()}
    frames = [frame for frame in traceback.extract_tb(trace, limit=None) if frame.filename in paths]
    return (frames[-1].filename, frames[-1].lineno) if frames else (None, None)
