"""What a model makes better by itself: demonstrations from texts without labels."""

from codeie.improvement._judge import Judged, Verdict, judge
from codeie.improvement._self_annotate import SelfAnnotated, most_calls, self_annotate

__all__ = ["Judged", "SelfAnnotated", "Verdict", "judge", "most_calls", "self_annotate"]
