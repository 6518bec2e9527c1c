"""What goes wrong around heardd: disks, clocks, ledgers, lexicons, clients. Nothing lost, nothing doubled.

A client repeats what was not acknowledged, as mail servers do; in the end every Message-ID is filed once.
"""
import contextlib, os, pathlib, shutil, socket, sqlite3, subprocess, threading, time, unittest

from heardd_process import Heardd, executable, mail
from test_heardd import eventually, resource_limit

ROOT = os.geteuid() == 0
FAKETIME = next(iter(pathlib.Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")), None)


class Feeders:
    """Clients that deliver numbered mails one after another until told to stop, each until it is acknowledged."""

    def __init__(self, server, count=4, text="The lamp is broken."):
        self.server, self.text = server, text
        self.numbers, self.lock = iter(range(10**9)), threading.Lock()
        self.stopping, self.acknowledged = threading.Event(), []
        self.threads = [threading.Thread(target=self._feed, daemon=True) for _ in range(count)]
        for thread in self.threads:
            thread.start()

    def _feed(self):
        mine, client = None, None
        while mine or not self.stopping.is_set():
            if mine is None:
                with self.lock:
                    mine = f"f{next(self.numbers)}@t"
            try:
                client = client or self.server.lmtp(timeout=20).hello()
                if client.deliver(mail(mine, self.text)) == [250]:
                    with self.lock:
                        self.acknowledged.append(mine)
                    mine = None
            except (OSError, ValueError, AssertionError):
                client = None
                time.sleep(0.02)

    def wait_for(self, more):
        """Until so many more mails are acknowledged."""
        enough = len(self.acknowledged) + more
        return eventually(lambda: len(self.acknowledged) >= enough, 60)

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        return self.acknowledged


@contextlib.contextmanager
def small_disk(place, size):
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place], check=True)
    try:
        yield lambda options: subprocess.run(["mount", "-o", f"remount,{options}", place], check=True)
    finally:
        subprocess.run(["umount", "-l", place], check=True)


class Disk(unittest.TestCase):
    @unittest.skipUnless(ROOT, "SKIPPED: only root can mount a small disk")
    def test_a_disk_that_fills_up(self):
        server = Heardd()
        with small_disk(server.folder / "queues", "2m") as remount, server:
            client, refused = server.lmtp().hello(), []
            for number in range(60):
                code = client.deliver(mail(f"d{number}@t", size=60_000))[0]
                self.assertIn(code, (250, 451))
                if code == 451:
                    refused.append(number)
            self.assertTrue(0 < len(refused) < 60, refused)
            remount("size=64m")
            for number in refused:
                self.assertEqual(client.deliver(mail(f"d{number}@t", size=60_000)), [250])
            self.assertEqual(sorted(server.filed()), sorted(f"d{number}@t" for number in range(60)))
            client.close()
            self.assertEqual(server.stop(), 0)

    @unittest.skipUnless(ROOT, "SKIPPED: only root can mount a disk")
    def test_a_disk_that_becomes_read_only(self):
        # Ledger and notes are elsewhere: a disk with files open for writing stays writable.
        server = Heardd("intake: {maildir: queues, ledger: ledger.sqlite, state: state}\n"
                        "lmtp: {listen: '127.0.0.1:0'}", intake=False)
        with small_disk(server.folder / "queues", "16m") as remount, server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(mail("before@t")), [250])
            remount("ro")
            self.assertEqual(client.deliver(mail("during@t")), [451])
            self.assertEqual(client.deliver(mail("before@t")), [250], "it is here, and known")
            remount("rw")
            self.assertEqual(client.deliver(mail("during@t")), [250])
            self.assertEqual(sorted(server.filed()), ["before@t", "during@t"])

    def test_queues_that_are_taken_away(self):
        """Somebody moves what was filed elsewhere, folder and all, while mails come."""
        with Heardd() as server:
            feeders = Feeders(server)
            for number in range(5):
                self.assertTrue(feeders.wait_for(10))
                for folder in (server.folder / "queues").glob(".*/new"):
                    away = folder.parent / f"away{number}"
                    away.mkdir()
                    folder.rename(away / "new")
            acknowledged = feeders.stop()
            self.assertTrue(eventually(lambda: len(server.filed()) >= len(acknowledged)))
            self.assertEqual(sorted(server.filed()), sorted(acknowledged))


class Ledger(unittest.TestCase):
    def test_a_ledger_that_somebody_holds(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(mail("first@t")), [250])
            holder = sqlite3.connect(server.folder / "queues/heard-ledger.sqlite", isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            self.assertEqual(client.deliver(mail("second@t")), [451])
            holder.execute("ROLLBACK")
            holder.close()
            self.assertEqual(client.deliver(mail("second@t")), [250])
            self.assertEqual(sorted(server.filed()), ["first@t", "second@t"])


class Clock(unittest.TestCase):
    @unittest.skipUnless(FAKETIME, "SKIPPED: faketime is not installed")
    def test_a_clock_that_jumps(self):
        server = Heardd()
        clock = server.folder / "clock"
        clock.write_text("+0")
        # The library moves the environment when it must make its shared memory itself, and Swift looks for
        # the arguments behind the environment.
        with subprocess.Popen(["faketime", "-f", "+0", "sh", "-c", 'echo "$FAKETIME_SHARED"; exec cat'],
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
            self.addCleanup(holder.stdin.close)
            server.prefix = ["env", f"LD_PRELOAD={FAKETIME}", f"FAKETIME_TIMESTAMP_FILE={clock}",
                             f"FAKETIME_SHARED={holder.stdout.readline().strip()}",
                             "FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"]
            self.jump(server, clock)
            holder.stdin.close()

    def jump(self, server, clock):
        with server:
            client, expected = server.lmtp().hello(), []
            for number, jump in enumerate(("+0", "-20y", "+11y", "-30d", "+400d", "+0")):
                clock.write_text(jump)
                expected.append(f"c{number}@t")
                for again in range(number + 1):
                    self.assertEqual(client.deliver(mail(f"c{again}@t")), [250], jump)
                self.assertEqual(sorted(server.filed()), expected, jump)
            self.assertEqual(server.ask("GET", "/readyz")[0].status, 200)


class Lexicon(unittest.TestCase):
    def test_lexicon_and_policy_broken_in_mid_flight(self):
        with Heardd() as server:
            files = [server.folder / "lexicons/en/test.yaml", server.folder / "policy.yaml"]
            whole = [file.read_text() for file in files]
            feeders, failures = Feeders(server), 0
            for file, text in zip(files * 2, whole * 2):
                for broken in ("nonsense: [", "\0\xff", text[: len(text) // 2] + "x: ["):
                    file.write_text(broken)
                    server.hang_up()
                    failures += 1
                    self.assertTrue(eventually(
                        lambda: server.metric("heard_lexicon_reload_failures_total") == failures))
                    self.assertTrue(feeders.wait_for(3))
                file.write_text(text)
                server.hang_up()
                self.assertTrue(feeders.wait_for(3))
            acknowledged = feeders.stop()
            self.assertEqual(sorted(server.filed()), sorted(acknowledged))
            self.assertEqual(server.metric("heard_fallback_total") or 0, 0)
            queues = {path.parent.parent.name for path in (server.folder / "queues").rglob("new/*")}
            self.assertEqual(queues, {".complaints"})


class Clients(unittest.TestCase):
    def test_NULs(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            content = b"Message-ID: <nul@t>\r\nSubject: \0\r\n\r\n\0\0broken\0\r\n"
            self.assertEqual(client.deliver(content), [250])
            file = next((server.folder / "queues").rglob("new/*"))
            self.assertTrue(file.read_bytes().endswith(content.replace(b"\r\n", b"\n")))
            self.assertIn(client.code(b"NO\0OP\r\n") // 100, (4, 5))
            self.assertIn(client.code(b"MAIL FROM:<a\0b@x.test>\r\n") // 100, (4, 5))
            self.assertEqual(client.deliver(mail("after@t")), [250])

    def test_a_command_without_end(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            for _ in range(200):
                client.send(b"x" * 65536)
            self.assertEqual(client.code(b"\r\n"), 500)
            self.assertEqual(server.lmtp().hello().deliver(mail("after@t")), [250])

    def test_a_client_that_does_not_read(self):
        """Its replies are not kept for it without bound, and others are served."""
        with Heardd() as server:
            client = server.lmtp(timeout=3).hello()
            sent = 0
            with contextlib.suppress(OSError):
                while sent < 100_000_000:
                    sent += client.socket.send(b"NOOP\r\n" * 10_000)
            self.assertLess(sent, 60_000_000)
            self.assertEqual(server.lmtp().hello().deliver(mail("other@t")), [250])

    def test_more_connections_than_files(self):
        """Past the limit of open files nothing is accepted for a while, and then it is again."""
        with Heardd(prefix=["prlimit", "--nofile=100"]) as server:
            resource_limit()
            clients = [socket.create_connection(("127.0.0.1", port), 10)
                       for _ in range(150) for port in (server.lmtp_port, server.http_port)]
            time.sleep(0.5)
            for client in clients:
                client.close()
            def served():
                with contextlib.suppress(OSError, AssertionError):
                    return server.lmtp(timeout=2).hello().deliver(mail("again@t")) == [250]
            self.assertTrue(eventually(served, 30), server.logged()[-2000:])
            self.assertEqual(server.ask("GET", "/readyz")[0].status, 200)
            self.assertEqual(server.filed(), ["again@t"])

    def test_mails_cut_at_every_length(self):
        with Heardd() as server:
            whole = b"MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n" + mail("cut@t") + b".\r\n"
            for length in range(0, len(whole) - 1, 5):
                client = server.lmtp().hello()
                client.send(whole[:length])
                client.close()
            self.assertTrue(eventually(
                lambda: 'heard_connections{listener="lmtp"} 0' in server.ask("GET", "/metrics")[1].decode()))
            self.assertEqual(server.filed(), [])


class Stop(unittest.TestCase):
    def test_stopped_in_mid_flight(self):
        """SIGTERM again and again while clients deliver: it ends with 0, and what it acknowledged is there."""
        with Heardd() as server:
            feeders = Feeders(server)
            for _ in range(5):
                self.assertTrue(feeders.wait_for(5))
                self.assertEqual(server.stop(), 0)
                server.start()
            acknowledged = feeders.stop()
            self.assertEqual(sorted(server.filed()), sorted(acknowledged))


class Memory(unittest.TestCase):
    def test_mails_half_sent_by_HTTP_count_as_those_by_LMTP(self):
        made = subprocess.run([executable(), "token", "--name", "ci", "--scope", "deliver"], capture_output=True, text=True)
        token, line = made.stdout.strip(), made.stderr.split("heardd: ")[1].strip()
        settings = "lmtp: {listen: ['127.0.0.1:0'], memory: 8 MiB}\nhttp:\n  listen: ['127.0.0.1:0']\n  tokens:\n  " + line
        with Heardd(settings) as server:
            head = (f"POST /v1/deliver HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer {token}\r\n"
                    "Content-Type: message/rfc822\r\nContent-Length: 6000000\r\n\r\n").encode()
            first = socket.create_connection(("127.0.0.1", server.http_port), 30)
            first.sendall(head + mail("half@t", size=5_000_000))
            # The server has read it when there is no room for the same again.
            def is_full():
                with socket.create_connection(("127.0.0.1", server.http_port), 30) as second:
                    second.settimeout(1)
                    with contextlib.suppress(OSError):
                        second.sendall(head + mail("other@t", size=5_000_000))
                    try:
                        answer = second.recv(4096)
                    except OSError:
                        return False
                return answer.startswith(b"HTTP/1.1 503") and b"retry-after: 1" in answer.lower()
            self.assertTrue(eventually(is_full, 60))
            self.assertEqual(server.lmtp().hello().deliver(mail("large@t", size=5_000_000)), [452])
            first.close()
            self.assertTrue(eventually(lambda: server.lmtp().hello().deliver(mail("large@t", size=5_000_000)) == [250]))
            self.assertEqual(server.filed(), ["large@t"])


if __name__ == "__main__":
    unittest.main()
