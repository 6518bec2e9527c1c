"""docs/operations.md, followed step by step: its blocks are run as they are."""

import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "operations.md"


class PageError(Exception):
    """A block of the page does not work; the text is what it printed."""


def blocks(section):
    """The shell blocks of the section whose heading begins with these words, in order."""
    for part in re.split(r"(?m)^## ", PAGE.read_text())[1:]:
        if part.startswith(section):
            found = re.findall(r"^```sh\n(.*?)^```$", part, re.M | re.S)
            if found:
                return found
    raise PageError(f"the page has no section '{section}' with blocks")


def run(texts, environment, log):
    """Runs blocks in one shell, as an operator would, and returns what they printed."""
    script = "set -euo pipefail\n"
    for number, text in enumerate(texts, 1):
        script += f"echo '== block {number}'\n{text}\n"
    # A file and no pipe: the servers keep it open for as long as they run.
    with open(log, "w") as output:
        status = subprocess.run(
            ["bash", "-c", script], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT).returncode
    printed = pathlib.Path(log).read_text(errors="replace")
    if status != 0:
        raise PageError(f"the page does not work:\n{printed}")
    return printed


def follow(sections, environment, log):
    """Runs the blocks of sections one after another in one shell."""
    return run([text for section in sections for text in blocks(section)], environment, log)
