"""Extractions in the forms of other tools, and what comes back from them.

Everything goes by way of a `codeie.datasets.Record`, for which formats have readers and
writers already. What a form cannot hold is told in one warning.
"""

from codeie.exchange._conll import to_conll
from codeie.exchange._graph import to_graphml, to_json_ld, to_networkx
from codeie.exchange._label_studio import (
    from_label_studio,
    label_studio_config,
    label_studio_record,
    to_label_studio,
)
from codeie.exchange._prodigy import from_prodigy, to_prodigy
from codeie.exchange._record import demonstrations, from_record, own_labels, to_brat, to_record
from codeie.exchange._sent import Sent
from codeie.exchange._spacy import to_spacy
from codeie.exchange._tables import to_arrow, to_pandas, to_polars
from codeie.exchange._told import Inside

__all__ = [
    "Inside",
    "Sent",
    "demonstrations",
    "from_label_studio",
    "from_prodigy",
    "from_record",
    "label_studio_config",
    "label_studio_record",
    "own_labels",
    "to_arrow",
    "to_brat",
    "to_conll",
    "to_graphml",
    "to_json_ld",
    "to_label_studio",
    "to_networkx",
    "to_pandas",
    "to_polars",
    "to_prodigy",
    "to_record",
    "to_spacy",
]
