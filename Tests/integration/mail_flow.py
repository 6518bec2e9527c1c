"""Mails into Postfix, and out of Dovecot again by IMAP; every one is known by its number."""

import collections
import imaplib
import pathlib
import re
import smtplib
import subprocess
import sys
import threading
import time

DOMAIN = "care.example"
LOGS = ["/var/log/heard-postfix.log", "/var/log/heard-dovecot.log", "/var/log/heardd.log"]
TEXTS = [
    "I was charged twice for the same invoice. I want my money back!",
    "Jullie monteur was onbeschoft en ik wacht al drie weken.",
    "Jestem wściekły, obiecaliście zwrot pieniędzy i nic!",
    "Could you tell me your opening hours?",
    "Thank you so much, the parcel came early.",
    "Out of office until Monday.",
]


def say(text):
    print(f"intake: {text}", flush=True)


def end(text):
    """Ends the test as failed, with the end of every log."""
    for path in map(pathlib.Path, LOGS):
        if path.exists():
            text += f"\n--- {path}\n" + "\n".join(path.read_text().splitlines()[-40:])
    sys.exit(f"intake: {text}")


def message_id(number):
    return f"test-{number}@example.org"


def body(number):
    """A text in one of three languages; one mail in fifty is longer, up to 150 KB."""
    text = f"{TEXTS[number % len(TEXTS)]} ({number})\r\n" + "." * (number % 7) + "\r\n"
    if number % 50 == 49:
        text += ("-- \r\n" + "x" * 70 + "\r\n") * (number % 2000)
    return text.encode()


def mail(number):
    lines = [
        f"From: Customer <customer{number}@example.org>",
        f"To: help@{DOMAIN}",
        f"Subject: Message {number}",
        f"Message-ID: <{message_id(number)}>",
        "Date: Sat, 21 Nov 2026 10:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "X-Heard-Queue: forged",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body(number)


class Sending:
    """Sends mails by four connections; one that Postfix does not accept fails the test."""

    def __init__(self, numbers, recipient):
        self.numbers = list(numbers)
        self.recipient = recipient
        self.errors = []
        self.threads = [
            threading.Thread(target=self._send, args=(self.numbers[first::4],))
            for first in range(min(4, len(self.numbers)))]
        for thread in self.threads:
            thread.start()

    def _send(self, numbers):
        try:
            with smtplib.SMTP("127.0.0.1", 25, timeout=120) as smtp:
                for number in numbers:
                    smtp.sendmail(
                        f"customer{number}@example.org", [self.recipient], mail(number))
        except Exception as error:  # told by the main thread
            self.errors.append(error)

    def wait(self):
        for thread in self.threads:
            thread.join()
        if self.errors:
            end(f"Postfix refused a mail: {self.errors[0]}")


def waiting():
    """How many mails Postfix still has."""
    listing = subprocess.run(["postqueue", "-j"], capture_output=True, text=True).stdout
    return len([line for line in listing.splitlines() if line.strip()])


def drain(seconds):
    """Waits until Postfix has no mail any more."""
    until = time.time() + seconds
    # Twice empty: a mail may be on its way between two of Postfix's queues.
    empty = 0
    while empty < 2:
        count = waiting()
        empty = empty + 1 if count == 0 else 0
        if time.time() > until:
            end(f"{count} mails still wait in Postfix")
        time.sleep(0.5)


class Found(collections.namedtuple("Found", "mailbox queues body")):
    """A mail as Dovecot shows it: where, its X-Heard-Queue fields, and its text."""


def read_mailboxes(user="desk"):
    """All mails by Message-ID."""
    found = collections.defaultdict(list)
    with imaplib.IMAP4("127.0.0.1", 143) as imap:
        imap.login(user, "change-me")
        for row in imap.list()[1]:
            name = row.decode().rsplit(' "." ', 1)[-1].strip('"')
            count = int(imap.select(f'"{name}"', readonly=True)[1][0])
            for first in range(1, count + 1, 500):
                for item in imap.fetch(f"{first}:{min(count, first + 499)}", "(BODY.PEEK[])")[1]:
                    if not isinstance(item, tuple):
                        continue
                    header, _, text = item[1].partition(b"\r\n\r\n")
                    header = header.decode("utf-8", "replace")
                    known = re.search(r"(?im)^message-id:\s*<([^>]+)>", header).group(1)
                    queues = re.findall(r"(?im)^x-heard-queue:\s*(\S+)", header)
                    found[known].append(Found(name, queues, text))
    return found


def check(found, numbers, what, others=()):
    """Nothing lost, nothing doubled, nothing half written, each in the mailbox it names."""
    expected = {message_id(number): number for number in numbers}
    names = [*expected, *others]
    lost = [name for name in names if name not in found]
    strange = [name for name in found if name not in expected and name not in others]
    doubled = [name for name in names if len(found.get(name, [])) > 1]
    copies = [(name, one) for name in expected for one in found.get(name, [])]
    damaged = [name for name, one in copies if one.body != body(expected[name])]
    wrong = [
        name for name, one in copies
        if one.queues not in ([one.mailbox], []) or (not one.queues and one.mailbox != "fallback")]
    mailboxes = collections.Counter(one.mailbox for _, one in copies)
    say(f"{what}: {len(names)} mails, {len(lost)} lost, {len(doubled)} doubled, "
        f"{len(damaged)} damaged; "
        + ", ".join(f"{name} {count}" for name, count in sorted(mailboxes.items())))
    if lost or strange or doubled or damaged or wrong:
        end(f"lost {lost[:5]}, not ours {strange[:5]}, doubled {doubled[:5]}, "
            f"damaged {damaged[:5]}, in the wrong mailbox {wrong[:5]}")
    if set(mailboxes) <= {"fallback", "INBOX"}:
        end("nothing was sorted")
