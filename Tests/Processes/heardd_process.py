"""A real heardd for tests: a configuration of its own, and clients that speak LMTP and HTTP.

HEARDD names the executable; without it, the newest of .build* is used.
"""
import http.client, json, os, pathlib, re, shutil, signal, socket, subprocess, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def executable():
    if "HEARDD" in os.environ:
        return os.environ["HEARDD"]
    found = [path for path in ROOT.glob(".build*/*/heardd") if path.is_file()]
    if not found:
        raise SystemExit("no heardd; build it with 'swift build --product heardd' or name it in HEARDD")
    return str(max(found, key=lambda path: path.stat().st_mtime))


LEXICON = """lexicon: heard/1
language: en
theme: test
entries:
- id: en.test.broken
  phrase: broken
  evidence: {complaint: 2.5, anger: 0.3, valence: -2}
"""
SCORING = """scoring: heard/1
calibration:
- {kind: complaint, language: en, bias: -2.0, slope: 1.0}
- {kind: complaint, language: und, bias: -2.0, slope: 1.0}
"""
POLICY = """policy: heard/1
queues: {complaints: Complaints., general: The rest.}
fallback: {queue: general, priority: normal}
rules:
- {id: complaint, when: {class: complaint}, queue: complaints, priority: normal}
"""


class Heardd:
    """A server in a folder of its own, which goes with it."""

    def __init__(self, settings="", intake=True, shipped=False, prefix=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heardd-"))
        self.prefix = list(prefix)
        (self.folder / "lexicons/en").mkdir(parents=True)
        (self.folder / "lexicons/en/test.yaml").write_text(LEXICON)
        (self.folder / "lexicons/scoring.yaml").write_text(SCORING)
        (self.folder / "policy.yaml").write_text(POLICY)
        lexicons, policy = "lexicons", "policy.yaml"
        if shipped:
            lexicons, policy = ROOT / "lexicons", ROOT / "policies/default.yaml"
        text = f"heardd: heard/1\nlexicons: {lexicons}\npolicy: {policy}\nhost-name: mx.test\n"
        if intake:
            text += "intake: {maildir: queues}\n"
            if "lmtp:" not in settings:
                text += "lmtp: {listen: ['127.0.0.1:0', 'unix:%s/lmtp.sock']}\n" % self.folder
        if "http:" not in settings:
            text += "http: {listen: '127.0.0.1:0'}\n"
        self.configuration = self.folder / "heardd.yaml"
        self.configuration.write_text(text + settings + "\n")
        self.log = self.folder / "log"
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, ready=True):
        begin = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, executable(), "--config", str(self.configuration)],
                stdout=log, stderr=log, cwd=self.folder)
        wanted = len(re.findall(r"127\.0\.0\.1:0|unix:", self.configuration.read_text()))
        until = time.monotonic() + 180
        while ready:
            text = self.log.read_bytes()[begin:].decode()
            ports = dict(re.findall(r"(http|lmtp)=127\.0\.0\.1:0 port=(\d+)", text))
            if text.count(" listening") >= wanted:
                self.http_port = int(ports.get("http", 0))
                self.lmtp_port = int(ports.get("lmtp", 0))
                return self
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise AssertionError("heardd did not start:\n" + text)
            time.sleep(0.02)

    def kill(self):
        """kill -9"""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def stop(self, timeout=60):
        """SIGTERM; the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def hang_up(self):
        self.process.send_signal(signal.SIGHUP)

    def logged(self):
        return self.log.read_text(errors="replace")

    def http(self, timeout=30):
        return http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=timeout)

    def ask(self, method, path, body=None, headers={}):
        connection = self.http()
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer, data

    def metric(self, name):
        for line in self.ask("GET", "/metrics")[1].decode().splitlines():
            if line.startswith(name + " "):
                return float(line.rsplit(" ", 1)[1])
        return None

    def lmtp(self, unix=False, timeout=60):
        return LMTP(self.folder / "lmtp.sock" if unix else ("127.0.0.1", self.lmtp_port), timeout)

    def filed(self):
        """Message-IDs of everything in new and cur of the queues, with repetitions."""
        ids = []
        for file in (self.folder / "queues").rglob("*"):
            if file.parent.name in ("new", "cur") and file.is_file():
                found = re.search(rb"(?mi)^Message-ID: <([^>]+)>", file.read_bytes())
                ids.append(found.group(1).decode() if found else str(file))
        return ids


def mail(name, text="The lamp is broken.", size=0):
    body = text + "\r\n" + ("x" * 70 + "\r\n") * (size // 72)
    return (f"From: a@x.test\r\nTo: b@y.test\r\nSubject: test\r\nMessage-ID: <{name}>\r\n\r\n{body}").encode()


class LMTP:
    """A client, no cleverer than it must be."""

    def __init__(self, address, timeout=60):
        if isinstance(address, tuple):
            self.socket = socket.create_connection(address, timeout)
        else:
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(timeout)
            self.socket.connect(str(address))
        self.file = self.socket.makefile("rb")
        self.reply()

    def send(self, data):
        self.socket.sendall(data if isinstance(data, bytes) else data.encode())

    def reply(self):
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                raise ConnectionError("closed")
            lines.append(line.decode().rstrip())
            if line[3:4] != b"-":
                return lines

    def code(self, data=None):
        if data is not None:
            self.send(data)
        return int(self.reply()[-1][:3])

    def hello(self):
        assert self.code("LHLO client.test\r\n") == 250
        return self

    def deliver(self, message, recipients=("b@y.test",), sender="a@x.test"):
        """One message; the codes for its recipients."""
        commands = f"MAIL FROM:<{sender}>\r\n" + "".join(f"RCPT TO:<{one}>\r\n" for one in recipients) + "DATA\r\n"
        self.send(commands)
        codes = [self.code() for _ in range(len(recipients) + 2)]
        if codes[-1] != 354:
            return codes
        stuffed = re.sub(rb"(?m)^\.", b"..", message)
        self.send(stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        return [self.code() for _ in recipients]

    def close(self):
        self.file.close()
        self.socket.close()
