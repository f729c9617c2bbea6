#!/usr/bin/env python3
"""Does the label doctor find errors that were planted? Drives mnerva-cli on generated posts.

Needs Python 3 alone. usage: label_errors.py --cli build/bin/mnerva-cli --work DIR [--posts 1000] [--seed 1] [--share 0.03] [--folds 5]
                             [--system umgf] [--text-decided] [--set name=value]... [--dynamics] [--out result.json]

Of the training words, a share is given a wrong tag: an entity gets another type, or one of its ends is moved by a word, drawn
evenly. Models of folds judge every post (`train --folds`), `label-errors` lists what it doubts, and the list is read until
it has spoken of as many words as were planted: printed is the share of the planted words among them (chance is the share
itself), by kind of error, and the same for words ranked by their self-confidence alone. --text-decided puts names that the
text decides in place of those that only the picture does, for systems that read no picture. --dynamics trains one more model, on all posts, that records how it learns (`train --dynamics`), and measures
the list of what it never learnt (`label-errors --queue hard-to-learn`). A run that ended is kept in DIR.
"""
import argparse
import json
import pathlib
import random
import subprocess
import sys
import time

TYPES = ["PER", "LOC", "ORG", "MISC"]
PLAIN = {"PER": ["Mike", "Anna", "Peter", "Mary", "John"], "LOC": ["London", "Berlin", "Tokyo", "Lima", "Oslo"],
         "ORG": ["Acme", "Globex", "Initech", "Umbrella", "Stark"]}
REASONS = ["wrong-type", "wrong-edge", "missing", "spurious"]


def run(cli, *arguments):
    done = subprocess.run([cli, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr[-2000:]}")
    return done.stdout


def read_posts(path):
    posts = []
    for block in path.read_text().strip().split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines[1:]]
        posts.append({"id": lines[0].split(":", 1)[1], "words": [r[0] for r in rows], "tags": [r[1] for r in rows]})
    return posts


def write_posts(path, posts):
    path.write_text("".join(f"IMGID:{p['id']}\n" + "".join(f"{w}\t{t}\n" for w, t in zip(p["words"], p["tags"])) + "\n"
                            for p in posts))


def entities_of(tags):
    out = []
    for w, tag in enumerate(tags):
        if tag.startswith("B-"):
            out.append([tag[2:], w, w])
        elif tag.startswith("I-"):
            out[-1][2] = w
    return out


def tags_of(entities, words):
    tags = ["O"] * words
    for kind, first, last in entities:
        for w in range(first, last + 1):
            tags[w] = ("B-" if w == first else "I-") + kind
    return tags


def decide_by_text(posts, truth, dice):
    for post in posts:
        known = truth[post["id"]]
        if known.get("decidedBy") == "picture":
            post["words"][known["first"]] = dice.choice(PLAIN[known["type"]])


def plant(posts, share, dice):
    """Wrong tags for this share of the words; gives their places with the kind of error."""
    wanted = round(share * sum(len(p["words"]) for p in posts))
    planted = {}
    places = [(p, e) for p, post in enumerate(posts) for e in range(len(entities_of(post["tags"])))]
    dice.shuffle(places)
    touched = set()
    for p, e in places:
        if len(planted) >= wanted:
            break
        post = posts[p]
        if p in touched:
            continue
        entities = entities_of(post["tags"])
        kind, first, last = entities[e]
        error = dice.choice(["type", "edge"])
        if error == "type":
            entities[e][0] = dice.choice([t for t in TYPES if t != kind])
        else:
            moves = [m for m in [(first - 1, last), (first, last + 1), (first + 1, last), (first, last - 1)]
                     if 0 <= m[0] <= m[1] < len(post["words"])
                     and all(m[1] < o[1] or o[2] < m[0] for i, o in enumerate(entities) if i != e)]
            if not moves:
                continue
            entities[e][1:] = dice.choice(moves)
        tags = tags_of(entities, len(post["words"]))
        for w, (before, after) in enumerate(zip(post["tags"], tags)):
            if before != after:
                planted[(p, w)] = error
        post["tags"] = tags
        touched.add(p)
    return planted


def tag_at(span, w):
    if not span or not span["first"] <= w <= span["last"]:
        return "O"
    return ("B-" if w == span["first"] else "I-") + span["type"]


def listed_words(report, number_of):
    """Words whose tag the list would change, in its order."""
    for suspect in report["suspects"]:
        given, suggested = suspect["given"], suspect["suggested"]
        spans = [s for s in (given, suggested) if s]
        for w in range(min(s["first"] for s in spans), max(s["last"] for s in spans) + 1):
            if tag_at(given, w) != tag_at(suggested, w):
                yield (number_of[suspect["number"]], w)


def ranked_words(run_folder, posts, number_of):
    lines = [json.loads(line) for line in (run_folder / "held-out.jsonl").open()]
    classes = {tag: i for i, tag in enumerate(lines[0]["tags"])}
    scored = []
    for line in lines[1:]:
        if line["fold"] == 0:
            continue
        p = number_of[line["number"]]
        scored += [(row[classes[tag]], (p, w)) for w, (row, tag) in enumerate(zip(line["p"], posts[p]["tags"]))]
    return [place for _, place in sorted(scored)]


def held(words, planted, most):
    """Share of the planted words among the first `most` distinct ones, of all and by kind of error."""
    seen = set()
    for place in words:
        if len(seen) >= most:
            break
        seen.add(place)
    out = {"all": sum(p in seen for p in planted) / len(planted), "words": len(seen)}
    for error in ("type", "edge"):
        of = [p for p, kind in planted.items() if kind == error]
        out[error] = sum(p in seen for p in of) / max(1, len(of))
    return out


def by_dynamics(a, project, new, options, planted, number_of):
    """The list of what a run on all posts never learnt; how much longer its epochs take than without the record."""
    seconds = {}
    for run_name, more in ((f"{a.system}-plain", []), (f"{a.system}-dynamics", ["--dynamics"])):
        begin = time.time()
        if not (project / "runs" / run_name / "metrics.json").exists():
            run(a.cli, "train", project, "--run", run_name, "--overrule", "all", *new, *options, *more)
        seconds[run_name] = time.time() - begin
    report = json.loads(run(a.cli, "label-errors", project, "--dynamics", f"{a.system}-dynamics", "--split", "train",
                            "--queue", "hard-to-learn", "--limit", 0, "--json"))
    wrong = {p for p, _ in planted}
    doubted = [number_of[s["number"]] for s in report["suspects"]]
    return {"entities": report["dynamics"]["entities"], "doubts": report["doubts"], "notes": report["notes"],
            "ofWrongPosts": sum(p in wrong for p in doubted) / max(1, len(doubted)), "seconds": seconds,
            "list": held(listed_words(report, number_of), planted, len(planted))}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cli", default="build/bin/mnerva-cli")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=0.03)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--system", default="umgf")
    parser.add_argument("--text-decided", action="store_true")
    parser.add_argument("--set", action="append", default=[])
    parser.add_argument("--dynamics", action="store_true")
    parser.add_argument("--out", type=pathlib.Path)
    a = parser.parse_args()

    a.work.mkdir(parents=True, exist_ok=True)
    data, project = a.work / "data", a.work / "project"
    if not data.exists():
        run(a.cli, "sample", data, "--posts", a.posts, "--seed", a.seed, "--object-crops", 1)
    dice = random.Random(a.seed)
    truth = {p["id"]: p for p in json.loads((data / "truth.json").read_text())["posts"]}
    splits = {name: read_posts(data / f"{name}.txt") for name in ("train", "valid", "test")}
    if a.text_decided:
        for posts in splits.values():
            decide_by_text(posts, truth, dice)
    posts = splits["train"]
    planted = plant(posts, a.share, dice)
    words = sum(len(p["words"]) for p in posts)
    if not project.exists():
        for name, of in splits.items():
            write_posts(a.work / f"{name}.txt", of)
        run(a.cli, "init", project)
        run(a.cli, "import", project, *(a.work / f"{name}.txt" for name in splits), "--images", data / "images",
            "--crops", data / "crops.json", "--crop-dir", data / "crops")
    folder = project / "runs" / a.system
    begin = time.time()
    new = ["--system", a.system, "--encoder", "tiny", "--resnet", "random18", "--preset", "sample"]
    options = [x for value in a.set for x in ("--set", value)]
    if not (folder / "held-out.jsonl").exists():
        resume = ["--resume"] if folder.exists() else []
        run(a.cli, "train", project, "--run", a.system, "--overrule", "all",
            *(resume or new + ["--folds", a.folds] + options))
    seconds = time.time() - begin
    arguments = [x for reason in REASONS for x in ("--queue", reason)]
    report = json.loads(run(a.cli, "label-errors", project, "--run", a.system, "--split", "train", "--limit", 0,
                            *arguments, "--json"))
    numbers = sorted({json.loads(line)["number"] for line in list((folder / "held-out.jsonl").open())[1:]
                      if json.loads(line)["fold"] > 0})
    number_of = {number: i for i, number in enumerate(numbers)}
    most = len(planted)
    result = {
        "system": a.system, "posts": len(posts), "words": words, "planted": len(planted),
        "share": len(planted) / words, "folds": a.folds, "seconds": seconds, "textDecided": a.text_decided,
        "heldOut": json.loads((folder / "metrics.json").read_text())["held_out"]["micro"],
        "doubts": report["doubts"], "expectedWords": report["expectedWords"],
        "list": held(listed_words(report, number_of), planted, most),
        "selfConfidence": held(ranked_words(folder, posts, number_of), planted, most),
    }
    if a.dynamics:
        result["dynamics"] = by_dynamics(a, project, new, options, planted, number_of)
    print(json.dumps(result, indent=1))
    if a.out:
        a.out.write_text(json.dumps(result, indent=1) + "\n")


if __name__ == "__main__":
    main()
