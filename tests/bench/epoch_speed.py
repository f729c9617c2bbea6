#!/usr/bin/env python3
"""An epoch of 200 posts with pictures (first, second) and the prediction of 1,000 posts, through the command line, beside scripts in PyTorch.

usage: epoch_speed.py WORK --cli NAME=mnerva-cli ... [--python NAME=python3 ...] [--precision fp32,bf16] [--batches 5]
HVPNeT at BERT-base (values drawn by chance) with a frozen ResNet-50; every post has a picture and three crops. A program that starts,
reads its weights and ends is in its predictions and not in its epochs; scoring 8 posts
and storing the checkpoint are in both epochs. The Pythons run epoch_reference.py for some batches, which says
seconds a batch. This one needs torch, numpy and Pillow; WORK holds the data afterwards and can be given again. Prints JSON lines.
"""
import argparse
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time

import numpy
import torch
from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "reference"))
from torch_systems import Bert, Sizes  # noqa: E402

POSTS, PREDICTED, CROPS = 200, 1000, 3


def make_encoder(folder):
    folder.mkdir(parents=True)
    sizes = Sizes()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"w{i}" for i in range(sizes.vocabulary - 5))]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    (folder / "config.json").write_text(json.dumps({
        "model_type": "bert", "vocab_size": sizes.vocabulary, "hidden_size": sizes.hidden, "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads, "intermediate_size": sizes.intermediate, "max_position_embeddings": sizes.positions,
        "type_vocab_size": 2, "layer_norm_eps": sizes.eps, "hidden_act": "gelu", "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.1}))
    torch.manual_seed(1)
    bert = Bert(sizes)
    for layer in bert.modules():
        if isinstance(layer, (torch.nn.Linear, torch.nn.Embedding)):
            torch.nn.init.normal_(layer.weight, 0, 0.02)
    torch.save(bert.state_dict(), folder / "pytorch_model.bin")


def make_posts(file, count, draw):
    """12 to 36 words of one piece each, a name in four; the post's picture is one of the first POSTS."""
    types = ("PER", "LOC", "ORG", "MISC")
    with open(file, "w", encoding="utf-8") as out:
        for number in range(count):
            out.write(f"IMGID:{number % POSTS}\n")
            for _ in range(draw.randrange(12, 37)):
                word = draw.randrange(4000)
                out.write(f"w{word}\t" + (f"B-{types[word % 16 // 4]}" if word % 4 == 0 else "O") + "\n")
            out.write("\n")


def make_data(folder):
    if (folder / "test.txt").is_file():
        return
    make_encoder(folder / "encoder")
    draw = random.Random(1)
    for name in ("images", "crops"):
        (folder / name).mkdir()
    pixels, crops = numpy.random.default_rng(1), {}

    def picture(path, width, height):
        rough = Image.fromarray(pixels.integers(0, 256, (12, 16, 3), dtype=numpy.uint8))
        rough.resize((width, height), Image.BICUBIC).save(path)

    for number in range(POSTS):
        picture(folder / f"images/{number}.jpg", 800, 600)
        crops[f"{number}.jpg"] = [f"{number}_crop_{c}.png" for c in range(CROPS)]
        for name in crops[f"{number}.jpg"]:
            picture(folder / "crops" / name, 200, 160)
    (folder / "crops.json").write_text(json.dumps(crops))
    for name, count in (("train", POSTS), ("valid", 8), ("test", PREDICTED)):
        make_posts(folder / f"{name}.txt", count, draw)


def ours(name, cli, data, work, precision, threads):
    project = work / f"project-{name}-{precision}"
    shutil.rmtree(project, ignore_errors=True)

    def call(*words):
        began = time.time()
        done = subprocess.run([str(cli), *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise SystemExit(f"{words[0]} failed:\n{done.stdout[-2000:]}")
        return time.time() - began

    call("init", project)
    call("import", project, *(data / f"{split}.txt" for split in ("train", "valid", "test")), "--images", data / "images", "--crops",
         data / "crops.json", "--crop-dir", data / "crops")
    settings = [f"precision={precision}", f"threads={threads}", "epochs=2", "batch=8"]
    call("train", project, "--system", "hvpnet", "--encoder", data / "encoder", "--resnet", "random50", "--run", "r",
         *(word for setting in settings for word in ("--set", setting)))
    events = [json.loads(line) for line in (project / "runs/r/events.jsonl").read_text().splitlines()]
    started = [event["time"] for event in events if event["event"] in ("start", "epoch_start")]
    kept = [event["time"] for event in events if event["event"] == "checkpoint"]
    predicted = call("predict", project, "--run", "r", "--split", "test")
    print(json.dumps({"who": name, "precision": precision, "first_epoch": kept[0] - started[0], "second_epoch": kept[1] - started[2],
                      "predict_1000": predicted}), flush=True)


def theirs(name, python, data, precision, words, batches, threads):
    row = {"who": name, "precision": precision, "compiled": "compile" in words}
    for what in ("train", "predict"):
        asked = [data, threads, batches, *(["bf16"] if precision == "bf16" else []), *words, *(["predict"] if what == "predict" else [])]
        done = subprocess.run([python, str(HERE / "epoch_reference.py"), *map(str, asked)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            row[what] = done.stderr.strip().splitlines()[-1:]
            continue
        told = json.loads(done.stdout.splitlines()[-1])
        row["torch"] = told["torch"]
        many = (POSTS if what == "train" else PREDICTED) / 8
        row["epoch" if what == "train" else "predict_1000"] = told["seconds"] * many
        row[f"{what}_without_pictures"] = (told["seconds"] - told["of_pictures"]) * many
    print(json.dumps(row), flush=True)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("work", type=pathlib.Path)
    ap.add_argument("--cli", action="append", default=[], help="NAME=PROGRAM")
    ap.add_argument("--python", action="append", default=[], help="NAME=PROGRAM, or NAME=PROGRAM,compile")
    ap.add_argument("--precision", default="fp32,bf16")
    ap.add_argument("--batches", type=int, default=5)
    ap.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    o = ap.parse_args()
    data = o.work / "data"
    make_data(data)
    for precision in o.precision.split(","):
        for named in o.cli:
            name, program = named.split("=", 1)
            ours(name, program, data, o.work, precision, o.threads)
        for named in o.python:
            name, program = named.split("=", 1)
            program, *words = program.split(",")
            theirs(name, program, data, precision, words, o.batches, o.threads)


if __name__ == "__main__":
    main()
