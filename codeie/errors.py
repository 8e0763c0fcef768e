"""Every error codeie raises, under one root.

    CodeIEError
    ├── SchemaError            a class cannot be used in a schema
    ├── PromptError            a prompt cannot be rendered
    │   ├── UnknownStyle       no prompt style has that name
    │   └── PromptTooLong      it does not fit the model's context
    ├── GrammarError           a form of answers cannot be said as a grammar
    │   └── GrammarTooLarge    a grammar is larger than any engine takes
    ├── ClientError            a model could not be asked, or did not answer
    │   ├── UnknownModel       no client takes that model name
    │   ├── MissingExtra       an optional package is not installed
    │   ├── AuthenticationFailed   the key is missing, wrong or not permitted
    │   ├── RateLimited        too many requests
    │   │   └── CreditSpent    there is no credit left, or the quota is used up
    │   ├── RequestRejected    the provider refused the request as it is
    │   ├── ProviderUnavailable    the provider failed, or was not reached
    │   └── ModelFileError     a local model's file is missing, damaged or unreadable
    ├── ParseError             strict parsing met a problem in an answer
    ├── GroundingError         a string is not in the text and the policy is "raise"
    ├── DatasetError           a dataset's file is missing or breaks its format
    ├── EvaluationError        gold and predictions cannot be compared
    ├── BudgetSpent            a run has come to what it may
    └── InputError             a document or an argument cannot be used

A test compares this drawing with the classes.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "AuthenticationFailed",
    "BudgetSpent",
    "ClientError",
    "CodeIEError",
    "CodeIEWarning",
    "CreditSpent",
    "DatasetError",
    "EvaluationError",
    "GrammarError",
    "GrammarTooLarge",
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
]


class CodeIEError(Exception):
    """The root of all errors that codeie raises on purpose.

    One ``except CodeIEError`` around a call is enough to go on with the next document. In a notebook
    it is shown with your own lines alone, as the way through codeie says nothing about what to do.
    """

    def _render_traceback_(self) -> list[str]:
        # IPython asks an error for this.
        from codeie._tracebacks import short_traceback

        return short_traceback(self)


class CodeIEWarning(UserWarning):
    """Something that was given is taken as it is, and is likely not what was meant."""


class SchemaError(CodeIEError):
    """A class cannot be used in a schema; names the class, the field and the fix.

    Args:
        message: What is wrong and what to do, in one line.
        class_name: The class it is about, if any.
        field_name: The field it is about, if any.
    """

    def __init__(self, message: str, *, class_name: str = "", field_name: str = "") -> None:
        super().__init__(message)
        self.class_name = class_name
        self.field_name = field_name

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class PromptError(CodeIEError):
    """A prompt cannot be rendered."""


class UnknownStyle(PromptError):
    """No prompt style is registered under that name; the message lists the nearest ones."""


class PromptTooLong(PromptError):
    """A prompt does not fit the model's context, even after its demonstrations are dropped."""


class GrammarError(CodeIEError):
    """A form of answers cannot be said as a grammar, or not in the notation that was asked for."""


class GrammarTooLarge(GrammarError):
    """A grammar is larger than any engine takes."""


class ClientError(CodeIEError):
    """A model could not be asked, or did not answer.

    Args:
        message: What went wrong, without keys or headers.
        provider: Whose client raised it: ``"openai"``, ``"anthropic"``, ``"local"``.
        status_code: The HTTP status, if there was an answer.
        request_id: The provider's id of the request, for its support.
        retryable: Whether the same call may succeed later. The SDKs have already retried
            what they retry, so ``True`` means "later", not "at once".
        retry_after: The seconds after which the provider says to come back, if it does.
        hint: What to do about it; also attached as a note (PEP 678).
    """

    def __init__(
        self,
        message: str,
        *,
        provider: str = "",
        status_code: int | None = None,
        request_id: str | None = None,
        retryable: bool = False,
        retry_after: float | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.provider = provider
        self.status_code = status_code
        self.request_id = request_id
        self.retryable = retryable
        self.retry_after = retry_after
        self.hint = hint
        if hint:
            self.add_note(hint)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class UnknownModel(ClientError):
    """No client takes that model name; the message lists the nearest ones."""


class MissingExtra(ClientError):
    """An optional package is not installed; the message holds the ``pip install`` that adds it."""


class AuthenticationFailed(ClientError):
    """The key is missing, wrong, or not permitted to use the model."""


class RateLimited(ClientError):
    """Too many requests."""


class CreditSpent(RateLimited):
    """The account has no credit left, or its quota is used up; no call is answered until it has."""


class RequestRejected(ClientError):
    """The provider refused the request as it is (status 400, 404, 413, 422 and their like)."""


class ProviderUnavailable(ClientError):
    """The provider failed (status 500 and above), timed out, or was not reached."""


class ModelFileError(ClientError):
    """A local model's file is missing, damaged or unreadable, or cannot be fetched now."""


class ParseError(CodeIEError):
    """Strict parsing met a problem in a model's answer.

    Args:
        message: The sentence of the diagnostic it was raised for.
        line: Line in the answer, from 1.
        column: Column in that line, from 1, in code points.
        context: The line with a caret under the place.
        code: The diagnostic's stable code.
    """

    def __init__(
        self, message: str, *, line: int = 0, column: int = 0, context: str = "", code: str = ""
    ) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.context = context
        self.code = code

    def __str__(self) -> str:
        place = f"line {self.line}, column {self.column}: " if self.line else ""
        return f"{place}{self.args[0]}" + (f"\n{self.context}" if self.context else "")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class GroundingError(CodeIEError):
    """A string is not in the text, and the policy for that is ``"raise"``."""


class DatasetError(CodeIEError):
    """A dataset's file is missing or breaks its format.

    Args:
        message: What is wrong.
        path: The file.
        line: The line in it, from 1; 0 when it is about the whole file.
    """

    def __init__(self, message: str, *, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        return f"{place}{self.args[0]}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.args, self.__dict__)


class EvaluationError(CodeIEError):
    """Gold and predictions cannot be compared as asked."""


class BudgetSpent(CodeIEError):
    """A run has come to the tokens, the money or the failures that it may; says to how many."""


class InputError(CodeIEError):
    """A document or an argument cannot be used."""


def _rebuild(
    cls: type[CodeIEError], args: tuple[object, ...], state: dict[str, object]
) -> CodeIEError:
    # Exceptions pickle by calling cls(*args), which loses keyword-only arguments.
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error
