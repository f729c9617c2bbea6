#!/usr/bin/env python3
"""What a script in PyTorch does with the posts that epoch_speed.py makes, for some batches: HVPNeT at BERT-base and ResNet-50.

usage: epoch_reference.py DATA THREADS BATCHES [bf16] [compile] [predict]
Each batch of eight posts is read, its pictures and crops are decoded and go through the ResNet, which is frozen (as the public
code has it, nothing is kept from one epoch to the next), then a training step; predict: answers by Viterbi in its place.
Prints seconds a batch, and how many of them are pictures'. Needs torch, pytorch-crf, Pillow and numpy.
"""
import json
import pathlib
import sys
import time

import numpy
import torch
import torch.nn.functional as F
from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "reference"))
from torch_resnet import ResNet  # noqa: E402
from torch_systems import Hvpnet, Sizes  # noqa: E402

MEAN, DEVIATION = torch.tensor([0.485, 0.456, 0.406])[:, None, None], torch.tensor([0.229, 0.224, 0.225])[:, None, None]


def posts_of(file):
    """[(picture, words, tags)] of an MNER text."""
    out, picture, words, tags = [], "", [], []
    for line in [*file.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("IMGID:"):
            picture = line[6:]
        elif line:
            word, tag = line.split("\t")
            words.append(word)
            tags.append(tag)
        elif words:
            out.append((picture, words, tags))
            words, tags = [], []
    return out


def picture(path):
    image = Image.open(path).convert("RGB").resize((224, 224), Image.BILINEAR)
    return (torch.from_numpy(numpy.asarray(image).copy()).permute(2, 0, 1) / 255 - MEAN) / DEVIATION


def main():
    data, threads, batches, words = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]
    is_bf16, is_compiled, is_predicting = "bf16" in words, "compile" in words, "predict" in words
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    pieces = {piece: i for i, piece in enumerate((data / "encoder/vocab.txt").read_text(encoding="utf-8").splitlines())}
    names = ["PAD", "X", "[CLS]", "[SEP]", "O", *(f"{p}-{t}" for t in ("PER", "LOC", "ORG", "MISC") for p in "BI")]
    posts = posts_of(data / ("test.txt" if is_predicting else "train.txt"))
    crops = json.loads((data / "crops.json").read_text(encoding="utf-8"))
    resnet = ResNet((3, 4, 6, 3), True).eval()
    model = Hvpnet(Sizes(tags=len(names)))
    model.train(not is_predicting)
    run = torch.compile(model) if is_compiled else model
    seen = torch.compile(resnet.stages) if is_compiled else resnet.stages
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-5, weight_decay=1e-2)
    autocast = lambda: torch.autocast("cpu", dtype=torch.bfloat16, enabled=is_bf16)

    def prompts_of(batch):
        """[B, 4, 4, Ct]: 2x2 of the post's picture and of three crops; a missing one is a black picture, as in the public code."""
        images = []
        for name, _, _ in batch:
            found = [data / "images" / name, *(data / "crops" / crop for crop in crops.get(name, [])[:3])]
            images += [picture(path) if path.is_file() else torch.zeros(3, 224, 224) for path in found]
            images += [torch.zeros(3, 224, 224)] * (4 - len(found))
        with torch.no_grad(), autocast():
            maps = [F.adaptive_avg_pool2d(stage.float(), 2).flatten(2).transpose(1, 2) for stage in seen(torch.stack(images))]
        return torch.cat(maps, -1).view(len(batch), 4, 4, -1)

    def encoded(batch):
        longest = max(len(post[1]) for post in batch) + 2
        ids, mask = torch.zeros(len(batch), longest, dtype=torch.long), torch.zeros(len(batch), longest, dtype=torch.bool)
        tags = torch.zeros(len(batch), longest, dtype=torch.long)
        for b, (_, its_words, its_tags) in enumerate(batch):
            ids[b, : len(its_words) + 2] = torch.tensor([pieces["[CLS]"], *(pieces.get(word.lower(), 1) for word in its_words), pieces["[SEP]"]])
            tags[b, : len(its_words) + 2] = torch.tensor([2, *(names.index(tag) if tag in names else 4 for tag in its_tags), 3])
            mask[b, : len(its_words) + 2] = True
        return ids, mask, tags

    whole, of_pictures = [], []
    for number in range(batches + 1):  # the first one makes what stays: buffers, compiled code, the optimiser's state
        batch = posts[8 * number: 8 * number + 8]
        began = time.perf_counter()
        ids, mask, tags = encoded(batch)
        prompts = prompts_of(batch)
        looked = time.perf_counter()
        if is_predicting:
            with torch.no_grad(), autocast():
                model.crf.decode(run(ids, mask, prompts).float(), mask=mask)
        else:
            with autocast():
                loss = model.loss(run(ids, mask, prompts), tags, mask)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            loss.item()
        if number > 0:
            whole.append(time.perf_counter() - began)
            of_pictures.append(looked - began)
    print(json.dumps({"torch": torch.__version__, "precision": "bf16" if is_bf16 else "fp32", "compiled": is_compiled, "threads": threads,
                      "what": "predict" if is_predicting else "train", "batches": batches, "seconds": sum(whole) / batches,
                      "of_pictures": sum(of_pictures) / batches}))


if __name__ == "__main__":
    main()
