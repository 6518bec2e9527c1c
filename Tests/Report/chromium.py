"""A headless Chromium, spoken to through a pipe: no driver, no library, no port."""

import json
import os
import shutil
import subprocess
import tempfile


class Chromium:
    """A browser with one page; a context manager.

    Its network is off: what the page asks for is noted in `requests` and gets nothing.
    """

    def __init__(self, binary: str = "chromium"):
        self.folder = tempfile.mkdtemp(prefix="heard-chromium-")
        read, self.write_end = os.pipe()
        self.read_end, write = os.pipe()

        def pipes() -> None:
            # Chromium reads commands from 3 and writes answers to 4.
            os.dup2(read, 30)
            os.dup2(write, 31)
            os.dup2(30, 3)
            os.dup2(31, 4)

        self.process = subprocess.Popen(
            [binary, "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
             "--no-first-run", "--disable-dev-shm-usage", "--hide-scrollbars",
             "--force-renderer-accessibility", f"--user-data-dir={self.folder}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=pipes, close_fds=False)
        os.close(read)
        os.close(write)
        self.rest = b""
        self.number = 0
        self.session = None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network", "Accessibility", "DOM"):
            self.call(f"{domain}.enable")
        self.call(
            "Network.emulateNetworkConditions", offline=True, latency=0, downloadThroughput=0,
            uploadThroughput=0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method: str, **parameters):
        """Sends a command and returns its result."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def _receive(self):
        while b"\0" not in self.rest:
            got = os.read(self.read_end, 1 << 20)
            if not got:
                raise RuntimeError("Chromium has gone")
            self.rest += got
        message, _, self.rest = self.rest.partition(b"\0")
        return json.loads(message)

    def _note(self, event) -> None:
        method, parameters = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(parameters["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(parameters["exceptionDetails"]["text"])
        elif method == "Runtime.consoleAPICalled":
            self.complaints.append(str(parameters["args"]))

    def open(self, path: str) -> None:
        """Opens a file and waits until it is there."""
        self.call("Page.navigate", url=f"file://{os.path.abspath(path)}")
        self.wait()

    def wait(self) -> None:
        """Waits until the page is complete and drawn."""
        for _ in range(200):
            if self.evaluate("document.readyState") == "complete":
                break
        self.call(
            "Runtime.evaluate", awaitPromise=True,
            expression="new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def evaluate(self, expression: str):
        """The value of an expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")

    def look(self, *, width: int = 1200, scheme: str = "light", media: str = "") -> None:
        """Sets how the page is looked at."""
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
            mobile=False)
        self.call(
            "Emulation.setEmulatedMedia", media=media,
            features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.wait()

    def screenshot(self, path: str) -> bytes:
        """A picture of the whole page, written to a file."""
        import base64

        picture = base64.b64decode(
            self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"])
        with open(path, "wb") as file:
            file.write(picture)
        return picture

    def pdf(self, path: str) -> bytes:
        """The page as it is printed, written to a file."""
        import base64

        printed = base64.b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=False)["data"])
        with open(path, "wb") as file:
            file.write(printed)
        return printed

    def accessible(self) -> list[dict]:
        """The accessibility tree: role, name and description of everything that is not ignored."""
        nodes = self.call("Accessibility.getFullAXTree")["nodes"]
        return [
            {"role": node.get("role", {}).get("value"), "name": node.get("name", {}).get("value", ""),
             "description": node.get("description", {}).get("value", "")}
            for node in nodes if not node.get("ignored")]
