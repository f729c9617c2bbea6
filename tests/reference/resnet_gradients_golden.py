#!/usr/bin/env python3
"""Makes tests/golden/nn_resnet_gradients.json: ResNets that learn, for tests/unit/nn/trained_resnet_test.cpp.

Needs torch. Run by hand: python3 tests/reference/resnet_gradients_golden.py
The blocks below have torchvision's form and names (nn_golden.py compares the forward pass with torchvision itself).
Weights as fill_resnet of nn_formula.py makes them. With "batch" BatchNorm is in training mode.
"""
import json
import pathlib

import torch
from torch import nn

from nn_formula import fill_resnet, formula, rounded, summary

OUT = pathlib.Path(__file__).resolve().parent.parent / "golden" / "nn_resnet_gradients.json"
SIDE = 64


class Block(nn.Module):
    def __init__(self, cin, width, stride, bottleneck):
        super().__init__()
        cout = 4 * width if bottleneck else width
        first = 1 if bottleneck else stride
        self.bottleneck = bottleneck
        self.conv1 = nn.Conv2d(cin, width, 1 if bottleneck else 3, first, 0 if bottleneck else 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride if bottleneck else 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        if bottleneck:
            self.conv3, self.bn3 = nn.Conv2d(width, cout, 1, bias=False), nn.BatchNorm2d(cout)
        if stride != 1 or cin != cout:
            self.downsample = nn.Sequential(nn.Conv2d(cin, cout, 1, stride, bias=False), nn.BatchNorm2d(cout))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if self.bottleneck:
            y = self.bn3(self.conv3(torch.relu(y)))
        return torch.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class ResNet(nn.Module):
    def __init__(self, blocks, bottleneck):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        self.relu, self.maxpool = nn.ReLU(), nn.MaxPool2d(3, 2, 1)
        cin = 64
        for i, count in enumerate(blocks):
            width, layer = 64 << i, []
            for b in range(count):
                layer.append(Block(cin, width, 2 if i > 0 and b == 0 else 1, bottleneck))
                cin = 4 * width if bottleneck else width
            setattr(self, f"layer{i + 1}", nn.Sequential(*layer))


def filled(kind):
    model = ResNet((2, 2, 2, 2), False) if kind == "resnet18" else ResNet((3, 4, 6, 3), True)
    fill_resnet(model)
    return model.double()


def case(kind, batch):
    model = filled(kind).train(batch)
    images = formula("image", (2, 3, SIDE, SIDE), 2.0).double().requires_grad_()
    x = model.maxpool(model.relu(model.bn1(model.conv1(images))))
    loss, stages = 0, []
    for i, stage in enumerate((model.layer1, model.layer2, model.layer3, model.layer4)):
        x = stage(x)
        loss = loss + (x * formula(f"stage {i}", tuple(x.shape)).double()).sum() * 0.1
        stages.append(rounded(torch.stack([x.mean(), x.abs().max(), (x * x).mean()])))
    loss.backward()
    gradients = {name: summary(name, p.grad) for name, p in model.named_parameters() if p.grad is not None}
    running = {name: summary(name, t) for name, t in model.state_dict().items() if "running" in name} if batch else {}
    return {"kind": kind, "batch": batch, "loss": loss.item(), "stages": stages, "image_gradient": summary("image", images.grad),
            "gradients": gradients, "running": running}


OUT.write_text(json.dumps([case("resnet18", False), case("resnet18", True), case("resnet50", False)], separators=(",", ":")) + "\n")
