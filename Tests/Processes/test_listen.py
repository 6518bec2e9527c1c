"""HTTP over TLS and over a unix socket, with certificates made by openssl."""
import http.client, json, signal, socket, ssl, subprocess, unittest

from heardd_process import Heardd, executable, mail
from test_heardd import eventually


def certificate(folder, name):
    """A key and its certificate for 127.0.0.1, as name.key and name.pem."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", f"{folder}/{name}.key", "-out", f"{folder}/{name}.pem", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
        check=True, capture_output=True)


class TLS(unittest.TestCase):
    SETTINGS = "http: {listen: '127.0.0.1:0', tls: {certificate: server.pem, key: server.key}}"

    def server(self, settings=SETTINGS):
        server = Heardd(settings, intake=False)
        certificate(server.folder, "server")
        return server

    def test_the_right_answer_and_nothing_in_plain_text(self):
        with self.server() as server:
            trust = ssl.create_default_context(cafile=server.folder / "server.pem")
            connection = http.client.HTTPSConnection("127.0.0.1", server.http_port, context=trust, timeout=30)
            for _ in range(2):
                connection.request("POST", "/v1/classify", "The lamp is broken.", {"Content-Type": "text/plain"})
                answer = connection.getresponse()
                self.assertEqual(answer.status, 200)
                self.assertEqual(json.loads(answer.read())["class"], "complaint")
            self.assertIn(connection.sock.version(), ("TLSv1.2", "TLSv1.3"))
            connection.close()
            # Who speaks no TLS gets no HTTP.
            plain = socket.create_connection(("127.0.0.1", server.http_port), 30)
            plain.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            try:
                while piece := plain.recv(1000):
                    answer += piece
            except ConnectionError:
                pass
            self.assertNotIn(b"HTTP/", answer)
            plain.close()
            # Who trusts somebody else does not speak to it.
            certificate(server.folder, "other")
            stranger = ssl.create_default_context(cafile=server.folder / "other.pem")
            with self.assertRaises(ssl.SSLError):
                http.client.HTTPSConnection("127.0.0.1", server.http_port, context=stranger, timeout=30).request("GET", "/livez")
            connection.request("GET", "/livez")
            self.assertEqual(connection.getresponse().status, 200)
            connection.close()
            self.assertEqual(server.stop(), 0)

    def test_certificates_that_cannot_be_used_are_78_with_their_place(self):
        server = self.server()
        certificate(server.folder, "other")
        (server.folder / "text.pem").write_text("no certificate\n")
        for certificate_file, key, said in (
            ("none.pem", "server.key", r"heardd\.yaml:\d+:\d+: http\.tls\.certificate: .*none\.pem: it cannot be read: no such file"),
            ("text.pem", "server.key", r"heardd\.yaml:\d+:\d+: http\.tls\.certificate: .*text\.pem: no certificate"),
            ("server.pem", "none.key", r"heardd\.yaml:\d+:\d+: http\.tls\.key: .*none\.key: it cannot be read"),
            ("server.pem", "text.pem", r"heardd\.yaml:\d+:\d+: http\.tls\.key: .*text\.pem: no private key"),
            ("server.pem", "other.key", r"heardd\.yaml:\d+:\d+: http\.tls\.key: .*it is not the key of .*server\.pem"),
            ("server.pem", "''", r"heardd\.yaml:\d+:\d+: http\.tls\.certificate: certificate and key belong together"),
        ):
            text = server.configuration.read_text().splitlines()
            text = [line for line in text if not line.startswith("http:")]
            text.append(f"http: {{listen: '127.0.0.1:0', tls: {{certificate: {certificate_file}, key: {key}}}}}")
            server.configuration.write_text("\n".join(text) + "\n")
            for arguments in (["config", "check", "--config"], ["--config"]):
                done = subprocess.run([executable(), *arguments, str(server.configuration)], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 78, (certificate_file, key, done.stderr))
                self.assertRegex(done.stderr, said)


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=30)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class UnixSocket(unittest.TestCase):
    def test_answers_there_also_after_a_kill(self):
        server = Heardd("socket: {mode: 0600}", intake=False)
        path = str(server.folder / "http.sock")
        text = server.configuration.read_text().replace("http: {listen: '127.0.0.1:0'}", f"http: {{listen: 'unix:{path}'}}")
        server.configuration.write_text(text)
        with server:
            for _ in range(2):
                connection = UnixConnection(path)
                connection.request("POST", "/v1/classify", mail("u@t"), {"Content-Type": "message/rfc822"})
                answer = connection.getresponse()
                self.assertEqual(answer.status, 200)
                self.assertEqual(json.loads(answer.read())["id"], "u@t")
                connection.request("POST", "/v1/reload")
                answer = connection.getresponse()
                self.assertEqual(answer.status, 401, "a socket is no token")
                answer.read()
                connection.close()
                self.assertEqual((server.folder / "http.sock").stat().st_mode & 0o777, 0o600)
                # What a dead process left is in nobody's way.
                server.kill()
                server.start()
            self.assertEqual(server.stop(), 0)


class Stop(unittest.TestCase):
    def test_a_stop_finishes_the_requests_under_way(self):
        with Heardd(intake=False) as server:
            slow = socket.create_connection(("127.0.0.1", server.http_port), 30)
            slow.sendall(b"POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 19\r\n\r\nThe lamp ")
            idle = socket.create_connection(("127.0.0.1", server.http_port), 30)
            self.assertTrue(eventually(lambda: server.ask("GET", "/livez")[0].status == 200))
            server.process.send_signal(signal.SIGTERM)

            def refuses():
                try:
                    socket.create_connection(("127.0.0.1", server.http_port), 5).close()
                except OSError:
                    return True
            self.assertTrue(eventually(refuses), "nobody new is let in")
            slow.sendall(b"is broken.")
            answer = slow.makefile("rb").read()
            self.assertIn(b" 200 ", answer.splitlines()[0])
            self.assertIn(b'"class":"complaint"', answer)
            self.assertEqual(server.process.wait(40), 0)
            slow.close()
            idle.close()


class Clients(unittest.TestCase):
    def test_no_client_takes_all_there_is(self):
        with Heardd("http: {listen: '127.0.0.1:0', client-requests: 2}", intake=False) as server:
            def begin():
                client = socket.create_connection(("127.0.0.1", server.http_port), 30)
                client.sendall(b"POST /v1/classify HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\nThe lamp ")
                return client
            first, second = begin(), begin()
            while True:
                third = begin()
                third.settimeout(0.3)
                try:
                    answer = third.recv(4000).decode()
                    break
                except TimeoutError:
                    # It was there before one of the others; it takes its place among the two.
                    first.close()
                    first = third
            self.assertIn(" 429 ", answer.splitlines()[0])
            self.assertIn("retry-after: 1", answer.lower())
            self.assertIn("application/problem+json", answer)
            self.assertEqual(server.ask("GET", "/livez")[0].status, 200, "health is asked for at any time")
            def waits(client):
                client.settimeout(0.3)
                try:
                    return not client.recv(4000, socket.MSG_PEEK)
                except TimeoutError:
                    return True
            # On a busy machine one of the two may have come last and been refused as well.
            one = next(client for client in (second, first) if waits(client))
            one.settimeout(30)
            one.sendall(b"is broken.\n")
            self.assertIn(b" 200 ", one.makefile("rb").readline())
            second.close()
            first.close()
            third.close()
            def answered():
                return server.ask("POST", "/v1/classify", "It is broken.", {"Content-Type": "text/plain"})[0].status
            until = [answered() for _ in range(50)]
            self.assertEqual(until[-1], 200, "places are given back")


if __name__ == "__main__":
    unittest.main()
