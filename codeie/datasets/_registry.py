"""The datasets known by name: where their files are, in which format, under which terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from codeie.datasets._nearest import nearest
from codeie.errors import DatasetError
from codeie.viewable import Outlined

__all__ = ["DATASETS", "DatasetInfo", "info", "names"]

_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DatasetInfo(Outlined):
    """What is known of a dataset before it is read.

    Args:
        name: What `codeie.datasets.load` calls it.
        task: ``"ner"``, ``"re"`` or ``"ee"``.
        format: The name of its reader.
        folder: Its folder in a collection of datasets.
        splits: From split to the file or folder, relative to ``folder``.
        schema: The module of `codeie.schemas` with its classes; ``""`` if plain ones are made.
        source: Where it comes from, and the terms its source states.
        options: Of its reader.
        classes: Which label map of the module is meant.
        relations: See `codeie.datasets.LabelMap`.
    """

    name: str
    task: str
    format: str
    folder: str
    splits: Mapping[str, str]
    schema: str
    source: str
    options: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    classes: str = "LABELS"
    relations: Mapping[str, str] = field(default_factory=lambda: _NONE)

    def __reduce__(self) -> tuple[Any, ...]:
        # A mapping that cannot be changed cannot be pickled either.
        values = (getattr(self, each.name) for each in fields(self))
        return DatasetInfo, tuple(
            dict(value) if isinstance(value, Mapping) else value for value in values
        )


def info(name: str) -> DatasetInfo:
    """What is known of a dataset.

    Raises:
        DatasetError: If no dataset has that name; the message has the nearest names.
    """
    found = DATASETS.get(name)
    if found is None:
        raise DatasetError(f"no dataset {name!r}; {nearest(name, DATASETS)}")
    return found


def names() -> list[str]:
    """The names of all datasets that `codeie.datasets.load` knows, sorted.

    Examples:
        >>> "scierc" in names()
        True
    """
    return sorted(DATASETS)


def _splits(train: str = "", dev: str = "", test: str = "", **others: str) -> Mapping[str, str]:
    given = {"train": train, "dev": dev, "test": test, **others}
    return MappingProxyType({split: file for split, file in given.items() if file})


_CROSSNER = "zliucr/CrossNER; MIT; text from Wikipedia"
_NCBI = "spyysalo/ncbi-disease; no licence stated (NCBI, PubMed abstracts)"
_CONLL04 = "UIUC CogComp; no data licence stated (news)"
_MIT = "MIT Spoken Language Systems; no licence stated"
_ADE = "ADE corpus v2 (Gurulingappa et al. 2012); no licence stated, asks to be cited"
_PHEE = "ZhaoyueSun/PHEE; MIT"
_TAG_FIRST = MappingProxyType({"token_column": 1, "tag_column": 0})
_ADE_RELATION = MappingProxyType({"Adverse-Effect": "Adverse-Effect-Of"})

_ALL = [
    *(
        DatasetInfo(
            f"crossner_{domain}",
            "ner",
            "conll",
            f"crossner/{domain}",
            _splits("train.txt", "dev.txt", "test.txt"),
            f"crossner_{domain}",
            _CROSSNER,
        )
        for domain in ("ai", "literature", "music", "politics", "science")
    ),
    DatasetInfo(
        "wnut17",
        "ner",
        "conll",
        "wnut17",
        _splits("wnut17train.conll", "emerging.dev.conll", "emerging.test.annotated"),
        "wnut17",
        "leondz/emerging_entities_17; CC BY 4.0",
    ),
    DatasetInfo(
        "broad_twitter",
        "ner",
        "conll",
        "broad_twitter_corpus",
        _splits("btc.train", "btc.dev", "btc.test"),
        "broad_twitter",
        "GateNLP/broad_twitter_corpus; CC BY 4.0",
    ),
    DatasetInfo(
        "ncbi_disease",
        "ner",
        "conll",
        "ncbi_disease",
        _splits("train.tsv", "devel.tsv", "test.tsv"),
        "ncbi_disease",
        _NCBI,
    ),
    DatasetInfo(
        "ncbi_disease_pubtator",
        "ner",
        "pubtator",
        "ncbi_disease",
        _splits(
            "pubtator/NCBItrainset_corpus.txt",
            "pubtator/NCBIdevelopset_corpus.txt",
            "pubtator/NCBItestset_corpus.txt",
        ),
        "ncbi_disease",
        _NCBI,
        classes="SUBTYPES",
    ),
    DatasetInfo(
        "ncbi_disease_brat",
        "ner",
        "brat",
        "ncbi_disease",
        _splits("standoff/train", "standoff/devel", "standoff/test"),
        "ncbi_disease",
        _NCBI,
        classes="SUBTYPES",
    ),
    DatasetInfo(
        "bc5cdr",
        "ner",
        "conll",
        "bc5cdr",
        _splits("IOB/train.tsv", "IOB/devel.tsv", "IOB/test.tsv"),
        "bc5cdr",
        "cambridgeltl/MTL-Bioinformatics-2016; CC BY 4.0",
    ),
    DatasetInfo(
        "harveyner",
        "ner",
        "conll",
        "harveyner",
        _splits("tweets.train.bio", "tweets.dev.bio", "tweets.test.bio"),
        "harveyner",
        "brickee/HarveyNER; no licence stated (tweets)",
        MappingProxyType({"separator": " "}),
    ),
    DatasetInfo(
        "tweebank",
        "ner",
        "conll",
        "tweebank_ner",
        _splits("train.bio", "dev.bio", "test.bio"),
        "tweebank",
        "social-machines/TweebankNLP; Apache-2.0",
    ),
    DatasetInfo(
        "mit_movie",
        "ner",
        "conll",
        "mit_movie",
        _splits("trivia10k13train.txt", test="trivia10k13test.txt"),
        "mit_movie",
        _MIT,
        _TAG_FIRST,
    ),
    DatasetInfo(
        "mit_movie_tokenfirst",
        "ner",
        "conll",
        "mit_movie",
        _splits("trivia10k13train.tokenfirst.txt", test="trivia10k13test.tokenfirst.txt"),
        "mit_movie",
        _MIT,
    ),
    DatasetInfo(
        "mit_restaurant",
        "ner",
        "conll",
        "mit_restaurant",
        _splits("restauranttrain.txt", test="restauranttest.txt"),
        "mit_restaurant",
        _MIT,
        _TAG_FIRST,
    ),
    DatasetInfo(
        "mit_restaurant_tokenfirst",
        "ner",
        "conll",
        "mit_restaurant",
        _splits("trian.txt", test="test.txt"),  # the file's own spelling
        "mit_restaurant",
        _MIT,
    ),
    DatasetInfo(
        "genia_ner",
        "ner",
        "w2ner",
        "genia_ner",
        _splits("train.json", "dev.json", "test.json"),
        "genia_ner",
        "GENIA corpus in the W2NER form; annotations CC BY 3.0",
    ),
    DatasetInfo(
        "few_nerd",
        "ner",
        "conll",
        "few_nerd",
        _splits("train.txt", "dev.txt", "test.txt"),
        "few_nerd",
        "thunlp/Few-NERD by way of antonioloison/structshot; CC BY-SA 4.0",
    ),
    DatasetInfo(
        "scierc",
        "re",
        "dygie",
        "scierc",
        _splits("train.json", "dev.json", "test.json"),
        "scierc",
        "SciERC (Luan et al. 2018); no licence stated",
    ),
    DatasetInfo(
        "scierc_spert",
        "re",
        "spert",
        "scierc",
        _splits(
            "spert/scierc_joint_er_train.json",
            "spert/scierc_joint_er_dev.json",
            "spert/scierc_joint_er_test.json",
        ),
        "scierc",
        "SciERC (Luan et al. 2018); no licence stated",
    ),
    DatasetInfo(
        "conll04",
        "re",
        "unified",
        "conll04",
        _splits(
            "unified_json/train.CoNLL04.json",
            "unified_json/valid.CoNLL04.json",
            "unified_json/test.CoNLL04.json",
        ),
        "conll04",
        _CONLL04,
    ),
    DatasetInfo(
        "conll04_bilou",
        "re",
        "tagged-json",
        "conll04",
        _splits(
            "tablert_bilou_json/conll04_train.json",
            "tablert_bilou_json/conll04_dev.json",
            "tablert_bilou_json/conll04_test.json",
        ),
        "conll04",
        _CONLL04,
    ),
    DatasetInfo(
        "conll04_multihead",
        "re",
        "multihead",
        "conll04",
        _splits("multihead/train.txt", "multihead/dev.txt", "multihead/test.txt"),
        "conll04",
        _CONLL04,
    ),
    DatasetInfo(
        "ade",
        "re",
        "unified",
        "ade",
        _splits(
            "unified_json/train.ADE0.json",
            "unified_json/valid.ADE0.json",
            "unified_json/test.ADE0.json",
        ),
        "ade",
        _ADE,
        relations=_ADE_RELATION,
    ),
    DatasetInfo(
        "ade_rel",
        "re",
        "ade",
        "ade",
        _splits(all="original/DRUG-AE.rel"),
        "ade",
        _ADE,
        relations=_ADE_RELATION,
    ),
    DatasetInfo(
        "ade_negatives",
        "re",
        "ade-negatives",
        "ade",
        _splits(all="original/ADE-NEG.txt"),
        "ade",
        _ADE,
    ),
    DatasetInfo(
        "docred",
        "re",
        "docred",
        "docred",
        _splits("train_annotated.json", "dev.json", "test.json", distant="train_distant.json"),
        "docred",
        "thunlp/DocRED; MIT; text from Wikipedia",
    ),
    DatasetInfo(
        "redocred",
        "re",
        "docred",
        "redocred",
        _splits("train_revised.json", "dev_revised.json", "test_revised.json"),
        "docred",
        "tonytan48/Re-DocRED; MIT; text from Wikipedia",
    ),
    DatasetInfo(
        "semeval2010",
        "re",
        "semeval",
        "semeval2010_task8",
        _splits("TRAIN_FILE.TXT", test="TEST_FILE_FULL.TXT"),
        "semeval2010",
        "SemEval-2010 Task 8 (Hendrickx et al. 2010); CC BY 3.0",
    ),
    DatasetInfo(
        "casie",
        "ee",
        "casie",
        "casie",
        _splits(all="annotation"),
        "casie",
        "Ebiquity/CASIE; no licence stated (news)",
    ),
    DatasetInfo(
        "phee",
        "ee",
        "phee",
        "phee",
        _splits("json/train.json", "json/dev.json", "json/test.json"),
        "phee",
        _PHEE,
    ),
    DatasetInfo(
        "phee_brat",
        "ee",
        "brat",
        "phee",
        _splits("clean_brat/train", "clean_brat/dev", "clean_brat/test"),
        "",  # its arguments are not linked to their events
        _PHEE,
    ),
    DatasetInfo(
        "wikievents",
        "ee",
        "wikievents",
        "wikievents",
        _splits("train.jsonl", "dev.jsonl", "test.jsonl"),
        "wikievents",
        "raspberryice/gen-arg; MIT; text of news",
    ),
    DatasetInfo(
        "rams",
        "ee",
        "rams",
        "rams",
        _splits("train.jsonlines", "dev.jsonlines", "test.jsonlines"),
        "rams",
        "RAMS (Ebner et al. 2020); no licence stated (news)",
    ),
    DatasetInfo(
        "genia11",
        "ee",
        "brat",
        "genia11_ge",
        _splits("train", "devel"),
        "genia11",
        "BioNLP-ST 2011 GE; for research, may be passed on",
    ),
    DatasetInfo(
        "genia13",
        "ee",
        "brat",
        "genia13_ge",
        _splits("train", "devel"),
        "genia13",
        "BioNLP-ST 2013 GE, Database Center for Life Science; CC BY 3.0",
    ),
]

DATASETS: Mapping[str, DatasetInfo] = MappingProxyType({each.name: each for each in _ALL})
"""All of them, by name."""
