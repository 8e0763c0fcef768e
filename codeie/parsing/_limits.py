"""How much of a model's answer is read, and what is never handed to libcst."""

from __future__ import annotations

from dataclasses import dataclass

from codeie.errors import InputError

__all__ = ["ParseLimits"]


@dataclass(frozen=True, slots=True)
class ParseLimits:
    """Bounds on an answer, checked in linear time before libcst sees a character.

    libcst's parser is native and recursive: without bounds, nesting kills the process. The
    defaults leave more than half of the smallest stack that threads commonly have (512 KiB):
    there, 36 nested ``f(a=[`` or chains of 350 operators are fatal (measured, libcst 1.9).

    Args:
        max_output: Code points of the answer that are read. An answer of a million tokens
            is longer than any model writes.
        max_item: Code points of one item. Real items have under 2,000; more is a model that
            repeats itself.
        max_depth: Nested brackets inside one item, and nested lists around items. Real
            answers nest 4 or 5; 16 is far from the 72 that are fatal.
        max_chain: Tokens between two commas, summed over the brackets around them: bounds
            chains of calls, attributes, operators and adjacent strings. Real items stay
            under 30; 350 are fatal.
        max_digits: Digits of one number: conversion takes quadratic time, and Python refuses
            more than 4,300.
        max_nodes: Values in one instance after its names are replaced by what they stand
            for, as ``b = B(a, a); c = B(b, b)`` doubles with each line.
        max_items: Instances read from one answer.
        max_diagnostics: Diagnostics kept; the last one then counts the rest.

    Raises:
        InputError: If a bound is not positive, or one that guards the stack is raised beyond
            what a thread with a small stack survives (depth 32, chain 200).
    """

    max_output: int = 4_000_000
    max_item: int = 65_536
    max_depth: int = 16
    max_chain: int = 100
    max_digits: int = 400
    max_nodes: int = 10_000
    max_items: int = 100_000
    max_diagnostics: int = 1_000

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 1:
                raise InputError(f"ParseLimits.{name} must be at least 1")
        for name, most in (("max_depth", 32), ("max_chain", 200), ("max_digits", 4300)):
            if getattr(self, name) > most:
                raise InputError(f"ParseLimits.{name} must be at most {most}; more is not safe")
