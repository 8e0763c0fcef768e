"""The formats by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from codeie.datasets._ade import read_ade, read_ade_negatives
from codeie.datasets._brat import read_brat
from codeie.datasets._casie import read_casie
from codeie.datasets._conll import read_conll
from codeie.datasets._docred import read_docred
from codeie.datasets._dygie import read_dygie
from codeie.datasets._jsonl import read_jsonl
from codeie.datasets._multihead import read_multihead
from codeie.datasets._nearest import nearest
from codeie.datasets._phee import read_phee
from codeie.datasets._pubtator import read_pubtator
from codeie.datasets._rams import read_rams
from codeie.datasets._record import Record
from codeie.datasets._semeval import read_semeval
from codeie.datasets._spert import read_spert, read_tagged_json
from codeie.datasets._unified import read_unified
from codeie.datasets._w2ner import read_w2ner
from codeie.datasets._wikievents import read_wikievents
from codeie.errors import InputError

__all__ = ["FORMATS", "reader_of"]

FORMATS: Mapping[str, Callable[..., Iterator[Record]]] = MappingProxyType(
    {
        # Without the warning that some give of themselves: whoever goes by names has all as data.
        name: inspect.unwrap(reader)
        for name, reader in {
            "ade": read_ade,
            "ade-negatives": read_ade_negatives,
            "brat": read_brat,
            "casie": read_casie,
            "conll": read_conll,
            "docred": read_docred,
            "dygie": read_dygie,
            "jsonl": read_jsonl,
            "multihead": read_multihead,
            "phee": read_phee,
            "pubtator": read_pubtator,
            "rams": read_rams,
            "semeval": read_semeval,
            "spert": read_spert,
            "tagged-json": read_tagged_json,
            "unified": read_unified,
            "w2ner": read_w2ner,
            "wikievents": read_wikievents,
        }.items()
    }
)
"""The reader of each format; each takes a path and the options its docstring names."""


def reader_of(format: str, options: Mapping[str, Any]) -> Callable[[Path], Iterator[Record]]:  # noqa: A002 -- the word for it
    """A reader with its options set.

    Raises:
        InputError: If there is no such format, or it has no such option.
    """
    function = FORMATS.get(format)
    if function is None:
        raise InputError(f"no format {format!r}; {nearest(format, FORMATS)}")
    known = [name for name in inspect.signature(function).parameters if name != "path"]
    for name in options:
        if name not in known:
            raise InputError(f"the format {format} has no option {name!r}; {nearest(name, known)}")
    return partial(function, **options)
