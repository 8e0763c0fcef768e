"""What was found as a graph: mentions are its nodes, relations and roles its edges."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from codeie.display import visible
from codeie.errors import InputError, MissingExtra
from codeie.exchange._told import Lost, count_unplaced
from codeie.extraction import Extraction
from codeie.grounding.showing import arcs_of, marked

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["to_graphml", "to_json_ld", "to_networkx"]

_NODE = ("label", "text", "start", "end")


def _nodes(extraction: Extraction[Any]) -> Iterator[tuple[str, dict[str, str | int]]]:
    text = extraction.document.text
    for number, mark in enumerate(marked(extraction.items).marks):
        words = " ".join(part.of(text) for part in mark.pieces)
        values = (mark.label, words, mark.extent.start, mark.extent.end)
        yield f"m{number}", dict(zip(_NODE, values, strict=True))


def _edges(extraction: Extraction[Any]) -> Iterator[tuple[str, str, str, str]]:
    for arc in arcs_of(extraction.items, marked(extraction.items)):
        yield f"m{arc.source}", f"m{arc.target}", arc.label, arc.words or arc.label


def _tell_lost(extraction: Extraction[Any]) -> None:
    if not isinstance(extraction, Extraction):
        raise InputError(
            f"a graph is of one extraction, got {type(extraction).__name__}; make one of each"
        )
    lost = Lost("a graph")
    count_unplaced(extraction.items, lost)
    lost.tell(level=4)


def to_networkx(extraction: Extraction[Any]) -> MultiDiGraph:
    """A directed graph of networkx; nodes have label, text, start and end, edges class and label.

    Nodes are mentions; what has no place in the text is counted in one warning.

    Raises:
        MissingExtra: If networkx is not installed.
    """
    try:
        import networkx as nx
    except ImportError as error:
        raise MissingExtra("networkx is not installed; pip install networkx adds it") from error
    _tell_lost(extraction)
    graph = nx.MultiDiGraph(document=extraction.document.id or "")
    graph.add_nodes_from(_nodes(extraction))
    for source, target, name, label in _edges(extraction):
        graph.add_edge(source, target, **{"class": name, "label": label})
    return graph


def to_graphml(extraction: Extraction[Any], path: Path) -> Path:
    """Write the same graph as GraphML, which Gephi, yEd and networkx read.

    What XML cannot write (control characters, halves of surrogate pairs) is spelled out.
    """
    _tell_lost(extraction)
    root = ET.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name in _NODE:
        kind = "int" if name in ("start", "end") else "string"
        ET.SubElement(
            root, "key", {"id": name, "for": "node", "attr.name": name, "attr.type": kind}
        )
    for name in ("class", "words"):
        shown = "label" if name == "words" else name
        ET.SubElement(
            root, "key", {"id": name, "for": "edge", "attr.name": shown, "attr.type": "string"}
        )
    graph = ET.SubElement(root, "graph", edgedefault="directed")
    for node, values in _nodes(extraction):
        element = ET.SubElement(graph, "node", id=node)
        for name, value in values.items():
            _data(element, name, str(value))
    for number, (source, target, of_class, label) in enumerate(_edges(extraction)):
        element = ET.SubElement(graph, "edge", id=f"e{number}", source=source, target=target)
        _data(element, "class", of_class)
        _data(element, "words", label)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def _data(element: ET.Element, key: str, value: str) -> None:
    ET.SubElement(element, "data", key=key).text = visible(value)


def to_json_ld(extraction: Extraction[Any], *, vocabulary: str = "#") -> dict[str, Any]:
    """The same as JSON-LD, from which any library of RDF makes triples.

    A mention is a resource of its class with ``text``, ``start`` and ``end``; a relation or role is
    a property of its source that points at its target.

    Args:
        extraction: What to write.
        vocabulary: The IRI that names of classes and properties follow.
    """
    _tell_lost(extraction)
    resources: dict[str, dict[str, Any]] = {
        name: {
            "@id": f"#{name}",
            "@type": values["label"],
            **{key: values[key] for key in ("text", "start", "end")},
        }
        for name, values in _nodes(extraction)
    }
    for source, target, _, label in _edges(extraction):
        resources[source].setdefault(label, []).append({"@id": f"#{target}"})
    return {"@context": {"@vocab": vocabulary}, "@graph": list(resources.values())}
