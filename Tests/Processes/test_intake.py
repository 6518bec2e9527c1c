"""What heardd takes in, and which ledger it finds in a Maildir."""
import subprocess, unittest

from heardd_process import Heardd, executable, mail


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
