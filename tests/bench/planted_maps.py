#!/usr/bin/env python3
"""Do the maps of runs on the planted-signal set point at the evidence, and can they be believed? Reads what planted_signal.py left.

Needs Python 3 alone. usage: planted_maps.py --cli build/bin/mnerva-cli --work DIR [--runs NAME,...] [--posts 60] [--methods ...]
                             [--influence] [--out result.json]

Gives the project of DIR the boxes of its objects, then asks `explain --bench --boxes none` of each run: the truth is known to
the measurement and not to the model. Of entities that the picture alone decides and that the run finds right it prints, per
method: share whose hottest cell overlaps the object's box, whose hottest cell's centre lies in it, deletion and insertion against
random order with their bootstrap intervals, and the rank correlation that is left when all layers are random. With --influence
also what `predict --influence` says of the entities that the picture decides and of those that the text decides.
"""
import argparse
import json
import pathlib
import random
import statistics
import subprocess
import sys


def run(cli, *arguments):
    done = subprocess.run([cli, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr[-2000:]}")
    return done.stdout


def interval(values, resamples=1000):
    draw = random.Random(1)
    means = sorted(statistics.mean(draw.choices(values, k=len(values))) for _ in range(resamples))
    return statistics.mean(values), means[int(0.025 * resamples)], means[int(0.975 * resamples)]


def shown(values):
    return "-" if not values else "{:.3f} ({:.3f} to {:.3f})".format(*interval(values))


def maps_of(o, truth, name):
    project = o.work / "project"
    extra = ["--methods", o.methods] if o.methods else []
    if not (project / "runs" / name / "explanation.json").exists():
        run(o.cli, "explain", project, "--bench", "--run", name, "--split", "test", "--posts", o.posts, "--boxes", "none",
            "--json", *extra)
    found = json.loads((project / "runs" / name / "explanation.json").read_text())
    rows = {}
    for entity in found["list"]:
        known = truth[entity["id"]]
        if known["decidedBy"] != "picture" or (entity["first"], entity["last"]) != (known["first"], known["last"]):
            continue
        for one in entity["maps"]:
            rows.setdefault(one["method"], []).append(one)
    table = []
    for method in found["methods"]:
        of = rows.get(method["method"], [])
        last = method["randomised"][-1] if method.get("randomised") else None
        table.append({"run": name, "method": method["method"], "unavailable": method.get("unavailable", ""), "entities": len(of),
                      "touches": [int(r["touches"]) for r in of if "touches" in r],
                      "points": [int(r["points"]) for r in of if "points" in r],
                      "mass": (method.get("mass") or {}).get("mean"),
                      "deletion": [r["deletion"] for r in of], "insertion": [r["insertion"] for r in of],
                      "randomised": last["mean"] if last and last["count"] else None,
                      "seconds": (method.get("seconds") or {}).get("mean")})
    print(f"\n{name}: chance of the hottest cell to overlap a box {found.get('touch_chance', 0):.3f}, to have its centre in it {found.get('chance', 0):.3f}")
    print("| method | entities | hottest cell overlaps the box | its centre in the box | mass inside | deletion | insertion | left when random | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    for r in table:
        if r["unavailable"]:
            print(f"| {r['method']} | {r['unavailable']} |")
            continue
        number = lambda v: "-" if v is None else f"{v:.3f}"
        share = lambda v: "-" if not v else f"{statistics.mean(v):.3f}"
        print(f"| {r['method']} | {r['entities']} | {share(r['touches'])} | {share(r['points'])} | {number(r['mass'])} | {shown(r['deletion'])} | {shown(r['insertion'])} | {number(r['randomised'])} | {number(r['seconds'])} |",
              flush=True)
    return table


def influence_of(o, truth, name):
    project = o.work / "project"
    run(o.cli, "predict", project, "--run", name, "--split", "test", "--influence", "--boxes", "none", "--json")
    found = json.loads((project / "runs" / name / "influence.json").read_text())
    picture, text = [], []
    for post in found["list"]:
        known = truth[post["id"]]
        for entity in post["entities"]:
            isDecided = known["decidedBy"] == "picture" and (entity["first"], entity["last"]) == (known["first"], known["last"])
            if isDecided:
                picture.append((entity["effect"], entity["type"]))
            else:
                text.append(entity["effect"])
    right = [e for e, _ in picture if e in ("helped", "same-right")]
    # Without a picture a run still names a type, always the same one: entities of that type are right either way.
    guess = max({t for _, t in picture}, key=lambda t: sum(e == "same-right" for e, of in picture if of == t), default="")
    others = [e for e, t in picture if t != guess and e in ("helped", "same-right")]
    row = {"run": name, "picture_decided": len(picture), "right": len(right), "helped": right.count("helped") / max(1, len(right)),
           "guess": guess, "helped_of_others": others.count("helped") / max(1, len(others)), "others": len(others),
           "text_decided": len(text), "same": sum(e.startswith("same") for e in text) / max(1, len(text))}
    print(f"{name}: of {row['right']} right entities that the picture decides {row['helped']:.3f} helped, of the {row['others']} that are no {row['guess']} {row['helped_of_others']:.3f}; of {row['text_decided']} others {row['same']:.3f} the same", flush=True)
    return row


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--cli", required=True)
    ap.add_argument("--work", required=True, type=pathlib.Path)
    ap.add_argument("--runs", default="", help="names; all that end in a seed without it")
    ap.add_argument("--posts", type=int, default=60)
    ap.add_argument("--methods", default="")
    ap.add_argument("--influence", action="store_true")
    ap.add_argument("--out", type=pathlib.Path)
    o = ap.parse_args()
    truth = {p["id"]: p for p in json.loads((o.work / "data" / "truth.json").read_text())["posts"]}
    if not (o.work / "boxes.done").exists():
        data = o.work / "data"
        run(o.cli, "import", o.work / "project", "--xml", data / "boxes")
        (o.work / "boxes.done").touch()
    names = o.runs.split(",") if o.runs else sorted(p.name for p in (o.work / "project" / "runs").iterdir() if (p / "run.json").exists())
    results = []
    for name in names:
        if o.influence:
            try:
                results.append(influence_of(o, truth, name))
            except SystemExit as reason:  # a system that tells no probabilities
                print(f"{name}: {str(reason).splitlines()[-1]}")
        results += maps_of(o, truth, name)
    if o.out:
        o.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
