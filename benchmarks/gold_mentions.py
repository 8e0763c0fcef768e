"""Gold mentions with their offsets, read from the datasets' own files.

Only what measuring spans needs: texts, the spans of mentions, and which mentions are the
arguments of one relation or event. Texts that come as tokens are joined with single spaces.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["DATASETS", "TRAINING", "Gold", "Structure"]

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Structure:
    """A relation or an event: its roles and where their fillers are; a trigger comes first."""

    kind: str  # "relation" or "event"
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A text with the places of its mentions, in document order, and what they take part in."""

    text: str
    mentions: tuple[tuple[str, Place], ...]
    structures: tuple[Structure, ...] = ()


def make(text: str, mentions: list[tuple[str, Place]], structures: list[Structure]) -> Gold:
    ordered = sorted(set(mentions), key=lambda mention: (mention[1][0], -mention[1][1]))
    return Gold(text, tuple(ordered), tuple(dict.fromkeys(structures)))


class Tokens:
    """Tokens joined with spaces, and the place of each."""

    def __init__(self, tokens: list[str]) -> None:
        self.text = " ".join(tokens)
        self.starts: list[int] = []
        at = 0
        for token in tokens:
            self.starts.append(at)
            at += len(token) + 1
        self.ends = [start + len(token) for start, token in zip(self.starts, tokens, strict=True)]

    def place(self, first: int, after: int) -> Place:
        return self.starts[first], self.ends[after - 1]


def columns(path: Path, token: int, tag: int, separator: str = "\t") -> Iterator[Gold]:
    tokens: list[str] = []
    tags: list[str] = []

    def sentence() -> Iterator[Gold]:
        if tokens:
            joined = Tokens(tokens)
            runs = bio(tags)
            yield make(joined.text, [(label, joined.place(a, b)) for label, a, b in runs], [])
            tokens.clear()
            tags.clear()

    for line in path.read_text(encoding="utf-8").split("\n"):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("-DOCSTART-"):
            yield from sentence()
            continue
        parts = line.split(separator)
        if parts[token].strip():
            tokens.append(parts[token])
            tags.append(parts[tag])
    yield from sentence()


def bio(tags: list[str]) -> Iterator[tuple[str, int, int]]:
    start, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if label and (prefix != "I" or name != label):
            yield label, start, index
            label = ""
        if prefix == "B" or (prefix == "I" and not label):
            start, label = index, name


def bilou(tags: list[str]) -> list[tuple[str, int, int]]:
    return list(bio([re.sub("^L-", "I-", re.sub("^U-", "B-", tag)) for tag in tags]))


def genia_ner(path: Path) -> Iterator[Gold]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        joined = Tokens(record["sentence"])
        yield make(
            joined.text,
            [(e["type"], joined.place(e["index"][0], e["index"][-1] + 1)) for e in record["ner"]],
            [],
        )


def scierc(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        joined = Tokens([token for sentence in record["sentences"] for token in sentence])
        mentions = [
            (label, joined.place(a, b + 1))
            for sentence in record["ner"]
            for a, b, label in sentence
        ]
        structures = [
            Structure("relation", (joined.place(a, b + 1), joined.place(c, d + 1)))
            for sentence in record["relations"]
            for a, b, c, d, _ in sentence
        ]
        yield make(joined.text, mentions, structures)


def unified(path: Path) -> Iterator[Gold]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        joined = Tokens(record["tokens"])
        mentions = [(label, joined.place(a, b)) for a, b, label in record["entities"]]
        structures = [
            Structure("relation", (joined.place(a, b), joined.place(c, d)))
            for a, b, c, d, _ in record["relations"]
        ]
        yield make(joined.text, mentions, structures)


def redocred(path: Path) -> Iterator[Gold]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        joined = Tokens([token for sentence in record["sents"] for token in sentence])
        bases = [0]
        for sentence in record["sents"]:
            bases.append(bases[-1] + len(sentence))
        mentions = [
            (
                m["type"],
                joined.place(bases[m["sent_id"]] + m["pos"][0], bases[m["sent_id"]] + m["pos"][1]),
            )
            for entity in record["vertexSet"]
            for m in entity
        ]
        yield make(joined.text, mentions, [])


def semeval(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        found = re.match(r'\d+\t"(.*)"$', line.strip())
        if not found:
            continue
        text, places = "", {}
        for piece in re.split(r"(</?e[12]>)", found[1]):
            if re.fullmatch(r"<e[12]>", piece):
                places[piece[1:3]] = len(text)
            elif re.fullmatch(r"</e[12]>", piece):
                places[piece[2:4] + "end"] = len(text)
            else:
                text += piece
        pair = ((places["e1"], places["e1end"]), (places["e2"], places["e2end"]))
        yield make(text, [("thing", place) for place in pair], [Structure("relation", pair)])


def pubtator(path: Path) -> Iterator[Gold]:
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.strip().split("\n")
        text = lines[0].split("|", 2)[2] + " " + lines[1].split("|", 2)[2]
        rows = [line.split("\t") for line in lines[2:]]
        yield make(text, [(row[4], (int(row[1]), int(row[2]))) for row in rows], [])


def casie(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        text = record["content"]
        mentions: list[tuple[str, Place]] = []
        structures = []
        for hopper in record["cyberevent"]["hopper"]:
            for event in hopper["events"]:
                spans = [event["nugget"], *event.get("argument", [])]
                places = [(s["startOffset"], s["endOffset"]) for s in spans]
                if any(text[a:b] != s["text"] for s, (a, b) in zip(spans, places, strict=True)):
                    continue  # offsets of 33 documents do not match their text
                names = [event["subtype"], *(s["type"] for s in spans[1:])]
                mentions += zip(names, places, strict=True)
                structures.append(Structure("event", tuple(places)))
        yield make(text, mentions, structures)


def phee(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        mentions: list[tuple[str, Place]] = []
        structures = []
        for event in record["annotations"][0]["events"]:
            places = []
            for role in ("Trigger", "Subject", "Treatment", "Effect"):
                filler = event.get(role) or {"text": [], "start": []}
                for texts, starts in zip(filler["text"], filler["start"], strict=True):
                    if len(texts) == 1 and texts[0]:
                        places.append((starts[0], starts[0] + len(texts[0])))
                        mentions.append((role, places[-1]))
            structures.append(Structure("event", tuple(places)))
        yield make(record["context"], mentions, structures)


def wikievents(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        joined = Tokens(record["tokens"])
        by_id = {
            m["id"]: (m["entity_type"], joined.place(m["start"], m["end"]))
            for m in record["entity_mentions"]
        }
        structures = [
            Structure(
                "event",
                (
                    joined.place(e["trigger"]["start"], e["trigger"]["end"]),
                    *(by_id[a["entity_id"]][1] for a in e["arguments"]),
                ),
            )
            for e in record["event_mentions"]
        ]
        yield make(joined.text, list(by_id.values()), structures)


def rams(path: Path) -> Iterator[Gold]:
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        joined = Tokens([token for sentence in record["sentences"] for token in sentence])
        trigger = record["evt_triggers"][0]
        places = [joined.place(trigger[0], trigger[1] + 1)]
        places += [joined.place(a, b + 1) for _, (a, b), _ in record["gold_evt_links"]]
        mentions = [("trigger", places[0]), *(("argument", place) for place in places[1:])]
        yield make(joined.text, mentions, [Structure("event", tuple(places))])


def genia_ge(folder: Path) -> Iterator[Gold]:
    for path in sorted(folder.glob("*.a2")):
        text = path.with_suffix(".txt").open(encoding="utf-8", newline="").read()
        lines = (
            path.with_suffix(".a1").read_text(encoding="utf-8")
            + "\n"
            + path.read_text(encoding="utf-8")
        ).splitlines()
        places: dict[str, tuple[str, Place]] = {}
        for line in lines:
            if line.startswith("T"):
                name, described, _ = line.split("\t")
                label, start, end = described.split(" ")
                places[name] = (label, (int(start), int(end)))
        events = {}
        for line in lines:
            if line.startswith("E"):
                name, described = line.strip().split("\t")
                events[name] = [part.split(":")[1] for part in described.split(" ")]
        structures = [
            Structure(
                "event",
                tuple(places[events[r][0] if r in events else r][1] for r in refs),
            )
            for refs in events.values()
        ]
        proteins = [mention for mention in places.values() if mention[0] in ("Protein", "Entity")]
        yield make(text, proteins, structures)


def _tab(token: int = 0, tag: int = 1) -> Callable[[Path], Iterator[Gold]]:
    return lambda path: columns(path, token, tag)


Reader = Callable[[Path], Iterator[Gold]]
DATASETS: dict[str, tuple[str, Reader]] = {
    **{
        f"crossner {name}": (f"crossner/{name}/dev.txt", _tab())
        for name in ("ai", "literature", "music", "politics", "science")
    },
    "wnut17": ("wnut17/emerging.dev.conll", _tab()),
    "broad_twitter_corpus": ("broad_twitter_corpus/btc.dev", _tab()),
    "bc5cdr": ("bc5cdr/IOB/devel.tsv", _tab()),
    "few_nerd": ("few_nerd/dev.txt", _tab()),
    "harveyner": ("harveyner/tweets.dev.bio", lambda path: columns(path, 0, 1, " ")),
    "tweebank_ner": ("tweebank_ner/dev.bio", _tab(0, 3)),
    "mit_movie": ("mit_movie/trivia10k13train.txt", _tab(1, 0)),
    "mit_restaurant": ("mit_restaurant/restauranttrain.txt", _tab(1, 0)),
    "ncbi_disease": ("ncbi_disease/devel.tsv", _tab()),
    "ncbi_disease pubtator": ("ncbi_disease/pubtator/NCBIdevelopset_corpus.txt", pubtator),
    "genia_ner": ("genia_ner/dev.json", genia_ner),
    "scierc": ("scierc/dev.json", scierc),
    "conll04": ("conll04/unified_json/valid.CoNLL04.json", unified),
    "ade": ("ade/unified_json/valid.ADE0.json", unified),
    "redocred": ("redocred/dev_revised.json", redocred),
    "semeval2010_task8": ("semeval2010_task8/TRAIN_FILE.TXT", semeval),
    "casie": ("casie/annotation", casie),
    "phee": ("phee/json/dev.json", phee),
    "wikievents": ("wikievents/dev.jsonl", wikievents),
    "rams": ("rams/dev.jsonlines", rams),
    "genia11_ge": ("genia11_ge/devel", genia_ge),
    "genia13_ge": ("genia13_ge/devel", genia_ge),
}
"""The development parts, or the training part where there is no other, or all."""

TRAINING: dict[str, tuple[str, Reader]] = {
    "scierc": ("scierc/train.json", scierc),
    "conll04": ("conll04/unified_json/train.CoNLL04.json", unified),
    "ade": ("ade/unified_json/train.ADE0.json", unified),
    "semeval2010_task8": ("semeval2010_task8/TRAIN_FILE.TXT", semeval),
    "casie": ("casie/annotation", casie),
    "phee": ("phee/json/train.json", phee),
    "genia11_ge": ("genia11_ge/train", genia_ge),
    "genia13_ge": ("genia13_ge/train", genia_ge),
}
"""What the weights of `codeie.grounding` are chosen on."""
