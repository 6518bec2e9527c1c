"""What can go wrong around `heard filter` and `heard deliver`, one row a fault.

Both commands meet every fault that is one for them. Law: they end with 0 or 75; after 0 the mail is
in a queue once (deliver) or has been passed on whole (filter); after 75 it is nowhere, the sender
has it still, and it goes in when the fault is repaired.
"""

import contextlib
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BOTH = ("deliver", "filter")

# What is to come of the mail: judged and passed; passed unjudged; given back; any of them.
JUDGED, UNJUDGED, BACK, ANY = "judged", "unjudged", "back", "any"


def letter(number, extra=b""):
    return (b"From: Ann <ann@example.org>\nTo: help@care.example\nSubject: %d\n"
            b"Message-ID: <fault-%d@example.org>\n\nI was charged twice!\n" % (number, number)) + extra


class Desk:
    """A place of its own for one fault: lexicons, policy, Maildir, and what became of the mail."""

    def __init__(self, folder, heard, image, command, mail):
        self.folder, self.heard, self.command, self.mail = folder, heard, command, mail
        folder.mkdir()
        self.queues, self.ledger = folder / "mail", folder / "mail" / "heard-ledger.sqlite"
        self.image, self.policy = folder / "lexicon.compiled", folder / "policy.yaml"
        shutil.copy(image, self.image)
        shutil.copy(ROOT / "policies/default.yaml", self.policy)

    def arguments(self, *options):
        judging = [f"--lexicons={self.image}", f"--policy={self.policy}"]
        if self.command == "filter":
            return [str(self.heard), "filter", *judging, *options]
        return [str(self.heard), "deliver", f"--maildir={self.queues}", *judging, *options,
                "--", "help@care.example"]

    def run(self, *options, shell=None, before=(), mail=None):
        """Runs the command; in `shell` it is "$@", and $F this folder."""
        command = self.arguments(*options)
        if shell:
            command = ["bash", "-c", shell, "fault", *command]
        output = self.folder / "output"
        with open(output, "wb") as out:
            return Outcome(subprocess.run(
                [*before, *command], input=self.mail if mail is None else mail, stdout=out,
                stderr=subprocess.PIPE, env=dict(os.environ, F=str(self.folder)), timeout=600),
                output)

    def copies(self):
        """What readers of the queues see: the whole content of every file."""
        return [path.read_bytes() for path in self.queues.glob(".*/new/*")]

    def check(self, outcome, expected):
        """Says what became of the mail; AssertionError when the law does not hold."""
        status, errors = outcome.status, outcome.errors
        assert status in (0, 75), f"ended with {status}: {errors}"
        assert b"charged twice" not in errors, "a customer's words on standard error"
        passed = self.copies() if self.command == "deliver" else [outcome.output]
        if status == 75:
            assert expected in (BACK, ANY), f"given back: {errors}"
            assert self.command == "filter" or not passed, "given back and filed"
            return BACK
        assert len(passed) == 1, f"{len(passed)} copies, {errors}"
        assert passed[0].endswith(self.mail), "it is not the whole mail"
        # What does not begin with a field gets an empty line before it, or it would become one.
        # Lines end as the first line of the mail does, of whatever bytes that is.
        fields = passed[0][: len(passed[0]) - len(self.mail)].decode("ascii").replace("\r\n", "\n")
        fields = fields.removesuffix("\n\n")
        assert all(
            line.startswith(("X-Heard-", " ", "\t")) for line in fields.splitlines()), fields
        became = JUDGED if "X-Heard-Status: ok" in fields else UNJUDGED
        assert expected in (became, ANY), f"{became}: {errors}"
        return became


class Outcome:
    def __init__(self, process, output):
        self.status, self.errors = process.returncode, process.stderr or b""
        self.output = output.read_bytes()


class Fault:
    """One row: what is wrong (`make`, as a context), and what is to come of it."""

    def __init__(self, name, expected, make, commands=BOTH, mail=None, repaired=True):
        self.name, self.commands, self.make = name, commands, make
        self.expected = expected if isinstance(expected, dict) else dict.fromkeys(BOTH, expected)
        self.mail, self.repaired = mail, repaired


def simple(*options, prepare=lambda desk: None, repair=lambda desk: None, **more):
    """A fault that is there before the command runs."""
    def make(desk):
        prepare(desk)
        outcome = desk.run(*[option.replace("$F", str(desk.folder)) for option in options], **more)
        repair(desk)
        return outcome
    return make


def without_gmime():
    """GMime's library, as the loader finds it, is an empty file."""
    def library(desk):
        return desk.folder / "libgmime-3.0.so.0"
    return simple(
        prepare=lambda desk: library(desk).write_text(""),
        shell='exec env LD_LIBRARY_PATH="$F" "$@"',
        repair=lambda desk: library(desk).unlink())


@contextlib.contextmanager
def mounted(place, *options):
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def on_small_disk(*options):
    """The Maildir, or the file that takes the output, is on a disk without room."""
    def make(desk):
        if desk.command == "filter":
            with mounted(desk.folder / "small", "-o", "size=4k"):
                (desk.folder / "small" / "filler").write_bytes(b"x" * 4096)
                return desk.run(shell='"$@" >"$F/small/output"')
        with mounted(desk.queues, *options):
            outcome = desk.run()
            assert not desk.copies() or outcome.status == 0
            return outcome
    return make


def read_only(desk):
    """Everything but a place for the output cannot be written."""
    return desk.run(before=[
        "unshare", "--mount", "bash", "-c", 'mount --bind "$F" "$F" && mount -o remount,bind,ro "$F" '
        '&& mount -o remount,bind,ro / && exec "$@"', "read-only"])


def ledger_held(desk):
    """Another process holds the ledger for longer than the sender waits."""
    import sqlite3
    assert desk.run(mail=letter(0)).status == 0
    for path in desk.queues.glob(".*/new/*"):
        path.unlink()
    holder = sqlite3.connect(desk.ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        return desk.run("--timeout=2")
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def ledger_damaged(desk):
    assert desk.run(mail=letter(0)).status == 0
    for path in desk.queues.glob(".*/new/*"):
        path.unlink()
    whole = desk.ledger.read_bytes()
    desk.ledger.write_bytes(b"SQLite format 3\0" + random.Random(4).randbytes(len(whole) - 16))
    for name in ["-wal", "-shm"]:
        pathlib.Path(f"{desk.ledger}{name}").unlink(missing_ok=True)
    try:
        return desk.run()
    finally:
        desk.ledger.write_bytes(whole)


def lexicon_in_flight(desk):
    """The image is overwritten, cut and put back without care while mails come."""
    whole, outcomes = desk.image.read_bytes(), []
    script = ('while :; do head -c 100000 "$1" >"$2"; sleep 0.01; head -c 5000 /dev/urandom >"$2"; '
              'sleep 0.01; rm -f "$2"; sleep 0.01; cat "$1" >"$2"; sleep 0.03; done')
    source = desk.folder / "whole"
    source.write_bytes(whole)
    breaker = subprocess.Popen(["bash", "-c", script, "breaker", source, desk.image])
    try:
        for number in range(30):
            outcome = desk.run(mail=letter(3000 + number))
            assert outcome.status == 0, (outcome.status, outcome.errors)
            if desk.command == "filter":
                assert outcome.output.endswith(letter(3000 + number)), number
        if desk.command == "deliver":
            assert len(desk.copies()) == 30, len(desk.copies())
            for path in desk.queues.glob(".*/new/*"):
                path.unlink()
        return desk.run()
    finally:
        breaker.kill()
        breaker.wait()


def signalled(number, stage):
    """A signal while the command reads its mail, or while it judges."""
    def make(desk):
        fifo = desk.folder / "fifo"
        os.mkfifo(fifo)
        policy = [f"--policy={fifo}"] if stage == "judging" else []
        output = desk.folder / "output"
        with open(output, "wb") as out:
            process = subprocess.Popen(
                desk.arguments(*policy), stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE)
        if stage == "judging":
            process.stdin.write(desk.mail)
            process.stdin.close()
            # Only a process that reads the policy lets the pipe be opened for writing.
            writer = None
            while writer is None and process.poll() is None:
                try:
                    writer = os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
                except OSError:
                    time.sleep(0.005)
            process.send_signal(number)
            time.sleep(0.02)
            os.close(writer)
        else:
            # More than a pipe holds: when it is written, the process is reading.
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(desk.mail + b"x" * 300_000)
                process.stdin.flush()
            process.send_signal(number)
            time.sleep(0.02)
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()
        process.stdin = None
        errors = process.communicate(timeout=120)[1]
        process.stderr = None
        done = subprocess.CompletedProcess([], process.returncode, None, errors)
        outcome = Outcome(done, output)
        if stage == "reading" and outcome.status == 0:
            # It ignored the signal and took what came.
            desk.mail = desk.mail + b"x" * 300_000
        return outcome
    return make


def no_end(desk):
    """A mail that begins and does not go on."""
    process = subprocess.Popen(
        desk.arguments("--timeout=0.5"), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)
    process.stdin.write(desk.mail)
    process.stdin.flush()
    process.wait(timeout=120)
    errors = process.stderr.read()
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    process.stdout.close()
    process.stderr.close()
    (desk.folder / "output").write_bytes(b"")
    return Outcome(
        subprocess.CompletedProcess([], process.returncode, None, errors), desk.folder / "output")


def judging_without_end(desk):
    os.mkfifo(desk.folder / "fifo")
    return desk.run("--timeout=0.5", f"--policy={desk.folder}/fifo")


def cut_image(desk):
    desk.image.write_bytes(desk.image.read_bytes()[:1_000_000])


def flipped_image(desk):
    content = bytearray(desk.image.read_bytes())
    for place in range(200, len(content), 40_009):
        content[place] ^= 0xFF
    desk.image.write_bytes(content)


def sources_broken(desk):
    desk.image.unlink()
    shutil.copytree(ROOT / "lexicons", desk.image)
    (desk.image / "en" / "service.yaml").write_text("lexicon: heard/1\nentries: [")


def without(name):
    def prepare(desk):
        getattr(desk, name).unlink()
    return prepare


def writes(name, text):
    return lambda desk: getattr(desk, name).write_text(text)


def file_for_folder(desk):
    desk.queues.mkdir()
    (desk.queues / ".billing").write_text("x")


def new_removed(desk):
    assert desk.run(mail=letter(0)).status == 0
    for path in desk.queues.glob(".*/new/*"):
        path.unlink()
    for name in ["new", "tmp", "cur"]:
        for path in desk.queues.glob(f".*/{name}"):
            path.rmdir()


def together(desk):
    """The same mail by six processes at the same time."""
    processes = [subprocess.Popen(
        desk.arguments(), stdin=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(6)]
    for process in processes:
        process.stdin.write(desk.mail)
        process.stdin.close()
    statuses = [process.wait(timeout=300) for process in processes]
    errors = b"".join(process.stderr.read() for process in processes)
    for process in processes:
        process.stderr.close()
    assert set(statuses) <= {0, 75} and 0 in statuses, (statuses, errors)
    (desk.folder / "output").write_bytes(b"")
    return Outcome(subprocess.CompletedProcess([], 0, None, errors), desk.folder / "output")


def clock(when):
    return lambda desk: desk.run(before=["faketime", when])


STOPS = [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1,
         signal.SIGUSR2, signal.SIGXCPU, signal.SIGXFSZ, signal.SIGVTALRM, signal.SIGPROF,
         signal.SIGIO, signal.SIGPWR, signal.SIGSTKFLT, signal.SIGRTMIN, signal.SIGRTMAX]
CRASHES = [signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGFPE,
           signal.SIGTRAP, signal.SIGSYS]
IGNORED = [signal.SIGPIPE, signal.SIGCHLD, signal.SIGWINCH, signal.SIGURG, signal.SIGCONT]

FAULTS = [
    Fault("nothing wrong", JUDGED, simple()),
    # Lexicons and policy.
    Fault("no lexicon", UNJUDGED, simple(prepare=without("image"))),
    Fault("lexicon cut off", UNJUDGED, simple(prepare=cut_image)),
    Fault("lexicon with bytes changed", ANY, simple(prepare=flipped_image)),
    Fault("lexicon that is empty", UNJUDGED, simple(prepare=writes("image", ""))),
    Fault("lexicon in error", UNJUDGED, simple(prepare=sources_broken)),
    Fault("lexicon broken in mid-flight", ANY, lexicon_in_flight),
    Fault("no policy", UNJUDGED, simple(prepare=without("policy"))),
    Fault("policy in error", UNJUDGED, simple(prepare=writes("policy", "policy: heard/1\nx: ["))),
    Fault("policy of random bytes", UNJUDGED,
          simple(prepare=lambda desk: desk.policy.write_bytes(random.Random(5).randbytes(5000)))),
    Fault("policy that is a folder", UNJUDGED, simple("--policy=$F")),
    # Disk.
    Fault("disk full", BACK, on_small_disk("-o", "size=12k")),
    Fault("disk out of files", {"deliver": BACK}, on_small_disk("-o", "nr_inodes=6"), ("deliver",)),
    Fault("device full", {"filter": BACK}, simple(shell='exec "$@" >/dev/full'), ("filter",)),
    Fault("read-only file system", {"deliver": BACK, "filter": JUDGED}, read_only),
    Fault("files may not grow", BACK, simple(shell="""
        { (ulimit -f 0; exec "$@") 2>&1 >"$F/limited"; echo $? >/dev/shm/heard-$$; } | cat >&2
        status=$(cat /dev/shm/heard-$$); rm /dev/shm/heard-$$; exit $status""")),
    Fault("no place for queues", {"deliver": BACK}, simple("--maildir=/proc/heard"), ("deliver",)),
    Fault("a file where a queue should be", {"deliver": UNJUDGED},
          simple(prepare=file_for_folder), ("deliver",), mail=letter(1)),
    Fault("folders of the queues removed", {"deliver": JUDGED},
          simple(prepare=new_removed), ("deliver",)),
    Fault("somebody else's queues", {"deliver": BACK}, simple(
        prepare=lambda desk: desk.queues.mkdir(mode=0o700),
        before=["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]), ("deliver",)),
    # Ledger.
    Fault("SQLite locked", {"deliver": BACK}, ledger_held, ("deliver",)),
    Fault("ledger damaged", {"deliver": BACK}, ledger_damaged, ("deliver",)),
    Fault("ledger that is a folder", {"deliver": BACK}, simple("--ledger=$F"), ("deliver",)),
    Fault("PostgreSQL away", {"deliver": BACK},
          simple("--ledger=postgresql://heard@127.0.0.1:1/heard"), ("deliver",)),
    # Clock.
    Fault("clock in 1971", JUDGED, clock("1971-01-01 00:00:00")),
    Fault("clock in 2037", JUDGED, clock("2037-12-31 00:00:00")),
    # Mails.
    Fault("NULs", ANY, simple(), mail=b"\0\0\n" + letter(2, b"\0" * 1000)),
    Fault("no mail at all", BACK, simple(mail=b"")),
    Fault("one byte", ANY, simple(), mail=b"\n"),
    Fault("100 MB", ANY, simple(), mail=letter(3, b"x" * 70 + b"\n") + b"y" * 100_000_000),
    Fault("100 MB and little memory", ANY, simple(before=["prlimit", "--as=400000000"]),
          mail=letter(4) + b"y" * 100_000_000),
    Fault("random bytes", UNJUDGED, simple(), mail=random.Random(1).randbytes(200_000)),
    Fault("random bytes, LF first", UNJUDGED, simple(),
          mail=b"\n" + random.Random(2).randbytes(200_000)),
    Fault("random bytes, CR LF first", UNJUDGED, simple(),
          mail=b"\0\r\n" + random.Random(3).randbytes(200_000)),
    Fault("parts in parts, 5,000 deep", ANY, simple(), mail=b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))),
    Fault("100,000 header fields", ANY, simple(), mail=b"X-A: b\n" * 100_000 + letter(5)),
    Fault("a mail that stops coming", BACK, no_end),
    # Time and signals.
    Fault("judging that does not end", UNJUDGED, judging_without_end),
    *[Fault(f"{number.name} while judging", UNJUDGED, signalled(number, "judging"))
      for number in CRASHES + [signal.SIGALRM]],
    *[Fault(f"{number.name} while judging", BACK, signalled(number, "judging"))
      for number in STOPS],
    *[Fault(f"{number.name} while judging", UNJUDGED, signalled(number, "judging"))
      for number in IGNORED],
    *[Fault(f"{number.name} while reading", BACK, signalled(number, "reading"))
      for number in [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT]],
    # Standard files, environment, limits.
    Fault("standard input closed", BACK, simple(shell='exec "$@" <&-')),
    Fault("standard input a folder", BACK, simple(shell='exec "$@" <"$F"')),
    Fault("standard output closed", {"deliver": JUDGED, "filter": BACK},
          simple(shell='exec "$@" >&-')),
    Fault("standard output's reader gone", {"filter": BACK}, simple(
        shell='{ "$@"; echo $? >"$F/status"; } | true; exit $(cat "$F/status")'), ("filter",),
        mail=letter(6, b"z" * 1_000_000)),
    Fault("standard error closed", JUDGED, simple(shell='exec "$@" 2>&-')),
    Fault("standard error full", UNJUDGED,
          simple(prepare=without("policy"), shell='exec "$@" 2>/dev/full')),
    Fault("no environment", JUDGED, simple(shell='exec env -i "$@"')),
    Fault("an environment of nonsense", JUDGED, simple(shell=(
        'export HOME=/nonexistent TMPDIR=/nonexistent TZ=:/etc/passwd LANG=xx LC_ALL=$(printf "\\1"); '
        'exec "$@"'))),
    # A comment in its type is GMime's to read.
    Fault("a library that cannot be loaded", BACK, without_gmime(),
          mail=b"MIME-Version: 1.0\nContent-Type: text/plain (plain)\n" + letter(8)),
    # What most mail is written in is read without it, and so starts quicker.
    Fault("a library that this mail does not need", JUDGED, without_gmime(),
          mail=b"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
          b"Content-Transfer-Encoding: quoted-printable\n" + letter(9, b"caf=C3=A9 =\n=E2=82=AC 5\n")),
    Fault("folder of the process gone", JUDGED, simple(
        shell='mkdir "$F/gone"; cd "$F/gone"; rmdir "$F/gone"; exec "$@"')),
    Fault("few open files", ANY, simple(shell='ulimit -n 5; exec "$@"')),
    Fault("little memory", ANY, simple(before=["prlimit", "--as=200000000"])),
    Fault("a small stack", ANY, simple(shell='ulimit -s 256; exec "$@"')),
    Fault("an unknown option", BACK, simple("--bogus")),
    Fault("an option without sense", BACK, simple("--timeout=-4")),
    Fault("the same mail six times at once", {"deliver": JUDGED}, together, ("deliver",)),
]


def run(heard, image, folder, say, rows=""):
    """Goes through the table; returns the rows where the law does not hold.

    `rows` is a regular expression for the names of those to go through.
    """
    failed, seen = [], {command: 0 for command in BOTH}
    for number, fault in enumerate(FAULTS):
        if not re.search(rows, fault.name):
            continue
        if "clock" in fault.name and not shutil.which("faketime"):
            say(f"SKIPPED: faketime is missing: {fault.name}")
            continue
        became = {}
        for command in fault.commands:
            mail = letter(number) if fault.mail is None else fault.mail
            desk = Desk(folder / f"{number}-{command}", heard, image, command, mail)
            seen[command] += 1
            try:
                became[command] = desk.check(fault.make(desk), fault.expected[command])
                repair(desk, fault, image)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                became[command] = "FAILED"
                failed.append(f"{fault.name}, {command}: {error}")
            shutil.rmtree(desk.folder, ignore_errors=True)
        say(f"{fault.name}: " + ", ".join(f"{name} {what}" for name, what in became.items()))
    for failure in failed:
        say(f"FAILED: {failure}")
    say(f"{seen['deliver']} kinds of fault for deliver, {seen['filter']} for filter: "
        f"{len(failed)} where the law does not hold")
    return failed


def repair(desk, fault, image):
    """The sender tries again, when somebody has repaired what was wrong."""
    if desk.command != "deliver" or desk.mail == b"" or not fault.repaired:
        return
    if desk.image.is_dir():
        shutil.rmtree(desk.image)
    shutil.copy(image, desk.image)
    shutil.copy(ROOT / "policies/default.yaml", desk.policy)
    if desk.queues.exists():
        for path in desk.queues.glob(".*"):
            if path.is_file():
                path.unlink()
    again = desk.run()
    assert again.status == 0, f"not taken after the repair: {again.errors}"
    found = desk.copies()
    assert len(found) == 1 and found[0].endswith(desk.mail), f"{len(found)} copies after the repair"
