#!/usr/bin/env python3
"""Postfix, heard and Dovecot together: nothing lost, nothing doubled, nothing half written.

Follows docs/operations.md block by block in a copy of this machine (machine_copy.py), and sends
mails through each of the three ways that the page describes:

- Postfix, pipe, `heard deliver`, which is killed at random moments; Dovecot shows the queues
- Postfix, LMTP, `heardd` from its Debian package, killed (-9) and started again at random moments
- Postfix, LMTP of Dovecot, Sieve with `heard filter`

Every mail is counted by its Message-ID and compared, as Dovecot shows it by IMAP. Needs root and
Debian's packages; says SKIPPED without.

  Tests/integration/intake.py [--mails 300] [--kills 60] [--server-kills 20] [--seed 7]
    [--heard .build/release/heard] [--heardd .build-server/release/heardd] [--only pipe,server,sieve]
"""

import argparse
import glob
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import threading
import time

import mail_flow
import operations_page
from machine_copy import MachineCopy
from mail_flow import DOMAIN, Sending, check, drain, end, mail, read_mailboxes, say

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PLACE = "/opt/heard-under-test"
HEARD, HEARDD = "/usr/local/bin/heard", "/usr/bin/heardd"
REPLACEMENTS = 3
QUEUES, SERVED, SORTED = "/var/mail/heard", "/var/lib/heard/queues", "/var/mail/sorted"


def follow(sections, log, **more):
    """Follows sections of the page with its own defaults, but for the programs under test."""
    environment = dict(
        os.environ, HEARD_BINARY=f"{PLACE}/heard", DEB=f"{PLACE}/heard.deb", **more)
    try:
        return operations_page.follow(sections, environment, log)
    except operations_page.PageError as error:
        end(str(error))


def processes(executable, word=""):
    """Process ids of an executable that was given a word."""
    found = []
    for entry in map(pathlib.Path, glob.glob("/proc/[0-9]*")):
        try:
            if os.readlink(entry / "exe").removesuffix(" (deleted)") != executable:
                continue
            if not word or word.encode() in (entry / "cmdline").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def verify(heard, ledger, count):
    verified = subprocess.run(
        [heard, "ledger", "verify", "--ledger", ledger], capture_output=True, text=True)
    say(f"ledger: {verified.stdout.strip()}")
    if not verified.stdout.startswith(f"{count} records, 0 forgotten, 0 faults"):
        end(f"the ledger does not have each of {count} mails once: {verified.stderr}")


# MARK: Postfix's pipe and heard deliver


def kill_at_random(executable, chooser, stop, killed, most):
    """Kills deliveries by an executable, at any moment of their life."""
    while not stop.is_set() and killed[0] < most:
        time.sleep(chooser.uniform(0.0, 0.02))
        victims = processes(executable, "deliver")
        if victims and chooser.random() < 0.5:
            try:
                os.kill(chooser.choice(victims), signal.SIGKILL)
                killed[0] += 1
            except ProcessLookupError:
                pass


def pipe_part(options):
    printed = follow(["1.", "2.", "3.", "4.", "5."], "/var/log/page.log")
    if "first@example.org" not in printed or "1 records, 0 forgotten, 0 faults" not in printed:
        end(f"the page does not show what it says:\n{printed}")
    say("docs/operations.md, 1 to 5, block by block: the first mail is in its queue")
    mails, kills = options.mails, options.kills
    stop, killed, began = threading.Event(), [0], time.time()
    sending = Sending(range(mails), f"help@{DOMAIN}")
    killer = threading.Thread(
        target=kill_at_random, args=(HEARD, random.Random(options.seed), stop, killed, kills))
    killer.start()
    # As the page says, while mails come and processes die.
    for number in range(REPLACEMENTS):
        follow(["6."], f"/var/log/page-replace-{number}.log")
    sending.wait()
    drain(300 + mails / 3)
    stop.set()
    killer.join()
    seconds = time.time() - began
    say(f"pipe: {mails} mails in {seconds:.0f} s ({mails / seconds:.0f}/s), "
        f"heard killed {killed[0]} times, replaced with lexicons and policy {REPLACEMENTS} times")
    if killed[0] < min(kills, mails // 10):
        end("heard was hardly ever killed; the test shows nothing")
    # What was recorded and not moved is moved by whoever comes next.
    subprocess.run(
        [HEARD, "deliver", f"--maildir={QUEUES}",
         "--lexicons=/usr/local/share/heard/lexicon.compiled",
         "--policy=/usr/local/share/heard/policies/default.yaml", "--", "last@care.example"],
        input=mail(mails), check=True, user="heard")
    check(read_mailboxes(), range(mails + 1), "Postfix pipe, heard deliver, Dovecot IMAP",
          others=["first@example.org"])
    verify(HEARD, f"{QUEUES}/heard-ledger.sqlite", mails + 2)
    litter = glob.glob(f"{QUEUES}/.*/tmp/*")
    say(f"left in tmp by killed processes: {len(litter)} files, which go after an hour")


# MARK: LMTP and heardd


def filed():
    log = pathlib.Path("/var/log/heardd.log")
    return log.read_bytes().count(b" filed") if log.exists() else 0


def until(condition, seconds):
    limit = time.time() + seconds
    while not condition() and time.time() < limit:
        time.sleep(0.01)
    return condition()


def server_part(options):
    section = "Instead: heardd"
    follow(["1.", section, "4."], "/var/log/page-server.log")
    start = operations_page.blocks(section)[-1]
    mails, kills = options.mails, options.server_kills
    chooser, began, busy = random.Random(options.seed), time.time(), 0
    if not until(lambda: processes(HEARDD), 60):
        end("heardd did not start")
    # A share of the mails for each kill, so that there are mails under way at every one.
    bounds = [mails * number // (kills + 1) for number in range(kills + 2)]
    for number in range(kills):
        sending = Sending(range(bounds[number], bounds[number + 1]), f"help@{DOMAIN}")
        if number % 4 == 3:
            # While it starts and completes what the last one began.
            time.sleep(chooser.uniform(0.0, 0.3))
        else:
            # In the midst of its mails, however fast or slow the machine.
            goal = filed() + chooser.randint(1, max(1, (bounds[number + 1] - bounds[number]) // 2))
            until(lambda: filed() >= goal, 120)
            time.sleep(chooser.uniform(0.0, 0.02))
        until(lambda: len(processes(HEARDD)) == 1, 60)
        before, victims = filed(), processes(HEARDD)
        if len(victims) != 1:
            end(f"{len(victims)} processes of heardd, not one, before kill {number + 1}")
        os.kill(victims[0], signal.SIGKILL)
        busy += before < bounds[number + 1]
        until(lambda: not processes(HEARDD), 10)
        operations_page.run([start], dict(os.environ), "/var/log/page-start.log")
        sending.wait()
    Sending(range(bounds[-2], mails), f"help@{DOMAIN}").wait()
    drain(300 + mails / 3)
    seconds = time.time() - began
    cut = pathlib.Path("/var/log/heard-postfix.log").read_text().count("lost connection with")
    say(f"heardd: {mails} mails in {seconds:.0f} s, killed {kills} times, {busy} of them with mails "
        f"to file; Postfix lost its connection {cut} times")
    if busy < kills / 2 or cut == 0:
        end("heardd had nothing to do when it was killed; the test shows nothing")
    # A stop and a start: whatever is recorded is in its queue then.
    for victim in processes(HEARDD):
        os.kill(victim, signal.SIGTERM)
    if not until(lambda: not processes(HEARDD), 60):
        end("heardd does not stop")
    pending = glob.glob(f"{SERVED}/.*/tmp/*")
    operations_page.run([start], dict(os.environ), "/var/log/page-start.log")
    until(lambda: len(read_mailboxes()) == mails, 60)
    check(read_mailboxes(), range(mails), "Postfix LMTP, heardd, Dovecot IMAP")
    verify("/usr/bin/heard", "/var/lib/heard/ledger.sqlite", mails)
    say(f"left in tmp by a killed heardd: {len(pending)} files, which go after an hour")
    for victim in processes(HEARDD):
        os.kill(victim, signal.SIGTERM)


# MARK: Dovecot's LMTP, Sieve and heard filter


def sieve_part(options):
    """A folder of its own, so that its mails can be told from the other parts'."""
    follow(["1.", "2.", "4.", "Instead: Dovecot"], "/var/log/page-sieve.log", MAIL=SORTED)
    mails = min(options.mails, 300)
    Sending(range(mails), f"help@{DOMAIN}").wait()
    drain(300 + mails / 3)
    check(read_mailboxes(), range(mails), "Dovecot LMTP, heard filter in Sieve")


def inside(options):
    """What happens in the copy of the machine."""
    # A test cannot wait five minutes for the second attempt.
    subprocess.run(
        ["postconf", "-e", "minimal_backoff_time = 1s", "maximal_backoff_time = 4s",
         "queue_run_delay = 1s", "transport_retry_time = 1s", "in_flow_delay = 0",
         "smtpd_client_connection_count_limit = 0", f"maillog_file = {mail_flow.LOGS[0]}"],
        check=True)
    # There is no network to look for packages in; those that are asked for are here.
    pathlib.Path("/etc/apt/apt.conf.d/99test").write_text('Acquire::Retries "0";\n')
    pathlib.Path("/etc/dovecot/conf.d/99-test.conf").write_text(f"log_path = {mail_flow.LOGS[1]}\n")
    parts = {"pipe": pipe_part, "server": server_part, "sieve": sieve_part}
    for name in options.only.split(","):
        if name == "server" and not os.path.exists(f"{PLACE}/heard.deb"):
            say("SKIPPED: there is no heardd; LMTP was not tested")
            continue
        parts[name](options)
    say("all held")


def first_that_exists(*paths):
    return next((path for path in map(pathlib.Path, paths) if path.exists()), None)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--kills", type=int, default=60, help="of heard deliver")
    parser.add_argument("--server-kills", type=int, default=20, help="of heardd")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--heard", default=str(ROOT / ".build/release/heard"))
    parser.add_argument("--heardd")
    parser.add_argument("--only", default="pipe,server,sieve")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return inside(options)
    if not os.access(options.heard, os.X_OK):
        sys.exit(f"intake: there is no {options.heard}; run make build")
    tools = ["postfix", "dovecot", "swaks", "sievec", "dpkg-shlibdeps", "start-stop-daemon"]
    missing = [name for name in tools if not shutil.which(name)]
    if missing:
        print(f"SKIPPED: {', '.join(missing)} missing; run make test-intake", file=sys.stderr)
        return
    with MachineCopy(ROOT) as copy:
        obstacle = copy.why_not()
        if obstacle:
            print(f"SKIPPED: Postfix and Dovecot were not tested: {obstacle}", file=sys.stderr)
            return
        copy.put(options.heard, f"{PLACE}/heard")
        heardd = options.heardd or first_that_exists(
            ROOT / ".build-server/release/heardd", ROOT / ".build-debug/debug/heardd")
        if heardd:
            deb = subprocess.run(
                [ROOT / "packaging/build-deb", options.heard, heardd, copy.folder], check=True,
                text=True, env=dict(os.environ, DPKG_DEB_COMPRESSOR_TYPE="none"),
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.strip()
            copy.put(deb, f"{PLACE}/heard.deb")
            say(f"packed {heardd}")
        done = copy.run(
            sys.executable, "-u", __file__, "--inside", *sys.argv[1:], cwd=ROOT)
        sys.exit(done.returncode)


if __name__ == "__main__":
    main()
