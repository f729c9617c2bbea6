"""MPCFN (`paper`, models.md 5.3) and HVPNeT (4.6) as plain PyTorch modules, written from the specification.

Parameters have the names of model.safetensors, so golden numbers can be made with the weights of nn_formula.py by name, and
the same modules are what Mnerva's training step is timed against (tests/bench/step_reference.py). Needs torch and, for the
loss, pytorch-crf.
"""
import dataclasses
import math

import torch
import torch.nn.functional as F
from torch import nn


@dataclasses.dataclass
class Sizes:
    hidden: int = 768
    layers: int = 12
    heads: int = 12
    intermediate: int = 3072
    vocabulary: int = 30522
    positions: int = 512
    dropout: float = 0.1
    widths: tuple = (256, 512, 1024, 2048)
    objects: int = 3
    tags: int = 9
    fusion: int = 3
    prompt_hidden: int = 800
    eps: float = 1e-12


TAPE = []  # (block, weights) of every attention, for explain_golden.py; emptied by whoever reads it


class Attention(nn.Module):
    """BERT's block with queries from one side and keys and values from the other; names as in Hugging Face's BertLayer."""

    def __init__(self, s):
        super().__init__()
        H = s.hidden
        self.s = s
        self.attention = nn.ModuleDict({
            "self": nn.ModuleDict({name: nn.Linear(H, H) for name in ("query", "key", "value")}),
            "output": nn.ModuleDict({"dense": nn.Linear(H, H), "LayerNorm": nn.LayerNorm(H, s.eps)})})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(H, s.intermediate)})
        self.output = nn.ModuleDict({"dense": nn.Linear(s.intermediate, H), "LayerNorm": nn.LayerNorm(H, s.eps)})

    def heads(self, x):
        return x.view(x.shape[0], x.shape[1], self.s.heads, -1).transpose(1, 2)

    def forward(self, x, keys, mask, prefix=None):
        """x [B, Q, H], keys [B, S, H], mask bool [B, S]; prefix: K and V [B, P, H] and their mask, read by plain reshape."""
        p = self.s.dropout
        own = self.attention["self"]
        q, k, v = self.heads(own["query"](x)), self.heads(own["key"](keys)), self.heads(own["value"](keys))
        if prefix is not None:
            K, V, use = prefix
            shape = (K.shape[0], self.s.heads, K.shape[1], -1)
            k, v = torch.cat([K.reshape(shape), k], 2), torch.cat([V.reshape(shape), v], 2)
            mask = torch.cat([use, mask], 1)
        score = q @ k.transpose(2, 3) / math.sqrt(q.shape[-1])
        weights = (score + (~mask)[:, None, None, :] * -10000.0).softmax(-1)
        TAPE.append((self, weights))
        context = (F.dropout(weights, p, self.training) @ v).transpose(1, 2).flatten(2)
        out = self.attention["output"]
        y = out["LayerNorm"](x + F.dropout(out["dense"](context), p, self.training))
        up = F.gelu(self.intermediate["dense"](y))
        return self.output["LayerNorm"](y + F.dropout(self.output["dense"](up), p, self.training)), weights


class Bert(nn.Module):
    def __init__(self, s):
        super().__init__()
        self.s = s
        self.embeddings = nn.ModuleDict({
            "word_embeddings": nn.Embedding(s.vocabulary, s.hidden), "position_embeddings": nn.Embedding(s.positions, s.hidden),
            "token_type_embeddings": nn.Embedding(2, s.hidden), "LayerNorm": nn.LayerNorm(s.hidden, s.eps)})
        self.encoder = nn.ModuleDict({"layer": nn.ModuleList(Attention(s) for _ in range(s.layers))})

    def embed(self, words, types):
        e = self.embeddings
        positions = torch.arange(words.shape[1], device=words.device)
        x = words + e["position_embeddings"](positions) + e["token_type_embeddings"](types)
        return F.dropout(e["LayerNorm"](x), self.s.dropout, self.training)

    def run(self, x, mask, prefixes=None):
        for l, layer in enumerate(self.encoder["layer"]):
            x = layer(x, x, mask, prefixes[l] if prefixes else None)[0]
        return x

    def forward(self, ids, mask, prefixes=None):
        return self.run(self.embed(self.embeddings["word_embeddings"](ids), torch.zeros_like(ids)), mask, prefixes)


class Mpcfn(nn.Module):
    """Every post has its picture and all its crops. grid [B, 49, Ct], crops [B, K, 4, Ct], pooling [B, n + 2, N]."""

    def __init__(self, s):
        super().__init__()
        from torchcrf import CRF
        H = s.hidden
        self.s = s
        self.bert = Bert(s)
        for i, width in enumerate(s.widths):
            setattr(self, f"level_projection_{i + 1}", nn.Linear(width, H))
        self.level_norm = nn.LayerNorm(H, s.eps)
        self.relevance = nn.Linear(H, 2)
        for f in range(s.fusion):
            setattr(self, f"level_gate_{f + 1}", nn.Linear(H, 4))
            setattr(self, f"text_stream_{f + 1}", Attention(s))
            setattr(self, f"vision_stream_{f + 1}", Attention(s))
        self.emission = nn.Linear(2 * H, s.tags)
        self.crf = CRF(s.tags, batch_first=True)
        self.cell_positions = "post"

    def project(self, rows):
        parts = torch.split(rows, list(self.s.widths), -1)
        return [self.level_norm(getattr(self, f"level_projection_{i + 1}")(part)) for i, part in enumerate(parts)]

    def relevance_of(self, words, mask, rows):
        """The cells stand behind each post's own pieces, or (batch) behind the longest post's, as Mnerva 0.1 had it."""
        if self.cell_positions == "post" and not mask.all():
            return torch.cat([self.joint_pass(words[b:b + 1, : int(mask[b].sum())], mask[b:b + 1, : int(mask[b].sum())],
                                              rows[b:b + 1]) for b in range(len(rows))])
        return self.joint_pass(words, mask, rows)

    def joint_pass(self, words, mask, rows):
        n, S = words.shape[1], rows.shape[1]
        types = torch.cat([words.new_zeros(len(rows), n, dtype=torch.long), words.new_ones(len(rows), S, dtype=torch.long)], 1)
        x = self.bert.embed(torch.cat([words, rows], 1), types)
        x = self.bert.run(x, torch.cat([mask, mask.new_ones(len(rows), S)], 1))
        return self.relevance(x[:, 0]).softmax(-1)[:, 1]

    def forward(self, ids, mask, pooling, unit_mask, grid, crops):
        s, B, K = self.s, len(ids), crops.shape[1]
        states = self.bert(ids, mask)
        keys = pooling @ states  # [CLS], words, [SEP]
        text = keys[:, 1:-1]
        key_mask = torch.cat([unit_mask.new_ones(B, 1), unit_mask, unit_mask.new_ones(B, 1)], 1)
        words = self.bert.embeddings["word_embeddings"](ids)
        of_grid, of_crops = self.project(grid), self.project(crops.flatten(0, 1))
        r0 = self.relevance_of(words, mask, of_grid[3])
        rk = self.relevance_of(words.repeat_interleave(K, 0), mask.repeat_interleave(K, 0), of_crops[3])
        of_grid = [rows * r0[:, None, None] for rows in of_grid]
        of_crops = [rows * rk[:, None, None] for rows in of_crops]
        Q, S, maps, gates = text, 0, [], []
        visible = unit_mask.new_ones(B, 49 + 4 * K)
        for f in range(s.fusion):
            gate = getattr(self, f"level_gate_{f + 1}")

            def fused(levels):
                stacked = torch.stack(levels, 1)  # [P, 4, S, H]
                G = F.leaky_relu(gate(stacked.mean(2).mean(1)), 0.01).softmax(-1)
                return (stacked * G[:, :, None, None]).sum(1), G

            rows, G = fused(of_grid)
            M = torch.cat([rows, fused(of_crops)[0].view(B, 4 * K, -1)], 1)
            seen = getattr(self, f"vision_stream_{f + 1}")(M + S, keys, key_mask)[0]
            Q, a = getattr(self, f"text_stream_{f + 1}")(Q, M, visible)
            S = seen
            maps.append(a)
            gates.append(G)
        u = maps[-1].mean(1) @ S
        E = self.emission(F.dropout(torch.cat([Q, u], -1), s.dropout, self.training))
        return E, torch.cat([r0[:, None], rk.view(B, K)], 1), gates, maps

    def loss(self, emissions, tags, unit_mask):
        return -self.crf(emissions, tags, mask=unit_mask, reduction="mean")


class Hvpnet(nn.Module):
    """X mode; prompts [B, 1 + K, 4, Ct]."""

    def __init__(self, s):
        super().__init__()
        from torchcrf import CRF
        H, Ct = s.hidden, sum(s.widths)
        self.s = s
        self.bert = Bert(s)
        self.prompt_in, self.prompt_out = nn.Linear(Ct, s.prompt_hidden), nn.Linear(s.prompt_hidden, 8 * H)
        for l in range(s.layers):
            setattr(self, f"level_gate_{l + 1}", nn.Linear(8 * H, 4))
        self.emission = nn.Linear(H, s.tags)
        self.crf = CRF(s.tags, batch_first=True)

    def forward(self, ids, mask, prompts):
        s, B, P = self.s, len(ids), 4 * prompts.shape[1]
        Z = torch.split(self.prompt_out(torch.tanh(self.prompt_in(prompts))), 2 * s.hidden, -1)
        flat = (sum(Z) / 4).flatten(2)
        use, prefixes = mask.new_ones(B, P), []
        for l in range(s.layers):
            g = F.leaky_relu(getattr(self, f"level_gate_{l + 1}")(flat), 0.01).softmax(-1)
            KV = sum(g[:, :, i, None, None] * Z[i] for i in range(4)).flatten(1, 2)  # [B, P, 2H]
            prefixes.append((KV[..., :s.hidden].contiguous(), KV[..., s.hidden:].contiguous(), use))
        x = self.bert(ids, mask, prefixes)
        return self.emission(F.dropout(x, s.dropout, self.training))

    def loss(self, emissions, tags, mask):
        return -self.crf(emissions, tags, mask=mask, reduction="mean")
