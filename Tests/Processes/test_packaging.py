"""What is in packaging/: the unit, the configuration it comes with, and the Debian package."""
import os, pathlib, re, shutil, subprocess, tempfile, unittest

from heardd_process import Heardd, ROOT, executable, mail

LONG = os.environ.get("HEARD_LONG_TESTS") == "1"
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
                self.assertEqual(notices.recv(100), b"STOPPING=1")

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


@unittest.skipUnless(LONG and shutil.which("dpkg-shlibdeps"), "SKIPPED: set HEARD_LONG_TESTS=1, and install dpkg-dev")
class Package(unittest.TestCase):
    def test_the_package_has_what_it_should(self):
        build = pathlib.Path(executable()).parent
        if not (build / "heard").exists():
            self.skipTest("heard is not built beside heardd")
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run([str(ROOT / "packaging/build-deb"), str(build / "heard"), executable(), folder],
                                  capture_output=True, text=True)
            self.assertEqual(made.returncode, 0, made.stderr)
            deb = made.stdout.strip().splitlines()[-1]
            root = pathlib.Path(folder) / "root"
            subprocess.run(["dpkg-deb", "-x", deb, str(root)], check=True)
            for name in ("usr/bin/heard", "usr/bin/heardd", "lib/systemd/system/heardd.service", "etc/heard/heardd.yaml",
                         "etc/heard/policy.yaml", "usr/share/heard/lexicons/lexicon.compiled", "usr/share/doc/heard/copyright"):
                self.assertTrue((root / name).exists(), name)
            fields = subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True).stdout
            self.assertRegex(fields, r"Depends: .*libgmime-3.0-0")
            self.assertNotIn("@", fields.split("Maintainer:")[0])
            version = subprocess.run([str(root / "usr/bin/heardd"), "--version"], capture_output=True, text=True)
            self.assertRegex(version.stdout, r"^heardd \d")


if __name__ == "__main__":
    unittest.main()
