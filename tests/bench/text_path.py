#!/usr/bin/env python3
"""Every system's text path on a real data set with a real encoder, two epochs each, no pictures: losses fall, F1 is printed.

Needs Python 3 alone. usage: text_path.py --cli build/bin/mnerva-cli --data DIR --encoder DIR --work DIR [--systems all|A,B]
                             [--posts N] [--jobs N] [--set name=value]... [--out result.json]
DIR of --data holds train.txt (or train-half.txt), valid.txt and test.txt; --posts takes the first N of the training posts.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import time


def run(cli, *arguments):
    done = subprocess.run([cli, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}: {done.stdout[-500:]}{done.stderr[-2000:]}")
    return done.stdout


def make_project(o):
    project = o.work / "project"
    if project.exists():
        return project
    o.work.mkdir(parents=True, exist_ok=True)
    train = next(p for p in (o.data / "train.txt", o.data / "train-half.txt") if p.exists())
    posts = train.read_text().split("\n\n")
    (o.work / "train.txt").write_text("\n\n".join(posts[: o.posts or len(posts)]).rstrip("\n") + "\n\n")
    run(o.cli, "init", project)
    run(o.cli, "import", project, o.work / "train.txt", o.data / "valid.txt", o.data / "test.txt")
    return project


def train(o, project, system, variant, options):
    label = f"{system}-{variant}" if variant else system
    values = {"epochs": 2, "batch": 8, "lr": 2e-4, "crf_lr": 1e-2, "warmup": 0.05, "first_eval_epoch": 1, "optimiser": "adamw",
              "schedule": "linear", "shuffle": "true", "seed": 1, "text_only": "true", "threads": 1}
    values.update(s.split("=", 1) for s in o.set)
    arguments = [x for name, value in values.items() if name in options for x in ("--set", f"{name}={value}")]
    arguments += ["--variant", variant] if variant else []
    began = time.time()
    lines = run(o.cli, "train", project, "--system", system, "--encoder", o.encoder, "--resnet", "random18", *arguments,
                "--overrule", "all", "--run", label)
    events = [json.loads(line) for line in lines.splitlines()]
    losses = [e["loss"] for e in events if e["event"] == "checkpoint"]
    return {"system": label, "losses": losses, "test": events[-1]["test"]["micro"], "best_epoch": events[-1]["best_epoch"],
            "seconds": time.time() - began}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--cli", required=True)
    ap.add_argument("--data", required=True, type=pathlib.Path)
    ap.add_argument("--encoder", required=True)
    ap.add_argument("--work", required=True, type=pathlib.Path)
    ap.add_argument("--systems", default="all")
    ap.add_argument("--posts", type=int, default=0)
    ap.add_argument("--jobs", type=int, default=2)
    ap.add_argument("--set", action="append", default=[])
    ap.add_argument("--out", type=pathlib.Path)
    o = ap.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    project = make_project(o)
    wanted, jobs = o.systems.split(","), []
    for system in json.loads(run(o.cli, "systems", "--json"))["systems"]:
        variants = [v if isinstance(v, str) else v["name"] for v in system.get("variants", [])] if len(system.get("variants", [])) > 1 else [""]
        for variant in variants:
            if o.systems == "all" or system["name"] in wanted or f"{system['name']}:{variant}" in wanted:
                jobs.append((system["name"], variant, {option["name"] for option in system["options"]}))
    print("| system | loss, epoch by epoch | test P | R | F1 | s |\n|---|---|---|---|---|---|", flush=True)
    rows = []
    with concurrent.futures.ThreadPoolExecutor(o.jobs) as pool:
        for done in concurrent.futures.as_completed([pool.submit(train, o, project, *job) for job in jobs]):
            row = done.result()
            rows.append(row)
            test = row["test"]
            print(f"| {row['system']} | {', '.join(f'{x:.3f}' for x in row['losses'])} | {test['p']:.4f} | {test['r']:.4f} | "
                  f"{test['f1']:.4f} | {row['seconds']:.0f} |", flush=True)
    if o.out:
        o.out.write_text(json.dumps(rows, indent=1) + "\n")
    falling = [row["system"] for row in rows if row["losses"][-1] >= row["losses"][0]]
    if falling:
        sys.exit("the loss did not fall: " + ", ".join(falling))


if __name__ == "__main__":
    main()
