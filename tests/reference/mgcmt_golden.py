#!/usr/bin/env python3
"""Makes tests/golden/mgcmt.json: MGCMT (models.md 4.8) in plain PyTorch, for tests/unit/models/mgcmt_test.cpp.

Needs torch, transformers, pytorch-crf. Run by hand: python3 tests/reference/mgcmt_golden.py
Weights, picture and word vectors are those of nn_formula.py, by the names of the parameters.
"""
import json
import pathlib

import torch
from torch import nn
from torchcrf import CRF
from transformers import BertModel
from transformers.models.bert.modeling_bert import BertLayer

from nn_formula import fill_bert, formula, gradients, rounded
from umt_golden import C4, CLASSES, CONFIG, H, HAS_PICTURE, IDS, LEVELS, MASK, SPANS, TAGS, Z, Stacked, cmt

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "mgcmt.json"
D = 6  # of the vectors of like words


def seen(mask, x):
    """Zero for posts that have nothing to look at."""
    return torch.where(mask.any(1)[:, None, None], x, torch.zeros_like(x))


class Mgcmt(Stacked):
    def __init__(self, fusion, image, labels, aux, augment, layers):
        super().__init__(layers)
        self.kind, self.image, self.labels, self.aux = fusion, image, labels, aux
        self.bert = BertModel(CONFIG, add_pooling_layer=False)
        if augment:
            self.augmentation = nn.Linear(D, H)
        self.main_block = BertLayer(CONFIG)
        if aux:
            self.aux_block, self.aux_emission = BertLayer(CONFIG), nn.Linear(H, len(SPANS))
            self.aux_crf = CRF(len(SPANS), batch_first=True)
        if image:
            self.grid_projection_1, self.grid_projection_2 = nn.Linear(C4, H), nn.Linear(C4, H)
            self.grid_block_1, self.grid_block_2 = BertLayer(CONFIG), BertLayer(CONFIG)
            self.add_stacks("t2i", "i2t", "t2t")
        if labels:
            self.object_embedding = nn.Embedding(85, H)
            self.object_block_1, self.object_block_2 = BertLayer(CONFIG), BertLayer(CONFIG)
            self.add_stacks("t2o", "o2t", "t2t_object")
        if fusion == "gates":
            for used, name in ((image, "image_gate"), (labels, "object_gate")):
                if used:
                    self.add_module(name, nn.Linear(2 * H, H))  # W1 and W2 side by side, b1
        if fusion == "attention":
            self.fusion_query = nn.Linear(H, H)
        if fusion == "attention-code":
            self.fusion_score_in, self.fusion_score_out = nn.Linear(H, H), nn.Linear(H, 1)
        elif fusion == "concat":
            self.fusion = nn.Linear(2 * H * (image + labels), H)
        elif image and labels:
            self.fusion = nn.Linear(2 * H, H)
        self.joint = nn.Linear(2 * H, H)
        self.emission = nn.Linear(H, len(CLASSES))
        self.crf = CRF(len(CLASSES), batch_first=True)

    def mix(self, gate, S_m, a, b):
        if self.kind == "gates":
            w = getattr(self, gate)
            g = torch.sigmoid(a @ w.weight[:, :H].T + b @ w.weight[:, H:].T + w.bias)
            return g * a + (1 - g) * b
        q = self.fusion_query(S_m)
        scores = torch.stack([(q * a).sum(-1), (q * b).sum(-1)], -1) / H ** 0.5
        p = scores.softmax(-1)
        return p[..., :1] * a + p[..., 1:] * b

    def forward(self, ids, mask, y, a, grid, has_picture, objects):
        S = self.bert(input_ids=ids, attention_mask=mask.long()).last_hidden_state
        if hasattr(self, "augmentation"):
            S = S + self.augmentation(a)
        aux = self.aux_emission(cmt(self.aux_block, S, S, mask)[0]) if self.aux else None
        S_m = cmt(self.main_block, S, S, mask)[0]
        parts, heat, streams = [], None, {}
        if self.image:
            G = grid[..., -C4:]
            cells = has_picture[:, None].expand(-1, 49)
            x1, x2 = self.grid_projection_1(G), self.grid_projection_2(G)
            G1, G2 = cmt(self.grid_block_1, x1, x1, cells)[0], cmt(self.grid_block_2, x2, x2, cells)[0]
            V, heat = self.stack("t2i", S_m, G1, cells)
            V = seen(cells, V)
            P, _ = self.stack("i2t", G2, S_m, mask)
            U, _ = self.stack("t2t", S_m, P, cells)
            streams |= {"V": V, "U": U}
            if self.kind != "attention-code":
                parts += [V, U] if self.kind == "concat" else [self.mix("image_gate", S_m, V, U)]
        if self.labels:
            O, there = self.object_embedding(objects), objects != 0
            O1, O2 = cmt(self.object_block_1, O, O, there)[0], cmt(self.object_block_2, O, O, there)[0]
            Vo = seen(there, self.stack("t2o", S_m, O1, there)[0])
            Po, _ = self.stack("o2t", O2, S_m, mask)
            Uo, _ = self.stack("t2t_object", S_m, Po, there)
            streams |= {"Vo": Vo, "Uo": Uo}
            if self.kind != "attention-code":
                parts += [Uo, Vo] if self.kind == "concat" else [self.mix("object_gate", S_m, Uo, Vo)]
        if self.kind == "attention-code":  # ffusion_method 3 and mlp_score of CIKM2022-MGCMT/MGCMT:my_bert/mner_modeling.py
            s = torch.stack([streams[name] for name in ("Uo", "V", "U", "Vo") if name in streams], 2)  # [B, n, 4, H]
            score = torch.relu(self.fusion_score_out(torch.relu(self.fusion_score_in(s))))  # dropout is off here
            parts = [(score.softmax(2) * s).sum(2)]
        F = torch.relu(self.fusion(torch.cat(parts, -1))) if hasattr(self, "fusion") else parts[0]
        E = self.emission(self.joint(torch.cat([S_m, F], -1)))
        loss = -self.crf(E, y, mask=mask, reduction="mean")
        if self.aux:
            loss = loss - 0.5 * self.aux_crf(aux, torch.tensor(Z)[y], mask=mask, reduction="mean")
        return E, aux, heat, loss


def case(fusion="gates", image=True, labels=True, aux=True, augment=True, layers=1, full=False):
    model = Mgcmt(fusion, image, labels, aux, augment, layers).eval()
    fill_bert(model)
    model = model.double()
    first = ~torch.isin(TAGS, torch.tensor([0, 6, 7, 8]))  # a word's first piece
    a = formula("like words", (3, 8, D)).double() * first[:, :, None]
    grid = formula("grid", (3, 49, LEVELS)).double() * HAS_PICTURE[:, None, None]
    objects = torch.tensor([[1, 17, 80, 0, 0], [0, 0, 0, 0, 0], [63, 1, 0, 0, 0]])
    E, auxiliary, heat, loss = model(IDS, MASK, TAGS, a, grid, HAS_PICTURE, objects)
    loss.backward()
    used = MASK[:, :, None]  # what stands at padding is nobody's business
    own = ("object_embedding", "fusion", "fusion_query", "joint", "augmentation", "image_gate", "object_gate",
           "fusion_score_in", "fusion_score_out")
    kept = {name: g for name, g in gradients(model).items() if full or name.split(".")[0] in own}
    out = {"options": {"fusion": fusion, "use_global": image, "use_labels": labels, "use_aux": aux, "augment": augment,
                       "t2i_layers": layers, "i2t_layers": layers, "t2t_layers": layers},
           "ids": IDS.tolist(), "mask": MASK.long().tolist(), "tags": TAGS.tolist(), "first": first.long().tolist(),
           "has_picture": HAS_PICTURE.long().tolist(), "objects": objects.tolist(), "loss": loss.item(),
           "emissions": rounded(E * used), "gradients": kept}
    if full:
        out["auxiliary"] = rounded(auxiliary * used)
        out["heat"] = rounded(heat.mean(1)[0] * used[0])
    return out


if __name__ == "__main__":
    cases = [case(full=True), case("attention", layers=2), case("concat", aux=False), case(image=False, augment=False),
             case(labels=False), case("concat", image=False), case("attention", labels=False),
             case("attention-code"), case("attention-code", labels=False)]
    OUT.write_text(json.dumps(cases, separators=(",", ":")) + "\n")
