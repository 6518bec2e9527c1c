"""Messages for the tests: the sample corpus, many more made of it, and odd ones."""

import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[3]
LANGUAGES = ("nl", "pl", "en")


def program() -> str:
    """The heard that is tested: HEARD, or the newest that was built."""
    if "HEARD" in os.environ:
        return os.environ["HEARD"]
    found = [path for path in ROOT.glob(".build*/*/heard") if path.is_file()]
    if not found:
        raise SystemExit("no heard; build it with 'make build' or name it in HEARD")
    return str(max(found, key=lambda path: path.stat().st_mtime))


def corpus() -> list[str]:
    """The texts of the sample corpus, in all three languages."""
    texts = []
    for language in LANGUAGES:
        with open(ROOT / f"corpus/{language}/messages.jsonl", encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file]
    return texts


#: What customers' systems hand over and nobody expects.
ODD = [
    None, "", " ", "\n", "\r\n\t", "\0", "a\0b", "\ufeffBOM first", "{", '{"text":"inside"}',
    '"quoted"', "back\\slash \\n \\u0000", "line\u2028separator\u2029s", "\x1b[31mred\x1b[0m",
    "\u202eright to left\u202c", "e\u0301\u0301\u0301" * 50, "😡" * 200, "👩‍👩‍👧 boos!", "łąka ŁĄKA",
    "ﬁne ligature", "全部壊れた", "Ω" * 3000, "x" * 200_000, "Ik ben woedend! " * 5000, "!" * 10_000,
    "a " * 40_000, "http://example.org/?q=%00", "-", "0", "null", "NaN", "\u00ad" * 100, "\ud7ff",
    "\U0010ffff", "From a@b.nl Mon Jan  5 10:00:00 2026", "> quoted\n> twice\n\nno!",
]


def generated(count: int, seed: int = 20260105) -> list[str]:
    """More messages, made of pieces of the corpus as people mistype them; the same for a seed."""
    chance = random.Random(seed)
    texts = corpus()
    made = []
    for _ in range(count):
        text = " ".join(chance.choice(texts) for _ in range(chance.randint(1, 3)))
        change = chance.randrange(6)
        if change == 0:
            text = text.upper()
        elif change == 1:
            text = "".join(
                c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        elif change == 2:
            letters = list(text)
            for _ in range(1 + len(letters) // 40):
                at = chance.randrange(len(letters))
                letters[at] = chance.choice(["", letters[at] * 3, "😡", "\n", " "])
            text = "".join(letters)
        elif change == 3:
            text = text[: chance.randint(0, len(text))]
        made.append(text)
    return made


def judged_here(texts: list[str | None], folder: pathlib.Path, explain: bool) -> list[dict]:
    """What `heard run` writes of a file with these texts: the single machine."""
    source = folder / "single.jsonl"
    with open(source, "w", encoding="utf-8") as file:
        for number, text in enumerate(texts):
            file.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    target = folder / "single.out.jsonl"
    run = subprocess.run(
        [program(), "run", "--quiet", str(source), "-o", str(target), "--jobs", "2"]
        + (["--explain"] if explain else []), cwd=ROOT, check=False)
    if run.returncode not in (0, 65):
        raise AssertionError(f"heard run ended with {run.returncode}")
    with open(target, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def as_columns(record: dict) -> dict:
    """A record without what is no column: its id, and the place of a bad line."""
    record = dict(record)
    record.pop("id")
    if "error" in record:
        record["error"] = {
            "code": record["error"]["code"], "message": without_length(record["error"]["message"])}
    return record


def without_length(message: str) -> str:
    """A message without the length of the line, which holds the id too."""
    return re.sub(r"the line has \d+ bytes", "the line has N bytes", message)


def from_columns(row: dict) -> dict:
    """The record of which a row has the columns: keys that are not there are null."""
    record = without_nulls(row)
    if "error" in record:
        record["error"]["message"] = without_length(record["error"]["message"])
    return record


def without_nulls(value):
    """A value without the keys that are null."""
    if isinstance(value, dict):
        return {k: without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [without_nulls(v) for v in value]
    return value


def shipping_arguments() -> dict:
    """heard of this checkout, for `ship`."""
    found = shutil.which(program())
    if found is None:
        raise SystemExit(f"{program()}: no such program")
    return {
        "program": found, "lexicons": str(ROOT / "lexicons"),
        "policy": str(ROOT / "policies/default.yaml"),
    }
