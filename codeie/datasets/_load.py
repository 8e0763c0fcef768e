"""Loading: a dataset's documents with gold in the classes of a schema, one at a time."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import islice
from pathlib import Path
from typing import Any, Final

from codeie.datasets._formats import reader_of
from codeie.datasets._instances import Instancer
from codeie.datasets._labels import LabelMap, labels_in, schema_from_labels
from codeie.datasets._record import Record
from codeie.datasets._registry import DatasetInfo, info
from codeie.datasets._rows import read_rows
from codeie.datasets._warnings import DatasetWarning
from codeie.display import Part, listed
from codeie.errors import CodeIEError, DatasetError
from codeie.grounding import Grounded
from codeie.grounding.showing import ItemsIn
from codeie.introspection import introspect
from codeie.types import Document
from codeie.viewable import Outlined

__all__ = ["Dataset", "Example", "load", "read"]

_FIRST: Final = 3
_SPLITS = {"valid": "dev", "validation": "dev", "devel": "dev", "development": "dev"}


@dataclass(frozen=True, slots=True)
class Example(Outlined):
    """A document with its gold.

    Args:
        document: The text and its name.
        gold: Instances of the schema's classes with their exact places, in the order
            entities, relations, events, each in the order of the text.
        record: What the dataset says, in its own labels.
        warnings: What is odd in the file, and what the schema has no place for.
    """

    document: Document
    gold: tuple[Grounded[Any], ...]
    record: Record
    warnings: tuple[DatasetWarning, ...] = ()

    @property
    def instances(self) -> list[Any]:
        """The gold without places."""
        return [item.value for item in self.gold]

    def _outline(self) -> Iterable[Part]:
        yield ItemsIn(self.document.text, self.gold)
        if self.warnings:
            yield listed(self.warnings)


class Dataset(Outlined, Iterable[Example]):
    """A dataset that is read as it is iterated, as often as it is iterated.

    Args:
        name: What it is called.
        split: Which part of it.
        records: What reads it, from the beginning at each call.
        labels: Which class stands for which label; ``None`` takes the classes that ``info``
            names, or makes plain ones for the labels in it, by one reading of all of it.
        info: What is known of it, if it is one known by name.
    """

    def __init__(
        self,
        name: str,
        split: str,
        records: Callable[[], Iterator[Record]],
        labels: LabelMap | None = None,
        info: DatasetInfo | None = None,
    ) -> None:
        self.name = name
        self.split = split
        self.info = info
        self._records = records
        self._labels = labels

    def __repr__(self) -> str:
        return f"Dataset({self.name!r}, split={self.split!r})"

    def __iter__(self) -> Iterator[Example]:
        instancer = Instancer(self.labels)
        for record in self._records():
            made = instancer.instances(record)
            yield Example(record.document, made.gold, record, record.warnings + made.warnings)

    def records(self) -> Iterator[Record]:
        """The records in the dataset's own labels, without making instances."""
        return self._records()

    @property
    def documents(self) -> Iterator[Document]:
        """The documents alone."""
        return (record.document for record in self._records())

    @cached_property
    def labels(self) -> LabelMap:
        """Which class stands for which label."""
        if self._labels is not None:
            return self._labels
        known = None if self.info is None else _schema_labels(self.info)
        return known or schema_from_labels(labels_in(self._records()))

    @property
    def schema(self) -> list[type]:
        """The classes of its gold, for `codeie.Extractor`."""
        return self.labels.schema

    @cached_property
    def warnings(self) -> tuple[DatasetWarning, ...]:
        """All warnings of all examples; reads the whole dataset, once."""
        return tuple(warning for example in self for warning in example.warnings)

    def _outline(self) -> Iterable[Part]:
        split = f", {self.split}" if self.split else ""
        source = f": {self.info.source}" if self.info is not None else ""
        yield f"{self.name}{split}{source}"
        if self._labels is not None or (self.info is not None and self.info.schema):
            yield introspect(self.schema)
            yield from self._first(self)
        else:  # the classes would be made by reading all of it
            yield from self._first(self.records())

    def _first(self, source: Iterable[Example | Record]) -> Iterator[Part]:
        yield "It begins with:"
        try:
            yield from islice(source, _FIRST)
        except CodeIEError as error:
            yield f"It cannot be read further: {error}"


def load(
    name: str,
    path: str | Path | None = None,
    *,
    split: str = "dev",
    labels: LabelMap | None = None,
    **options: Any,
) -> Dataset:
    """Load a dataset that is known by name.

    Nothing is downloaded: ``path`` says where the files are, in the layout of their source.

    Args:
        name: One of `codeie.datasets.names()`.
        path: The dataset's folder, a folder that holds it, or the split's file itself;
            by default the folder that the environment variable ``CODEIE_DATA`` names.
        split: ``"train"``, ``"dev"``, ``"test"`` or ``"all"``; which of them there are
            differs.
        labels: Other classes for its labels than those of `codeie.schemas`.
        **options: Of the format's reader, over those that the dataset needs.

    Returns:
        The dataset; its examples are read when it is iterated.

    Raises:
        DatasetError: If the name is unknown or the split's file is not there; the message
            names the nearest names, or the file and the splits that are there.
        InputError: If the format has no such option.
    """
    known = info(name)
    reader = reader_of(known.format, {**known.options, **options})
    wanted = _SPLITS.get(split, split)
    if wanted not in known.splits:
        raise DatasetError(f"{name} has no split {split!r}; it has {', '.join(known.splits)}")
    file = _file(known, wanted, _root(known, path))
    return Dataset(name, wanted, partial(reader, file), labels, known)


def read(
    format: str | Iterable[Mapping[str, Any]],  # noqa: A002 -- the word for it
    path: str | Path | None = None,
    *,
    labels: LabelMap | Mapping[str, type] | None = None,
    **options: Any,
) -> Dataset:
    """Read one's own file in a known format, or rows of a Hugging Face dataset.

    Args:
        format: A key of `codeie.datasets.FORMATS`; or rows, see `codeie.datasets.read_rows`.
        path: The file or folder; none for rows.
        labels: Which class stands for which label; by default plain classes are made for the
            labels in the file.
        **options: Of the format's reader.

    Raises:
        DatasetError: If the file is not there.
        InputError: If there is no such format or option.
    """
    chosen = labels if labels is None or isinstance(labels, LabelMap) else LabelMap(labels)
    if not isinstance(format, str):
        rows = format
        return Dataset("rows", "", partial(read_rows, rows, **options), chosen)
    reader = reader_of(format, options)
    if path is None or not Path(path).exists():
        raise DatasetError("there is no such file", path=str(path or ""))
    file = Path(path)
    return Dataset(file.stem, "", partial(reader, file), chosen)


def _root(known: DatasetInfo, path: str | Path | None) -> Path:
    if path is not None:
        return Path(path)
    folder = os.environ.get("CODEIE_DATA")
    if not folder:
        message = f"where is {known.name}? Give its folder as path, or set CODEIE_DATA"
        raise DatasetError(message)
    return Path(folder)


def _file(known: DatasetInfo, split: str, root: Path) -> Path:
    if root.is_file():
        return root
    for folder in (root, root / known.folder):
        if (folder / known.splits[split]).exists():
            return folder / known.splits[split]
    there = [
        name
        for name, file in known.splits.items()
        if (root / file).exists() or (root / known.folder / file).exists()
    ]
    found = f"of its splits there are {', '.join(there)}" if there else "none of its splits is"
    message = f"{known.name} {split} should be {known.splits[split]} here, or in {known.folder}"
    raise DatasetError(f"{message}; {found}" + ("" if there else " there"), path=str(root))


def _schema_labels(known: DatasetInfo) -> LabelMap | None:
    if not known.schema:
        return None
    # The name comes from the table of datasets, never from outside.
    module = importlib.import_module(f"codeie.schemas.{known.schema}")
    roles: Mapping[str, str] = getattr(module, "ROLES", {})
    return LabelMap(getattr(module, known.classes), roles, known.relations)
