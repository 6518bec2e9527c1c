"""Queues in PostgreSQL: heardd files there, programs take from there, several at a time, and some are killed."""
import glob, json, os, pathlib, pwd, shutil, signal, subprocess, tempfile, threading, time, unittest

from heardd_process import Heardd, executable, mail
from test_heardd import eventually


def heard():
    """The command beside heardd."""
    path = pathlib.Path(executable()).parent / "heard"
    return str(path) if path.is_file() else None


class Postgres:
    """A server of the tests' own, on a unix socket."""

    def __init__(self):
        # Short: the path of a socket has 107 bytes at most.
        self.folder = tempfile.mkdtemp(prefix="hpg-", dir="/tmp")
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.user = {}
        if os.geteuid() == 0:
            self.user = {"user": "postgres", "group": "postgres"}
            entry = pwd.getpwnam("postgres")
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            os.chmod(self.folder, 0o755)
        subprocess.run([f"{self.programs}/initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "heard", "-E", "UTF8",
                        "--no-locale", "-N"], check=True, capture_output=True, cwd="/", **self.user)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [f"{self.programs}/postgres", "-D", f"{self.folder}/data", "-k", self.folder, "-c", "listen_addresses="],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", **self.user)
        ready = lambda: subprocess.run([f"{self.programs}/pg_isready", "-q", "-h", self.folder]).returncode == 0
        assert eventually(ready, 60)

    def stop(self):
        # Quits at once, as a machine that fails; the log is replayed at the next start.
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(30)

    @property
    def url(self):
        return f"postgresql://heard@/postgres?host={self.folder}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


@unittest.skipUnless(glob.glob("/usr/lib/postgresql/*/bin"), "SKIPPED: PostgreSQL is not installed")
@unittest.skipUnless(heard(), "SKIPPED: no heard beside heardd; build it with 'swift build --product heard'")
class Queues(unittest.TestCase):
    def server(self, database):
        return Heardd(
            f"intake: {{queues: '{database.url}', state: state}}\nlmtp: {{listen: '127.0.0.1:0'}}", intake=False)

    def queue(self, database, *words, **more):
        return subprocess.run([heard(), "queue", *words], capture_output=True, text=True, timeout=120,
                              env={**os.environ, "HEARD_QUEUES": database.url}, **more)

    def test_what_is_acknowledged_is_taken_once(self):
        """Two hosts take mails in while the database dies once; takers are killed with mails in hand."""
        with Postgres() as database, self.server(database) as one, self.server(database) as two:
            count, failed = 60, threading.Event()

            def feed(server, begin):
                client = None
                for number in range(begin, count, 2):
                    until = time.monotonic() + 120
                    while True:
                        try:
                            client = client or server.lmtp().hello()
                            if client.deliver(mail(f"q{number}@t")) == [250]:
                                break
                        except (OSError, ValueError):
                            client = None
                        if time.monotonic() > until:
                            return failed.set()
                        time.sleep(0.05)

            feeders = [threading.Thread(target=feed, args=(server, begin)) for begin, server in enumerate((one, two))]
            [feeder.start() for feeder in feeders]
            time.sleep(0.3)
            database.stop()
            time.sleep(0.3)
            database.start()
            [feeder.join(180) for feeder in feeders]
            self.assertFalse(failed.is_set())
            listed = json.loads(self.queue(database, "list", "--format", "json").stdout)
            self.assertEqual((listed["queue"], listed["waiting"], listed["taken"]), ("complaints", count, 0))

            # Killed with a mail in hand, three times.
            hang = one.folder / "hang"
            hang.write_text("#!/bin/sh\ncat >/dev/null; echo x >> %s/hung; exec sleep 60\n" % one.folder)
            hang.chmod(0o755)
            for number in range(3):
                taker = subprocess.Popen([heard(), "queue", "take", "complaints", "--lease", "3", "--", str(hang)],
                                         env={**os.environ, "HEARD_QUEUES": database.url}, start_new_session=True)
                self.assertTrue(eventually(lambda: (one.folder / "hung").exists() and len((one.folder / "hung").read_text()) == 2 * (number + 1)))
                os.killpg(taker.pid, signal.SIGKILL)
                taker.wait()
            time.sleep(3.2)

            # Two at a time work off all there is.
            work = one.folder / "work"
            work.write_text("#!/bin/sh\ngrep -i '^Message-ID:' | head -1 >> %s/done.$PPID\n" % one.folder)
            work.chmod(0o755)
            takers = [threading.Thread(target=self.queue, args=(database, "take", "complaints", "--limit", "0", "--", str(work)))
                      for _ in range(2)]
            [taker.start() for taker in takers]
            [taker.join(120) for taker in takers]
            files = list(one.folder.glob("done.*"))
            done = [line.split("<")[1].rstrip(">") for file in files for line in file.read_text().split()[1::2]]
            self.assertEqual(sorted(done), sorted(f"q{number}@t" for number in range(count)))
            self.assertEqual(self.queue(database, "list").stdout, "")
            verified = subprocess.run([heard(), "ledger", "verify", "--ledger", database.url], capture_output=True, text=True)
            self.assertEqual(verified.returncode, 0)
            self.assertTrue(verified.stdout.startswith(f"{count} records"), verified.stdout)

    def test_settings_that_do_not_go_together(self):
        for settings, said in (
            ("intake: {queues: 'postgresql://h@/d'}", "need intake.state"),
            ("intake: {queues: q.sqlite, maildir: m}", "not both"),
            ("intake: {queues: q.sqlite}\nlmtp: {listen: '127.0.0.1:0'}", None),
        ):
            server = Heardd(settings, intake=False)
            done = subprocess.run([executable(), "config", "check", "--config", str(server.configuration)], capture_output=True, text=True)
            self.assertEqual(done.returncode, 78 if said else 0, done.stderr)
            self.assertIn(said or "", done.stderr)

    def test_a_file_holds_them_as_well(self):
        with Heardd("intake: {queues: q.sqlite}\nlmtp: {listen: '127.0.0.1:0'}", intake=False) as server:
            self.assertEqual(server.lmtp().hello().deliver(mail("f@t")), [250])
            server.kill()
            taken = subprocess.run([heard(), "queue", "take", "complaints", "--queues", str(server.folder / "q.sqlite")],
                                   capture_output=True, text=True)
            self.assertEqual(json.loads(taken.stdout)["sender"], "a@x.test")


if __name__ == "__main__":
    unittest.main()
