"""GENIA biomedical terms.

MEDLINE abstracts on transcription factors in human blood cells, with nested terms (Kim et al.
2003, "GENIA corpus: a semantically annotated corpus for bio-textmining"), in the five classes of
the usual NER view. A shorter term inside a longer one is a mention of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "CellLine",
    "CellType",
    "Dna",
    "Protein",
    "Rna",
]


@dataclass
class Dna(Entity):
    """A gene, promoter, site, region or other stretch of DNA."""

    name: str  # such as: "NF-kappa B site", "IL-2 promoter"


@dataclass
class Rna(Entity):
    """An RNA molecule, kind or transcript."""

    name: str  # such as: "IL-2 mRNA", "18S rRNA"


@dataclass
class Protein(Entity):
    """A protein, complex, family or part of one."""

    name: str  # such as: "interleukin-2", "NF-kappa B"


@dataclass
class CellLine(Entity):
    """A cultured line of cells."""

    name: str  # such as: "HeLa", "Jurkat T cells"


@dataclass
class CellType(Entity):
    """A kind of cell as it occurs in an organism."""

    name: str  # such as: "monocytes", "T lymphocytes"


LABELS: dict[str, type] = {
    "DNA": Dna,
    "RNA": Rna,
    "protein": Protein,
    "cell_line": CellLine,
    "cell_type": CellType,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Dna,
    Rna,
    Protein,
    CellLine,
    CellType,
]
"""What the dataset annotates."""
