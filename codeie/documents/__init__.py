"""Files, folders, data frames and datasets → documents, one at a time, however many there are."""

from codeie.documents._files import Format, Reading, check_files, format_of, read_files
from codeie.documents._source import Source, holds_documents, read_documents
from codeie.documents._tables import check_parquet
from codeie.documents._unread import Unread

__all__ = [
    "Format",
    "Reading",
    "Source",
    "Unread",
    "check_files",
    "check_parquet",
    "format_of",
    "holds_documents",
    "read_documents",
    "read_files",
]
