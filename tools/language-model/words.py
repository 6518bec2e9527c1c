"""Word frequencies per lane, from material whose licences allow a derived model.

See docs/decisions/0003-language-model.md for the sources and why these. Nothing here reads a text
that language identification is measured on.
"""

from __future__ import annotations

import collections
import gzip
import re
import struct
import unicodedata
import zipfile
from pathlib import Path

import msgpack

# The order of the lanes is part of the model's format; LanguageModel.swift repeats it.
LANES = ["nl", "pl", "en", "de", "af", "fr", "es", "it", "pt", "sv", "da", "nb", "cs", "sk", "hr", "rest"]
LANE = {name: index for index, name in enumerate(LANES)}
# Languages that share the last lane: they only have to be told from the lanes before.
REST = ["ro", "hu", "fi", "tr", "lt", "lv", "id", "ca", "is", "fil"]
LARGE = {"nl", "pl", "en", "de", "fr", "es", "it", "pt", "sv", "nb", "cs"}

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Letters that Unicode does not decompose, as the product's own folding has them.
FOLDS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# What a language glues to the front of a word with an apostrophe; the product's tokens keep it.
ELISIONS = {
    "fr": ["l'", "d'", "qu'", "n'", "s'", "j'", "c'", "m'"],
    "it": ["l'", "d'", "un'", "dell'", "all'", "nell'", "sull'", "c'"],
}
ELISION_SHARE = {"fr": 0.06, "it": 0.03}
# How much of a language's writing leaves the diacritics out, for phones and old forms.
BARE_SHARE = collections.defaultdict(lambda: 0.10, {"pl": 0.30, "nl": 0.30})


def normal(word: str) -> str:
    """NFKC_Casefold as the product's tokens have it, with one kind of apostrophe."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).casefold())
    return folded.replace("’", "'")


def bare(word: str) -> str:
    """The word without diacritics."""
    marks = unicodedata.normalize("NFD", word.translate(FOLDS))
    return unicodedata.normalize("NFC", "".join(c for c in marks if not unicodedata.combining(c)))


def is_latin(word: str) -> bool:
    return all(c == "'" or ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 for c in word)


def wordfreq_list(wheel: zipfile.ZipFile, code: str) -> dict[str, float]:
    """One list of the wordfreq package: word to frequency (a share of all tokens)."""
    size = "large" if code in LARGE else "small"
    data = msgpack.unpackb(gzip.decompress(wheel.read(f"wordfreq/data/{size}_{code}.msgpack.gz")))
    if data[0] != {"format": "cB", "version": 1}:
        raise SystemExit(f"wordfreq {code}: unknown format {data[0]}")
    found: dict[str, float] = collections.defaultdict(float)
    for bin_index, words in enumerate(data[1:]):
        for word in words:
            word = normal(word)
            if WORD.fullmatch(word) and is_latin(word) and len(word) <= 30:
                found[word] += 10 ** (-bin_index / 100)
    return found


def mo_strings(data: bytes):
    """The translated strings of a gettext catalogue."""
    _, _, count, _, table = struct.unpack("<5I", data[:20])
    for index in range(1, count):  # 0 is the header
        length, offset = struct.unpack_from("<2I", data, table + 8 * index)
        yield data[offset : offset + length].decode("utf-8", "replace")


def afrikaans(sources: Path) -> dict[str, float]:
    """Afrikaans has no wordfreq list: counts from translations under MPL-2.0, BSD and Apache-2.0."""
    counts: collections.Counter[str] = collections.Counter()

    def count(text: str) -> None:
        text = re.sub(r"<[^>]*>|&\w+;|%\(?\w+\)?s?|\$\w+|\{[^}]*\}", " ", text)
        counts.update(normal(w) for w in WORD.findall(re.sub(r"[_~&]", "", text)))

    for catalogue in sorted((sources / "libreoffice-l10n-af").rglob("*.mo")):
        for text in mo_strings(catalogue.read_bytes()):
            count(text)
    with zipfile.ZipFile(next(sources.glob("[dD]jango-*.whl"))) as wheel:
        for name in sorted(n for n in wheel.namelist() if re.search(r"/locale/af/.*\.mo$", n)):
            for text in mo_strings(wheel.read(name)):
                count(text)
    with zipfile.ZipFile(next(sources.glob("gflanguages-*.whl"))) as wheel:
        sample = wheel.read("gflanguages/data/languages/af_Latn.textproto").decode()
        # Prose, not a program's labels: worth more than its few hundred words.
        for text in re.findall(r'(?:styles|tester|specimen_\d+): "(.*)"', sample):
            for _ in range(5):
                count(text.replace("\\n", " "))
    # A label's word ("kies", "teks", "dokument") stands in thousands of strings: damp the counts.
    damped = {w: n**0.8 for w, n in counts.items() if len(w) <= 30}
    total = sum(damped.values())
    return {w: n / total for w, n in damped.items()}


def widen(code: str, words: dict[str, float]) -> dict[str, float]:
    """Adds the writings that the lists lack: without diacritics, and with elided words in front."""
    wide: dict[str, float] = collections.defaultdict(float, words)
    for word, share in words.items():
        plain = bare(word)
        if plain != word:
            wide[plain] += BARE_SHARE[code] * share
        if code in ELISIONS and plain[0] in "aeiouhy" and share > 1e-7 and "'" not in word:
            for prefix in ELISIONS[code]:
                wide[prefix + word] += ELISION_SHARE[code] / len(ELISIONS[code]) * share
    return wide


def all_words(sources: Path) -> dict[str, dict[str, float]]:
    """Lane name to word to frequency."""
    wheel = zipfile.ZipFile(next(sources.glob("wordfreq-*.whl")))
    lanes: dict[str, dict[str, float]] = {}
    for lane in LANES[:-1]:
        if lane == "af":
            lanes[lane] = widen(lane, afrikaans(sources))
        elif lane == "hr":
            # Croatian comes with Serbian and Bosnian in one list; Slovene is near them.
            both: dict[str, float] = collections.defaultdict(float)
            for code, share in (("sh", 0.75), ("sl", 0.25)):
                for word, value in wordfreq_list(wheel, code).items():
                    both[word] += share * value
            lanes[lane] = widen(lane, both)
        else:
            lanes[lane] = widen(lane, wordfreq_list(wheel, lane))
    rest: dict[str, float] = collections.defaultdict(float)
    for code in REST:
        for word, value in widen(code, wordfreq_list(wheel, code)).items():
            rest[word] += value / len(REST)
    lanes["rest"] = rest
    return lanes
