"""The HTTP API against its own description, by tools that know neither: schemathesis and
Prometheus' parser (PyPI). `make test-server` installs them; without them these tests are skipped."""
import importlib.util, json, os, pathlib, shutil, subprocess, sys, unittest

from heardd_process import Heardd, ROOT

LONG = os.environ.get("HEARD_LONG_TESTS") == "1"


def has(module):
    return importlib.util.find_spec(module) is not None


class Contract(unittest.TestCase):
    def test_the_description_is_up_to_date(self):
        done = subprocess.run([sys.executable, str(ROOT / "tools/openapi/build"), "--check"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_the_reference_has_every_setting(self):
        table = subprocess.run([sys.executable, str(ROOT / "tools/openapi/settings")], capture_output=True, text=True).stdout
        self.assertGreater(table.count("\n"), 30)
        self.assertIn(table, (ROOT / "docs/server.md").read_text())

    @unittest.skipUnless(has("openapi_spec_validator"), "SKIPPED: openapi-spec-validator is not installed")
    def test_the_description_is_OpenAPI_3_1(self):
        from openapi_spec_validator import OpenAPIV31SpecValidator
        with Heardd(intake=False) as server:
            document = json.loads(server.ask("GET", "/openapi.json")[1])
        OpenAPIV31SpecValidator(document).validate()
        # What must be said of every operation.
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                self.assertTrue(operation["operationId"] and operation["summary"], path)
                self.assertTrue(any(code.startswith("2") for code in operation["responses"]), path)

    @unittest.skipUnless(has("prometheus_client"), "SKIPPED: prometheus_client is not installed")
    def test_prometheus_reads_the_metrics(self):
        from prometheus_client.parser import text_string_to_metric_families
        with Heardd(intake=False) as server:
            server.ask("POST", "/v1/classify", "It is broken.", {"Content-Type": "text/plain"})
            server.ask("POST", "/v1/classify", "{", {"Content-Type": "application/json"})
            text = server.ask("GET", "/metrics")[1].decode()
        families = {family.name: family for family in text_string_to_metric_families(text)}
        for name in ("heard_messages", "heard_routed", "heard_classify_duration_seconds", "heard_errors",
                     "heard_fallback", "heard_lexicon_info", "heard_lexicon_reload_failures"):
            self.assertIn(name, families)
        buckets = [s.value for s in families["heard_classify_duration_seconds"].samples if s.name.endswith("_bucket")]
        self.assertEqual(buckets, sorted(buckets))
        self.assertEqual(buckets[-1], 1)

    @unittest.skipUnless(has("schemathesis"), "SKIPPED: schemathesis is not installed")
    def test_schemathesis_finds_no_fault(self):
        made = subprocess.run([os.environ.get("HEARDD") or __import__("heardd_process").executable(),
                               "token", "--name", "ci", "--scope", "deliver", "--scope", "reload", "--scope", "judge"],
                              capture_output=True, text=True)
        token, line = made.stdout.strip(), made.stderr.split("heardd: ")[1].strip()
        settings = f"replies: {ROOT / 'replies'}\nhttp:\n  listen: ['127.0.0.1:0']\n  tokens:\n  {line}"
        with Heardd(settings) as server:
            run = subprocess.run(
                [sys.executable, "-m", "schemathesis.cli", "run", f"http://127.0.0.1:{server.http_port}/openapi.json",
                 "-n", "300" if LONG else "25", "--seed", "2033", "--no-color", "--workers", "2",
                 "-H", f"Authorization: Bearer {token}",
                 "--exclude-checks", "ignored_auth"],
                capture_output=True, text=True, timeout=1500, cwd=server.folder,
                env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks",
                     "PYTHONPATH": str(pathlib.Path(__file__).parent)})
            self.assertEqual(run.returncode, 0, run.stdout[-8000:] + run.stderr[-2000:])
            self.assertEqual(server.process.poll(), None)
            self.assertNotIn("a request failed", server.logged())


if __name__ == "__main__":
    unittest.main()
