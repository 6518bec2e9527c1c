"""Webhooks of a real heardd to a real receiver that goes away and comes back."""
import base64, hashlib, hmac, json, socket, subprocess, sys, unittest

from heardd_process import Heardd, executable, mail
from test_heardd import eventually

SECRET = b"0123456789abcdef0123456789abcdef"

RECEIVER = """
import http.server, json, sys
log = open(sys.argv[2], "a", buffering=1)
class Handler(http.server.BaseHTTPRequestHandler):
  def do_POST(self):
    body = self.rfile.read(int(self.headers["content-length"])).decode()
    log.write(json.dumps({"headers": {k.lower(): v for k, v in self.headers.items()}, "body": body}) + "\\n")
    self.send_response(204)
    self.end_headers()
  def log_message(self, *words): pass
class Server(http.server.ThreadingHTTPServer):
  allow_reuse_address = True
server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
print("listening", flush=True)
server.serve_forever()
"""


class Receiver:
    """An HTTP server in a process of its own."""

    def __init__(self, port, log):
        self.process = subprocess.Popen([sys.executable, "-c", RECEIVER, str(port), str(log)], stdout=subprocess.PIPE)
        self.process.stdout.readline()
        self.log = log

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def requests(self):
        return [json.loads(line) for line in self.log.read_text().splitlines()] if self.log.exists() else []


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def outbox(server):
    return server.metric("heard_webhook_outbox")


class Webhook(unittest.TestCase):
    def server(self, port):
        # The URL in it keeps Heardd from adding a section for HTTP.
        server = Heardd(f"http: {{listen: '127.0.0.1:0'}}\nwebhook: {{url: 'http://127.0.0.1:{port}/hook', secret: secret, first-delay: 1 s, most-delay: 1 s, timeout: 2 s}}")
        (server.folder / "secret").write_bytes(SECRET + b"\n")
        (server.folder / "secret").chmod(0o600)
        return server

    def check(self, request):
        headers = request["headers"]
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{request['body']}".encode()
        expected = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
        self.assertEqual(headers["webhook-signature"], "v1," + expected)
        self.assertEqual(headers["idempotency-key"], headers["webhook-id"])
        body = json.loads(request["body"])
        self.assertEqual(body["digest"], headers["webhook-id"])
        self.assertEqual(body["decision"]["class"], "complaint")
        for word in ("a@x.test", "b@y.test", "lamp"):
            self.assertNotIn(word, request["body"])
        return body["sequence"]

    def test_down_then_killed_then_delivered(self):
        port = free_port()
        with self.server(port) as server:
            client = server.lmtp().hello()
            for number in range(3):
                self.assertEqual(client.deliver(mail(f"w{number}@t")), [250], "a receiver that is away holds up no mail")
            self.assertTrue(eventually(lambda: 'heard_webhooks_total{outcome="postponed"} 0' not in server.ask("GET", "/metrics")[1].decode()))
            self.assertEqual(outbox(server), 3)
            server.kill()
            server.start()
            self.assertTrue(eventually(lambda: outbox(server) == 3))
            self.assertEqual(server.lmtp().hello().deliver(mail("w3@t")), [250])
            with Receiver(port, server.folder / "received") as receiver:
                # What was taken when it was killed comes back when its lease ends.
                self.assertTrue(eventually(lambda: len({r["headers"]["webhook-id"] for r in receiver.requests()}) == 4, 120))
                self.assertTrue(eventually(lambda: outbox(server) == 0))
                self.assertEqual({self.check(request) for request in receiver.requests()}, {1, 2, 3, 4})
                before = len(receiver.requests())
                self.assertEqual(server.lmtp().hello().deliver(mail("w3@t")), [250])
                self.assertEqual(server.stop(), 0)
                self.assertEqual(len(receiver.requests()), before, "a mail that comes again is told of once")
            self.assertNotIn(SECRET.decode(), server.logged())

    def test_a_stop_waits_for_what_is_being_sent(self):
        port = free_port()
        with self.server(port) as server, Receiver(port, server.folder / "received") as receiver:
            client = server.lmtp().hello()
            for number in range(20):
                self.assertEqual(client.deliver(mail(f"s{number}@t")), [250])
            self.assertEqual(server.stop(), 0)
            server.start()
            self.assertTrue(eventually(lambda: outbox(server) == 0, 120))
            ids = [request["headers"]["webhook-id"] for request in receiver.requests()]
            self.assertEqual(len(ids), 20)
            self.assertEqual(len(set(ids)), 20, "nothing was cut off, so nothing was sent twice")

    def test_what_is_wrong_with_the_settings_is_said_with_its_place(self):
        for settings, secret, said in (
            ("webhook: {url: 'http://127.0.0.1:1/'}", None, r"heardd\.yaml:\d+:\d+: webhook\.url: webhooks are signed"),
            ("webhook: {url: 'http://127.0.0.1:1/', secret: none}", None, r"heardd\.yaml:\d+:\d+: webhook\.secret: .*none: "),
            ("webhook: {url: 'http://127.0.0.1:1/', secret: secret}", b"short", r"webhook\.secret: the secret has 5 bytes"),
            ("webhook: {url: 'ftp://127.0.0.1/', secret: secret}", SECRET, r"webhook\.url: a webhook's URL begins with"),
        ):
            server = Heardd(settings)
            if secret:
                (server.folder / "secret").write_bytes(secret)
            for arguments in (["config", "check", "--config"], ["--config"]):
                done = subprocess.run([executable(), *arguments, str(server.configuration)], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 78, settings)
                self.assertRegex(done.stderr, said)
        without = Heardd("webhook: {url: 'http://127.0.0.1:1/', secret: secret}", intake=False)
        done = subprocess.run([executable(), "config", "check", "--config", str(without.configuration)], capture_output=True, text=True)
        self.assertEqual(done.returncode, 78)
        self.assertIn("messages need a place", done.stderr)


if __name__ == "__main__":
    unittest.main()
