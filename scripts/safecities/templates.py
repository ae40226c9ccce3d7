"""Templates: where they lie, what they may use, and how they are compiled so that a page takes a third of the time.

In: a site and a language. Out: an environment of Jinja, in which everything is escaped and nothing undefined. What it
renders is byte for byte what MkDocs' plain environment renders of the same template; a test compares them.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup, _escape_inner  # type: ignore[attr-defined]

from safecities import policy
from safecities.locales import catalogue
from safecities.reader import words
from safecities.site import Site

_CALL = ["lparen", "string", "rparen"]

def template_folders(site: Site) -> list[Path]:
    """Where templates are looked for: the site's own overrides, then those that came with this package."""
    ours = Path(__file__).resolve().parents[2] / "overrides"
    return list(dict.fromkeys([site.root / "overrides", ours]))


def frame_is_ours(site: Site) -> bool:
    """Whether the frame of all pages is this package's own, which says nothing of a page but what the slots hold."""
    *theirs, ours = template_folders(site)
    parts = [Path(name) for name in ("base.html", "shell.html")]
    parts += [path.relative_to(ours) for path in (ours / "partials").glob("*.html")]
    return not any((folder / part).is_file() and (folder / part).read_bytes() != (ours / part).read_bytes()
                   for folder in theirs for part in parts)


def environment(site: Site, lang: str) -> jinja2.Environment:
    """The environment in which records' templates are rendered in a language: everything escaped, nothing undefined.

    Each template is compiled once for all languages.
    """
    made = Environment(
        loader=jinja2.FileSystemLoader(template_folders(site)), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False, cache_size=-1, extensions=[Messages],
        bytecode_cache=_compiled)
    made.globals["said"] = Said(lang)
    equip(made, lang)
    return made


_safe = str.__new__
"""Makes Markup of a text that is none yet: Markup itself would ask first what it is given, in Python."""


class Templates:
    """The templates of a site in each language, compiled when they are first asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._environments: dict[str, jinja2.Environment] = {}
        self._found: dict[tuple[str, str], jinja2.Template] = {}
        self._contexts: dict[tuple[str, str], Context] = {}
        self._ours: dict[str, bool] = {}

    def get(self, name: str, lang: str) -> jinja2.Template:
        """A template by its name in overrides/, in the words of a language."""
        key = (name, lang)
        if key not in self._found:
            found = self._found[key] = self._environment(lang).get_template(name)
            found.globals = dict(found.globals)  # every page copies them, and Jinja's chain of two is slow to copy
        return self._found[key]

    def context(self, name: str, lang: str, values: Mapping[str, Any]) -> Context:
        """The context in which a template's blocks find these values and its globals. It holds until the next one is
        asked for: a template has one that gets other values, for to make one costs more than most blocks."""
        key, template = (name, lang), self.get(name, lang)
        if key not in self._contexts:
            self._contexts[key] = template.new_context()
        found = self._contexts[key]
        found.parent = {**template.globals, **values}
        return found

    def is_ours(self, name: str, lang: str) -> bool:
        """Whether a template is this package's own, and not one that the site has put into its place."""
        if name not in self._ours:
            found = Path(self.get(name, lang).filename or "")
            self._ours[name] = found == template_folders(self._site)[-1] / name
        return self._ours[name]

    def macros(self, name: str, lang: str) -> Any:
        """The macros of a file in overrides/partials/, in the words of a language."""
        return self._environment(lang).globals[name]

    def _environment(self, lang: str) -> jinja2.Environment:
        if lang not in self._environments:
            self._environments[lang] = environment(self._site, lang)
        return self._environments[lang]


def equip(made: jinja2.Environment, lang: str) -> None:
    """Give an environment what every template of a language may use: the words of the interface, and our macros.

    As globals, because a template that imports macros pays for it on every page.
    """
    made.globals.update(words(lang), policy=policy.PAGE)
    for name in MACROS:
        made.globals[name] = made.get_template(f"partials/{name}.html").module


MACROS = ("frame", "records", "rows", "facts", "citing")
"""Files of macros in overrides/partials; a later one may use the earlier ones."""


class Compiled(jinja2.BytecodeCache):
    """Templates compiled for one environment, for the next ones that compile alike: there is one a language."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what has been compiled of this very source, if anything."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what has been compiled."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


_compiled = Compiled()


class Said:
    """The words of the interface in one language, each as an attribute with the name that :func:`_name` gives it."""

    def __init__(self, lang: str) -> None:
        self._messages = catalogue(lang)

    def __getattr__(self, name: str) -> str:
        """Translate a message that is asked for the first time."""
        message = self._messages.gettext(_MESSAGES[int(name[1:])])
        setattr(self, name, message)
        return message


_MESSAGES: list[str] = []


@functools.cache
def _name(message: str) -> str:
    """A name for a message, the same in all languages."""
    _MESSAGES.append(message)
    return f"m{len(_MESSAGES) - 1}"


class Messages(Extension):
    """Puts an attribute of ``said`` in the place of each ``_("…")`` when a template is compiled.

    A page has some thirty of them, and calling a function from a template costs more than all the rest of it. Were the
    words themselves put there, each template would have to be compiled for each language.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace name, parenthesis, string, parenthesis by name, point, name."""
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if (token.type, token.value) == ("name", "_") and [t.type for t in tokens[at + 1 : at + 4]] == _CALL:
                yield Token(token.lineno, "name", "said")
                yield Token(token.lineno, "dot", ".")
                yield Token(token.lineno, "name", _name(tokens[at + 2].value))
                at += 4
            else:
                yield token
                at += 1


class Directly(CodeGenerator):
    """Compiles calls, attributes and macros to Python's own.

    Jinja looks before each call whether what is called wants the context, after each attribute that isn't there for an
    item of that name, and at each call of a macro which arguments it was given by which name. Our templates need
    nothing of that, and a page has some hundreds of them.
    """

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call what is called, without the context."""
        if node.dyn_args or node.dyn_kwargs or forward_caller:
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Ask for the attribute and nothing else."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Define a macro as a function of its arguments in their order; one with defaults is left to Jinja."""
        special = macro_ref.accesses_kwargs or macro_ref.accesses_varargs or macro_ref.accesses_caller
        if special or macro_ref.node.defaults:
            super().macro_def(macro_ref, frame)
        else:
            self.write("environment.macro(macro)")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.escape(")


class Environment(jinja2.Environment):
    """Jinja's environment with :class:`Directly` as its compiler, for templates in which everything is escaped."""

    code_generator_class = Directly

    @staticmethod
    def escape(value: object) -> str:
        """As :func:`markupsafe.escape`, but the result is plain text: it is joined at once and never escaped again."""
        if type(value) is not str:
            if isinstance(value, Markup):
                return value
            value = str(value)
        return _escape_inner(value)  # the C function behind it, without its wrapping: a third of the time

    @staticmethod
    def macro(render: Callable[..., str]) -> Callable[..., Markup]:
        """A macro from the function that Jinja has compiled it to: what it gives has been escaped."""
        return lambda *arguments: _safe(Markup, render(*arguments))
