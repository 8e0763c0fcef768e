"""Back to the page: marks in a copy of the file that a document was read from."""

from codeie.documents.marking.docx import mark_docx
from codeie.documents.marking.html import mark_html
from codeie.documents.marking.original import Mark, Original, original
from codeie.documents.marking.pdf import mark_pdf

__all__ = ["Mark", "Original", "mark_docx", "mark_html", "mark_pdf", "original"]
