"""The Maildir that heardd watches."""
import os, unittest

from heardd_process import Heardd, mail
from test_heardd import eventually


class Maildir(unittest.TestCase):
    def test_what_arrives_is_filed_and_goes(self):
        server = Heardd("maildir: {watch: incoming, interval: 30 s}")
        for name in ("tmp", "new", "cur"):
            (server.folder / "incoming" / name).mkdir(parents=True)
        (server.folder / "incoming/new/0").write_bytes(mail("before@t"))
        with server:
            self.assertTrue(eventually(lambda: server.filed() == ["before@t"]))
            for number in range(20):
                temporary = server.folder / f"incoming/tmp/{number}"
                temporary.write_bytes(mail(f"w{number}@t"))
                temporary.rename(server.folder / f"incoming/new/{number}")
            self.assertTrue(eventually(lambda: len(server.filed()) == 21))
            self.assertTrue(eventually(lambda: not list((server.folder / "incoming/new").iterdir())))
            # The same mail by another way is recognised only for the same recipient.
            (server.folder / "incoming/new/again").write_bytes(mail("w3@t"))
            self.assertTrue(eventually(lambda: not list((server.folder / "incoming/new").iterdir())))
            self.assertEqual(len(server.filed()), 21)

    def test_what_is_no_file_holds_up_nothing(self):
        server = Heardd("maildir: {watch: incoming, interval: 200 ms}\nstop: {grace: 2 s}")
        for name in ("tmp", "new", "cur"):
            (server.folder / "incoming" / name).mkdir(parents=True)
        new = server.folder / "incoming/new"
        os.mkfifo(new / "0")
        (new / "1").mkdir()
        (new / "2").write_bytes(mail("beside@t"))
        with server:
            self.assertTrue(eventually(lambda: server.filed() == ["beside@t"]))
            self.assertIn("a mail cannot be taken in; it stays", server.logged())
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
