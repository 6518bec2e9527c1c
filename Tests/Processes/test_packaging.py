"""What is in packaging/: the unit and the configuration it comes with. Tests/integration/package.py installs them."""
import os, pathlib, re, shutil, subprocess, tempfile, unittest

from heardd_process import Heardd, ROOT, executable, mail

UNIT = ROOT / "packaging/systemd/heardd.service"


class Unit(unittest.TestCase):
    @unittest.skipUnless(shutil.which("systemd-analyze"), "SKIPPED: systemd-analyze is not installed")
    def test_systemd_takes_the_unit_and_calls_it_safe(self):
        with tempfile.TemporaryDirectory() as folder:
            unit = pathlib.Path(folder) / "heardd.service"
            # The executable is not installed here.
            unit.write_text(UNIT.read_text().replace("/usr/bin/heardd", "/bin/true"))
            verify = subprocess.run(["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True)
            self.assertEqual((verify.returncode, [line for line in verify.stderr.splitlines() if "heardd" in line]), (0, []))
            security = subprocess.run(["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)], capture_output=True, text=True)
            exposure = float(re.search(r"exposure level for heardd.service: ([\d.]+)", security.stdout).group(1))
            self.assertLessEqual(exposure, 1.5)

    def test_the_configuration_it_comes_with_is_usable(self):
        with Heardd() as server:
            file = server.folder / "installed.yaml"
            text = (ROOT / "packaging/etc/heardd.yaml").read_text()
            file.write_text(text.replace("/usr/share/heard/", "").replace("/etc/heard/", ""))
            check = subprocess.run([executable(), "config", "check", "--config", str(file)], capture_output=True, text=True)
            self.assertEqual((check.returncode, check.stderr), (0, ""))

    def test_it_tells_systemd_when_it_listens_and_when_it_ends(self):
        import socket
        with Heardd() as server:
            server.kill()
            path = str(server.folder / "notify")
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
                notices.bind(path)
                notices.settimeout(60)
                os.environ["NOTIFY_SOCKET"] = path
                try:
                    server.start()
                finally:
                    del os.environ["NOTIFY_SOCKET"]
                self.assertEqual(notices.recv(100), b"READY=1")
                self.assertEqual(server.stop(), 0)
                # 30 s of grace and what it may take besides, whatever TimeoutStopSec says.
                self.assertEqual(notices.recv(100), b"STOPPING=1\nEXTEND_TIMEOUT_USEC=40000000")

    @unittest.skipUnless(os.geteuid() == 0 and shutil.which("setpriv"), "SKIPPED: only root can become somebody else")
    def test_it_runs_with_no_privileges(self):
        server = Heardd(prefix=["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs",
                                "--inh-caps=-all", "--bounding-set=-all"])
        server.folder.chmod(0o755)
        os.chown(server.folder, 65534, 65534)
        os.environ["HOME"] = "/nonexistent"
        with server:
            self.assertEqual(server.lmtp().hello().deliver(mail("nobody@t")), [250])
            file = next((server.folder / "queues").rglob("new/*"))
            self.assertEqual(file.stat().st_uid, 65534)
            self.assertEqual(file.stat().st_mode & 0o007, 0, "others must not read mail")


if __name__ == "__main__":
    unittest.main()
