"""codeie: information extraction by code.

Schemas are plain dataclasses; a language model is shown them as code and answers with code;
codeie parses that code without ever running it, into instances of those classes, grounded to
exact spans of the text. Start with `Extractor`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from codeie import (
        annotation,
        clients,
        datasets,
        diagnostics,
        display,
        errors,
        evaluation,
        exchange,
        generation,
        improvement,
        induction,
        selection,
        training,
        types,
    )
    from codeie.clients import Capabilities, Client, Completion, Settings, StopReason, Usage
    from codeie.decoding import Confidence
    from codeie.diagnostics import Code, Diagnostic, Position, Severity
    from codeie.documents import read_documents
    from codeie.errors import (
        AuthenticationFailed,
        ClientError,
        CodeIEError,
        CodeIEWarning,
        CreditSpent,
        DatasetError,
        EvaluationError,
        GroundingError,
        InputError,
        MissingExtra,
        ModelFileError,
        ParseError,
        PromptError,
        PromptTooLong,
        ProviderUnavailable,
        RateLimited,
        RequestRejected,
        SchemaError,
        UnknownModel,
        UnknownStyle,
    )
    from codeie.exploring import (
        compare,
        live,
        load_ipython_extension,
        unload_ipython_extension,
    )
    from codeie.extraction import (
        Cascade,
        Chunks,
        Context,
        Continue,
        Decompose,
        Ensemble,
        Entail,
        Extraction,
        Extractor,
        Knowledge,
        Passes,
        Reask,
        TwoStage,
        Verify,
        Vote,
    )
    from codeie.grounding import Grounded, MatchKind, Mention, ground
    from codeie.images import Image
    from codeie.induction import induce
    from codeie.introspection import Schema, introspect
    from codeie.parsing import Outcome, ParsedItem, ParseLimits, ParseResult, parse
    from codeie.prompting import (
        Demonstration,
        Message,
        Prompt,
        Question,
        Style,
        Template,
        register_style,
        render,
        render_instances,
    )
    from codeie.syntaxes import Syntax
    from codeie.types import Document, Entity, Event, Guideline, NotInText, Relation, Span

# Where each public name lives. Nothing is imported until it is asked for (PEP 562), so that
# `import codeie` costs no SDK, no libcst and no IPython.
_HOMES = {
    "codeie.clients": ("Capabilities", "Client", "Completion", "Settings", "StopReason", "Usage"),
    "codeie.decoding": ("Confidence",),
    "codeie.documents": ("read_documents",),
    "codeie.diagnostics": ("Code", "Diagnostic", "Position", "Severity"),
    "codeie.errors": (
        "AuthenticationFailed",
        "ClientError",
        "CodeIEError",
        "CodeIEWarning",
        "CreditSpent",
        "DatasetError",
        "EvaluationError",
        "GroundingError",
        "InputError",
        "MissingExtra",
        "ModelFileError",
        "ParseError",
        "PromptError",
        "PromptTooLong",
        "ProviderUnavailable",
        "RateLimited",
        "RequestRejected",
        "SchemaError",
        "UnknownModel",
        "UnknownStyle",
    ),
    "codeie.exploring": (
        "compare",
        "live",
        "load_ipython_extension",
        "unload_ipython_extension",
    ),
    "codeie.extraction": (
        "Cascade",
        "Chunks",
        "Context",
        "Continue",
        "Decompose",
        "Ensemble",
        "Entail",
        "Extraction",
        "Extractor",
        "Knowledge",
        "Passes",
        "Reask",
        "TwoStage",
        "Verify",
        "Vote",
    ),
    "codeie.grounding": ("Grounded", "MatchKind", "Mention", "ground"),
    "codeie.images": ("Image",),
    "codeie.induction": ("induce",),
    "codeie.introspection": ("Schema", "introspect"),
    "codeie.parsing": ("Outcome", "ParseLimits", "ParseResult", "ParsedItem", "parse"),
    "codeie.prompting": (
        "Demonstration",
        "Message",
        "Prompt",
        "Question",
        "Style",
        "Template",
        "register_style",
        "render",
        "render_instances",
    ),
    "codeie.syntaxes": ("Syntax",),
    "codeie.types": ("Document", "Entity", "Event", "Guideline", "NotInText", "Relation", "Span"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_MODULES = (
    "annotation",
    "clients",
    "datasets",
    "diagnostics",
    "display",
    "errors",
    "evaluation",
    "exchange",
    "generation",
    "improvement",
    "induction",
    "selection",
    "training",
    "types",
)

__all__ = [
    "AuthenticationFailed",
    "Capabilities",
    "Cascade",
    "Chunks",
    "Client",
    "ClientError",
    "Code",
    "CodeIEError",
    "CodeIEWarning",
    "Completion",
    "Confidence",
    "Context",
    "Continue",
    "CreditSpent",
    "DatasetError",
    "Decompose",
    "Demonstration",
    "Diagnostic",
    "Document",
    "Ensemble",
    "Entail",
    "Entity",
    "EvaluationError",
    "Event",
    "Extraction",
    "Extractor",
    "Grounded",
    "GroundingError",
    "Guideline",
    "Image",
    "InputError",
    "Knowledge",
    "MatchKind",
    "Mention",
    "Message",
    "MissingExtra",
    "ModelFileError",
    "NotInText",
    "Outcome",
    "ParseError",
    "ParseLimits",
    "ParseResult",
    "ParsedItem",
    "Passes",
    "Position",
    "Prompt",
    "PromptError",
    "PromptTooLong",
    "ProviderUnavailable",
    "Question",
    "RateLimited",
    "Reask",
    "Relation",
    "RequestRejected",
    "Schema",
    "SchemaError",
    "Settings",
    "Severity",
    "Span",
    "StopReason",
    "Style",
    "Syntax",
    "Template",
    "TwoStage",
    "UnknownModel",
    "UnknownStyle",
    "Usage",
    "Verify",
    "Vote",
    "annotation",
    "clients",
    "compare",
    "datasets",
    "diagnostics",
    "display",
    "errors",
    "evaluation",
    "exchange",
    "generation",
    "ground",
    "improvement",
    "induce",
    "induction",
    "introspect",
    "live",
    "load_ipython_extension",
    "parse",
    "read_documents",
    "register_style",
    "render",
    "render_instances",
    "selection",
    "training",
    "types",
    "unload_ipython_extension",
]


def __getattr__(name: str) -> Any:
    # The only names ever imported are the ones written above.
    import importlib

    if name in _HOME:
        value = getattr(importlib.import_module(_HOME[name]), name)
    elif name in _MODULES:
        value = importlib.import_module(f"codeie.{name}")
    elif name == "__version__":
        from importlib.metadata import version

        value = version("codeie")
    else:
        raise AttributeError(f"module 'codeie' has no attribute {name!r}{_meant(name)}")
    globals()[name] = value
    return value


def _meant(name: str) -> str:
    from difflib import get_close_matches

    if name.startswith("_"):
        return ""
    if name in ("extract", "run", "extract_many"):
        return f"; it is a method of an extractor: Extractor(classes, model=…).{name}(…)"
    near = get_close_matches(name, __all__, 1)
    return f"; did you mean {near[0]!r}?" if near else ""


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
