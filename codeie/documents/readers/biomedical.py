"""PubMed's and BioC's XML: articles and documents, with the element of each text.

Any other XML is read as the text that it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, Final

from codeie.documents._content import Content
from codeie.documents._unread import Unread
from codeie.documents._writing import Writing
from codeie.documents.readers.bioc import add_passages, passages_of
from codeie.documents.readers.plain import read_plain
from codeie.errors import InputError
from codeie.places import BlockKind, Place, PlaceKind
from codeie.types import Document

__all__ = ["read_xml"]

_ROOT: Final = re.compile(rb"<(?![?!])([A-Za-z_][\w.:-]*)")
_OF_ROOT: Final = {
    "PubmedArticleSet": ("PubmedArticle",),
    "PubmedArticle": ("PubmedArticle",),
    "collection": ("document",),
}
_ARTICLE: Final = "MedlineCitation > Article"


def read_xml(content: Content, encoding: str, errors: str) -> Iterator[Document | Unread]:
    """The documents of a file of PubMed or BioC; one text of any other.

    No entity is expanded and no DTD is loaded, neither from the machine nor from elsewhere.

    Raises:
        InputError: If it is no XML, or declares entities.
    """
    root = _ROOT.search(content.data[:4096])
    name = root[1].decode("ascii", "replace") if root is not None else ""
    if name not in _OF_ROOT:
        yield from read_plain(content, encoding, errors)
        return
    from lxml import etree

    check = content.clock()
    # What says its own encoding wrongly is an error of the file, which names it.
    elements = etree.iterparse(
        io.BytesIO(content.data),
        events=("end",),
        tag=_OF_ROOT[name],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        for number, (_, element) in enumerate(elements, start=1):
            check()
            if next(element.iter(etree.Entity), None) is not None:
                raise InputError(f"{content.name} declares entities, which are not expanded")
            above = "" if name == "PubmedArticle" else f"{name} > "
            read = _bioc if name == "collection" else _pubmed
            yield read(content, element, f"{above}{element.tag}:nth-of-type({number})", number)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise InputError(f"{content.name} is not XML, or is damaged: {error.msg}") from error


def _pubmed(content: Content, article: Any, path: str, number: int) -> Document:
    writing = Writing(content, "pubmed")
    title = article.find("MedlineCitation/Article/ArticleTitle")
    if title is not None:
        with writing.block(BlockKind.HEADING, 1):
            if content.markdown:
                writing.say("# ")
            _quote(writing, title, f"{path} > {_ARTICLE} > ArticleTitle")
    parts = article.findall("MedlineCitation/Article/Abstract/AbstractText")
    for at, part in enumerate(parts, start=1):
        writing.apart()
        with writing.block(BlockKind.PARAGRAPH):
            label = part.get("Label")
            if label:
                writing.say(f"{label}: ")
            _quote(
                writing, part, f"{path} > {_ARTICLE} > Abstract > AbstractText:nth-of-type({at})"
            )
    own = article.findtext("MedlineCitation/PMID")
    metadata: dict[str, object] = {}
    for key, where in (
        ("journal", "MedlineCitation/Article/Journal/Title"),
        ("year", "MedlineCitation/Article/Journal/JournalIssue/PubDate/Year"),
        ("language", "MedlineCitation/Article/Language"),
    ):
        said = article.findtext(where)
        if said:
            metadata[key] = said
    return writing.document(own or f"{content.name}:{number}", metadata)


def _quote(writing: Writing, element: Any, path: str) -> None:
    """What an element says, that of elements in it as well."""
    text = "".join(element.itertext()).translate(_AS_SPACE)
    writing.quote(text, Place(PlaceKind.ELEMENT, path, 0, len(text)))


_AS_SPACE: Final = str.maketrans("\t\n\r", "   ")


def _bioc(content: Content, document: Any, path: str, number: int) -> Document:
    passages = []
    for at, passage in enumerate(document.findall("passage"), start=1):
        here = f"{path} > passage:nth-of-type({at})"
        infons = {one.get("key"): one.text or "" for one in passage.findall("infon")}
        value = {"infons": infons, "offset": passage.findtext("offset"), "path": f"{here} > text"}
        sentences = passage.findall("sentence")
        if passage.find("text") is not None or not sentences:
            passages.append({**value, "text": passage.findtext("text") or ""})
            continue
        for index, sentence in enumerate(sentences, start=1):
            passages.append(
                {
                    "infons": infons,
                    "offset": sentence.findtext("offset"),
                    "path": f"{here} > sentence:nth-of-type({index}) > text",
                    "text": sentence.findtext("text") or "",
                }
            )
    writing = Writing(content, "bioc")
    add_passages(writing, passages_of(passages, PlaceKind.ELEMENT))
    return writing.document(document.findtext("id") or f"{content.name}:{number}")
