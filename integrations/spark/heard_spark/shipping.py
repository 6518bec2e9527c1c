"""Where heard is on the executors, and how it gets there."""

from __future__ import annotations

import atexit
import dataclasses
import hashlib
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable

from pyspark.sql import SparkSession


@dataclasses.dataclass(frozen=True)
class Installation:
    """heard on the executors: a program and, unless it finds them itself, its lexicons and policy.

    With an ``archive`` all paths are within what Spark has unpacked of it.
    """

    program: str = "heard"
    lexicons: str | None = None
    policy: str | None = None
    archive: str | None = None

    def command(
        self, lexicons: str | None, policy: str | None, explain: bool
    ) -> Callable[[], list[str]]:
        """Makes the command line; to be called in the executor.

        Args:
            lexicons: instead of those of the installation; no path of the archive.
            policy: likewise.
            explain: whether records say why.
        """
        own, archive = dataclasses.asdict(self), self.archive
        own.pop("archive")

        # Nothing of this package inside: the function travels by value.
        def made() -> list[str]:
            paths = dict(own)
            if archive is not None:
                from pyspark import SparkFiles

                root = SparkFiles.get(archive)
                paths = {key: path and os.path.join(root, path) for key, path in own.items()}
            arguments = [paths["program"], "run", "-", "--lines", "--from", "jsonl"]
            if lexicons or paths["lexicons"]:
                arguments += ["--lexicons", lexicons or paths["lexicons"]]
            if policy or paths["policy"]:
                arguments += ["--policy", policy or paths["policy"]]
            return arguments + (["--explain"] if explain else [])

        return made


def ship(
    spark: SparkSession, program: str = "heard", lexicons: str | None = None,
    policy: str | None = None,
) -> Installation:
    """Takes the program of this machine with its lexicons and policy to every executor.

    They go as one archive (``SparkContext.addArchive``), the lexicons compiled, so that executors
    compile and write nothing. The executors need the same system as this machine, with the libraries
    that heard is linked with.

    Args:
        spark: the session.
        program: the program here, a path or a name to look up in PATH.
        lexicons: folder of lexicons, or a compiled lexicon; unless said, those heard would find.
        policy: policy file; unless said, the one heard would find. The other YAML files of its folder
            go with it, for it may include them.

    Raises:
        ValueError: something is missing, or the lexicons do not compile.
    """
    found = shutil.which(program)
    if found is None:
        raise ValueError(f"{program}: no such program here; build heard, or name it with program=")
    binary = pathlib.Path(found).resolve()
    source = _find(lexicons, "HEARD_LEXICONS", "lexicons", binary)
    rules = _find(policy, "HEARD_POLICY", "policies/default.yaml", binary)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="heard-spark-"))
    # Spark hands the archive out from here for as long as the application runs.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    image = folder / "lexicon.compiled"
    if source.is_dir():
        made = subprocess.run(
            [binary, "lexicon", "build", source, "-o", image], capture_output=True, check=False)
        if made.returncode != 0:
            raise ValueError(
                f"{source}: cannot be compiled: {made.stderr.decode('utf-8', 'replace').strip()}")
    else:
        shutil.copyfile(source, image)
    files = [(binary, "bin/heard"), (image, "lexicon.compiled")]
    files += [(rules, f"policies/{rules.name}")]
    files += [
        (path, f"policies/{path.name}") for path in sorted(rules.parent.glob("*.y*ml"))
        if path != rules]
    # Another name for other content: an executor keeps what it has unpacked.
    name = f"heard-{_digest(files)[:16]}"
    archive = folder / f"{name}.tar.gz"
    with tarfile.open(archive, "w:gz", compresslevel=1) as tar:
        for path, inside in files:
            tar.add(path, inside, recursive=False)
    spark.sparkContext.addArchive(f"{archive}#{name}")
    return Installation("bin/heard", "lexicon.compiled", f"policies/{rules.name}", name)


def _find(given: str | None, variable: str, name: str, binary: pathlib.Path) -> pathlib.Path:
    """The path that was given, or the one where heard would look."""
    told = given or os.environ.get(variable)
    if told is not None:
        path = pathlib.Path(told)
        if not path.exists():
            raise ValueError(f"{told}: no such file or folder; check {variable}")
        return path.resolve()
    places = [pathlib.Path.cwd() / name]
    for parent in binary.parents:
        places += [parent / name, parent / "share/heard" / name]
    for place in places:
        if place.exists():
            return place.resolve()
    raise ValueError(f"no {name} here or beside {binary}; name it")


def _digest(files: list[tuple[pathlib.Path, str]]) -> str:
    state = hashlib.sha256()
    for path, inside in files:
        state.update(f"{inside}\0{path.stat().st_size}\0".encode())
        state.update(path.read_bytes())
    return state.hexdigest()
