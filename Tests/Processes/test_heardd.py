"""heardd as its users meet it: real sockets, signals, files. Run: python3 -m unittest discover Tests/Processes"""
import json, os, socket, subprocess, threading, time, unittest

from heardd_process import Heardd, ROOT, executable, mail

LONG = os.environ.get("HEARD_LONG_TESTS") == "1"


def eventually(condition, seconds=20):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return False


class Command(unittest.TestCase):
    def run_heardd(self, *arguments, **more):
        return subprocess.run([executable(), *arguments], capture_output=True, text=True, timeout=60, **more)

    def test_a_mistake_in_the_configuration_is_78_and_says_where(self):
        server = Heardd("htpp: {}")
        for arguments in (["config", "check", "--config"], ["--config"]):
            done = self.run_heardd(*arguments, str(server.configuration))
            self.assertEqual(done.returncode, 78)
            self.assertIn("did you mean 'http'?", done.stderr)
            self.assertRegex(done.stderr, r"heardd\.yaml:\d+:1: error")

    def test_a_lexicon_in_error_is_78_at_the_start(self):
        server = Heardd()
        (server.folder / "lexicons/en/test.yaml").write_text("lexicon: heard/1\nlanguage: xx\n")
        done = self.run_heardd("--config", str(server.configuration))
        self.assertEqual(done.returncode, 78)
        self.assertIn("test.yaml:2", done.stderr)

    def test_listeners_need_a_place_for_messages(self):
        server = Heardd("lmtp: {listen: '127.0.0.1:0'}", intake=False)
        self.assertEqual(self.run_heardd("config", "check", "--config", str(server.configuration)).returncode, 78)

    def test_a_taken_address_is_69(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            server = Heardd(f"http: {{listen: '127.0.0.1:{taken.getsockname()[1]}'}}", intake=False)
            self.assertEqual(self.run_heardd("--config", str(server.configuration)).returncode, 69)

    def test_a_dump_reads_back_and_names_its_origin(self):
        server = Heardd()
        dump = self.run_heardd("config", "dump", "--origin", "--config", str(server.configuration))
        self.assertEqual(dump.returncode, 0)
        self.assertRegex(dump.stdout, r"(?m)^host-name: mx\.test  # .*/heardd\.yaml:4$")
        self.assertRegex(dump.stdout, r"(?m)^  body: 10 MiB  # default$")
        again = server.folder / "again.yaml"
        again.write_text(dump.stdout)
        check = self.run_heardd("config", "check", "--config", str(again))
        self.assertEqual(check.returncode, 0, check.stderr)

    def test_usage_is_64(self):
        self.assertEqual(self.run_heardd("--nonsense").returncode, 64)
        self.assertEqual(self.run_heardd("token", "--name", "a", "--scope", "all").returncode, 64)


class LMTP(unittest.TestCase):
    def test_a_message_is_on_disk_when_it_is_acknowledged(self):
        with Heardd() as server:
            for unix in (False, True):
                client = server.lmtp(unix).hello()
                self.assertEqual(client.deliver(mail(f"m{unix}@t")), [250])
                self.assertIn(f"m{unix}@t", server.filed())
                client.close()
            file = next((server.folder / "queues").rglob("new/*"))
            self.assertIn("complaints", str(file))
            self.assertIn(b"X-Heard-Class: complaint\n", file.read_bytes())
            self.assertNotIn(b"\r", file.read_bytes())
            mode = (server.folder / "lmtp.sock").stat().st_mode & 0o777
            self.assertEqual(oct(mode), "0o660")

    def test_every_recipient_has_a_reply_and_a_file_and_nothing_twice(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(mail("two@t"), ["a@y.test", "b@y.test"]), [250, 250])
            self.assertEqual(client.deliver(mail("two@t"), ["b@y.test", "c@y.test"]), [250, 250])
            self.assertEqual(server.filed(), ["two@t"] * 3)
            self.assertIn('status="duplicate"} 1', server.ask("GET", "/metrics")[1].decode())

    def test_pipelining_dots_and_many_messages_on_one_connection(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            text = b"".join(
                b"MAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\nMessage-ID: <p%d@t>\r\n\r\n..\r\n.\r\n" % n
                for n in range(50))
            client.send(text + b"QUIT\r\n")
            codes = [client.code() for _ in range(201)]
            self.assertEqual(codes, [250, 250, 354, 250] * 50 + [221])
            self.assertEqual(sorted(server.filed()), sorted(f"p{n}@t" for n in range(50)))
            self.assertTrue(next((server.folder / "queues").rglob("new/*")).read_bytes().endswith(b"\n\n.\n"))

    def test_a_connection_cut_in_DATA_files_nothing(self):
        with Heardd() as server:
            for end in (b"", b".", b"\r\n.", b"\r\n.\r"):
                client = server.lmtp().hello()
                client.send(b"MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
                [client.code() for _ in range(3)]
                client.send(mail("cut@t") + end)
                client.close()
            self.assertTrue(eventually(lambda: 'heard_connections{listener="lmtp"} 0' in server.ask("GET", "/metrics")[1].decode()))
            self.assertEqual(server.filed(), [])
            self.assertEqual(server.lmtp().hello().deliver(mail("after@t")), [250])

    def test_when_nothing_can_be_filed_the_client_keeps_it(self):
        with Heardd() as server:
            client = server.lmtp().hello()
            self.assertEqual(client.deliver(mail("first@t")), [250])
            queues = server.folder / "queues"
            if os.geteuid() == 0:
                # Root writes anywhere; a file in the way of every queue stops it too.
                queues.rename(server.folder / "away")
                queues.write_text("")
            else:
                queues.chmod(0o500)
            self.assertEqual(client.deliver(mail("second@t")), [451])
            queues.unlink() if queues.is_file() else queues.chmod(0o700)
            if not queues.exists():
                (server.folder / "away").rename(queues)
            self.assertEqual(client.deliver(mail("second@t")), [250])
            self.assertEqual(sorted(server.filed()), ["first@t", "second@t"])

    def test_a_slow_client_is_sent_away(self):
        with Heardd("lmtp: {listen: '127.0.0.1:0', idle-time: 300 ms, message-time: 800 ms}") as server:
            silent = server.lmtp().hello()
            self.assertEqual(silent.code(), 421)
            # A byte now and then, each in time, all together too slow.
            loris = server.lmtp().hello()
            loris.send("MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
            [loris.code() for _ in range(3)]
            began = time.monotonic()
            with self.assertRaises((ConnectionError, BrokenPipeError)):
                while time.monotonic() - began < 30:
                    loris.send(b"x")
                    time.sleep(0.1)
            self.assertEqual(server.filed(), [])

    def test_two_thousand_connections(self):
        with Heardd() as server:
            resource_limit()
            clients = [server.lmtp() for _ in range(2000)]
            self.assertEqual(clients[1000].hello().deliver(mail("among@t")), [250])
            for number in (0, 999, 1999):
                self.assertEqual(clients[number].hello().deliver(mail(f"m{number}@t")), [250])
            for client in clients:
                client.close()
            self.assertEqual(len(server.filed()), 4)

    def test_beyond_the_limit_a_client_is_told_to_come_back(self):
        with Heardd("lmtp: {listen: '127.0.0.1:0', connections: 2}") as server:
            first, second = server.lmtp().hello(), server.lmtp().hello()
            third = socket.create_connection(("127.0.0.1", server.lmtp_port))
            self.assertTrue(third.makefile().readline().startswith("421 4.7.0"))
            first.close()
            self.assertTrue(eventually(lambda: greets(server)))
            second.close()

    def test_a_mail_of_100_MB(self):
        with Heardd() as server:
            client = server.lmtp(timeout=300).hello()
            self.assertEqual(client.deliver(mail("huge@t", size=100_000_000)), [250])
            self.assertEqual(server.filed(), ["huge@t"])
            self.assertGreater(next((server.folder / "queues").rglob("new/*")).stat().st_size, 95_000_000)

    def test_memory_of_messages_is_bounded(self):
        with Heardd("lmtp: {listen: '127.0.0.1:0', message: 4 MiB, memory: 6 MiB}") as server:
            holders = []
            for number in range(3):
                client = server.lmtp().hello()
                client.send("MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
                [client.code() for _ in range(3)]
                client.send(mail(f"held{number}@t", size=2_500_000))
                time.sleep(0.3)
                holders.append(client)
            codes = [client.code("\r\n.\r\n") for client in holders]
            # Which one came last is for the machine to say.
            self.assertEqual(sorted(codes), [250, 250, 452])
            late = codes.index(452)
            self.assertEqual(server.lmtp().hello().deliver(mail("big@t", size=5_000_000)), [552])
            self.assertEqual(holders[late].deliver(mail(f"held{late}@t")), [250])
            self.assertEqual(len(server.filed()), 3)

    def test_a_stop_finishes_what_has_come_and_cuts_the_rest(self):
        with Heardd() as server:
            busy, idle = server.lmtp().hello(), server.lmtp().hello()
            busy.send("MAIL FROM:<>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n")
            [busy.code() for _ in range(3)]
            began = time.monotonic()
            self.assertEqual(server.stop(), 0)
            self.assertLess(time.monotonic() - began, 20)
            self.assertEqual(idle.code(), 421)
            self.assertEqual(busy.code(), 421)
            self.assertEqual(server.filed(), [])


def greets(server):
    with socket.create_connection(("127.0.0.1", server.lmtp_port)) as client:
        return client.makefile().readline().startswith("220")


def resource_limit():
    import resource
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


class Killed(unittest.TestCase):
    def test_nothing_is_lost_and_nothing_doubled(self):
        """kill -9 at random moments while clients deliver; a client repeats what was not acknowledged."""
        import random
        rounds = 200 if LONG else 20
        chance = random.Random(int(os.environ.get("HEARD_SEED", "7")))
        with Heardd("judging: {workers: 2}") as server:
            done, stopped = set(), threading.Event()
            numbers = iter(range(10**9))
            lock = threading.Lock()

            def feed():
                mine, client = None, None
                while not (stopped.is_set() and mine is None):
                    if mine is None:
                        with lock:
                            mine = f"k{next(numbers)}@t"
                    try:
                        client = client or server.lmtp(timeout=20).hello()
                        if client.deliver(mail(mine), ["b@y.test"]) == [250]:
                            with lock:
                                done.add(mine)
                            mine = None
                    except (OSError, ValueError, AssertionError):
                        client = None
                        time.sleep(0.01)

            feeders = [threading.Thread(target=feed) for _ in range(4)]
            for feeder in feeders:
                feeder.start()
            for _ in range(rounds):
                # However slow the machine: something was filed since the last, and something is under way.
                seen = len(done)
                self.assertTrue(eventually(lambda: len(done) > seen, 60))
                time.sleep(chance.uniform(0.0, 0.25))
                server.kill()
                server.start()
            stopped.set()
            for feeder in feeders:
                feeder.join(60)
                self.assertFalse(feeder.is_alive())
            self.assertEqual(server.stop(), 0)
            server.start()
            # What was recorded and not yet moved when it was killed is moved at the start.
            self.assertTrue(eventually(lambda: set(server.filed()) == done))
            filed = server.filed()
            print(f"{rounds} kills, {len(done)} messages", flush=True)
            self.assertGreater(len(done), rounds)
            self.assertEqual(sorted(filed), sorted(done))


class HTTP(unittest.TestCase):
    def test_reload_by_signal(self):
        with Heardd() as server:
            lexicon = server.folder / "lexicons/en/test.yaml"
            text = lexicon.read_text()
            def judged():
                return json.loads(server.ask("POST", "/v1/classify", "It is cracked.", {"Content-Type": "text/plain"})[1])["class"]
            self.assertEqual(judged(), "other")
            lexicon.write_text("nonsense: [")
            server.hang_up()
            self.assertTrue(eventually(lambda: server.metric("heard_lexicon_reload_failures_total") == 1))
            self.assertEqual(server.ask("GET", "/readyz")[0].status, 200)
            self.assertIn("the old ones stay", server.logged())
            lexicon.write_text(text.replace("broken", "cracked"))
            server.hang_up()
            self.assertTrue(eventually(lambda: judged() == "complaint"))
            # What LMTP files is judged by the new one, too.
            self.assertEqual(server.lmtp().hello().deliver(mail("new@t", "It is cracked.")), [250])
            self.assertIn("complaints", str(next((server.folder / "queues").rglob("new/*"))))

    def test_a_batch_answers_while_it_is_sent(self):
        """In lock step: the next line is sent when the record of the last has come."""
        with Heardd() as server:
            client = socket.create_connection(("127.0.0.1", server.http_port), 30)
            client.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
            reader = client.makefile("rb")
            for number in range(50):
                line = b'{"id":"%d","text":"It is broken."}\n' % number
                client.sendall(b"%x\r\n%s\r\n" % (len(line), line))
                while b'"id":"%d"' % number not in reader.readline():
                    pass
            client.sendall(b"0\r\n\r\n")
            client.close()

    def test_a_batch_is_not_read_when_its_records_are_not(self):
        """Back-pressure: memory does not grow with what a client pours in without reading."""
        with Heardd() as server:
            client = socket.create_connection(("127.0.0.1", server.http_port), 5)
            client.sendall(b"POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
            line = b'{"text":"It is broken."}\n' * 2000
            sent = 0
            try:
                while sent < 200_000_000:
                    sent += client.send(b"%x\r\n%s\r\n" % (len(line), line))
            except TimeoutError:
                pass
            self.assertLess(sent, 60_000_000)
            client.close()
            self.assertEqual(server.ask("GET", "/readyz")[0].status, 200)

    def test_slow_requests_are_cut(self):
        with Heardd("http: {listen: '127.0.0.1:0', request-time: 1 s, idle-time: 1 s}") as server:
            def lives(first, drip):
                client = socket.create_connection(("127.0.0.1", server.http_port), 0.2)
                client.sendall(first)
                began = time.monotonic()
                while time.monotonic() - began < 15:
                    try:
                        client.sendall(drip)
                        if client.recv(1000) == b"":
                            return time.monotonic() - began
                    except TimeoutError:
                        continue
                    except OSError:
                        return time.monotonic() - began
                return 99
            self.assertLess(lives(b"POST /v1/classify HTTP/1.1\r\nHost: x\r\n", b"X-A: b\r\n"), 10)
            self.assertLess(lives(b"POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n", b"x"), 10)
            self.assertLess(lives(b"", b""), 10)
            self.assertEqual(server.ask("GET", "/livez")[0].status, 200)

    def test_a_body_too_large_is_refused_before_it_is_sent(self):
        with Heardd("http: {listen: '127.0.0.1:0', body: 64 KiB}") as server:
            client = socket.create_connection(("127.0.0.1", server.http_port), 10)
            client.sendall(b"POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 100000000\r\n\r\n")
            self.assertIn(b"413", client.makefile("rb").readline())
            client.close()

    def test_two_thousand_connections(self):
        with Heardd() as server:
            resource_limit()
            clients = [socket.create_connection(("127.0.0.1", server.http_port), 30) for _ in range(2000)]
            for client in clients[::100]:
                client.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertIn(b"200", client.makefile("rb").readline())
            for client in clients:
                client.close()
            self.assertEqual(server.ask("GET", "/livez")[0].status, 200)

    def test_a_unix_socket_and_delivery_with_a_token(self):
        made = subprocess.run([executable(), "token", "--name", "ci", "--scope", "deliver"], capture_output=True, text=True)
        token, line = made.stdout.strip(), made.stderr.split("heardd: ")[1].strip()
        with Heardd("http:\n  listen: ['127.0.0.1:0']\n  tokens:\n  " + line) as server:
            headers = {"Content-Type": "message/rfc822", "Authorization": f"Bearer {token}",
                       "X-Heard-Sender": "a@x.test", "X-Heard-Recipient": "b@y.test"}
            for expected in (False, True):
                answer, body = server.ask("POST", "/v1/deliver", mail("h@t"), headers)
                self.assertEqual(answer.status, 200, body)
                self.assertEqual(json.loads(body)["duplicate"], expected)
            # LMTP brings the same message for the same recipient: it is here already.
            self.assertEqual(server.lmtp().hello().deliver(mail("h@t")), [250])
            self.assertEqual(server.filed(), ["h@t"])
            self.assertNotIn(token, server.logged())

    def test_no_text_in_any_log(self):
        marker = "zxqvjkwb"
        with Heardd("log: {level: trace}") as server:
            client = server.lmtp().hello()
            client.deliver(mail(f"{marker}@t", marker + " is broken"), [f"{marker}@y.test"], f"{marker}@x.test")
            client.deliver(b"\x7fELF" + marker.encode(), ["b@y.test"])
            client.code(f"MAIL {marker}\r\n")
            client.code(f"{marker}\r\n")
            client.send(f"MAIL FROM:<{marker}@x.test>\r\n")
            client.close()
            for kind in ("text/plain", "application/json", "message/rfc822", marker):
                server.ask("POST", "/v1/classify", marker, {"Content-Type": kind})
            server.ask("POST", "/v1/batch", f'{{"text":"{marker}"}}\n{marker}', {"Content-Type": "application/x-ndjson"})
            server.ask("GET", f"/{marker}?{marker}")
            half = socket.create_connection(("127.0.0.1", server.http_port))
            half.sendall(f"POST /v1/classify HTTP/1.1\r\n{marker}\r\n\r\nPOST {marker}".encode())
            half.close()
            self.assertEqual(server.stop(), 0)
            self.assertIn("filed", server.logged())
            self.assertNotIn(marker, server.logged())


if __name__ == "__main__":
    unittest.main()
