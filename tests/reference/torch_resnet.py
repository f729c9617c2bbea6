"""ResNet as a plain PyTorch module, with torchvision's form and names (nn_golden.py compares the forward pass of ours with
torchvision itself). Needs torch.
"""
import torch
from torch import nn


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

    def stages(self, images):
        """[P, 3, S, S] to the four stages' maps [P, C, S/4, S/4], [P, 2C, S/8, S/8], ..."""
        x = self.maxpool(self.relu(self.bn1(self.conv1(images))))
        out = []
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
            out.append(x)
        return out
