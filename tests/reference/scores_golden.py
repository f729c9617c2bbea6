"""Scores as the libraries give them that define them, for tests/unit/eval: writes tests/golden/scores/*.json.

    python3 -m venv venv && venv/bin/pip install seqeval==1.2.2 nervaluate==1.1.0 seqscore==0.9.0 scikit-learn scipy
    venv/bin/python tests/reference/scores_golden.py

The posts are random numbers that tests/unit/eval/random_posts.h makes again, so that only results are stored.
"""
import json
import pathlib
import warnings
from collections import Counter

import numpy
import scipy.stats
from nervaluate.entities import EvaluationResult
from nervaluate.evaluator import Evaluator
from seqeval.metrics import classification_report, f1_score
from seqeval.scheme import IOB2, IOBES
from seqscore.encoding import get_encoding
from seqscore.scoring import compute_scores, score_label_sequences
from seqscore.model import AnnotatedSequence, Mention, Span
from sklearn.metrics import confusion_matrix

warnings.filterwarnings("ignore")
OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "scores"
TYPES = ["PER", "LOC", "ORG"]
POSTS = 2000


class Random:
    """The generator of random_posts.h."""

    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound


def random_tags(random, count, prefixes, with_special):
    tags = []
    for _ in range(count):
        kind = random.below(10)
        if kind < 4:
            tags.append("O")
        elif with_special and kind == 4:
            tags.append("X")
        else:
            tags.append(prefixes[random.below(len(prefixes))] + "-" + TYPES[random.below(3)])
    return tags


def tag_posts(seed, prefixes, with_special):
    """Gold and predicted tags of posts; a prediction is the gold tag two times out of three."""
    random, gold, predicted = Random(seed), [], []
    for _ in range(POSTS):
        count = 1 + random.below(8)
        truth = random_tags(random, count, prefixes, False)
        other = random_tags(random, count, prefixes, with_special)
        gold.append(truth)
        predicted.append([truth[i] if random.below(3) else other[i] for i in range(count)])
    return gold, predicted


def entity_posts(seed):
    """Sorted disjoint entities (type, first, last) and words of posts; predictions move, change, come and go."""
    random, posts = Random(seed), []
    for _ in range(POSTS):
        count = 4 + random.below(12)
        words = ["w%d" % random.below(30) for _ in range(count)]

        def some():
            found, at = [], random.below(3)
            while at < count:
                last = min(count - 1, at + random.below(4))
                found.append((TYPES[random.below(3)], at, last))
                at = last + 1 + random.below(4)
            return found

        gold = some()
        predicted = list(gold) if random.below(3) == 0 else some()
        posts.append((words, gold, predicted))
    return posts


def bio(count, entities):
    tags = ["O"] * count
    for kind, first, last in entities:
        for at in range(first, last + 1):
            tags[at] = ("B-" if at == first else "I-") + kind
    return tags


def seqeval_report(gold, predicted, **how):
    report = classification_report(gold, predicted, output_dict=True, zero_division=0, **how)
    return {
        name: [row["precision"], row["recall"], row["f1-score"], int(row["support"])] for name, row in report.items()
    }


def seqeval_golden():
    out = {"lenient": seqeval_report(*tag_posts(1, "BIESM", True))}
    out["iob2"] = seqeval_report(*tag_posts(2, "BI", False), mode="strict", scheme=IOB2)
    out["iobes"] = seqeval_report(*tag_posts(3, "BIES", False), mode="strict", scheme=IOBES)
    return out


def seqscore_golden():
    out = {}
    gold, predicted = tag_posts(4, "BI", False)
    for repair in ("discard", "conlleval"):
        score, _ = score_label_sequences(predicted, gold, "BIO", repair=repair)
        out[repair] = {
            kind: [one.true_pos, one.false_pos, one.false_neg] for kind, one in sorted(score.type_scores.items())
        }
        out[repair]["all"] = [score.true_pos, score.false_pos, score.false_neg]
        out[repair]["f1"] = score.f1

    def sequence(words, entities):
        mentions = tuple(Mention(Span(first, last + 1), kind) for kind, first, last in entities)
        return AnnotatedSequence(
            tokens=tuple(words), labels=tuple(bio(len(words), entities)), mentions=mentions
        )

    posts = entity_posts(5)
    score, _ = compute_scores(
        [[sequence(words, predicted) for words, _, predicted in posts]],
        [[sequence(words, gold) for words, gold, _ in posts]],
        count_fp_fn_examples=True,
    )
    rows = [(count, "missed", one.type, " ".join(one.tokens)) for one, count in score.false_neg_examples.items()]
    rows += [(count, "invented", one.type, " ".join(one.tokens)) for one, count in score.false_pos_examples.items()]
    rows.sort(key=lambda row: (-row[0], row[1] != "missed", row[2], row[3]))
    out["surfaces"] = [list(row) for row in rows[:25]]
    out["surfaceRows"] = len(rows)
    return out


def counts_of(result):
    return [result.correct, result.incorrect, result.partial, result.missed, result.spurious]


def nervaluate_run(gold, predicted):
    results = Evaluator(gold, predicted, tags=TYPES, loader="list").evaluate()
    out = {}
    for name, key in (("strict", "strict"), ("exact", "exact"), ("partial", "partial"), ("type", "ent_type")):
        total = results["overall"][key]
        # The library forgets the halves when it adds up documents; its own formula on the sums is what it documents.
        again = EvaluationResult(*counts_of(total))
        again.compute_metrics(partial_or_type=True)
        out[name] = {
            "all": counts_of(total),
            "prf": [again.precision, again.recall, again.f1],
            "types": {kind: counts_of(one[key]) for kind, one in sorted(results["entities"].items())},
        }
    return out


def nervaluate_golden():
    posts = entity_posts(6)
    gold = [bio(len(words), entities) for words, entities, _ in posts]
    predicted = [bio(len(words), entities) for words, _, entities in posts]
    # The six examples of its README, I to VI, with types of ours. Its sums (strict 2, 3, 1, 1) have I twice.
    six = [
        (["B-ORG", "O"], ["B-ORG", "O"]),
        (["O", "B-LOC", "I-LOC", "O"], ["O", "B-LOC", "I-LOC", "O"]),
        (["O", "O", "O"], ["O", "B-ORG", "I-ORG"]),
        (["O", "B-LOC", "I-LOC", "O"], ["O", "O", "O", "O"]),
        (["O", "B-LOC", "I-LOC", "O"], ["O", "B-ORG", "I-ORG", "O"]),
        (["O", "B-PER", "I-PER", "O"], ["B-PER", "I-PER", "I-PER", "O"]),
        (["O", "B-PER", "I-PER", "O"], ["B-ORG", "I-ORG", "I-ORG", "O"]),
    ]
    return {"random": nervaluate_run(gold, predicted), "six": nervaluate_run(*map(list, zip(*six)))}


def confusion_golden():
    names = ["O"] + TYPES
    gold_labels, predicted_labels = [], []
    for _, gold, predicted in entity_posts(7):
        truth = {(first, last): kind for kind, first, last in gold}
        found = {(first, last): kind for kind, first, last in predicted}
        for span in sorted(set(truth) | set(found)):
            gold_labels.append(truth.get(span, "O"))
            predicted_labels.append(found.get(span, "O"))
    matrix = confusion_matrix(gold_labels, predicted_labels, labels=names)
    return {"labels": names, "matrix": matrix.tolist()}


def strings_golden():
    post, document = Counter(), [set(), set()]
    for words, gold, predicted in entity_posts(8):
        sides = [{(kind, " ".join(words[first : last + 1])) for kind, first, last in one} for one in (gold, predicted)]
        post.update(gold=len(sides[0]), predicted=len(sides[1]), correct=len(sides[0] & sides[1]))
        document[0] |= sides[0]
        document[1] |= sides[1]
    return {
        "post": [post["gold"], post["predicted"], post["correct"]],
        "document": [len(document[0]), len(document[1]), len(document[0] & document[1])],
    }


def f1(counts, axis=-1):
    """Of [3, posts]: gold, predicted, correct."""
    gold, predicted, correct = (numpy.sum(one, axis=axis) for one in counts)
    return 2 * correct / numpy.maximum(gold + predicted, 1)


def resampling_posts(seed):
    """Counts of two systems: right with probability .8 and .76."""
    random, rows = Random(seed), []
    for _ in range(600):
        gold = random.below(4)
        a = sum(random.below(100) < 80 for _ in range(gold))
        b = sum(random.below(100) < 76 for _ in range(gold))
        extra_a, extra_b = random.below(10) == 0, random.below(7) == 0
        rows.append((gold, a + extra_a, a, b + extra_b, b))
    return numpy.array(rows).T


def resampling_golden():
    gold, predicted_a, a, predicted_b, b = resampling_posts(9)

    def one(g, p, c, axis=-1):
        return f1((g, p, c), axis)

    def difference(g, pa, ca, pb, cb, axis=-1):
        return f1((g, pa, ca), axis) - f1((g, pb, cb), axis)

    def paired_difference(x, y, axis=-1):
        # Posts are complex numbers so that scipy swaps a pair of counts at once: predicted + i correct.
        g = gold.sum()
        fa = 2 * x.imag.sum(axis) / (g + x.real.sum(axis))
        fb = 2 * y.imag.sum(axis) / (g + y.real.sum(axis))
        return fa - fb

    how = dict(paired=True, vectorized=True, method="percentile", n_resamples=20000)
    single = scipy.stats.bootstrap((gold, predicted_a, a), one, rng=1, **how)
    paired = scipy.stats.bootstrap((gold, predicted_a, a, predicted_b, b), difference, rng=2, **how)
    test = scipy.stats.permutation_test(
        (predicted_a + 1j * a, predicted_b + 1j * b),
        paired_difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=20000,
        rng=3,
    )
    return {
        "f1": float(one(gold, predicted_a, a)),
        "interval": [float(single.confidence_interval.low), float(single.confidence_interval.high)],
        "difference": float(difference(gold, predicted_a, a, predicted_b, b)),
        "differenceInterval": [float(paired.confidence_interval.low), float(paired.confidence_interval.high)],
        "bootstrapBelowZero": float(numpy.mean(paired.bootstrap_distribution <= 0)),
        "permutationP": float(test.pvalue),
        "seeds": {
            "values": [0.7312, 0.7401, 0.7288],
            "mean": float(numpy.mean([0.7312, 0.7401, 0.7288])),
            "sd": float(numpy.std([0.7312, 0.7401, 0.7288], ddof=1)),
        },
    }


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, make in (
        ("seqeval", seqeval_golden),
        ("seqscore", seqscore_golden),
        ("nervaluate", nervaluate_golden),
        ("confusion", confusion_golden),
        ("strings", strings_golden),
        ("resampling", resampling_golden),
    ):
        (OUT / (name + ".json")).write_text(json.dumps(make(), indent=1) + "\n")


if __name__ == "__main__":
    main()
