#!/usr/bin/env python3
"""Postfix, heard and Dovecot together: nothing lost, nothing doubled.

Runs the blocks of docs/operations.md on a Postfix and a Dovecot of their own (loopback, folders
under /tmp), sends mails through while `heard` is killed at random moments, and counts every
Message-ID that Dovecot shows by IMAP. Needs root and Debian's packages; says SKIPPED without.

  Tests/integration/intake.py [--mails 300] [--kills 60] [--heard .build/release/heard] [--keep]
"""

import argparse
import collections
import glob
import imaplib
import os
import pathlib
import pwd
import random
import re
import shutil
import signal
import smtplib
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "operations.md"
DOMAIN = "care.example"


def say(text):
    print(f"intake: {text}", flush=True)


def run(*command, **options):
    return subprocess.run(command, check=True, text=True, capture_output=True, **options).stdout


def free_port(taken=set()):
    import socket

    while True:
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            port = server.getsockname()[1]
        if port not in taken:
            taken.add(port)
            return port


class Site:
    """A Postfix and a Dovecot that share nothing with those of the machine but their programs."""

    def __init__(self, folder, heard):
        self.folder = folder
        self.heard_built = heard
        self.smtp, self.imap, self.lmtp = free_port(), free_port(), free_port()
        self.postfix = folder / "postfix"
        self.dovecot = folder / "dovecot"
        self.mail = folder / "mail"
        self.prefix = folder / "prefix"
        self.heard = self.prefix / "bin" / "heard"
        self.ledger = self.mail / "heard-ledger.sqlite"

    def environment(self):
        return dict(
            os.environ,
            PREFIX=str(self.prefix), HEARD_BINARY=str(self.heard_built), MAIL=str(self.mail),
            DOMAIN=DOMAIN, POSTFIX=str(self.postfix), DOVECOT=str(self.dovecot),
            SMTP_PORT=str(self.smtp), DEBIAN_FRONTEND="noninteractive",
        )

    def prepare_postfix(self):
        """An instance as a fresh installation would be, but for places, port and patience."""
        self.postfix.mkdir()
        # Whatever the machine's own configuration is, this is a fresh one.
        fresh = [pathlib.Path("/usr/share/postfix"), pathlib.Path("/etc/postfix")]
        for name in ["master.cf", "dynamicmaps.cf"]:
            source = next(
                place / copy for place in fresh for copy in (f"{name}.dist", name)
                if (place / copy).exists())
            shutil.copy(source, self.postfix / name)
        for name in ["postfix-files", "postfix-script", "post-install"]:
            if os.path.exists(f"/etc/postfix/{name}"):
                shutil.copy(f"/etc/postfix/{name}", self.postfix / name)
        queue, data = self.folder / "spool", self.folder / "postfix-data"
        queue.mkdir()
        data.mkdir()
        shutil.chown(data, "postfix")
        (self.postfix / "main.cf").write_text(
            "\n".join([
                "compatibility_level = 3.6",
                f"queue_directory = {queue}",
                f"data_directory = {data}",
                "multi_instance_enable = yes",
                "inet_interfaces = 127.0.0.1",
                "inet_protocols = ipv4",
                "myhostname = mx.care.example",
                "mydestination =",
                "mynetworks = 127.0.0.0/8",
                "alias_maps =",
                "alias_database =",
                f"maillog_file_prefixes = {self.folder}",
                f"maillog_file = {self.folder}/postfix.log",
                "smtpd_recipient_restrictions = permit_mynetworks, reject",
                "smtpd_client_connection_count_limit = 0",
                # A test cannot wait five minutes for the second attempt.
                "minimal_backoff_time = 2s",
                "maximal_backoff_time = 4s",
                "queue_run_delay = 2s",
                # The Dovecot that receives by itself, in the second part.
                f"sieve_destination_recipient_limit = 1",
                "",
            ]))
        services = run("postconf", "-c", str(self.postfix), "-M", "smtp/inet").split()
        services[0], services[4] = f"127.0.0.1:{self.smtp}", "n"
        run("postconf", "-c", str(self.postfix), "-MX", "smtp/inet")
        run("postconf", "-c", str(self.postfix), "-M",
            f"127.0.0.1:{self.smtp}/inet={' '.join(services)}")
        # No jail: its files would have to be copied first.
        for service in ["qmgr/unix", "pickup/unix", "cleanup/unix", "lmtp/unix", "smtp/unix",
                        "rewrite/unix", "bounce/unix", "defer/unix", "trace/unix", "error/unix",
                        "retry/unix", "discard/unix", "anvil/unix", "scache/unix", "flush/unix",
                        "showq/unix", "relay/unix", "verify/unix", "tlsmgr/unix"]:
            subprocess.run(["postconf", "-c", str(self.postfix), "-F", f"{service}/chroot = n"],
                           capture_output=True)
        run("postconf", "-c", str(self.postfix), "-M",
            "postlog/unix-dgram=postlog unix-dgram n - n - 1 postlogd")

    def prepare_dovecot(self):
        (self.dovecot / "conf.d").mkdir(parents=True)
        os.chmod(self.dovecot, 0o755)
        (self.dovecot / "dovecot.conf").write_text(f"""
protocols = imap lmtp
listen = 127.0.0.1
base_dir = {self.folder}/dovecot-run
state_dir = {self.folder}/dovecot-state
log_path = {self.folder}/dovecot.log
ssl = no
disable_plaintext_auth = no
mail_max_userip_connections = 50
service imap-login {{
  inet_listener imap {{
    port = {self.imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {self.lmtp}
  }}
}}
namespace inbox {{
  inbox = yes
}}
!include conf.d/*.conf
""")

    def stop(self):
        subprocess.run(["postfix", "-c", str(self.postfix), "stop"], capture_output=True)
        pid = self.folder / "dovecot-run" / "master.pid"
        if pid.exists():
            os.kill(int(pid.read_text()), signal.SIGTERM)
            time.sleep(0.5)


def page_blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", PAGE.read_text(), re.M | re.S)


def follow_page(site):
    """Runs the page from its first block to its last, in one shell as an operator would."""
    script = "set -euo pipefail\n"
    for number, block in enumerate(page_blocks("sh"), 1):
        script += f"echo '== block {number}'\n{block}\n"
    # A file and no pipe: the servers keep it open for as long as they run.
    with open(site.folder / "page.log", "w+") as log:
        status = subprocess.run(
            ["bash", "-c", script], cwd=ROOT, env=site.environment(), stdin=subprocess.DEVNULL,
            stdout=log, stderr=subprocess.STDOUT).returncode
    output = (site.folder / "page.log").read_text()
    if status != 0:
        sys.exit(f"intake: the page does not work:\n{output}\n{logs(site)}")
    if "first@example.org" not in output or "0 faults" not in output:
        sys.exit(f"intake: the page does not show what it says:\n{output}\n{logs(site)}")
    say("docs/operations.md, block by block: the first mail is in its queue")


def logs(site):
    text = ""
    for name in ["postfix.log", "dovecot.log"]:
        path = site.folder / name
        if path.exists():
            text += f"--- {name}\n" + "\n".join(path.read_text().splitlines()[-40:]) + "\n"
    return text


TEXTS = [
    "I was charged twice for the same invoice. I want my money back!",
    "Jullie monteur was onbeschoft en ik wacht al drie weken.",
    "Jestem wściekły, obiecaliście zwrot pieniędzy i nic!",
    "Could you tell me your opening hours?",
    "Thank you so much, the parcel came early.",
    "Out of office until Monday.",
]


def mail(number):
    end = "\r\n"
    lines = [
        "From: Customer <customer%d@example.org>" % number,
        f"To: help@{DOMAIN}",
        "Subject: Message %d" % number,
        "Message-ID: <test-%d@example.org>" % number,
        "Date: Sat, 21 Nov 2026 10:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "X-Heard-Queue: forged",
    ]
    body = TEXTS[number % len(TEXTS)] + f" ({number})" + end + ("." * (number % 7)) + end
    return (end.join(lines) + end + end + body).encode()


def send(site, numbers, recipient):
    """Sends by four connections; a mail that Postfix does not accept is an error of the test."""
    numbers = list(numbers)
    errors = []

    def worker(own):
        try:
            with smtplib.SMTP("127.0.0.1", site.smtp, timeout=60) as smtp:
                for number in own:
                    smtp.sendmail(f"customer{number}@example.org", [recipient], mail(number))
        except Exception as error:  # reported by the main thread
            errors.append(error)

    threads = [threading.Thread(target=worker, args=(numbers[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    return threads, errors


def waiting(site):
    listing = subprocess.run(
        ["postqueue", "-c", str(site.postfix), "-j"], capture_output=True, text=True).stdout
    return len([line for line in listing.splitlines() if line.strip()])


def drain(site, seconds):
    until = time.time() + seconds
    # Twice empty: a mail may be on its way between two of Postfix's queues.
    empty = 0
    while empty < 2:
        count = waiting(site)
        empty = empty + 1 if count == 0 else 0
        if time.time() > until:
            sys.exit(f"intake: {count} mails still wait in Postfix\n{logs(site)}")
        time.sleep(0.5)


def kill_at_random(site, stop, killed, most):
    """Kills `heard` processes of this site, at any moment of their life."""
    chooser = random.Random(7)
    while not stop.is_set() and killed[0] < most:
        time.sleep(chooser.uniform(0.0, 0.02))
        victims = []
        for entry in glob.glob("/proc/[0-9]*/exe"):
            try:
                if os.readlink(entry) == str(site.heard):
                    victims.append(int(entry.split("/")[2]))
            except OSError:
                continue
        if victims and chooser.random() < 0.5:
            try:
                os.kill(chooser.choice(victims), signal.SIGKILL)
                killed[0] += 1
            except ProcessLookupError:
                pass


def imap_counts(site, user="desk"):
    """Message-IDs by mailbox, as Dovecot shows them."""
    found = collections.defaultdict(list)
    with imaplib.IMAP4("127.0.0.1", site.imap) as imap:
        imap.login(user, "change-me")
        for row in imap.list()[1]:
            name = row.decode().rsplit(' "." ', 1)[-1].strip('"')
            count = int(imap.select(f'"{name}"', readonly=True)[1][0])
            if count == 0:
                continue
            fields = imap.fetch("1:*", "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID X-HEARD-QUEUE)])")[1]
            for item in fields:
                if not isinstance(item, tuple):
                    continue
                header = item[1].decode()
                message_id = re.search(r"(?im)^message-id:\s*<([^>]+)>", header).group(1)
                queues = re.findall(r"(?im)^x-heard-queue:\s*(\S+)", header)
                found[message_id].append((name, queues))
    return found


def check(site, found, expected, what):
    lost = [name for name in expected if name not in found]
    doubled = [name for name in expected if len(found.get(name, [])) > 1]
    wrong = [
        name for name in expected for (mailbox, queues) in found.get(name, [])
        if queues not in ([mailbox], []) or (not queues and mailbox != "fallback")]
    mailboxes = collections.Counter(places[0][0] for places in found.values())
    say(f"{what}: {len(expected)} mails, {len(lost)} lost, {len(doubled)} doubled; "
        + ", ".join(f"{name} {count}" for name, count in sorted(mailboxes.items())))
    if lost or doubled or wrong:
        sys.exit(
            f"intake: lost {lost[:5]}, doubled {doubled[:5]}, in the wrong mailbox "
            f"{[(name, found[name]) for name in wrong[:5]]}\n{logs(site)}")


def pipe_part(site, mails, kills):
    expected = {f"test-{number}@example.org" for number in range(mails)} | {"first@example.org"}
    stop, killed = threading.Event(), [0]
    began = time.time()
    threads, errors = send(site, range(mails), f"help@{DOMAIN}")
    killer = threading.Thread(target=kill_at_random, args=(site, stop, killed, kills))
    killer.start()
    for thread in threads:
        thread.join()
    if errors:
        sys.exit(f"intake: Postfix refused a mail: {errors[0]}\n{logs(site)}")
    drain(site, 120 + mails / 5)
    stop.set()
    killer.join()
    seconds = time.time() - began
    say(f"pipe: {mails} mails in {seconds:.0f} s ({mails / seconds:.0f}/s), "
        f"heard killed {killed[0]} times")
    if kills and killed[0] < min(kills, mails // 10):
        sys.exit("intake: heard was hardly ever killed; the test shows nothing")
    # What was recorded and not moved is moved by whoever comes next.
    subprocess.run(
        [str(site.heard), "deliver", f"--maildir={site.mail}",
         f"--lexicons={site.prefix}/share/heard/lexicon.compiled",
         f"--policy={site.prefix}/share/heard/policies/default.yaml", "--", "last@care.example"],
        input=mail(mails), check=True, user="heard")
    expected.add(f"test-{mails}@example.org")
    check(site, imap_counts(site), expected, "Postfix pipe, heard deliver, Dovecot IMAP")
    verified = run(str(site.heard), "ledger", "verify", "--ledger", str(site.ledger))
    say(f"ledger: {verified.strip()}")
    if not verified.startswith(f"{len(expected)} records, 0 forgotten, 0 faults"):
        sys.exit("intake: the ledger does not have each mail once")
    litter = glob.glob(f"{site.mail}/.*/tmp/*")
    say(f"left in tmp by killed processes: {len(litter)} files, which go after an hour")


def sieve_part(site, mails):
    """The same mails to a Dovecot that receives by LMTP and sorts by what `heard filter` adds."""
    scripts = site.dovecot / "sieve-filter"
    scripts.mkdir()
    wrapper = scripts / "heard-filter"
    wrapper.write_text(
        f"#!/bin/sh\nexec {site.heard} filter"
        f" --lexicons={site.prefix}/share/heard/lexicon.compiled"
        f" --policy={site.prefix}/share/heard/policies/default.yaml\n")
    wrapper.chmod(0o755)
    (site.dovecot / "heard.sieve").write_text(page_blocks("sieve")[0])
    (site.dovecot / "conf.d" / "91-sieve.conf").write_text(
        page_blocks("sieve-conf")[0].replace("@DOVECOT@", str(site.dovecot)))
    # A user whose mail is elsewhere, so that it can be told from the first part's.
    home = site.folder / "sorted"
    home.mkdir()
    shutil.chown(home, "heard", "heard")
    run("sievec", "-c", str(site.dovecot / "dovecot.conf"), str(site.dovecot / "heard.sieve"))
    for compiled in site.dovecot.glob("*.svbin"):
        compiled.chmod(0o644)
    users = site.dovecot / "heard-users"
    password = users.read_text().split(":")[1].strip()
    user, heard = f"sorted@{DOMAIN}", pwd.getpwnam("heard")
    users.write_text(
        users.read_text()
        + f"{user}:{password}:{heard.pw_uid}:{heard.pw_gid}::{home}::userdb_mail=maildir:{home}\n")
    settings = site.dovecot / "conf.d" / "90-heard.conf"
    settings.write_text(re.sub(
        r"userdb \{.*?\n\}", f"userdb {{\n  driver = passwd-file\n  args = {users}\n}}",
        settings.read_text(), flags=re.S))
    run("doveadm", "-c", str(site.dovecot / "dovecot.conf"), "reload")
    time.sleep(1)
    run("postconf", "-c", str(site.postfix), "-e",
        f"virtual_transport = lmtp:inet:127.0.0.1:{site.lmtp}")
    run("postfix", "-c", str(site.postfix), "reload")
    time.sleep(1)
    threads, errors = send(site, range(mails), user)
    for thread in threads:
        thread.join()
    if errors:
        sys.exit(f"intake: Postfix refused a mail: {errors[0]}\n{logs(site)}")
    drain(site, 120 + mails / 5)
    expected = {f"test-{number}@example.org" for number in range(mails)}
    found = imap_counts(site, user)
    check(site, found, expected, "Dovecot LMTP, heard filter in Sieve")
    if {places[0][0] for places in found.values()} <= {"fallback", "INBOX"}:
        sys.exit(f"intake: Sieve sorted nothing\n{logs(site)}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mails", type=int, default=300)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--heard", default=str(ROOT / ".build/release/heard"))
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    if os.geteuid() != 0:
        print("SKIPPED: Postfix and Dovecot need root; nothing of the intake was tested with them",
              file=sys.stderr)
        return
    if not os.access(options.heard, os.X_OK):
        sys.exit(f"intake: there is no {options.heard}; run make build")
    missing = [name for name in ["postfix", "dovecot", "swaks", "sievec"] if not shutil.which(name)]
    if missing:
        print(f"SKIPPED: {', '.join(missing)} missing; run make test-intake", file=sys.stderr)
        return
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heard-site-", dir="/tmp"))
    folder.chmod(0o755)
    site = Site(folder, pathlib.Path(options.heard).resolve())
    try:
        site.prepare_postfix()
        site.prepare_dovecot()
        follow_page(site)
        pipe_part(site, options.mails, options.kills)
        sieve_part(site, min(options.mails, 300))
        say("all held")
    finally:
        site.stop()
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


main()
