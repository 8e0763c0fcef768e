"""The fixed words of styles in the language of the guidelines, by one table."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Final

from codeie.errors import PromptError
from codeie.prompting._changed import changed
from codeie.prompting._registry import style_named
from codeie.prompting._style import Question, Request, Style
from codeie.prompting._template import Template, Value, named_template

__all__ = ["LANGUAGES", "in_language"]

LANGUAGES: Final = ("de", "fr", "es", "it", "pt", "nl", "zh", "ja", "ru", "ar")
"""Besides English, by their codes of ISO 639-1."""
_FOLDER: Final = "codeie.prompts"
_TABLE: Final = "languages.v1.json"
_CONDITION: Final = "condition"
"""What is said above given things, the one sentence that a style fills in itself."""


def in_language(style: str | Style, language: str) -> Style:
    """A style that instructs in another language: that of your guidelines and texts.

    What is written in code, or read by it, stays what it is: names of Python, ``None``, and the
    labels ``Text:`` and ``Answer:``. Classes and fields are yours, so write them as you like.

    Args:
        style: ``mention-first``, ``code4uie``, ``code4uie-two-stage``, ``gollie``, ``json`` or
            ``instructuie``, ``"auto"`` for the first of them, or one made of such a style.
        language: One of ``de``, ``fr``, ``es``, ``it``, ``pt``, ``nl``, ``zh``, ``ja``, ``ru``,
            ``ar``; ``"en"`` changes nothing.

    Raises:
        UnknownStyle: If there is no such style.
        PromptError: If there is no such language, or the style's words are in English only.

    Examples:
        >>> style = in_language("code4uie", "de")
        >>> style.name
        'code4uie de'
    """
    chosen = style_named(style)
    if language == "en":
        return chosen
    if language not in LANGUAGES:
        raise PromptError(
            f"there are no instructions in {language!r:.40}; there are in en, {', '.join(LANGUAGES)}"
        )
    _translated(chosen.template or chosen.name, language)  # fails here, not when it asks
    return changed(chosen, _In(chosen, language), language)


@dataclass(frozen=True, slots=True)
class _In:
    style: Style
    language: str

    def __call__(self, question: Question, request: Request) -> Question:  # noqa: ARG002
        named = question.template or self.style.template or self.style.name
        values: dict[str, Value] = dict(question.values)
        if isinstance(named, str) and isinstance(told := values.get(_CONDITION), str):
            values[_CONDITION] = _table()[named][told][self.language]
        return replace(question, template=_translated(named, self.language), values=values)


def _translated(template: str | Template, language: str) -> Template:
    """A template of codeie's with its fixed words in another language.

    Raises:
        PromptError: If the table has none of it.
    """
    if isinstance(template, Template) or template not in _table():
        named = f"The template {template!r}" if isinstance(template, str) else "A template"
        raise PromptError(
            f"{named} has no words in {language!r}; those of {', '.join(_table())} have"
        )
    return _of(template, language)


@functools.lru_cache(maxsize=256)
def _of(template: str, language: str) -> Template:
    source = named_template(f"{template}.v1.jinja").source
    for english, said in _table()[template].items():
        source = source.replace(english, said[language])
    return Template(source)


@functools.cache
def _table() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """For each template what each of its sentences is in each language."""
    table = json.loads((resources.files(_FOLDER) / _TABLE).read_text(encoding="utf-8"))
    return {name: dict(sentences) for name, sentences in table.items()}
