#!/usr/bin/env python3
"""Do the systems use the picture, and do their maps point at the evidence? Drives mnerva-cli on generated posts with known truth.

Needs Python 3 alone. usage: planted_signal.py --cli build/bin/mnerva-cli --work DIR [--posts 2000] [--object-crops 1] [--seeds 1,2,3]
                             [--systems all | mpcfn,mpcfn:reference-code,umt,...] [--modes text,full,shuffled]
                             [--jobs N] [--set name=value]... [--out result.json]

A run that ended is kept in DIR and not made again, so the same command goes on where it was cut off.
With --systems all every system and variant that `mnerva-cli systems` lists is trained, and a table of means and standard
deviations over the seeds is printed at the end. Modes: text (text_only=true); full; shuffled (trained and tested with the pictures exchanged among posts). Of every test post
whose ambiguous name is decided by the picture alone it reports: F1 of those names (chance is 1/3), attention mass (last
layer, mean of heads) on the cells of the informative object over the object's share of the cells, share of posts whose
hottest cell lies on it; and, over all test posts, how well r_0 tells informative from misleading pictures (AUC). The last
depends on whether misleading pictures mislead at all: the share of right names in such posts is printed with it (where all
are right without the gate, the loss has no reason to move r_0).
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import time


def run(cli, *arguments):
    done = subprocess.run([cli, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stderr[-2000:]}")
    return done.stdout


def shuffled_copy(data, target, seed):
    """The same posts, each with the picture and the crops of another post that has a picture."""
    target.mkdir()
    (target / "images").mkdir()
    crops = json.loads((data / "crops.json").read_text())
    names = sorted(p.name for p in (data / "images").iterdir())
    order = names[:]
    while any(a == b for a, b in zip(names, order)) and len(names) > 1:
        random.Random(seed).shuffle(order)
        seed += 1
        if sum(a == b for a, b in zip(names, order)) <= len(names) // 100:
            break
    exchanged = {}
    for name, other in zip(names, order):
        (target / "images" / name).symlink_to((data / "images" / other).resolve())
        if other in crops:
            exchanged[name] = crops[other]
    (target / "crops.json").write_text(json.dumps(exchanged))
    for split in ("train", "valid", "test"):
        (target / f"{split}.txt").symlink_to((data / f"{split}.txt").resolve())
    (target / "crops").symlink_to((data / "crops").resolve())


def make_project(cli, data, project):
    run(cli, "init", project)
    run(cli, "import", project, data / "train.txt", data / "valid.txt", data / "test.txt", "--images", data / "images",
        "--crops", data / "crops.json", "--crop-dir", data / "crops")


def chunks(tags):
    """Lenient chunks of models.md 2.2 (a): (type, first, last)."""
    out, begin, last, kind = [], 0, "O", ""
    for i, tag in enumerate(tags + ["O"]):
        p, t = tag[0], tag.split("-", 1)[1] if "-" in tag else "_"
        ends = last in "ES" or (last in "BI" and p in "BSO") or (last not in "O." and t != kind)
        starts = p in "BS" or (p in "EI" and last in "ESO") or (p not in "O." and t != kind)
        if ends and last != "O":
            out.append((kind, begin, i - 1))
        if starts:
            begin = i
        last, kind = p, t
    return out


def cells_of(box, size):
    left, top = round((size[0] - 224) / 2), round((size[1] - 224) / 2)  # the shorter side is 256: no scaling
    return [7 * r + c for r in range(7) for c in range(7)
            if box[0] < left + 32 * c + 16 < box[2] and box[1] < top + 32 * r + 16 < box[3]]


def auc(positive, negative):
    if not positive or not negative:
        return None
    wins = sum((p > n) + 0.5 * (p == n) for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def measure(truth, details):
    gold = predicted = correct = hottest = looked = misleading = resisted = 0
    mass = share = 0.0
    relevance = {"informative": [], "misleading": []}
    for post in details:
        known = truth[post["id"]]
        if post["relevance"] and known["role"] in relevance:
            relevance[known["role"]].append(post["relevance"][0])
        if known["role"] == "misleading":
            misleading += 1
            resisted += (known["type"], known["first"], known["last"]) in chunks(post["tags"])
        if known["decidedBy"] != "picture":
            continue
        first, last = known["first"], known["last"]
        found = [c for c in chunks(post["tags"]) if c[1] <= last and first <= c[2]]
        gold += 1
        predicted += len(found)
        correct += (known["type"], first, last) in found
        if post["attention"] and "box" in known:
            cells = cells_of(known["box"], known["size"])
            words = [post["attention"][w][:49] for w in range(first, last + 1)]
            weights = [sum(w[i] for w in words) / len(words) for i in range(49)]
            mass += sum(weights[i] for i in cells)
            share += len(cells) / 49
            hottest += max(range(49), key=weights.__getitem__) in cells
            looked += 1
    return {"f1": 2 * correct / (gold + predicted) if gold + predicted else 0.0, "gold": gold,
            "mass": mass / share if share else None, "hottest": hottest / looked if looked else None,
            "misleading_right": resisted / misleading if misleading else None, "auc": auc(relevance["informative"], relevance["misleading"]),
            "r0_informative": sum(relevance["informative"]) / max(1, len(relevance["informative"])),
            "r0_misleading": sum(relevance["misleading"]) / max(1, len(relevance["misleading"]))}


def known_systems(cli):
    """name or name:variant of all that the program has."""
    out = []
    for system in json.loads(run(cli, "systems", "--json"))["systems"]:
        variants = [v if isinstance(v, str) else v["name"] for v in system.get("variants", [])]
        out += [system["name"]] if len(variants) < 2 else [f"{system['name']}:{v}" for v in variants]
    return out


def train_and_measure(o, truth, project, system, mode, seed):
    name, _, variant = system.partition(":")
    label = f"{system.replace(':', '-')}-{mode}{o.tag}-{seed}"
    kept = o.work / f"{label}.row.json"
    if kept.exists():
        return json.loads(kept.read_text())
    options = ["--set", f"seed={seed}"] + [x for s in o.set for x in ("--set", s)]
    options += ["--set", "text_only=true"] if mode == "text" else []
    options += ["--variant", variant] if variant else []
    began = time.time()
    events = run(o.cli, "train", project, "--system", name, "--encoder", "tiny", "--resnet", "random18",
                 "--preset", "sample", *options, "--run", label)
    details = o.work / f"{label}.jsonl"
    run(o.cli, "predict", project, "--run", label, "--split", "test", "--details", details, "--force", "--json")
    row = measure(truth, [json.loads(line) for line in details.read_text().splitlines()])
    epochs = [e for e in map(json.loads, events.splitlines()) if e["event"] == "checkpoint"]
    end = json.loads(events.splitlines()[-1])
    row.update({"system": system, "mode": mode, "seed": seed, "seconds": time.time() - began, "epochs": len(epochs),
                "epoch_seconds": sum(e["seconds"] for e in epochs) / len(epochs),
                "test_f1": end["test"]["micro"]["f1"], "best_epoch": end["best_epoch"]})
    kept.write_text(json.dumps(row) + "\n")
    return row


def show(value):
    return "  -  " if value is None else f"{value:5.3f}"


def print_row(row):
    print(f"{row['system']:22} {row['mode']:8} seed {row['seed']}: F1 of picture-decided names {row['f1']:.3f} ({row['gold']}), "
          f"all {row['test_f1']:.3f}, mass x{show(row['mass'])}, hottest {show(row['hottest'])}, AUC of r_0 {show(row['auc'])} "
          f"(r_0 {row['r0_informative']:.3f} / {row['r0_misleading']:.3f}; names right in spite of a misleading "
          f"picture {show(row['misleading_right'])}), {row['epoch_seconds']:.1f} s an epoch, {row['epochs']} epochs",
          flush=True)


def print_table(results):
    """One row a system and mode: mean and standard deviation over the seeds."""
    print("\n| system | mode | seeds | F1 of picture-decided names | F1 of all | attention mass, times the uniform share | "
          "hottest cell on the object | s an epoch |\n|---|---|---|---|---|---|---|---|")
    cell = lambda values: "" if any(v is None for v in values) else (
        f"{statistics.mean(values):.3f}" + (f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""))
    for key in dict.fromkeys((r["system"], r["mode"]) for r in results):
        rows = [r for r in results if (r["system"], r["mode"]) == key]
        columns = [cell([r[name] for r in rows]) for name in ("f1", "test_f1", "mass", "hottest")]
        print(f"| {key[0]} | {key[1]} | {len(rows)} | " + " | ".join(columns) +
              f" | {statistics.mean(r['epoch_seconds'] for r in rows):.1f} |")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--cli", required=True)
    ap.add_argument("--work", required=True, type=pathlib.Path)
    ap.add_argument("--posts", type=int, default=2000)
    ap.add_argument("--object-crops", type=float, default=1.0,
                    help="share of the shown objects that have a crop; systems that read crops but no cells need them")
    ap.add_argument("--seeds", default="1,2,3")
    ap.add_argument("--systems", default="mpcfn", help="names, name:variant, or all")
    ap.add_argument("--modes", default="text,full,shuffled")
    ap.add_argument("--jobs", type=int, default=1, help="runs at once; they share the cores")
    ap.add_argument("--set", action="append", default=[])
    ap.add_argument("--tag", default="", help="added to the names of the runs, to try other options in the same folder")
    ap.add_argument("--out", type=pathlib.Path)
    o = ap.parse_args()
    data, plain, exchanged = o.work / "data", o.work / "project", o.work / "exchanged"
    if not data.exists():
        run(o.cli, "sample", data, "--posts", o.posts, "--seed", 1, "--object-crops", o.object_crops)
        make_project(o.cli, data, plain)
    if "shuffled" in o.modes and not exchanged.exists():
        shuffled_copy(data, o.work / "exchanged-data", 3)
        make_project(o.cli, o.work / "exchanged-data", exchanged)
    truth = {p["id"]: p for p in json.loads((data / "truth.json").read_text())["posts"]}
    systems = known_systems(o.cli) if o.systems == "all" else o.systems.split(",")
    jobs = [(system, mode, seed) for system in systems for mode in o.modes.split(",") for seed in map(int, o.seeds.split(","))]
    if o.jobs > 1:
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    results = []
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        running = [pool.submit(train_and_measure, o, truth, exchanged if mode == "shuffled" else plain, system, mode, seed)
                   for system, mode, seed in jobs]
        for done in concurrent.futures.as_completed(running):
            results.append(done.result())
            print_row(results[-1])
    results.sort(key=lambda r: jobs.index((r["system"], r["mode"], r["seed"])))
    print_table(results)
    if o.out:
        o.out.write_text(json.dumps(results, indent=1) + "\n")


if __name__ == "__main__":
    main()
