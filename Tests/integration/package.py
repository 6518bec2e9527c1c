#!/usr/bin/env python3
"""The Debian package: what lintian says of it, and what it does on a machine with and without systemd.

Builds it of two executables and installs it in copies of this machine: one where no systemd runs, as in
an image that is being made (machine_copy.py), and one that systemd runs (systemd_copy.py), where the
unit is started, reloaded, killed, given a bad configuration, stopped and removed. Needs root; says
SKIPPED of what cannot be done here.

  Tests/integration/package.py [--heard .build/release/heard] [--heardd .build-server/release/heardd]
    [--only twice,lintian,without_systemd,with_systemd]
"""

import argparse
import hashlib
import os
import pathlib
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "Tests/Processes"))
from heardd_process import LMTP, mail
from machine_copy import MachineCopy
from systemd_copy import SystemdCopy

PACKAGE = "/opt/heard-under-test.deb"
STATE = pathlib.Path("/var/lib/heard")
SOCKET = pathlib.Path("/run/heard/lmtp.sock")
WANTED = pathlib.Path("/etc/systemd/system/multi-user.target.wants/heardd.service")


def say(text):
    print(f"package: {text}", flush=True)


def need(condition, text):
    if not condition:
        sys.exit(f"package: {text}")


def run(*words, status=0):
    """Runs a command that must end with a status; what it printed."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          env=os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"})
    printed = done.stdout + done.stderr
    need(status is None or done.returncode == status,
         f"{' '.join(words)} ended with {done.returncode}, not {status}:\n{printed}")
    return printed


def until(condition, seconds=120):
    limit = time.monotonic() + seconds
    while not condition() and time.monotonic() < limit:
        time.sleep(0.1)
    return condition()


# MARK: Where no systemd runs


def without_systemd():
    run("dpkg", "-i", PACKAGE)
    account = pwd.getpwnam("heard")
    need(account.pw_shell.endswith("nologin") and account.pw_uid != 0, f"the user is {account}")
    need(STATE.stat().st_uid == account.pw_uid and STATE.stat().st_mode & 0o777 == 0o750, "the folder of mail")
    need(WANTED.is_symlink(), "the unit is not noted as enabled")
    run("heardd", "config", "check", "--config", "/etc/heard/heardd.yaml")
    text = "You charged me twice for the same invoice. I want my money back!"
    judged = subprocess.run(["heard", "classify", "-"], input=text, capture_output=True, text=True, cwd="/")
    need(judged.returncode == 0 and " complaint " in judged.stdout, f"heard classify: {judged}")
    for name in ("heard", "heardd", "heard-deliver", "heard-run"):
        page = pathlib.Path(run("man", "-w", name).strip())
        need(page.exists(), f"there is no page {name}")
    complete = run("bash", "-c", "source /usr/share/bash-completion/completions/heard; complete -p heard")
    need("heard" in complete, "bash completes nothing")
    differ = run("dpkg", "-V", "heard", status=None).strip()
    need(not differ, f"dpkg finds files that differ:\n{differ}")
    # What an operator wrote stays.
    configuration = pathlib.Path("/etc/heard/heardd.yaml")
    configuration.write_text(configuration.read_text() + "# mine\n")
    run("dpkg", "-i", "--force-confold", PACKAGE)
    need(configuration.read_text().endswith("# mine\n"), "the configuration was overwritten")
    (STATE / "queues").mkdir()
    run("dpkg", "--purge", "heard")
    need(not configuration.exists() and not WANTED.is_symlink(), "a purge leaves the configuration")
    need((STATE / "queues").is_dir(), "a purge takes mail away")
    say("installed, installed again and purged where no systemd runs")


# MARK: Where systemd runs


def show(name):
    return run("systemctl", "show", "--value", "--property", name, "heardd").strip()


def deliver(name):
    """Hands a mail over as a mail server does; the replies' codes."""
    client = LMTP(SOCKET).hello()
    codes = client.deliver(mail(name, "You charged me twice, I want my money back!"))
    client.close()
    return codes


def filed():
    found = []
    for file in (STATE / "queues").glob(".*/new/*"):
        found += re.findall(rb"(?m)^Message-ID: <([^>]+)>", file.read_bytes())
    return sorted(name.decode() for name in found)


def journal():
    run("journalctl", "--sync", status=None)
    return run("journalctl", "--no-pager", "--unit", "heardd", "--output", "cat")


def with_systemd():
    # Where containers are made, packages may be forbidden to start and stop anything.
    pathlib.Path("/usr/sbin/policy-rc.d").unlink(missing_ok=True)
    run("dpkg", "-i", PACKAGE)
    need(run("systemctl", "is-enabled", "heardd").strip() == "enabled", "the unit is not enabled")
    need(show("ActiveState") == "inactive", "it was started before anybody configured it")
    warnings = run("systemd-analyze", "verify", "--man=no", "heardd.service")
    need("heardd" not in warnings, f"systemd-analyze verify: {warnings}")
    exposure = re.search(r"exposure level for heardd.service: ([\d.]+)",
                         run("systemd-analyze", "security", "--no-pager", "heardd.service"))
    need(exposure and float(exposure[1]) <= 1.5, f"systemd-analyze security: {exposure}")
    run("systemctl", "start", "heardd")
    # It is started when it listens, and not before.
    need(deliver("one@t") == [250] and filed() == ["one@t"], "a mail is not filed")
    process = show("MainPID")
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    facts = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    need(facts["Uid"].split() == [str(pwd.getpwnam("heard").pw_uid)] * 4, f"it runs as {facts['Uid']}")
    need(int(facts["CapEff"], 16) == int(facts["CapBnd"], 16) == 0, "it has capabilities")
    need((facts["NoNewPrivs"], facts["Seccomp"]) == ("1", "2"), "it is not confined")
    say(f"runs as heard, without privileges, exposure {exposure[1]}")

    run("systemctl", "reload", "heardd")
    need(until(lambda: "lexicons and policy reloaded" in journal()), f"no reload:\n{journal()}")
    os.kill(int(process), 9)
    need(until(lambda: show("ActiveState") == "active" and show("MainPID") not in ("0", process)),
         f"it does not come back after a kill:\n{journal()}")
    need(deliver("one@t") == [250] and deliver("two@t") == [250], "nothing is filed after a kill")
    need(filed() == ["one@t", "two@t"], f"after a kill and a second delivery: {filed()}")
    need(SOCKET.stat().st_mode & 0o777 == 0o660, "everybody may use the socket")
    say("reloads, comes back after a kill, and files nothing twice")

    # What an upgrade finds running, it starts anew; a mistake ends in one failure with its place.
    before = show("MainPID")
    run("dpkg", "-i", PACKAGE)
    need(until(lambda: show("ActiveState") == "active") and show("MainPID") != before, "an upgrade takes no effect")
    own = pathlib.Path("/etc/heard/heardd.local.yaml")
    own.write_text("htpp: {}\n")
    run("systemctl", "restart", "heardd", status=1)
    time.sleep(3)
    need((show("ActiveState"), show("ExecMainStatus"), show("NRestarts")) == ("failed", "78", "0"),
         f"a mistake in the configuration: {show('ActiveState')} {show('ExecMainStatus')} {show('NRestarts')}")
    need("did you mean 'http'?" in journal(), "the journal does not say what is wrong")
    own.unlink()
    run("systemctl", "start", "heardd")
    run("systemctl", "stop", "heardd")
    need((show("Result"), show("ExecMainStatus")) == ("success", "0"), "a stop is no clean end")
    strange = [line for line in journal().splitlines() if re.search("fail|denied|not permitted", line, re.I)
               and "Failed with result" not in line and "code=killed" not in line]
    need(not strange, "the journal tells of:\n" + "\n".join(strange[:20]))
    say("an upgrade restarts it, a mistake stops it with 78, a stop is clean, the journal tells of no trouble")

    run("systemctl", "start", "heardd")
    run("dpkg", "--remove", "heard")
    need(run("systemctl", "is-active", "heardd", status=None).strip() != "active", "it runs although it is removed")
    need(pathlib.Path("/etc/heard/heardd.yaml").exists() and filed() == ["one@t", "two@t"], "what a removal leaves")
    printed = run("dpkg", "--purge", "heard")
    need("remove it yourself" in printed and filed() == ["one@t", "two@t"], "what a purge leaves")
    say("removed and purged; the mails stay")


# MARK: Both


def build(options, folder):
    """Makes the package, without compression, which takes longer than all the rest."""
    wishes = {"DPKG_DEB_COMPRESSOR_TYPE": "none", "SOURCE_DATE_EPOCH": "1700000000"}
    return subprocess.run(
        [ROOT / "packaging/build-deb", options.heard, options.heardd, folder], check=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | wishes).stdout.strip()


def digest(file):
    return hashlib.sha256(pathlib.Path(file).read_bytes()).hexdigest()


def lintian(deb, is_debug):
    """What Debian's checker says of the package."""
    if not shutil.which("lintian"):
        return say("SKIPPED: lintian is not installed")
    printed = run("lintian", "--no-tag-display-limit", deb, status=None)
    # The test packs without compression, and a debug build is linked with the toolchain's libraries.
    ours = ["uses-no-compression"] + ["custom-library-search-path"] * is_debug
    tags = [line for line in printed.splitlines()
            if line[:2] in ("E:", "W:") and not any(one in line for one in ours)]
    need(not tags, "lintian says\n" + "\n".join(tags))
    say("lintian has no errors and no warnings")


def trial(copy, command):
    """Runs a command in a copy of the machine; its status."""
    if not isinstance(copy, SystemdCopy):
        return copy.run("sh", "-c", command, cwd="/").returncode
    status, printed = copy.boot(command, 900)
    print(printed, end="", flush=True)
    return status


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--heard", default=str(ROOT / ".build/release/heard"))
    parser.add_argument("--heardd", help="else that of make server, else that of the tests")
    parser.add_argument("--only", default="twice,lintian,without_systemd,with_systemd")
    parser.add_argument("--inside", choices=["without_systemd", "with_systemd"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        return globals()[options.inside]()
    if options.heardd is None:
        places = [str(ROOT / place / "heardd") for place in (".build-server/release", ".build-debug/debug")]
        options.heardd = next(filter(os.path.exists, places), places[0])
    for program in (options.heard, options.heardd):
        need(os.access(program, os.X_OK), f"there is no {program}; run make build server")
    with tempfile.TemporaryDirectory() as folder:
        parts = options.only.split(",")
        deb = build(options, f"{folder}/first")
        say(f"{pathlib.Path(deb).name}, {os.path.getsize(deb) / 1e6:.0f} MB unpacked")
        if "twice" in parts:
            # Or nobody can tell what is in it.
            need(digest(deb) == digest(build(options, f"{folder}/second")), "built twice, it is not the same")
            say("built twice, it is the same")
        if "lintian" in parts:
            lintian(deb, "debug" in options.heardd)
        command = f"{sys.executable} {pathlib.Path(__file__).resolve()} --inside"
        for name, kind in (("without_systemd", MachineCopy), ("with_systemd", SystemdCopy)):
            if name not in parts:
                continue
            with kind(ROOT) as copy:
                if obstacle := copy.why_not():
                    say(f"SKIPPED: {name} was not tried: {obstacle}")
                    continue
                copy.put(deb, PACKAGE)
                need(trial(copy, f"{command} {name}") == 0, f"{name}: it does not do")
    say("all held")


if __name__ == "__main__":
    main()
