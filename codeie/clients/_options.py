"""A client's options as text, by which kept answers are told apart."""

from __future__ import annotations

import json

__all__ = ["options_text"]


def options_text(**options: object) -> str:
    """The options that are set, in canonical form; the same in every process.

    Examples:
        >>> options_text(api="chat", extra_body={"top_k": 5}, prefill=None)
        '{"api":"chat","extra_body":{"top_k":5}}'
        >>> options_text(chat=False)
        ''
    """
    chosen = {name: value for name, value in options.items() if value}
    if not chosen:
        return ""
    return json.dumps(
        chosen, sort_keys=True, ensure_ascii=True, separators=(",", ":"), default=repr
    )
