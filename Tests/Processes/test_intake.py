"""What heardd takes in: empty messages, the envelope's recipients, and which ledger it finds in a Maildir."""
import re, sqlite3, subprocess, unittest

from heardd_process import Heardd, executable, mail
from test_heardd import eventually

DEADLINES = """deadlines: heard/1
bindings:
- {id: pl, recipient: "*@y.test", regimes: [pl-consumer]}
"""


class Empty(unittest.TestCase):
    def test_an_empty_message_is_filed_however_many_it_is_for(self):
        for recipients in (["b@y.test"], ["b@y.test", "c@y.test"]):
            with Heardd() as server:
                client = server.lmtp().hello()
                client.send("MAIL FROM:<a@x.test>\r\n" + "".join(f"RCPT TO:<{one}>\r\n" for one in recipients)
                            + "DATA\r\n")
                self.assertEqual([client.code() for _ in range(len(recipients) + 2)][-1], 354)
                client.send(".\r\n")
                self.assertEqual([client.code() for _ in recipients], [250] * len(recipients))
                self.assertEqual(len(server.filed()), len(recipients))


class Envelope(unittest.TestCase):
    def test_a_bound_recipient_that_only_the_envelope_names(self):
        server = Heardd("handling: {deadlines: [ours.yaml]}")
        (server.folder / "ours.yaml").write_text(DEADLINES)
        blind = mail("blind@t").replace(b"To: b@y.test", b"To: undisclosed-recipients:;")
        with server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(blind, ["a@z.test"]), [250])
            self.assertEqual(client.deliver(blind, ["b@y.test"]), [250])
            self.assertEqual(client.deliver(blind.replace(b"blind@", b"two@"), ["c@z.test", "c@y.test"]), [250] * 2)
            texts = [file.read_text() for file in (server.folder / "queues").glob(".*/new/*")]
        due = [bool(re.search("^X-Heard-Due: .*regime=pl-consumer", text, re.M)) for text in texts]
        self.assertEqual(sorted(due), [False, True, True, True])


class Counts(unittest.TestCase):
    def test_filed_mail_is_counted_as_judged_once(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(mail("one@t")), [250])
            self.assertEqual(client.deliver(mail("one@t")), [250])
            self.assertEqual(client.deliver(mail("two@t"), ["b@y.test", "c@y.test"]), [250, 250])
            self.assertEqual(server.metric('heard_messages_total{class="complaint",lang="en"}'), 2)
            self.assertEqual(server.metric('heard_routed_total{queue="complaints"}'), 2)
            self.assertEqual(server.metric("heard_classify_duration_seconds_count"), 2)
            self.assertGreater(server.metric("heard_classify_duration_seconds_sum"), 0)


class Ledgers(unittest.TestCase):
    def test_no_more_records_than_configured_whatever_arrived(self):
        server = Heardd()
        with server:
            client = server.lmtp().hello()
            for number in range(1200):
                self.assertEqual(client.deliver(mail(f"m{number}@t")), [250])
            self.assertEqual(server.stop(), 0)
            text = server.configuration.read_text()
            server.configuration.write_text(text.replace("maildir: queues", "maildir: queues, records: 1000"))
            server.start()
            ledger = sqlite3.connect(server.folder / "queues/heard-ledger.sqlite")
            # More than one step, and long before the next upkeep.
            self.assertTrue(eventually(lambda: ledger.execute("SELECT count(*) FROM record").fetchone() == (1000,)))

    def test_the_ledger_of_the_maildir(self):
        server = Heardd()
        queues = server.folder / "queues"
        with server:
            self.assertEqual(server.lmtp().hello().deliver(mail("first@t")), [250])
            self.assertEqual(server.stop(), 0)
            self.assertTrue((queues / "heard-ledger.sqlite").exists())
            # As former versions began it.
            for file in queues.glob("heard-ledger.sqlite*"):
                file.rename(queues / file.name.removeprefix("heard-"))
            server.start()
            self.assertEqual(server.lmtp().hello().deliver(mail("first@t")), [250])
            self.assertEqual(server.filed(), ["first@t"])
            self.assertFalse((queues / "heard-ledger.sqlite").exists())
            self.assertEqual(server.stop(), 0)
            (queues / "heard-ledger.sqlite").touch()
            checked = subprocess.run([executable(), "config", "check", "--config", str(server.configuration)],
                                     capture_output=True, text=True)
            self.assertEqual(checked.returncode, 78, checked)
            self.assertIn("intake.ledger: two ledgers are in the Maildir", checked.stderr + checked.stdout)


if __name__ == "__main__":
    unittest.main()
