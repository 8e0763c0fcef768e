"""Files, folders, data frames and datasets → documents, one at a time, however many there are."""

from codeie.documents._content import Limits
from codeie.documents._files import check_files, read_files
from codeie.documents._formats import Format, Reading, format_of, is_one_document
from codeie.documents._source import Source, holds_documents, read, read_documents
from codeie.documents._tables import check_parquet
from codeie.documents._unread import Unread

__all__ = [
    "Format",
    "Limits",
    "Reading",
    "Source",
    "Unread",
    "check_files",
    "check_parquet",
    "format_of",
    "holds_documents",
    "is_one_document",
    "read",
    "read_documents",
    "read_files",
]
