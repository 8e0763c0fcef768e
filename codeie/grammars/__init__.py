"""Grammars of answers as plain data, and as the notations that engines read."""

from codeie.grammars.accept import accepts
from codeie.grammars.bounds import Bounds
from codeie.grammars.characters import PRINTABLE, Characters, characters
from codeie.grammars.gbnf import gbnf
from codeie.grammars.lark import lark
from codeie.grammars.nodes import (
    NOTHING,
    Char,
    Choice,
    Grammar,
    Node,
    Ref,
    Repeat,
    Seq,
    Strings,
    Substring,
    Text,
    Token,
    choice,
    listed,
    optional,
    seq,
)
from codeie.grammars.regex import regex

__all__ = [
    "NOTHING",
    "PRINTABLE",
    "Bounds",
    "Char",
    "Characters",
    "Choice",
    "Grammar",
    "Node",
    "Ref",
    "Repeat",
    "Seq",
    "Strings",
    "Substring",
    "Text",
    "Token",
    "accepts",
    "characters",
    "choice",
    "gbnf",
    "lark",
    "listed",
    "optional",
    "regex",
    "seq",
]
