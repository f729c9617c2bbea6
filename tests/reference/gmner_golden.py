#!/usr/bin/env python3
"""Makes tests/golden/gmner.json: H-Index (models.md 4.7) in plain PyTorch, for tests/unit/models/gmner_test.cpp.

Needs torch, transformers. Run by hand: python3 tests/reference/gmner_golden.py
Weights and region features are those of nn_formula.py. Loops over posts and regions on purpose: no padding tricks here.
"""
import json
import pathlib

import torch
from torch import nn
from transformers import BartConfig, BartModel, BertConfig, BertModel
from transformers.models.bart.modeling_bart import BartDecoderLayer

from nn_formula import formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "gmner.json"
H, C4, LEVELS, POSITIONS, MOST_REGIONS, L_D = 16, 5, 14, 80, 4, 2
TYPES = ["PER", "LOC"]
BERT = BertConfig(vocab_size=20, hidden_size=H, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
                  max_position_embeddings=POSITIONS, type_vocab_size=2, hidden_act="gelu", layer_norm_eps=1e-12)
BART = BartConfig(vocab_size=20, d_model=H, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
                  decoder_attention_heads=2, encoder_ffn_dim=24, decoder_ffn_dim=32, activation_function="gelu",
                  max_position_embeddings=80, scale_embedding=True)

# [first position, pieces] of each word; a word of no piece has vanished.
POSTS = [
    {"ids": [2, 5, 9, 14, 7, 11, 3], "words": [[1, 1], [2, 2], [4, 0], [4, 1], [5, 1]],
     "entities": [[1, 3, "LOC", [[0, 0, 10, 10]]], [4, 4, "PER", []]],
     "regions": [[0, 0, 10, 9], [0, 0, 10, 7], [30, 30, 40, 40]]},
    {"ids": [2, 4, 6, 8, 10, 12, 19, 17, 3], "words": [[1, 2], [3, 1], [4, 1], [5, 2], [7, 1]],
     "entities": [[0, 0, "PER", [[2, 2, 12, 12], [90, 90, 99, 99]]], [3, 4, "PER", [[50, 50, 60, 60]]]],
     "regions": [[3, 2, 12, 12], [88, 90, 120, 99]]},
    {"ids": [2, 17, 18, 3], "words": [[1, 1], [2, 1]], "entities": [[0, 0, "LOC", []]], "regions": []},
]
FRAME = [100, 100]
KEPT = ("model_type", "vocab_size", "d_model", "encoder_layers", "decoder_layers", "encoder_attention_heads",
        "decoder_attention_heads", "encoder_ffn_dim", "decoder_ffn_dim", "max_position_embeddings", "dropout",
        "activation_function", "scale_embedding", "pad_token_id", "bos_token_id", "eos_token_id")


def clipped(box):
    return [max(box[0], 0), max(box[1], 0), min(box[2], FRAME[0]), min(box[3], FRAME[1])]


def iou(a, b):
    w, h = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    inter = max(w, 0) * max(h, 0)
    return inter / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inter)


def labels(gold, regions):
    q = torch.tensor([max([iou(g, clipped(r)) for g in gold] + [0.0]) for r in regions], dtype=torch.float64)
    q[q < 0.5] = 0
    return q / q.sum() if q.sum() > 0 else q


class HIndex(nn.Module):
    def __init__(self, backbone, grounded, compat, normalize, missing):
        super().__init__()
        self.backbone = backbone
        self.grounded, self.compat, self.normalize, self.missing = grounded, compat, normalize, missing
        self.first_type = 4 if grounded else 2
        self.shift = self.first_type + len(TYPES)
        if backbone == "bart":
            self.bart = BartModel(BART)
            self.writer = [self.bart.decoder]  # a list: its parameters have their names already
        else:
            self.bert = BertModel(BERT, add_pooling_layer=False)
            self.decoder = nn.Module()
            longest = 30 + int(0.6 * (POSITIONS + MOST_REGIONS)) + 1
            self.decoder.embed_positions = nn.Embedding(longest + 2, H)
            self.decoder.layers = nn.ModuleList(BartDecoderLayer(BART) for _ in range(L_D))
            self.decoder.layernorm_embedding = nn.LayerNorm(H)
            self.writer = [self.decoder]
        self.region_projection = nn.Linear(C4, H)
        self.pointer_in, self.pointer_out = nn.Linear(H, H), nn.Linear(H, H)
        self.tag_vectors = nn.Parameter(torch.zeros(self.shift - 2, H))

    def encode(self, post, features):
        """One post: (memory, vectors of tokens, word keys, region keys)."""
        ids = torch.tensor(post["ids"])
        if self.backbone == "bart":
            reader = self.bart.encoder
            words = self.bart.shared(ids) * H ** 0.5
            text = reader.layernorm_embedding(words + reader.embed_positions.weight[2:2 + len(ids)])
            layers = [lambda x, bias, layer=layer: layer(x, bias, layer_head_mask=None)[0] for layer in reader.layers]
        else:
            words = self.bert.embeddings.word_embeddings(ids)
            text = self.bert.embeddings(input_ids=ids[None])[0]
            layers = [lambda x, bias, layer=layer: layer(x, attention_mask=bias)[0]
                      for layer in self.bert.encoder.layer]
        rows = len(post["regions"])
        F = torch.zeros(MOST_REGIONS if self.compat or self.missing else rows, C4, dtype=torch.float64)
        F[:rows] = features[:rows]
        if self.normalize and rows:
            F = F / F.norm()
        V = self.region_projection(F)
        x = torch.cat([V, text])[None]
        seen = torch.ones(x.shape[1])
        seen[rows:len(F)] = 0
        if self.compat:  # the missing rows are read, the real ones are not
            seen[:rows], seen[rows:len(F)] = 0, 1
        bias = ((1 - seen.double()) * -1e9)[None, None, None].expand(1, 1, x.shape[1], -1)
        for layer in layers:
            x = layer(x, bias)
        x = x[0]
        mlp = lambda y: self.pointer_out(torch.relu(self.pointer_in(y)))
        memory = torch.cat([x[:rows], x[len(F):]])
        vectors = torch.cat([words[:1], words[-1:], self.tag_vectors, words])
        scored = len(F) if self.missing else rows  # the public code scores the places of missing regions too
        return memory, vectors, (mlp(x[len(F):]) + words) / 2, (mlp(x[:scored]) + V[:scored]) / 2

    def decode(self, encoded, tokens):
        """Scores [T, S] with None where a token can never come, and region scores [T, R]."""
        memory, vectors, keys, region_keys = encoded
        T = len(tokens)
        writer = self.writer[0]
        x = vectors[torch.tensor(tokens)] + writer.embed_positions.weight[2:2 + T]
        x = writer.layernorm_embedding(x)[None]
        causal = torch.full((T, T), -1e9, dtype=torch.float64).triu(1)[None, None]
        for layer in writer.layers:
            x = layer(x, attention_mask=causal, encoder_hidden_states=memory[None])[0]
        h = x[0]
        named = h @ vectors[1:self.shift].T
        pointers = h @ keys.T
        never = torch.full_like(pointers[:, :1], -1e30)
        scores = torch.cat([never, named, never, pointers[:, 1:-1], never], 1)
        return scores, h @ region_keys.T

    def target(self, post):
        tokens, flags = [0], []
        for first, last, kind, boxes in post["entities"]:
            tokens += [self.shift + f for f, n in post["words"][first:last + 1] if n > 0]
            q = labels(boxes, post["regions"])
            if self.grounded:
                covered = q.sum() > 0
                if covered and self.missing:
                    q = torch.cat([q, torch.zeros(MOST_REGIONS - len(q), dtype=torch.float64)])
                if covered:
                    flags.append((len(tokens), q))
                tokens.append(2 if covered else 3)
            tokens.append(self.first_type + TYPES.index(kind))
        return tokens + [1], flags

    def greedy(self, post, features):
        encoded = self.encode(post, features)
        limit = 30 + int(0.6 * (len(post["ids"]) + len(post["regions"])))
        tokens, regions = [0], []
        while len(tokens) <= limit and tokens[-1] != 1:
            scores, region_scores = self.decode(encoded, tokens)
            if self.grounded and tokens[-1] == 2 and len(region_scores[-1]):
                regions.append([len(tokens) - 1, int(region_scores[-1].argmax())])
            tokens.append(int(scores[-1].argmax()))
        return tokens, regions


def case(backbone, grounded, loss_kind, compat, normalize, weight, missing=False):
    model = HIndex(backbone, grounded, compat, normalize, missing).eval()
    with torch.no_grad():
        for name, p in model.named_parameters():
            norm = ("orm" in name) and name.endswith("weight")
            p.copy_(formula(name, tuple(p.shape), 0.15, 1.0 if norm else 0.0))
        # As it is, greedy decoding repeats one token: make places and one flag (or all types) louder.
        model.writer[0].embed_positions.weight.mul_(8.0)
        (model.tag_vectors[0].mul_(12.0) if grounded else model.tag_vectors.mul_(2.0))
    model = model.double()
    features = formula("regions", (len(POSTS), MOST_REGIONS, LEVELS)).double()[..., -C4:]
    token_losses, region_losses, out = [], [], []
    for b, post in enumerate(POSTS):
        encoded = model.encode(post, features[b])
        tokens, flags = model.target(post)
        scores, region_scores = model.decode(encoded, tokens[:-1])
        token_losses += list(nn.functional.cross_entropy(scores, torch.tensor(tokens[1:]), reduction="none"))
        for at, q in flags:
            s = region_scores[at]
            if loss_kind == "kl":
                region_losses.append(nn.functional.kl_div(s.log_softmax(-1), q, reduction="sum"))
            else:
                region_losses += list(nn.functional.binary_cross_entropy_with_logits(s, q, reduction="none"))
        written, chosen = model.greedy(post, features[b])
        shown = torch.where(scores > -1e29, scores, torch.zeros_like(scores))
        out.append({"tokens": tokens, "scores": rounded(shown),
                    "region_scores": rounded(region_scores), "written": written, "chosen": chosen})
    loss = torch.stack(token_losses).mean()
    if grounded:
        loss = loss + weight * torch.stack(region_losses).mean()
    loss.backward()
    gradients = {}
    for name, p in model.named_parameters():
        if p.grad is not None:
            gradients[name] = summary(name, p.grad)
    return {"backbone": backbone, "grounded": grounded, "region_loss": loss_kind, "compat_mask": compat, "normalize": normalize,
            "score_missing_regions": missing, "region_weight": weight, "loss": loss.item(), "posts": out, "gradients": gradients}


OUT.write_text(json.dumps({"posts": POSTS, "frame": FRAME,
                           "bart": {k: v for k, v in BART.to_dict().items() if k in KEPT},
                           "cases": [case("generic", False, "kl", False, True, 1.0),
                                     case("generic", True, "kl", False, True, 1.0),
                                     case("generic", True, "bce", True, False, 0.5),
                                     case("bart", True, "kl", False, True, 1.0),
                                     case("generic", True, "kl", False, True, 1.0, missing=True),
                                     case("generic", True, "bce", False, False, 1.0, missing=True)]}, separators=(",", ":")) + "\n")
