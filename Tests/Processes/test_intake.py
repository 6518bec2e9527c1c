"""What heardd takes in: empty messages, and which ledger it finds in a Maildir."""
import subprocess, unittest

from heardd_process import Heardd, executable, mail


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


class Ledgers(unittest.TestCase):
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
