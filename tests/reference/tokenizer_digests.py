"""Makes tests/golden/bpe, tests/golden/unigram, tokenizer_digests.json and tokenizer_words.json with Hugging Face's tokenizers.

    pip install tokenizers numpy
    python tests/reference/tokenizer_digests.py DATA --wordpiece       # DATA holds vocab/, twitter2015/, twitter2015-original/, ...
    python tests/reference/tokenizer_digests.py DATA --time
    pip install 'transformers==4.30.2' 'sentencepiece==0.1.97' 'protobuf<4' numpy
    python tests/reference/tokenizer_digests.py DATA --subwords
    python tests/reference/tokenizer_digests.py DATA --full DIR        # also a unigram model with the whole nmt_nfkc map, into DIR

Each run writes the columns that are its own and leaves the others as they are: they are made with different versions.

A digest is SHA-256 over, for each word of the file in file order, the decimal ids of its pieces joined by one space and then
a line feed (a word that vanishes gives the line feed alone). Words are what stands before the first TAB of each line that has one;
lines end at LF only. Each word is tokenised on its own, without special tokens. The digests hold no text of the data sets.

WordPiece: the published vocabularies, cased and uncased. The two small vocabularies of bpe and unigram are learned from texts of
this repository only. Byte-level BPE: ids of RobertaTokenizerFast with add_prefix_space. Unigram: ids of XLMRobertaTokenizer, and of
CamembertTokenizer for the hand-written words; its character map is a small one made here (NFKC of some blocks), because the usual
nmt_nfkc takes 240 KB.
"""
import hashlib
import json
import os
import pathlib
import re
import sys
import tempfile
import time
import unicodedata

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # one thread, as ours
import tokenizers

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"
ROOT = GOLDEN.parents[1]
BPE_SIZE, UNIGRAM_SIZE = 1500, 1200

FILES = [f"{s}/{f}.txt" for s in ("twitter2015", "twitter2015-original", "twitter2017") for f in ("train", "valid", "test")]
FILES += ["wukong/train-half.txt", "wukong/valid.txt", "wukong/test.txt"]
VOCABULARIES = ["bert-base-uncased", "bert-base-chinese"]

# Written by hand, one rule each; no word of a data set.
SHARED_WORDS = [
    "", " ", "hello", "HELLO", "Unbelievable", "tokenization", "#hashtag", "@user_name", "http://t.co/Ab12", "don't", "U.S.A.",
    "$1,234.56", "a-b_c", "...", "!!!", "C++", "100%", "~`^|<>", "x" * 100, "x" * 101, "é" * 101, "caf\u00e9", "cafe\u0301", "na\u00efve",
    "\u00c5ngstr\u00f6m", "\u0130stanbul", "I\u0307", "\u0131", "stra\u00dfe", "STRA\u1e9eE", "\ufb01sh", "\u01c5", "\u03a3\u03a4\u039f\u03a3", "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3", "\u041c\u043e\u0441\u043a\u0432\u0430", "\u0419\u043e\u0434",
    "\u4e2d\u56fd", "\u591a\u4f26\u591aNBA", "a\u4e2db", "\u3400", "\u9fff", "\uf900", "\U00020000", "\U0002f800", "\u3007", "\u3005", "\u2e80", "\uff21\uff22\uff23", "\uff0c", "\u3002", "\u3001",
    "\ud55c\uad6d\uc5b4", "\u1112\u1161\u11ab", "\u304c\u304e", "\u30ab\u3099", "\u65e5\u672c\u8a9e\u30c6\u30b9\u30c8", "\u0e01\u0e47\u0e40\u0e1b\u0e47\u0e19", "\u0e44\u0e17\u0e22", "\u0627\u0644\u0639\u0631\u0628\u064a\u0629", "\u0645\u064f\u062d\u064e\u0645\u064e\u0651\u062f", "\u05e9\u05c1\u05dc\u05d5\u05dd", "\u0939\u093f\u0928\u094d\u0926\u0940",
    "\U0001f600", "\U0001f469\u200d\U0001f469\u200d\U0001f467", "\u2764\ufe0f", "\ufe0f", "\u200d", "\u200b", "\u00ad", "so\u00adft", "\u200ehello", "\u202eabc", "\ufeffbom",
    "\ufffd", "a\ufffdb", "\x00", "a\x00b", "\x05", "a\x07b", "\x7f", "\x92", "\u0085", "a\tb", "a\u00a0b", "a\u2028b", "a\u2029b", "a\u3000b", "\u180e", "\u00a0",
    "\ue000", "a\uf8ffb", "\U000f0000", "\ufdd0", "\U0001ffff", "\u0378", "\u166d", "x\u166dy", "\u1734", "\u1885a", "a\ua9bdb", "a\U000111c9b", "\u0c04", "\u0890",
    "\u201cquoted\u201d", "it\u2019s", "en\u2013dash", "em\u2014dash", "\u2026", "\u00bfqu\u00e9?", "\u00a1ol\u00e9!", "\u00ab\u00bb", "\u20ac5", "\u00a35", "\u00a9", "\u2122", "\u00b2", "\u00bd", "\u2460",
    "[SEP]", "[CLS]", "[UNK]", "##ing", "##", "#", "[", "a\u0301\u0327b", "a\u0327\u0301b", "\u1e69", "\u0345", "\u212b", "\u2126", "\u1ec7", "Vi\u1ec7t",
    "supercalifragilisticexpialidocious", "qwrtzpsdfgh", "aaaaaaaaaa\U0001f600", "1st", "\u0661\u0662\u0663", "x\u0300\u0301\u0302y", "\u0300",
]
WORDS = SHARED_WORDS + [
    "'s", "'S", "it's", "we'll", "they've", "you're", "I'm", "he'd", "can't", "'", "''", "'tis", "'reach", "rock'n'roll", "x's1've", "...'s",
    "a b", "a  b", " a", "  a", "a ", "\u00a0a", "a\u00a0\u00a0b", "\u3000", "a\r\nb", "\t", "tab\there", "\n\n", "a \n b", "\u2028x",
    "abc123", "123abc", "3.14", "\u0661\u0662", "\u00b2x", "\u216b", "\u4e00\u4e8c", "x" * 300, "\u0410" * 70, "ab" * 150, "!?" * 60,
    "\u0870", "\u1e4d0", "\U0001e4d0", "\U00031350", "\U0001fae8", "\U0001d7d9", "e\u0301e\u0301", "\u0301", "\u3042\u3044",
    "\uff33\uff30\uff21\uff23\uff25", "\uff11\uff12", "\ufb01\ufb02", "\u00bd", "\u2122", "\u2460", "\uff76\uff9e", "\u2581", "a\u2581b", "\u2581\u2581",
    "model", "models", "picture", "pictures", "label", "training", "Person", "unknown\u0f00character", "\u0f00\u0f00\u0f00", "\u0f00a\u0f00", "\u6807\u6ce8",
]


def words_of(path):
    text = path.read_bytes().decode("utf-8")
    return [line.split("\t")[0] for line in text.split("\n") if "\t" in line]


def digest(all_ids):
    sha = hashlib.sha256()
    for ids in all_ids:
        sha.update((" ".join(map(str, ids)) + "\n").encode())
    return sha.hexdigest()


def corpus():
    """Words of this repository's own texts, English and Chinese."""
    files = [ROOT / "README.md", ROOT / "HACKING.md", ROOT / "CHANGELOG.md", ROOT / "core/workflow/sample/sample_words.cpp"]
    files += sorted((ROOT / "core").glob("*/README.md")) + [ROOT / "translations/mnerva_zh_CN.ts"]
    texts = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        texts += [line.strip() for line in re.sub(r"</?[a-z][^>]*>", " ", text).split("\n") if line.strip()]
    return texts


def character_map():
    """Lines of SentencePiece's rule form: NFKC of some blocks, space for what separates, nothing for controls."""
    rules = {}
    for first, last in ((0xA0, 0xFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x2100, 0x218B), (0x2460, 0x249B), (0x3000, 0x303F), (0xFB00, 0xFB06),
                        (0xFF01, 0xFFEE)):
        for code in range(first, last + 1):
            made = unicodedata.normalize("NFKC", chr(code))
            if made != chr(code):
                rules[(code,)] = [ord(c) for c in made]
    for kana in "\uff76\uff77\uff78\uff73":
        rules[(ord(kana), 0xFF9E)] = [ord(c) for c in unicodedata.normalize("NFKC", kana + "\uff9e")]
    rules[(0x65, 0x301)] = [0xE9]
    for code in list(range(1, 9)) + list(range(0xE, 0x20)) + [0xB, 0x7F, 0x8F, 0x9F]:
        rules[(code,)] = []
    for code in (9, 0xA, 0xC, 0xD, 0x1680, 0x200B, 0x200E, 0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD):
        rules[(code,)] = [0x20]
    hexadecimal = lambda codes: " ".join(f"{c:X}" for c in codes)
    return "".join(f"{hexadecimal(key)}\t{hexadecimal(value)}\n" for key, value in sorted(rules.items()))


def train_bpe(texts, folder):
    trainer = tokenizers.ByteLevelBPETokenizer(add_prefix_space=True)
    trainer.train_from_iterator(texts, vocab_size=BPE_SIZE, min_frequency=2, show_progress=False,
                                special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    folder.mkdir(parents=True, exist_ok=True)
    trainer.save_model(str(folder))
    trainer.save(str(folder / "tokenizer.json"))


def train_unigram(texts, folder, rules):
    import sentencepiece
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        input_file, prefix = pathlib.Path(scratch) / "texts", pathlib.Path(scratch) / "model"
        input_file.write_text("\n".join(texts) + "\n", encoding="utf-8")
        kind = {"normalization_rule_name": "nmt_nfkc"}
        if rules:
            (pathlib.Path(scratch) / "rules.tsv").write_text(rules, encoding="utf-8")
            kind = {"normalization_rule_tsv": str(pathlib.Path(scratch) / "rules.tsv")}
        sentencepiece.SentencePieceTrainer.train(input=str(input_file), model_prefix=str(prefix), vocab_size=UNIGRAM_SIZE, model_type="unigram",
                                                 character_coverage=0.999, num_threads=1, minloglevel=2, hard_vocab_limit=False, **kind)
        (folder / "sentencepiece.bpe.model").write_bytes(prefix.with_suffix(".model").read_bytes())


def ids_by_word(ids_of_word, words):
    cache = {word: ids_of_word(word) for word in set(words)}
    return [cache[word] for word in words]


def readers(bpe, unigram):
    from transformers import CamembertTokenizer, RobertaTokenizerFast, XLMRobertaTokenizer
    roberta = RobertaTokenizerFast(str(bpe / "vocab.json"), str(bpe / "merges.txt"), add_prefix_space=True)
    xlm = XLMRobertaTokenizer(str(unigram / "sentencepiece.bpe.model"))
    camembert = CamembertTokenizer(str(unigram / "sentencepiece.bpe.model"))
    slow = lambda tokenizer: lambda word: tokenizer.convert_tokens_to_ids(tokenizer.tokenize(word))
    return {"bpe": lambda word: roberta._tokenizer.encode(word, add_special_tokens=False).ids, "unigram": slow(xlm), "camembert": slow(camembert)}


def gpt2_classes():
    """SHA-256 of the class of every code point (surrogates left out) as GPT-2's pattern sees it: l, n, s or o."""
    cut = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces = lambda text: [text[first:last] for _, (first, last) in cut.pre_tokenize_str(text)]
    known = {" ": "s", "'": "o", "!": "o", "a": "l", "1": "n"}
    sha = hashlib.sha256()
    for code in range(0x110000):
        if 0xD800 <= code < 0xE000:
            continue
        c = chr(code)
        kind = known.get(c)
        if kind is None:
            joined = pieces("a" + c + "1")
            kind = "l" if joined == ["a" + c, "1"] else "n" if joined == ["a", c + "1"] else "o" if pieces("!" + c + "!") == ["!" + c + "!"] else "s"
        sha.update(kind.encode())
    return sha.hexdigest()


def wordpiece(path, lower_case):
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer

    tokenizer = Tokenizer(WordPiece.from_file(str(path), unk_token="[UNK]", max_input_chars_per_word=100))
    tokenizer.normalizer = BertNormalizer(clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=lower_case)
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def measure(data):
    """One thread each. `posts` is the library's fastest way: a batch of pre-split posts; `words` one call a word."""
    for file, vocabulary in (("twitter2015/train.txt", "bert-base-uncased"), ("wukong/valid.txt", "bert-base-chinese")):
        tokenizer = wordpiece(data / "vocab" / f"{vocabulary}.txt", True)
        posts = [[line.split("\t")[0] for line in block.split("\n") if "\t" in line]
                 for block in (data / file).read_bytes().decode("utf-8").split("\n\n") if block]
        words = sum(len(post) for post in posts)
        best = min(timed(lambda: tokenizer.encode_batch_fast(posts, is_pretokenized=True, add_special_tokens=False))
                   for _ in range(5))
        single = timed(lambda: [tokenizer.encode(word, add_special_tokens=False).ids for post in posts for word in post])
        print(f"{file} {vocabulary}: {words / best / 1e3:.0f} k words/s in batches of posts, {words / single / 1e3:.0f} k words/s word by word")


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write(made_with, columns, digests, rows, extra=None):
    """Puts these columns into the two files: digests {file: {column: digest}}, rows {word: {column: ids}}."""
    path = GOLDEN / "tokenizer_digests.json"
    stored = json.loads(path.read_text())
    stored["made_with"][", ".join(columns)] = made_with
    stored.update(extra or {})
    for file, made in digests.items():
        stored["files"].setdefault(file, {}).update(made)
    path.write_text(json.dumps(stored, indent=1) + "\n")
    path = GOLDEN / "tokenizer_words.json"
    known = {row["word"]: row for row in json.loads(path.read_text())["words"]}
    lines = [json.dumps({**known.get(word, {"word": word}), **rows.get(word, {})}) for word in WORDS]
    path.write_text("{\n\"made_with\": " + json.dumps(stored["made_with"]) + ",\n\"words\": [\n" + ",\n".join(lines) + "\n]\n}\n")


def make_wordpiece(data):
    digests, rows = {}, {word: {} for word in SHARED_WORDS}
    for vocabulary in VOCABULARIES:
        path = data / "vocab" / f"{vocabulary}.txt"
        for case in ("uncased", "cased"):
            tokenizer = wordpiece(path, case == "uncased")
            ids = lambda word: tokenizer.encode(word, add_special_tokens=False).ids
            for word in SHARED_WORDS:
                rows[word][f"{vocabulary} {case}"] = ids(word)
            if case == "uncased":
                for file in FILES:
                    words = words_of(data / file)
                    digests.setdefault(file, {"words": len(words)})[vocabulary] = digest(ids_by_word(ids, words))
    write(f"tokenizers {tokenizers.__version__}", VOCABULARIES, digests, rows)


def make_subwords(data, full):
    import sentencepiece
    import transformers

    texts = corpus()
    bpe, unigram = GOLDEN / "bpe", GOLDEN / "unigram"
    train_bpe(texts, bpe)
    train_unigram(texts, unigram, character_map())
    ids = readers(bpe, unigram)
    digests = {}
    for file in FILES:
        words = words_of(data / file)
        digests[file] = {"words": len(words), **{name: digest(ids_by_word(ids[name], words)) for name in ("bpe", "unigram")}}
    made_with = f"transformers {transformers.__version__}, tokenizers {tokenizers.__version__}, sentencepiece {sentencepiece.__version__}"
    rows = {word: {name: ids[name](word) for name in ids} for word in WORDS}
    write(made_with, list(ids), digests, rows, {"gpt2_classes": gpt2_classes()})
    if full:
        folder = pathlib.Path(full)
        train_unigram(texts, folder, "")
        ids_of_full = readers(bpe, folder)["unigram"]
        all_ids = {file: digest(ids_by_word(ids_of_full, words_of(data / file))) for file in FILES}
        listed = [{"word": word, "unigram": ids_of_full(word)} for word in WORDS]
        (folder / "expected.json").write_text(json.dumps({"files": all_ids, "words": listed}, indent=1))


def main():
    data = pathlib.Path(sys.argv[1])
    if "--time" in sys.argv:
        return measure(data)
    if "--wordpiece" in sys.argv:
        make_wordpiece(data)
    full = sys.argv[sys.argv.index("--full") + 1] if "--full" in sys.argv else ""
    if full or "--subwords" in sys.argv:
        make_subwords(data, full)


if __name__ == "__main__":
    main()
