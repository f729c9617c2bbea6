#!/usr/bin/env python3
"""Training step of MPCFN and HVPNeT at BERT-base, batch 8: Mnerva against the same mathematics in Python, in turns.

usage: step_speed.py [--bench build/bin/step_bench] [--python python3] [--threads 2] [--steps 5] [--rounds 2]
The Python needs torch (that of Debian has the libtorch that Mnerva links) and pytorch-crf.
"""
import argparse
import json
import pathlib
import subprocess


def main():
    here = pathlib.Path(__file__).resolve().parent
    ap = argparse.ArgumentParser()
    ap.add_argument("--bench", default="build/bin/step_bench")
    ap.add_argument("--python", default="python3")
    ap.add_argument("--threads", default="2")
    ap.add_argument("--steps", default="5")
    ap.add_argument("--rounds", type=int, default=2)
    o = ap.parse_args()
    print("| system | s a step, Mnerva | s a step, Python | ratio | peak memory, Mnerva | Python | ratio |\n|---|---|---|---|---|---|---|")
    for system in ("mpcfn", "hvpnet"):
        best = {}
        for _ in range(o.rounds):
            for name, program in (("mnerva", [o.bench]), ("python", [o.python, here / "step_reference.py"])):
                text = subprocess.run([*map(str, program), system, o.threads, o.steps], stdout=subprocess.PIPE, check=True, text=True).stdout
                row = json.loads(text.splitlines()[-1])
                if name not in best or row["median"] < best[name]["median"]:
                    best[name] = row
        a, b = best["mnerva"], best["python"]
        if a["positions"] != b["positions"]:
            raise SystemExit("the two do not see the same batch")
        print(f"| {system} | {a['median']:.3f} | {b['median']:.3f} | {a['median'] / b['median']:.2f} | {a['mebibytes']:.0f} MB | "
              f"{b['mebibytes']:.0f} MB | {a['mebibytes'] / b['mebibytes']:.2f} |", flush=True)


if __name__ == "__main__":
    main()
