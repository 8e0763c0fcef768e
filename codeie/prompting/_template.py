"""Prompt templates: given nothing but plain strings; codeie's own are versioned files.

A template has a block for each piece of a prompt:

``instructions``
    What to do, in sentences. The same for all documents.
``classes``
    The schema. The same for all documents.
``question``
    What is asked about one text; rendered for each demonstration and for the document.
``opening``
    How the question ends and the answer begins. A line end before ``endblock`` says that the
    answer begins on a line of its own. Without the block it does, too.
``answer``
    How a demonstration's answer is written, where it is more than the answer itself.

Only ``question`` must be there. What stands between the pieces is not up to templates.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Final

from codeie.errors import PromptError
from codeie.viewable import Outlined

if TYPE_CHECKING:
    from jinja2 import Template as Compiled

__all__ = ["BLOCKS", "Template", "Value", "is_template", "named_template"]

Value = str | list[str] | dict[str, str] | list[dict[str, str]]
"""What a template may be given: strings and plain containers of strings."""

BLOCKS: Final = ("instructions", "classes", "question", "opening", "answer")
_FOLDER: Final = "codeie.prompts"


@dataclass(frozen=True, slots=True)
class Template(Outlined):
    """A template of your own.

    Args:
        source: Jinja, with a block for each piece of the prompt: ``question``, and as needed
            ``instructions``, ``classes``, ``opening`` and ``answer``. Python's and JSON's
            literals are safe in it; a text as it is may end whatever it is put into.

    Raises:
        PromptError: If it is no Jinja, has a block that prompts have not, or no ``question``.
    """

    source: str

    def __post_init__(self) -> None:
        blocks = _compiled(self.source).blocks
        if unknown := [name for name in blocks if name not in BLOCKS]:
            raise PromptError(
                f"a prompt template has no block {unknown[0]!r}; it has {', '.join(BLOCKS)}"
            )
        if "question" not in blocks:
            raise PromptError("a prompt template needs a block question, which holds the text")

    def block(self, name: str, values: Mapping[str, Value]) -> str:
        """Render one block.

        Args:
            name: One of `BLOCKS`.
            values: What the template fills in.

        Returns:
            Its text; empty if the template has no such block. The line breaks around it are
            left out, except where an opening ends.

        Raises:
            PromptError: If it cannot be rendered, as when a value is missing.
        """
        from jinja2 import TemplateError

        template = _compiled(self.source)
        render = template.blocks.get(name)
        if render is None:
            return ""
        try:
            text = "".join(render(template.new_context(dict(values))))
        except (TemplateError, TypeError) as error:
            raise PromptError(
                f"the template's block {name!r} cannot be filled in: {error}"
            ) from None
        return text.lstrip("\n") if name == "opening" else text.strip("\n")

    def stable(self, name: str, values: Mapping[str, Value]) -> str:
        """As `block`, for what is the same for many documents: rendered once, then remembered.

        Args:
            name: As for `block`.
            values: As for `block`; only those that the block mentions count.

        Raises:
            PromptError: As for `block`.
        """
        mentioned = _mentioned(self.source, name)
        if mentioned is None:
            return self.block(name, values)
        used = {key: values[key] for key in mentioned if key in values}
        filled = _Filled(self, name, _frozen(used), used)
        try:
            hash(filled)
        except TypeError:  # a style of somebody's own may fill in what is no plain container
            return self.block(name, values)
        return _rendered(filled)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A block with all that it is filled in with, in a form by which it is found again."""

    template: Template
    name: str
    key: object
    values: Mapping[str, Value] = field(compare=False)


@functools.lru_cache(maxsize=128)
def _rendered(filled: _Filled) -> str:
    return filled.template.block(filled.name, filled.values)


def _frozen(value: object) -> object:
    if isinstance(value, dict):
        return tuple((key, _frozen(each)) for key, each in value.items())
    if isinstance(value, list):
        return tuple(map(_frozen, value))
    return value if isinstance(value, str) else (type(value), value)  # 1 and True look different


@functools.lru_cache(maxsize=1024)
def _mentioned(source: str, block: str) -> tuple[str, ...] | None:
    """The values that a block depends on; ``None`` where that cannot be said."""
    from jinja2 import meta, nodes

    environment = _compiled(source).environment
    for found in environment.parse(source).find_all(nodes.Block):
        if found.name == block:
            if any(name.name in ("self", "super") for name in found.find_all(nodes.Name)):
                return None  # it puts in other blocks
            alone = nodes.Template(found.body, lineno=1)
            alone.set_environment(environment)
            return tuple(sorted(meta.find_undeclared_variables(alone)))
    return ()


def is_template(name: str) -> bool:
    """Whether codeie has a template file of that name."""
    return (resources.files(_FOLDER) / name).is_file()


@functools.cache
def named_template(name: str) -> Template:
    """One of codeie's own templates.

    Args:
        name: Its file's name in ``prompts/``, such as ``"code4uie.v1.jinja"``.

    Raises:
        PromptError: If there is no such template.
    """
    try:
        return Template((resources.files(_FOLDER) / name).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise PromptError(f"there is no prompt template {name}") from None


@functools.lru_cache(maxsize=256)
def _compiled(source: str) -> Compiled:
    # Imported here: Jinja takes longer to import than all of prompting.
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,  # prompts are no HTML; texts come in as Python literals
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    try:
        return environment.from_string(source)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"line {line}: " if line else ""
        raise PromptError(f"the prompt template is no Jinja: {where}{error}") from None
