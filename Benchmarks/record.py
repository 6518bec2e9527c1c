"""Records of measurements: JSON files in Benchmarks/records, with machine and date."""
import datetime, json, os, pathlib, platform, subprocess

RECORDS = pathlib.Path(__file__).resolve().parent / "records"


class machine:
    """What a figure depends on."""

    @staticmethod
    def facts():
        model = platform.machine()
        with open("/proc/cpuinfo") as info:
            for line in info:
                if line.startswith("model name"):
                    model = line.split(":", 1)[1].strip()
                    break
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return {"processor": model, "cores": os.cpu_count(), "memory_gigabytes": round(memory / 1e9),
                "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
                "kernel": platform.release()}

    @staticmethod
    def version(heard):
        """What the program calls itself, and the commit of the sources beside it."""
        told = subprocess.run([heard, "--version"], capture_output=True, text=True).stdout.strip()
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True,
                                cwd=RECORDS.parent).stdout.strip()
        return f"{told} {commit}".strip()


def write_record(name, content):
    """Writes Benchmarks/records/NAME.json in place of the one before, which git keeps."""
    RECORDS.mkdir(exist_ok=True)
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0, tzinfo=None)
    record = {"date": now.isoformat() + "Z", "machine": machine.facts()} | content
    path = RECORDS / f"{name}.json"
    path.write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n")
    print(f"recorded in Benchmarks/records/{name}.json")
