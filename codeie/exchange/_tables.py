"""Extractions as data frames: a row an item, as a run's results have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from codeie.extraction import Extraction
from codeie.extraction.runs.export import table_of
from codeie.extraction.runs.file import check_tables

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

__all__ = ["to_arrow", "to_pandas", "to_polars"]


@dataclass(frozen=True, slots=True)
class _Exported:
    number: int
    record: Mapping[str, Any]
    metadata: Mapping[str, Any]


def _table(extractions: Iterable[Extraction[Any]]) -> Any:
    whole: Sequence[Extraction[Any]] = list(extractions)

    def documents() -> Iterator[_Exported]:
        for number, extraction in enumerate(whole, start=1):
            yield _Exported(number, extraction.to_dict(), extraction.document.metadata)

    return table_of(documents)


def to_pandas(extractions: Iterable[Extraction[Any]]) -> pd.DataFrame:
    """The items as a frame of pandas: one row each, with the document's own columns.

    A field in another has its path for a name, ``head.name``; the place of a string is in
    ``head.name.start`` and ``head.name.end``.

    Raises:
        MissingExtra: If pandas is not installed.
    """
    check_tables("pandas")
    import pandas as pd

    return pd.DataFrame(_table(extractions))


def to_polars(extractions: Iterable[Extraction[Any]]) -> pl.DataFrame:
    """The same as a frame of polars.

    Raises:
        MissingExtra: If polars is not installed.
    """
    check_tables("polars")
    import polars as pl

    return pl.DataFrame(_table(extractions))


def to_arrow(extractions: Iterable[Extraction[Any]]) -> pa.Table:
    """The same as a table of Arrow, from which `datasets.Dataset` of Hugging Face is made at once.

    Raises:
        MissingExtra: If pyarrow is not installed.
    """
    check_tables("pyarrow")
    import pyarrow as pa

    return pa.table(_table(extractions))
