#!/usr/bin/env python3
"""Keeps the console blocks of a page true: runs their commands and compares what they print.

    tools/docs.py --heard .build/release/heard docs/analysts-day.md            # status 1: differs
    tools/docs.py --heard .build/release/heard --write docs/analysts-day.md    # rewrites the page

In a block that begins with ```console a line "$ command" is run by bash, with the lines "> " under
it as its further lines; what follows is what it printed, standard error included. The commands of a
page run one after the other in one new folder, which has the corpus, the lexicons, the policies and
the tools of the project as links, so that a page may copy and change what it likes.
"""

import argparse
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
LINKED = ["corpus", "lexicons", "policies", "tools"]
# A page has nothing that takes longer.
SECONDS = 120


def run(command: str, folder: str, environment: dict[str, str]) -> list[str]:
    """The lines a command prints, without white space at their ends."""
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SECONDS, check=False)
    text = done.stdout.decode("utf-8", "replace")
    return [line.rstrip() for line in text.splitlines()]


def renew(page: list[str], folder: str, environment: dict[str, str]) -> list[str]:
    """The page with the output of every command as it is now."""
    renewed: list[str] = []
    place = 0
    while place < len(page):
        line = page[place]
        renewed.append(line)
        place += 1
        if line != "```console":
            continue
        if place == len(page) or not page[place].startswith("$ "):
            sys.exit(f"line {place + 1}: a console block begins with '$ command'")
        while place < len(page) and page[place] != "```":
            line = page[place]
            place += 1
            if not line.startswith("$ "):
                continue  # what it printed last time
            renewed.append(line)
            command = line[2:]
            while place < len(page) and (page[place] == ">" or page[place].startswith("> ")):
                renewed.append(page[place])
                command += "\n" + page[place][2:]
                place += 1
            renewed += run(command, folder, environment)
        if place == len(page):
            sys.exit("a console block has no end")
        renewed.append(page[place])
        place += 1
    return renewed


def main() -> None:
    """Checks or rewrites the pages."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--heard", required=True, type=pathlib.Path, help="the executable")
    parser.add_argument("--write", action="store_true", help="rewrite the pages")
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    asked = parser.parse_args()
    if not os.access(asked.heard, os.X_OK):
        sys.exit(f"{asked.heard}: no executable; make build makes it")
    status = 0
    for path in asked.pages:
        page = path.read_text(encoding="utf-8").splitlines()
        with tempfile.TemporaryDirectory(prefix="heard-docs-") as folder:
            for name in LINKED:
                os.symlink(ROOT / name, pathlib.Path(folder, name))
            binaries = pathlib.Path(folder, ".bin")
            binaries.mkdir()
            os.symlink(asked.heard.resolve(), binaries / "heard")
            kept = {k: v for k, v in os.environ.items() if not k.startswith("HEARD_")}
            environment = kept | {
                "PATH": f"{binaries}:{os.environ.get('PATH', '/usr/bin:/bin')}",
                "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "100", "NO_COLOR": "1"}
            renewed = renew(page, folder, environment)
        if renewed == page:
            continue
        if asked.write:
            path.write_text("\n".join(renewed) + "\n", encoding="utf-8")
            print(f"{path}: rewritten")
            continue
        status = 1
        sys.stdout.writelines(
            difflib.unified_diff(
                [f"{line}\n" for line in page], [f"{line}\n" for line in renewed],
                f"{path} as it stands", f"{path} as heard prints it"))
        print(f"{path}: differs; make docs rewrites it")
    sys.exit(status)


if __name__ == "__main__":
    main()
