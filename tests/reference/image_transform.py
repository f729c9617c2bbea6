#!/usr/bin/env python3
"""Golden digests of transform (i) of models.md 3: torchvision's Resize(256) and CenterCrop(224) on Pillow pictures.

Needs Pillow (Debian: python3-pil); with torchvision installed the same numbers come from its own functions. Tried: Pillow
9.4.0, 9.5.0, 10.4.0, 11.3.0, 12.0.0 to 12.3.0 and 13.0.0, torchvision 0.29.2, all with the same digests.
usage: image_transform.py > tests/golden/vision/image_transform.txt
"""
import hashlib

from PIL import Image

SIZES = [(224, 224), (256, 256), (640, 480), (480, 640), (1024, 683), (100, 75), (31, 57), (1, 1), (3, 200), (1200, 40),
         (257, 256), (255, 511), (999, 333)]


def picture(width, height):
    data = bytearray()
    for y in range(height):
        for x in range(width):
            for c in range(3):
                data.append((x * 7 + y * 13 + c * 50 + (x * y) % 31 * 3) % 256)
    return Image.frombytes("RGB", (width, height), bytes(data))


def transform(image):
    width, height = image.size
    if width <= height:
        size = (256, int(256 * height / width))
    else:
        size = (int(256 * width / height), 256)
    image = image.resize(size, Image.BILINEAR)
    left, top = int(round((size[0] - 224) / 2.0)), int(round((size[1] - 224) / 2.0))
    return size, image.crop((left, top, left + 224, top + 224))


def check_against_torchvision(image, crop):
    try:
        from torchvision import transforms
    except ImportError:
        return
    other = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224)])(image)
    assert other.tobytes() == crop.tobytes()


def main():
    print("# width height resized-width resized-height sha256-of-the-224x224-RGB-crop first-pixel middle-pixel")
    for width, height in SIZES:
        image = picture(width, height)
        size, crop = transform(image)
        check_against_torchvision(image, crop)
        pixels = ["%d,%d,%d" % crop.getpixel(p) for p in ((0, 0), (112, 112))]
        print(width, height, *size, hashlib.sha256(crop.tobytes()).hexdigest(), *pixels)


main()
