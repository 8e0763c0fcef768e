"""A run's scores as a file: written by `codeie evaluate`, read by `compare` and `leaderboard`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from codeie.display import Viewable, table_html, table_text
from codeie.errors import EvaluationError
from codeie.evaluation._counts import Counts
from codeie.evaluation._errors import Errors
from codeie.evaluation._policy import Policy
from codeie.evaluation._scores import Scores

if TYPE_CHECKING:
    from rich.console import RenderableType

__all__ = ["SCORES_FILE", "SavedRun", "folder_name", "read_run", "write_run"]

SCORES_FILE = "scores.json"

_FORMAT = 1
_MOST_BYTES = 100_000_000
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class SavedRun(Viewable):
    """What a run was, and how it scored.

    Args:
        about: Dataset, split, style, model, sample and versions, as strings and numbers.
        documents: The documents' names, in order.
        scores: By metric.
        measures: Other numbers, by name: faithfulness, calibration, official scores.
        errors: What went wrong, by the first metric, where it was evaluated just now; ``None``
            where it is read from a file, which has the numbers only.
    """

    about: Mapping[str, Any]
    documents: tuple[str, ...]
    scores: Mapping[str, Scores]
    measures: Mapping[str, float] = field(default_factory=dict)
    errors: Errors | None = field(default=None, repr=False, compare=False)

    def __rich__(self) -> RenderableType:
        from rich.console import Group

        from codeie.evaluation._show import SCORE_HEADERS, score_row

        rows = [score_row(scores) for scores in self.scores.values()]
        return Group(
            table_text(SCORE_HEADERS, rows, caption=self._name),
            *([self.errors] if self.errors is not None else []),
        )

    def _repr_html_(self) -> str:
        from codeie.evaluation._show import SCORE_HEADERS, score_row

        rows = [score_row(scores) for scores in self.scores.values()]
        errors = self.errors._repr_html_() if self.errors is not None else ""
        return table_html(SCORE_HEADERS, rows, caption=self._name) + errors

    @property
    def _name(self) -> str:
        said = (self.about.get(key) for key in ("dataset", "split", "style", "model"))
        return ", ".join(str(each) for each in said if each)


def folder_name(name: str) -> str:
    """A name as that of a folder on any system: letters, digits, dots and underscores.

    Examples:
        >>> folder_name("../json, 5 shots")
        '_json__5_shots'
    """
    plain = "".join(letter if letter.isalnum() or letter in "._" else "_" for letter in name)
    return plain.lstrip(".")[:_LONGEST_NAME] or "_"


def write_run(run: SavedRun, folder: Path) -> Path:
    """Write a run's scores into its folder.

    Returns:
        The file.
    """
    content = {
        "format": _FORMAT,
        "about": dict(run.about),
        "measures": dict(run.measures),
        "scores": {name: _encoded(scores) for name, scores in run.scores.items()},
        "documents": list(run.documents),
    }
    file = folder / SCORES_FILE
    file.write_text(json.dumps(content, indent=1, ensure_ascii=True) + "\n", encoding="utf-8")
    return file


def read_run(path: str | Path) -> SavedRun:
    """Read a run's scores.

    Args:
        path: Its folder, or the file in it.

    Raises:
        EvaluationError: If there is no such file, or it is none of ours.
    """
    file = Path(path)
    file = file / SCORES_FILE if file.is_dir() else file
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise EvaluationError(f"{file} is larger than {_MOST_BYTES:,} bytes: no scores of ours")
        return _decoded(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise EvaluationError(
            f"{path} holds no {SCORES_FILE}: name a folder that `codeie evaluate --out` wrote"
        ) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise EvaluationError(f"{file} is not a file of scores, or a damaged one") from error


def _encoded(scores: Scores) -> dict[str, Any]:
    interval = scores.interval()
    policy = asdict(scores.policy)
    policy["symmetric"] = sorted(scores.policy.symmetric)
    return {
        "precision": scores.precision,
        "recall": scores.recall,
        "f1": scores.f1,
        "macro_f1": scores.macro_f1,
        "interval": [interval.low, interval.high, interval.level],
        "unparsed": scores.unparsed,
        "failed": scores.failed,
        "left_out": scores.left_out,
        "policy": policy,
        "by_type": {name: _triple(counts) for name, counts in scores.by_type.items()},
        "by_document": [_triple(counts) for counts in scores.by_document],
    }


def _triple(counts: Counts) -> list[float]:
    return [counts.matched, counts.predicted, counts.gold]


def _decoded(content: Any) -> SavedRun:
    if content["format"] != _FORMAT:
        raise ValueError("another format")
    return SavedRun(
        about={str(key): value for key, value in content["about"].items()},
        documents=tuple(map(str, content["documents"])),
        scores={str(name): _scores(str(name), saved) for name, saved in content["scores"].items()},
        measures={str(key): float(value) for key, value in content["measures"].items()},
    )


def _scores(name: str, saved: Any) -> Scores:
    known = {each.name for each in fields(Policy)}
    policy = {key: value for key, value in saved["policy"].items() if key in known}
    policy["symmetric"] = frozenset(map(str, policy.get("symmetric", ())))
    return Scores(
        metric=name,
        policy=Policy(**policy),
        by_document=tuple(map(_counts, saved["by_document"])),
        by_type={str(key): _counts(value) for key, value in saved["by_type"].items()},
        unparsed=int(saved["unparsed"]),
        failed=int(saved["failed"]),
        left_out=int(saved["left_out"]),
    )


def _counts(saved: Any) -> Counts:
    matched, predicted, gold = saved
    return Counts(float(matched), int(predicted), int(gold))
