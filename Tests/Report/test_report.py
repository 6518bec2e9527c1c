"""Reports as people meet them: in a browser, with the network off.

HEARD names the executable; REPORT_SHOTS a folder to keep pictures in.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from chromium import Chromium  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEARD = os.environ.get("HEARD", str(ROOT / ".build/release/heard"))
HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" \u202e'


def heard(*arguments: str, folder: pathlib.Path) -> subprocess.CompletedProcess:
    """Runs heard; a status other than 0 fails the test."""
    done = subprocess.run(
        [HEARD, *arguments], cwd=folder, capture_output=True, check=False, timeout=300)
    if done.returncode != 0:
        raise AssertionError(f"heard {arguments}: {done.returncode}: {done.stderr.decode()}")
    return done


class Report(unittest.TestCase):
    """One archive, one report, one browser for all tests."""

    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="heard-report-")
        cls.addClassCleanup(cls.temporary.cleanup)
        cls.folder = folder = pathlib.Path(cls.temporary.name)
        for name in ("lexicons", "policies", "corpus"):
            (folder / name).symlink_to(ROOT / name)
        archive = subprocess.run(
            [sys.executable, str(ROOT / "tools/archive.py"), "corpus", "--messages", "3000"],
            cwd=folder, capture_output=True, check=True).stdout.decode()
        hostile = [
            json.dumps({
                "id": f"h{number}", "sender": f"h{number}@example.org",
                "time": "2026-06-0%dT10:00:00Z" % (number % 9 + 1),
                "text": f"{HOSTILE} The frobnicator was billed wrongly, "
                        "mail sanne.devries@example.org or ring 06-12345678."})
            for number in range(30)]
        (folder / "archive.jsonl").write_text(archive + "\n".join(hostile) + "\n", "utf-8")
        (folder / "key").write_bytes(bytes(range(32)))
        heard("run", "archive.jsonl", "-o", "judged.jsonl", "--with-meta", "--sender-key", "key",
              "--quiet", folder=folder)
        cls.arguments = [
            "report", "judged.jsonl", "--messages", "archive.jsonl", "--time-zone",
            "Europe/Amsterdam", "--title", f"Report {HOSTILE}"]
        heard(*cls.arguments, "-o", "report.html", "--figures", "figures.json", "--csv", "csv",
              "--raised", "raised.jsonl", folder=folder)
        cls.html = (folder / "report.html").read_text("utf-8")
        cls.figures = json.loads((folder / "figures.json").read_text("utf-8"))
        cls.browser = cls.enterClassContext(Chromium())
        cls.browser.open(str(folder / "report.html"))
        cls.shots = pathlib.Path(os.environ.get("REPORT_SHOTS", folder))
        cls.shots.mkdir(parents=True, exist_ok=True)

    def setUp(self):
        self.browser.look()

    def test_loads_nothing_and_complains_of_nothing(self):
        self.assertEqual(self.browser.complaints, [])
        self.assertEqual(
            [url for url in self.browser.requests if not url.endswith("report.html")], [])
        self.assertEqual(self.browser.evaluate("document.scripts.length"), 0)
        self.assertEqual(self.browser.evaluate("document.images.length"), 0)

    def test_charts_have_names_and_descriptions(self):
        charts = [node for node in self.browser.accessible() if node["role"] in ("img", "image")]
        count = self.browser.evaluate("document.querySelectorAll('svg').length")
        self.assertGreater(count, 15)
        self.assertEqual(len(charts), count)
        self.assertEqual([chart for chart in charts if not chart["name"].strip()], [])
        ids = re.findall(r'\bid="([^"]+)"', self.html)
        self.assertEqual(len(ids), len(set(ids)))
        for named in re.findall(r'aria-labelledby="([^"]+)"', self.html):
            self.assertLessEqual(set(named.split()), set(ids))
        # Every chart over time has its figures in a table beside it.
        self.assertEqual(
            self.browser.evaluate(
                "[...document.querySelectorAll('figure')].filter(f => f.querySelector('.plot') && "
                "!f.querySelector('table caption')).length"), 0)

    def test_headings_go_down_in_steps(self):
        levels = self.browser.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
        self.assertEqual(levels[0], 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1)

    def test_tables_say_what_the_charts_show(self):
        shown = self.browser.evaluate(
            "[...document.querySelector('figure table').rows].slice(1)"
            ".map(r => [...r.cells].map(c => c.textContent))")
        series = {(s["dimension"], s["name"]): s for s in self.figures["series"]}
        judged, complaints = series["status", "judged"], series["class", "complaint"]
        for row, period, one, other in zip(
                shown, self.figures["periods"], judged["periods"], complaints["periods"]):
            self.assertEqual(row[:3], [period["start"], f"{one:,}", f"{other:,}"])
        self.assertEqual(len(shown), len(self.figures["periods"]))

    def test_fits_every_width(self):
        for width in (320, 390, 768, 1200, 1800):
            self.browser.look(width=width)
            wide = self.browser.evaluate("document.documentElement.scrollWidth")
            self.assertLessEqual(wide, width)
            overlaps = self.browser.evaluate(
                """[...document.querySelectorAll('.marks')].filter(m => {
                  const boxes = [...m.children].map(s => s.getBoundingClientRect())
                    .filter(b => b.width > 0);
                  return boxes.some((b, i) => i > 0 && boxes[i - 1].right > b.left + 1);
                }).length""")
            self.assertEqual(overlaps, 0, f"names under an axis overlap at {width}")

    def test_text_has_contrast(self):
        script = """(() => {
          const rgb = c => c.match(/[\\d.]+/g).slice(0, 3).map(Number);
          const light = c => rgb(c).map(v => v / 255).map(
              v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
          const paper = e => { for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor;
            if (c !== 'rgba(0, 0, 0, 0)') return c; } return 'rgb(255, 255, 255)'; };
          let worst = 99, where = '';
          for (const e of document.querySelectorAll('main *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            if (e.closest('svg')) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(paper(e))];
            const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
            if (ratio < worst) { worst = ratio; where = e.outerHTML.slice(0, 80); }
          }
          return [worst, where];
        })()"""
        for scheme in ("light", "dark"):
            self.browser.look(scheme=scheme)
            worst, where = self.browser.evaluate(script)
            self.assertGreaterEqual(worst, 4.5, f"{scheme}: {where}")

    def test_looks(self):
        pictures = {}
        for name, look in {
                "light": {}, "dark": {"scheme": "dark"}, "narrow": {"width": 390},
                "print": {"media": "print", "width": 760}}.items():
            self.browser.look(**look)
            pictures[name] = self.browser.screenshot(str(self.shots / f"report-{name}.png"))
        self.assertEqual(len(set(pictures.values())), 4)
        self.browser.look()
        printed = self.browser.pdf(str(self.shots / "report.pdf"))
        self.assertTrue(printed.startswith(b"%PDF"))

    def test_names_nobody(self):
        everything = self.html + (self.folder / "figures.json").read_text("utf-8")
        for path in (self.folder / "csv").iterdir():
            everything += path.read_text("utf-8")
        for secret in ("sanne.devries", "06-12345678", "12345678", "example.org"):
            self.assertNotIn(secret, everything)
        self.assertNotIn("<script", self.html)
        self.assertNotIn("<img", self.html)
        self.assertEqual((self.folder / "raised.jsonl").stat().st_mode & 0o077, 0)

    def test_finds_what_happened(self):
        themes = {theme["id"]: theme for theme in self.figures["themes"]}
        moving = {
            direction: " | ".join(
                f"{theme['text']} {theme['variants']}" for theme in themes.values()
                if theme["trend"]["direction"] == direction)
            for direction in ("new", "rising", "fading")}
        self.assertRegex(moving["new"] + moving["rising"], "twice")
        self.assertRegex(moving["fading"], "courier|delivery")
        # One customer wrote it every week.
        self.assertNotIn("flux", self.html)
        for theme in themes.values():
            self.assertGreaterEqual(theme["senders"], 5)
            self.assertGreaterEqual(theme["messages"], theme["senders"])
            low, high = theme["oddsRatio"]["low"], theme["oddsRatio"]["high"]
            self.assertTrue(low <= theme["oddsRatio"]["value"] <= high)

    def test_pieces_give_the_same_page(self):
        lines = (self.folder / "judged.jsonl").read_bytes().splitlines(keepends=True)
        for name, piece in (("one", lines[::2]), ("two", lines[1::2])):
            (self.folder / f"{name}.jsonl").write_bytes(b"".join(piece))
        arguments = [a for a in self.arguments if a != "judged.jsonl"]
        again = heard(
            *arguments, "two.jsonl", "one.jsonl", "--jobs", "2", folder=self.folder).stdout
        self.assertEqual(again.decode(), self.html)

    def test_every_form_of_records_gives_the_same_page(self):
        for name in ("judged.csv", "judged.tsv", "judged.sqlite"):
            heard("run", "archive.jsonl", "-o", name, "--with-meta", "--sender-key", "key",
                  "--quiet", folder=self.folder)
            arguments = [name if a == "judged.jsonl" else a for a in self.arguments]
            self.assertEqual(
                heard(*arguments, folder=self.folder).stdout.decode(), self.html, name)

    def test_themes_of_entries(self):
        heard("run", "archive.jsonl", "-o", "explained.jsonl", "--with-meta", "--sender-key", "key",
              "--explain", "--quiet", folder=self.folder)
        heard("report", "explained.jsonl", "-o", "entries.html", "--figures", "entries.json",
              folder=self.folder)
        figures = json.loads((self.folder / "entries.json").read_text("utf-8"))
        self.assertEqual(figures["themeSource"], "hits")
        self.assertGreater(len(figures["themes"]), 5)
        self.assertTrue(all(not theme["examples"] for theme in figures["themes"]))

    def test_closes_the_loop(self):
        theme = max(
            (t for t in self.figures["themes"] if t["label"] == "pricing-dispute"),
            key=lambda t: t["senders"])
        pending = ["told", "pending", "raised.jsonl", "--ledger", "told.jsonl", "--change", "refunds",
                   "--theme", theme["id"]]
        listed = heard(*pending, folder=self.folder).stdout
        entries = [json.loads(line) for line in listed.splitlines()]
        self.assertEqual(len(entries), theme["senders"])
        self.assertEqual(sum(len(e["messages"]) for e in entries), theme["messages"])
        (self.folder / "tell.jsonl").write_bytes(listed)
        for expected in (b"recorded", b"0 recorded"):
            done = heard(
                "told", "record", "tell.jsonl", "--ledger", "told.jsonl", "--at",
                "2026-12-24T10:00:00Z", folder=self.folder)
            self.assertIn(expected, done.stderr)
        self.assertEqual(heard(*pending, folder=self.folder).stdout, b"")
        table = heard("told", "list", "--ledger", "told.jsonl", folder=self.folder).stdout.decode()
        self.assertIn(theme["id"], table)
        heard("told", "forget", "--ledger", "told.jsonl", entries[0]["sender"], folder=self.folder)
        self.assertNotIn(
            entries[0]["sender"], (self.folder / "told.jsonl").read_text("utf-8"))


if __name__ == "__main__":
    unittest.main()
