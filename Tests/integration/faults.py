#!/usr/bin/env python3
"""Faults that need root or time: the table of fault_table.py, and longer stories.

Whatever is wrong, `heard deliver` ends with 0 or 75, and the mail is somewhere exactly once: in a
queue, or still with the sender, who gets it in when the fault is repaired.

  Tests/integration/faults.py [--heard .build/release/heard] [--only PARTS]
"""

import argparse
import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import fault_table
from fault_table import mounted

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class Site:
    def __init__(self, folder, heard, rows):
        self.rows = rows
        folder.chmod(0o755)
        self.folder, self.heard = folder, folder / "heard"
        shutil.copy(heard, self.heard)
        self.image = folder / "lexicon.compiled"
        self.mail = folder / "mail"
        subprocess.run(
            [heard, "lexicon", "build", str(ROOT / "lexicons"), "-o", str(self.image)],
            check=True, capture_output=True)

    def deliver(self, mail, *options, before=(), **more):
        return subprocess.run(
            [*before, str(self.heard), "deliver", f"--maildir={self.mail}",
             f"--lexicons={self.image}", f"--policy={ROOT}/policies/default.yaml", *options,
             "--", "help@care.example"],
            input=mail, capture_output=True, **more)

    def copies(self, mail):
        """Files that a reader sees with this mail in them, whole."""
        found = 0
        message_id = re.search(rb"(?m)^Message-ID: \S+", mail).group(0)
        for path in self.mail.glob(".*/new/*"):
            content = path.read_bytes()
            if message_id + b"\n" in content:
                assert content.endswith(mail), f"{path} is not the whole mail"
                found += 1
        return found

    def expect(self, what, outcome, mail, status=None):
        assert outcome.returncode in (0, 75), (what, outcome)
        if status is not None:
            assert outcome.returncode == status, (what, outcome)
        if outcome.returncode == 75:
            assert outcome.stderr.startswith(b"4.3.0 heard: "), (what, outcome)
        copies = self.copies(mail)
        assert copies == (1 if outcome.returncode == 0 else 0), (what, outcome, copies)

    def repaired(self, what, mail):
        outcome = self.deliver(mail)
        assert outcome.returncode == 0, (what, outcome)
        assert self.copies(mail) == 1, what
        print(f"faults: {what}: held", flush=True)


def mail(number, body=b""):
    return (b"From: Ann <ann@example.org>\nTo: help@care.example\nSubject: %d\n"
            b"Message-ID: <fault-%d@example.org>\n\nI was charged twice!\n" % (number, number)) + body


def full_disk(site):
    """A disk that fills up while mails come; then there is room again."""
    with mounted(site.mail, "-o", "size=512k"):
        kept, given_back = [], []
        for number in range(100, 140):
            letter = mail(number, b"x" * 20_000 + b"\n")
            outcome = site.deliver(letter)
            site.expect("full disk", outcome, letter)
            (kept if outcome.returncode == 0 else given_back).append(letter)
        assert kept and given_back, (len(kept), len(given_back))
        subprocess.run(["mount", "-o", "remount,size=64m", str(site.mail)], check=True)
        for letter in given_back:
            assert site.deliver(letter).returncode == 0
        for letter in kept + given_back:
            assert site.copies(letter) == 1
        verified = subprocess.run(
            [str(site.heard), "ledger", "verify", "--ledger", f"{site.mail}/heard-ledger.sqlite"],
            capture_output=True, text=True)
        assert verified.returncode == 0 and verified.stdout.startswith("40 records"), verified
        print(f"faults: full disk: held ({len(kept)} filed, {len(given_back)} given back and "
              "filed later)", flush=True)


def full_ledger(site):
    """The ledger's disk is full and the queues' is not."""
    place = site.folder / "small"
    with mounted(place, "-o", "size=64k"):
        (place / "filler").write_bytes(b"x" * 60_000)
        letter = mail(150)
        site.expect(
            "full disk of the ledger", site.deliver(letter, f"--ledger={place}/l.sqlite"), letter, 75)
    site.repaired("full disk of the ledger", letter)


def read_only(site):
    with mounted(site.mail, "-o", "size=4m"):
        assert site.deliver(mail(160)).returncode == 0
        subprocess.run(["mount", "-o", "remount,ro", str(site.mail)], check=True)
        letter = mail(161)
        site.expect("read-only file system", site.deliver(letter), letter, 75)
        subprocess.run(["mount", "-o", "remount,rw", str(site.mail)], check=True)
        site.repaired("read-only file system", letter)


def large_mail(site):
    """100 MB: more than is judged, so it is in the fallback queue, whole."""
    letter = mail(170, random.Random(1).randbytes(100_000).hex().encode() * 500 + b"\n")
    outcome = site.deliver(letter)
    site.expect("100 MB", outcome, letter, 0)
    assert b"too-large" in outcome.stderr, outcome.stderr
    site.repaired("100 MB", letter)
    outcome = site.deliver(letter, before=["prlimit", "--as=300000000"])
    assert outcome.returncode in (0, 75) and site.copies(letter) == 1, outcome
    print("faults: 100 MB and little memory: held", flush=True)


def wrong_clock(site):
    """The clock jumps to another year and back between two deliveries of the same mail."""
    if not shutil.which("faketime"):
        print("SKIPPED: faketime is missing; clocks that jump were not tested", file=sys.stderr)
        return
    for number, when in [(180, "2001-01-01 00:00:00"), (181, "2037-12-31 00:00:00")]:
        letter = mail(number)
        site.expect("clock", site.deliver(letter, before=["faketime", when]), letter, 0)
        for again in [[], ["faketime", "1999-01-01 00:00:00"], ["faketime", "2036-01-01 00:00:00"]]:
            outcome = site.deliver(letter, before=again)
            assert outcome.returncode == 0 and site.copies(letter) == 1, outcome
    site.repaired("clocks that jump", letter)


def kills(site):
    """kill -9 at random moments of the release build, which is quicker than the tests' build."""
    chooser, began = random.Random(), time.time()
    assert site.deliver(mail(1000)).returncode == 0
    length, interrupted = time.time() - began, 0
    for number in range(1001, 1101):
        letter = mail(number)
        process = subprocess.Popen(
            [str(site.heard), "deliver", f"--maildir={site.mail}", f"--lexicons={site.image}",
             f"--policy={ROOT}/policies/default.yaml", "--", "help@care.example"],
            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(letter)
            process.stdin.close()
        time.sleep(chooser.uniform(0, length))
        process.send_signal(signal.SIGKILL)
        interrupted += process.wait() == -signal.SIGKILL
        assert site.copies(letter) <= 1
        assert site.deliver(letter).returncode == 0
        assert site.copies(letter) == 1
    assert interrupted > 10, interrupted
    print(f"faults: killed {interrupted} times of 100: held", flush=True)


def table(site):
    """Every kind of fault, for both commands."""
    say = lambda text: print(f"faults: {text}", flush=True)
    if fault_table.run(site.heard, site.image, site.folder, say, site.rows):
        sys.exit("faults: the law does not hold")


def start_up(site):
    """From start to end, in turn with two other programs: a machine that is busy is so for all."""
    commands = {
        "heard filter": [str(site.heard), "filter", f"--lexicons={site.image}",
                         f"--policy={ROOT}/policies/default.yaml"],
        # Debian's, and not whatever `python3` names, which may be the shell script of a version manager.
        "python3 -c pass": ["/usr/bin/python3", "-c", "pass"],
        "true": ["/bin/true"],
    }
    times = {name: [] for name in commands}
    for number in range(2000, 2041):
        for name, command in commands.items():
            began = time.perf_counter()
            subprocess.run(command, input=mail(number), capture_output=True)
            times[name].append((time.perf_counter() - began) * 1000)
    for name, taken in times.items():
        taken.sort()
        print(f"faults: {name} from start to end: median {taken[20]:.1f} ms, best {taken[0]:.1f} ms",
              flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--heard", default=str(ROOT / ".build/release/heard"))
    parser.add_argument("--only", help="Names of parts, as read_only,kills.")
    parser.add_argument("--rows", default="", help="of the table: those this expression finds")
    options = parser.parse_args()
    if os.geteuid() != 0:
        print("SKIPPED: full disks and the like need root; they were not tested", file=sys.stderr)
        return
    if "HEARD_FAULTS" not in os.environ:
        # Disks of their own, for this process alone.
        os.environ["HEARD_FAULTS"] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable, "-u", *sys.argv])
    # A job in the background may have been started with SIGINT ignored, and its children too then.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heard-faults-", dir="/tmp"))
    try:
        site = Site(folder, pathlib.Path(options.heard).resolve(), options.rows)
        for part in [table, full_disk, full_ledger, read_only, large_mail, wrong_clock, kills, start_up]:
            if not options.only or part.__name__ in options.only.split(","):
                part(site)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
