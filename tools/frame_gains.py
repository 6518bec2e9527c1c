#!/usr/bin/env python3
"""What the frames of lexicons/scoring.yaml are worth.

  tools/frame_gains.py --heard .build/release/heard [--lexicons lexicons] CORPUS...

F1 of the check halves with all frames, and without those of a pair of roles. Frames with the same two roles stand in
for each other (clause, sentence, next sentence), so they are taken out together, of a copy of the lexicon folder, and
everything is measured again; nothing is fitted anew. Printed as a Markdown table: by pair of roles what the frames add
to F1 for each label, as means over the sets and languages with eight positives or more, in hundredths; where nothing
at all changes, a dot.
"""
import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

LABELS = ["complaint", "anger", "expectation-gap", "staff-targeted", "service", "pricing-dispute", "price"]
LEAST_POSITIVES = 8


def figures(heard, lexicons, corpora):
    """F1 by label, averaged over sets and languages; and the counts behind it, to see whether anything moved."""
    run = subprocess.run(
        [heard, "evaluate", "--half", "check", "--format", "json", "--lexicons", lexicons, *corpora],
        stdout=subprocess.PIPE, check=True)
    f1, counts = {}, {}
    for row in json.loads(run.stdout)["labels"]:
        if row["lang"] == "all" or row["tp"] + row["fn"] < LEAST_POSITIVES:
            continue
        f1.setdefault(row["name"], []).append(row["f1"])
        counts.setdefault(row["name"], []).append((row["tp"], row["fp"]))
    return {label: sum(values) / len(values) for label, values in f1.items()}, counts


def frames(scoring):
    """By pair of roles, in their order: (first line, line behind it) of each frame."""
    lines = scoring.split("\n")
    begin = lines.index("frames:") + 1
    starts, end = [], len(lines)
    for number in range(begin, len(lines)):
        if re.match(r"[a-z]", lines[number]):
            end = number
            break
        found = re.match(r"- (?:\{)?id: ([^,\s]+)", lines[number])
        if found:
            starts.append((found.group(1), number))
    bounds = [number for _, number in starts[1:]] + [end]
    pairs = {}
    for (_, start), stop in zip(starts, bounds):
        text = "\n".join(lines[start:stop])
        roles = [re.search(rf"\b{key}: ([a-z-]+)", text).group(1) for key in ("first", "second")]
        pairs.setdefault(tuple(roles), []).append((start, stop))
    return pairs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heard", required=True)
    parser.add_argument("--lexicons", default="lexicons")
    parser.add_argument("corpora", nargs="+")
    options = parser.parse_args()
    scoring = (pathlib.Path(options.lexicons) / "scoring.yaml").read_text()
    whole, whole_counts = figures(options.heard, options.lexicons, options.corpora)
    print("| roles | frames | " + " | ".join(LABELS) + " |")
    print("| --- | ---: |" + " ---: |" * len(LABELS))
    lines = scoring.split("\n")
    for roles, places in frames(scoring).items():
        kept = [line for number, line in enumerate(lines) if not any(a <= number < b for a, b in places)]
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "lexicons"
            shutil.copytree(options.lexicons, copy)
            (copy / "scoring.yaml").write_text("\n".join(kept))
            without, counts = figures(options.heard, str(copy), options.corpora)
        cells = []
        for label in LABELS:
            gain = (whole.get(label, 0) - without.get(label, 0)) * 100
            cells.append("·" if counts.get(label) == whole_counts.get(label) else f"{gain:+.1f}")
        print(f"| {' + '.join(roles)} | {len(places)} | " + " | ".join(cells) + " |")
        sys.stdout.flush()
    print("| with all of them: F1 | | " + " | ".join(f"{whole.get(label, 0):.3f}" for label in LABELS) + " |")


if __name__ == "__main__":
    main()
