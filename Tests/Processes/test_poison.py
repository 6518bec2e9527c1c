"""A message that crashes or hangs the judging of a debug build: nothing is lost, nothing is tried for ever."""
import contextlib, json, os, signal, unittest, unittest.mock

from heardd_process import Heardd, executable, mail
from test_heardd import eventually

WORD = "qzxpoison"


@contextlib.contextmanager
def fault(kind):
    """What is started within goes wrong on messages with the word."""
    # Without a trace of the crash, which takes a debug build half a minute to write.
    wishes = {"HEARD_TEST_JUDGING": f"{kind}:{WORD}", "SWIFT_BACKTRACE": "enable=no"}
    with unittest.mock.patch.dict(os.environ, wishes):
        yield


def poison(name):
    return mail(name, f"The lamp is broken. {WORD}")


def place(server, name):
    """The queue and text of a mail."""
    for file in (server.folder / "queues").rglob("new/*"):
        text = file.read_bytes()
        if f"<{name}>".encode() in text:
            return file.parent.parent.name, text.decode()
    return None, ""


@unittest.skipUnless("debug" in executable(), "SKIPPED: judging goes wrong by wish only in a debug build; name one in HEARDD")
class Poison(unittest.TestCase):
    def assertFiledAsError(self, server, name):
        queue, text = place(server, name)
        self.assertEqual(queue, ".fallback")
        self.assertEqual(text.splitlines()[0], "X-Heard-Status: error", text[:200])
        self.assertIn(WORD, text)
        self.assertEqual(server.filed().count(name), 1)

    def deliver_to_death(self, server, name):
        """Hands over a message of which the server dies."""
        client = server.lmtp().hello()
        with self.assertRaises(OSError):
            client.deliver(poison(name))
        client.close()
        self.assertEqual(server.process.wait(60), -signal.SIGABRT)

    def test_a_crash_by_LMTP_is_not_met_a_third_time(self):
        with fault("crash"), Heardd() as server:
            self.assertEqual(server.lmtp().hello().deliver(mail("before@t")), [250])
            for _ in range(2):
                self.deliver_to_death(server, "bad@t")
                server.start()
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(poison("bad@t")), [250])
            self.assertFiledAsError(server, "bad@t")
            self.assertEqual(client.deliver(poison("bad@t")), [250])
            self.assertEqual(client.deliver(mail("after@t")), [250])
            self.assertEqual(place(server, "after@t")[0], ".complaints")
            self.assertEqual(sorted(server.filed()), ["after@t", "bad@t", "before@t"])
            self.assertIn("heard_fallback_total 1", server.ask("GET", "/metrics")[1].decode())
            self.assertNotIn(WORD, server.logged())

    def test_a_crash_by_a_Maildir_holds_up_no_other(self):
        with fault("crash"):
            server = Heardd("maildir: {watch: incoming}")
            for name in ("tmp", "new", "cur"):
                (server.folder / "incoming" / name).mkdir(parents=True)
            (server.folder / "incoming/new/1").write_bytes(mail("one@t"))
            (server.folder / "incoming/new/2").write_bytes(poison("bad@t"))
            (server.folder / "incoming/new/3").write_bytes(mail("three@t"))
            try:
                for _ in range(2):
                    server.start(ready=False)
                    self.assertEqual(server.process.wait(120), -signal.SIGABRT)
                server.start()
                self.assertTrue(eventually(lambda: len(server.filed()) == 3))
                self.assertFiledAsError(server, "bad@t")
                self.assertEqual(place(server, "three@t")[0], ".complaints")
                self.assertTrue(eventually(lambda: not list((server.folder / "incoming/new").iterdir())))
            finally:
                server.__exit__()

    def test_two_kills_in_the_middle_of_judging(self):
        with fault("hang"), Heardd("judging: {time: 10 min}") as server:
            for _ in range(2):
                client = server.lmtp().hello()
                client.send("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
                [client.code() for _ in range(3)]
                client.send(poison("bad@t") + b".\r\n")
                notes = server.folder / "queues/heard-judging"
                self.assertTrue(eventually(lambda: any(b"sha256:" in file.read_bytes() for file in notes.iterdir())))
                server.kill()
                client.close()
                server.start()
            self.assertEqual(server.lmtp().hello().deliver(poison("bad@t")), [250])
            self.assertFiledAsError(server, "bad@t")

    def test_a_hang_is_given_up(self):
        with fault("hang"), Heardd("judging: {time: 300 ms, workers: 1}") as server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(poison("bad@t")), [250])
            self.assertFiledAsError(server, "bad@t")
            self.assertEqual(client.deliver(mail("after@t")), [250])
            self.assertEqual(place(server, "after@t")[0], ".complaints")
            answer, body = server.ask("POST", "/v1/classify", f"broken {WORD}", {"Content-Type": "text/plain"})
            self.assertEqual(answer.status, 500)
            self.assertTrue(json.loads(body)["type"].endswith("took-too-long"))
            # The one judging thread hangs; another took its place.
            answer, body = server.ask("POST", "/v1/classify", "It is broken.", {"Content-Type": "text/plain"})
            self.assertEqual(answer.status, 200)
            self.assertIn('heard_errors_total{stage="judging"} 1', server.ask("GET", "/metrics")[1].decode())
            self.assertEqual(server.stop(), 0)
            self.assertNotIn(WORD, server.logged())

    def test_a_hang_does_not_outlive_the_grace(self):
        with fault("hang"), Heardd("judging: {time: 10 min}\nstop: {grace: 1 s}") as server:
            client = server.lmtp().hello()
            client.send("MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
            [client.code() for _ in range(3)]
            client.send(poison("bad@t") + b".\r\n")
            web = server.http()
            web.request("POST", "/v1/classify", f"broken {WORD}", {"Content-Type": "text/plain"})
            notes = server.folder / "queues/heard-judging"
            self.assertTrue(eventually(lambda: any(b"sha256:" in file.read_bytes() for file in notes.iterdir())))
            # Not acknowledged, so the client has it still.
            self.assertEqual(server.stop(), 70)
            self.assertIn("something does not end", server.logged())
            client.close()
            server.start()
            self.assertEqual(server.lmtp().hello().deliver(mail("after@t")), [250])

    def test_too_many_hangs_end_the_process_and_lose_nothing(self):
        with fault("hang"), Heardd("judging: {time: 200 ms}\nstop: {grace: 2 s}") as server:
            done = []
            try:
                client = server.lmtp().hello()
                for number in range(20):
                    if client.deliver(poison(f"bad{number}@t")) == [250]:
                        done.append(f"bad{number}@t")
            except OSError:
                pass
            self.assertEqual(server.process.wait(60), 70)
            self.assertIn("judging is stuck", server.logged())
            self.assertGreaterEqual(len(done), 8)
            self.assertEqual(sorted(server.filed()), sorted(done))
            server.start()
            self.assertEqual(server.lmtp().hello().deliver(mail("after@t")), [250])


if __name__ == "__main__":
    unittest.main()
