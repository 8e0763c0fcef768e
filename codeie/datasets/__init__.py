"""File formats of datasets → documents with gold.

Two stages: a reader gives neutral `Record` values in the dataset's own labels, and
`to_instances` makes instances of a schema's classes from them, with exact places. `load` and
`read` do both, one document at a time.
"""

from codeie.datasets._ade import read_ade, read_ade_negatives
from codeie.datasets._brat import read_brat
from codeie.datasets._brat_write import write_brat
from codeie.datasets._casie import read_casie
from codeie.datasets._conll import read_conll
from codeie.datasets._counts import DatasetCounts, count
from codeie.datasets._docred import read_docred
from codeie.datasets._dygie import read_dygie
from codeie.datasets._files import Limits
from codeie.datasets._formats import FORMATS
from codeie.datasets._instances import Instances, to_instances
from codeie.datasets._jsonl import read_jsonl, write_jsonl
from codeie.datasets._labels import LabelMap, SeenLabels, labels_in, schema_from_labels
from codeie.datasets._load import Dataset, Example, load, read
from codeie.datasets._multihead import read_multihead
from codeie.datasets._phee import read_phee
from codeie.datasets._pubtator import read_pubtator
from codeie.datasets._rams import read_rams
from codeie.datasets._record import (
    GoldArgument,
    GoldCluster,
    GoldEvent,
    GoldMention,
    GoldModifier,
    GoldRelation,
    Record,
)
from codeie.datasets._registry import DATASETS, DatasetInfo, info, names
from codeie.datasets._rows import read_rows
from codeie.datasets._semeval import read_semeval
from codeie.datasets._spert import read_spert, read_tagged_json
from codeie.datasets._tags import TagSpan, decode_tags, encode_tags
from codeie.datasets._tokens import TokenText, join_sentences, join_tokens
from codeie.datasets._unified import read_unified
from codeie.datasets._w2ner import read_w2ner
from codeie.datasets._warnings import DatasetWarning, Oddity
from codeie.datasets._wikievents import read_wikievents

__all__ = [
    "DATASETS",
    "FORMATS",
    "Dataset",
    "DatasetCounts",
    "DatasetInfo",
    "DatasetWarning",
    "Example",
    "GoldArgument",
    "GoldCluster",
    "GoldEvent",
    "GoldMention",
    "GoldModifier",
    "GoldRelation",
    "Instances",
    "LabelMap",
    "Limits",
    "Oddity",
    "Record",
    "SeenLabels",
    "TagSpan",
    "TokenText",
    "count",
    "decode_tags",
    "encode_tags",
    "info",
    "join_sentences",
    "join_tokens",
    "labels_in",
    "load",
    "names",
    "read",
    "read_ade",
    "read_ade_negatives",
    "read_brat",
    "read_casie",
    "read_conll",
    "read_docred",
    "read_dygie",
    "read_jsonl",
    "read_multihead",
    "read_phee",
    "read_pubtator",
    "read_rams",
    "read_rows",
    "read_semeval",
    "read_spert",
    "read_tagged_json",
    "read_unified",
    "read_w2ner",
    "read_wikievents",
    "schema_from_labels",
    "to_instances",
    "write_brat",
    "write_jsonl",
]
