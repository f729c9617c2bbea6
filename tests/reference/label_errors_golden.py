"""Golden numbers of core/eval/label_errors.h, learning_dynamics.h and post_scores.h: tests/golden/label_errors.json.

    python3 tests/reference/label_errors_golden.py        (cleanlab 2.9, numpy, scipy)

Probabilities are rounded to float32, which is what the program keeps, and computed with in double.
"""

import json
import pathlib
import warnings

import numpy as np
from cleanlab import count, filter as noise, rank, token_classification
from scipy.stats import entropy

warnings.filterwarnings("ignore")
GOLDEN = pathlib.Path(__file__).parent.parent / "golden" / "label_errors.json"


def float32(values):
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def case(seed, words, classes, noise_rate, sharpness, empty=None):
    """Random words; `empty`: a class that no word is given."""
    random = np.random.default_rng(seed)
    prior = random.dirichlet(np.ones(classes) * 2)
    true = random.choice(classes, size=words, p=prior)
    given = np.where(random.random(words) < noise_rate, random.integers(0, classes, words), true)
    if empty is not None:
        given[given == empty] = (empty + 1) % classes
    logits = random.normal(size=(words, classes))
    logits[np.arange(words), true] += sharpness
    probabilities = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    probabilities = np.round(probabilities, 6)
    probabilities = float32(probabilities / probabilities.sum(1, keepdims=True))
    return given, probabilities


def numbers(given, probabilities):
    joint = count.compute_confident_joint(given, probabilities, calibrate=False)
    ranked = noise.find_label_issues(given, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)
    # The same words as posts of five.
    cuts = list(range(5, len(given), 5))
    posts, of_posts = np.split(given, cuts), np.split(probabilities, cuts)
    issues = token_classification.filter.find_label_issues(
        [list(map(int, p)) for p in posts], of_posts, n_jobs=1)
    assert [5 * p + w for p, w in issues] == list(ranked)
    scores, _ = token_classification.rank.get_label_quality_scores(
        [list(map(int, p)) for p in posts], of_posts, sentence_score_method="softmin")
    return {
        "classes": probabilities.shape[1],
        "given": given.tolist(),
        "probabilities": [float(str(p)) for p in probabilities.astype(np.float32).flatten()],
        "thresholds": [float(t) if k in given else None
                       for k, t in enumerate(count.get_confident_thresholds(given, probabilities))],
        "counts": joint.tolist(),
        "estimated": count.calibrate_confident_joint(joint, given).tolist(),
        "selfConfidence": rank.get_self_confidence_for_each_label(given, probabilities).tolist(),
        "normalisedMargin": rank.get_normalized_margin_for_each_label(given, probabilities).tolist(),
        "errors": [int(i) for i in ranked],
        "softminOfFive": [float(s) for s in scores],
        "tokenEntropy": float(np.mean([entropy(row) for row in probabilities])),
    }


def dynamics(seed, epochs):
    random = np.random.default_rng(seed)
    given = np.round(random.random(epochs), 4)
    right = random.random(epochs) < 0.5
    return {
        "given": given.tolist(),
        "right": [bool(r) for r in right],
        "confidence": float(given.mean()),
        "variability": float(given.std()),
        "correctness": float(right.mean()),
        "forgetting": int(sum(a and not b for a, b in zip(right, right[1:]))),
    }


def main():
    cases = [case(1, 60, 3, 0.1, 2), case(2, 200, 5, 0.2, 2.5), case(3, 300, 9, 0.1, 3), case(4, 120, 4, 0.3, 1),
             case(5, 90, 4, 0.2, 2, empty=2), case(6, 40, 2, 0.2, 1.5), case(7, 250, 7, 0.05, 5)]
    votes = [[0.5, 0.5], [1 / 3, 2 / 3], [1, 0]]
    golden = {
        "made_by": "tests/reference/label_errors_golden.py",
        "cases": [numbers(*c) for c in cases],
        "dynamics": [dynamics(seed, epochs) for seed, epochs in ((1, 1), (2, 5), (3, 12), (4, 40))],
        "voteEntropy": {"half, third and all of the layers": float(np.mean([entropy(v, base=2) for v in votes]))},
    }
    GOLDEN.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
