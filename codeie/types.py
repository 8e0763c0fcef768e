"""The values everything else is written in: documents, spans and the markers of a schema.

Nothing here knows about models, prompts or files, so every other part may import it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from codeie.diagnostics import Diagnostic, Diagnostics
from codeie.images import Image, as_images
from codeie.places import DocumentLayout, Place
from codeie.viewable import Outlined
from codeie.wording import counted

if TYPE_CHECKING:
    from codeie.display import Part

__all__ = ["Document", "Entity", "Event", "Guideline", "NotInText", "Relation", "Span"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text: half-open, in Unicode code points, over the text exactly as given.

    ``text[span.start:span.end]`` is what it covers. "Not found" is the absence of a span,
    never an empty or a negative one.

    Args:
        start: The first code point covered, from 0.
        end: The first code point after it; greater than ``start``.

    Raises:
        ValueError: If ``start`` is negative or ``end`` is not greater than ``start``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got ({self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The piece of ``text`` that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """The same place in a text that has ``by`` more code points before it."""
        return Span(self.start + by, self.end + by)

    def covers(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span (or is equal to it)."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document(Outlined):
    """A text to extract from, with the name it goes by.

    Args:
        text: The text exactly as given; all offsets refer to it.
        id: What to call it in results; ``None`` if it has no name.
        metadata: Whatever else is to be carried along, untouched.
        given: Instances that are known already, for the styles that ask about given things:
            events with their triggers, whose arguments are asked for, or entities, whose
            relations are. ``()`` says that there are none, ``None`` that nothing is said.
        layout: Where in its file the text stands, if a reader of `codeie.documents` made it.
        diagnostics: What that reader left out, guessed or could not read; an extraction has
            them before its own.
        images: The images beside the text, each an `Image`, the path of a file or its bytes. They
            are sent to models that see; for another, they are an error.

    Raises:
        InputError: If one of the images is none.
    """

    text: str
    id: str | None = None
    metadata: Mapping[str, object] = field(default_factory=dict)
    given: Sequence[object] | None = None
    # What a document says does not depend on where it came from.
    layout: DocumentLayout | None = field(default=None, compare=False, repr=False)
    diagnostics: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False)
    images: Sequence[Image] = field(default=(), repr=False)

    def __post_init__(self) -> None:
        if self.images or not isinstance(self.images, tuple):
            object.__setattr__(self, "images", as_images(self.images))

    def places(self, span: Span) -> tuple[Place, ...]:
        r"""Where in its file a stretch of the text stands.

        Args:
            span: The stretch.

        Returns:
            The places in the order of the text; none if nothing is known of them.

        Examples:
            >>> from codeie.documents import read
            >>> document = read(b"The Tern\nleft Skagen.", format="markdown")
            >>> document.places(Span(4, 8))[0].source
            (4, 8)
        """
        return self.layout.places(span.start, span.end) if self.layout is not None else ()

    def kept(self, spans: Iterable[Span]) -> Document:
        """The document with some stretches of its text only, put together; places stay right.

        What is given is kept as it is, diagnostics are not.

        Args:
            spans: The stretches, in order.
        """
        held = [(span.start, span.end) for span in spans]
        return replace(
            self,
            text="".join(self.text[start:end] for start, end in held),
            layout=self.layout.kept(held) if self.layout is not None else None,
            diagnostics=(),
            images=_moved(self.images, held),
        )

    def part(self, span: Span) -> Document:
        """A piece of the document, with the images that stand in it or belong to all of the text.

        It has no layout and no diagnostics: those are the whole document's.

        Args:
            span: Which piece.
        """
        images = _moved(self.images, [(span.start, span.end)])
        return replace(self, text=span.of(self.text), layout=None, diagnostics=(), images=images)

    def _outline(self) -> Iterable[Part]:
        from codeie.display import Grid, MarkedText, said

        about = [self.id or "Document", counted(len(self.text), "character")]
        yield ", ".join(about)
        yield MarkedText(self.text)
        if self.metadata or self.given is not None or self.images:
            rows = [(name, said(getattr(self, name))) for name in ("metadata", "given", "images")]
            yield Grid(("", "value"), rows)
        if self.diagnostics:
            yield Diagnostics.of(self.diagnostics)


def _moved(images: Sequence[Image], held: Sequence[tuple[int, int]]) -> tuple[Image, ...]:
    """Images where they stand in some stretches of a text that are put together."""
    found: list[Image] = []
    for image in images:
        if image.at is None:
            found.append(image)
            continue
        before = 0
        for start, end in held:
            if start <= image.at < end:
                found.append(replace(image, at=before + image.at - start))
                break
            before += end - start
    return tuple(found)


class Entity:
    """Marks a class whose instances are mentions of things: people, drugs, places.

    Any dataclass may be in a schema; the marker only tells scoring and prompt styles
    what kind of thing the class is.
    """

    __slots__ = ()


class Relation:
    """Marks a class whose instances connect two entities, by convention ``head`` and ``tail``."""

    __slots__ = ()


class Event:
    """Marks a class whose instances are happenings: a ``trigger`` and arguments in roles."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Guideline:
    """What an annotator is told about a field, for use in ``Annotated``.

    A plain string in ``Annotated[str, "…"]`` does the same; this form can also name candidates.

    Args:
        text: One or two sentences.
        candidates: Examples of what the field may hold, shown as "such as: …".
    """

    text: str
    candidates: tuple[str, ...] = ()


class _NotInText:
    """The type of `NotInText`; there is one instance."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NotInText"

    def __reduce__(self) -> str:
        return "NotInText"  # by name, so that a copy is the one instance


NotInText: Final = _NotInText()
"""In ``Annotated[str, NotInText]``: the field is not a quotation, so it is not grounded."""
