"""A small data set for pictures of Mnerva: posts in English and Chinese around the photos that scikit-image ships (public
domain and CC0), in the MNER format. Names such as "Chelsea" mean a cat in one photo and a place in another.
Needs Python 3 alone. usage: photo_posts.py WHEEL FOLDER [--first en|zh] [--posts 320]"""
import argparse
import os
import pathlib
import random
import zipfile

PHOTOS = {"astronaut": "astronaut.png", "cat": "chelsea.png", "coffee": "coffee.png", "rocket": "rocket.jpg",
          "galaxies": "hubble_deep_field.jpg"}

# {Words|TYPE} is an entity; a sentence names the photo it goes with. The first ones of a language are the ones one sees.
ENGLISH = {
    "astronaut": ["{Eileen Collins|PER} , first woman to pilot the {Space Shuttle|MISC} , in the orange suit of {NASA|ORG} 🚀",
                  "RT @{NASA|ORG} : {Collins|PER} smiles before her flight from {Florida|LOC}",
                  "so proud of {Eileen|PER} today , see you in {Houston|LOC} !",
                  "{Discovery|MISC} had no better commander than {Collins|PER} , says {Mercury|PER}"],
    "cat": ["{Chelsea|MISC} has found the warmest place in all of {Stellenbosch|LOC} again",
            "good morning from {Chelsea|MISC} and from {Stefan|PER} 🐈",
            "nobody sleeps like {Chelsea|MISC} , not even {Mercury|MISC}",
            "{Mercury|MISC} wants breakfast , {Stefan|PER} wants to sleep"],
    "coffee": ["first cup of the day in {Chelsea|LOC} with {Rachel Michetti|PER} ☕",
               "meet me in {Chelsea|LOC} at nine , {Rachel|PER} brings the beans from {Java|LOC}",
               "{Mercury|ORG} roasts the best coffee of {London|LOC}",
               "no {Monday|MISC} without {Mercury|ORG} and a spoon"],
    "rocket": ["{Falcon 9|MISC} of {SpaceX|ORG} stands ready at {Cape Canaveral|LOC} tonight",
               "{Discovery|MISC} and {Mercury|MISC} started from here too , says {SpaceX|ORG}",
               "lift-off ! {SpaceX|ORG} does it again over {Florida|LOC}",
               "the {Mercury|MISC} missions are why {Cape Canaveral|LOC} is on the map"],
    "galaxies": ["{Hubble|MISC} looked at nothing near {Ursa Major|LOC} and saw three thousand galaxies",
                 "{NASA|ORG} shows the deep field of {Hubble|MISC} again",
                 "somewhere behind {Mercury|LOC} it all goes on , says {Edwin|PER}",
                 "{Robert Williams|PER} gave his own time of {Hubble|MISC} for this"],
}
CHINESE = {
    "astronaut": ["{艾琳·柯林斯|PER}是第一位驾驶{航天飞机|MISC}的女性，{美国宇航局|ORG}为她骄傲🚀",
                  "{柯林斯|PER}出发前在{佛罗里达|LOC}微笑", "{艾琳|PER}今天到{休斯敦|LOC}了，{水星|PER}也来了"],
    "cat": ["{切尔西|MISC}又在{斯泰伦博斯|LOC}找到了最暖和的地方", "{切尔西|MISC}和{斯特凡|PER}祝大家早安🐈",
            "没有谁比{水星|MISC}更会睡觉"],
    "coffee": ["今天的第一杯咖啡，和{瑞秋|PER}在{切尔西|LOC}☕", "{水星|ORG}有{伦敦|LOC}最好的咖啡",
               "九点在{切尔西|LOC}见，{瑞秋|PER}带{爪哇|LOC}的豆子"],
    "rocket": ["{太空探索技术公司|ORG}的{猎鹰九号|MISC}今晚在{卡纳维拉尔角|LOC}待命", "{水星|MISC}计划就从{卡纳维拉尔角|LOC}开始",
               "{太空探索技术公司|ORG}又一次在{佛罗里达|LOC}升空"],
    "galaxies": ["{哈勃|MISC}在{大熊座|LOC}旁边看见三千个星系", "{美国宇航局|ORG}再次展示{哈勃|MISC}的深空",
                 "{水星|LOC}后面的世界，{埃德温|PER}说"],
}
BEFORE = {"en": ["", "", "wow ,", "look :", "today :", "finally !"], "zh": ["", "", "哇，", "看，", "今天，", "终于！"]}
AFTER = {"en": ["", "", "!", "…", "#photo", "what a view"], "zh": ["", "", "！", "……", "#照片", "真美"]}


def tokens(sentence, language):
    """Pairs (word, tag); Chinese words are characters."""
    split = (lambda text: [c for c in text if not c.isspace()]) if language == "zh" else str.split
    out = []
    for part in sentence.replace("}", "{").split("{"):
        words, _, kind = part.partition("|")
        for i, word in enumerate(split(words)):
            out.append((word, f"{'I' if i else 'B'}-{kind}" if kind else "O"))
    return out


def posts(language, count, random_):
    """(photo, tokens): every sentence once as it stands, then the same with other words around them."""
    table = CHINESE if language == "zh" else ENGLISH
    plain = [(photo, table[photo][i]) for i in range(max(map(len, table.values()))) for photo in PHOTOS
             if i < len(table[photo])]
    for i in range(count):
        photo, sentence = plain[i] if i < len(plain) else random_.choice(plain)
        around = ("", "") if i < len(plain) else (random_.choice(BEFORE[language]), random_.choice(AFTER[language]))
        yield photo, tokens(f"{around[0]} {sentence} {around[1]}", language)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("wheel")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--first", choices=["en", "zh"], default="en")
    parser.add_argument("--posts", type=int, default=320)
    options = parser.parse_args()
    random_ = random.Random(7)
    images = options.folder / "images"
    images.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(options.wheel) as wheel:
        for file in PHOTOS.values():
            (images / file).write_bytes(wheel.read(f"skimage/data/{file}"))
    order = [options.first, "zh" if options.first == "en" else "en"]
    everything = [(language, post) for language in order for post in posts(language, options.posts // 2, random_)]
    # The posts one sees stand in the test split, which no run has learnt from; the same sentences come back elsewhere.
    shown = [p for i, p in enumerate(everything) if i % (options.posts // 2) < 12]
    rest = [p for i, p in enumerate(everything) if i % (options.posts // 2) >= 12]
    random_.shuffle(rest)
    half = len(rest) * 4 // 5
    splits = {"test": shown + rest[half:half + 16], "train": rest[:half], "valid": rest[half + 16:]}
    number = 0
    for split, members in splits.items():
        with open(options.folder / f"{split}.txt", "w", encoding="utf-8") as out:
            for language, (photo, words) in members:
                number += 1
                name = f"{number:04d}" + pathlib.Path(PHOTOS[photo]).suffix
                os.link(images / PHOTOS[photo], images / name)  # one photo, many posts
                out.write(f"IMGID:{number:04d}\n" + "".join(f"{word}\t{tag}\n" for word, tag in words) + "\n")


if __name__ == "__main__":
    main()
