"""A copy of this machine to try things in that change a machine.

The copy shares the machine's files as they are (overlay file system) and keeps what is written to
itself; it has processes and a loopback network of its own. When its command ends, everything that
was started in it is gone, and the machine is as it was. Needs root.
"""

import os
import pathlib
import shutil
import subprocess
import tempfile

# $1 the folder of the copy, $2 the sources, then the command. Bash stays the first process, which
# is the one that takes leave of processes whose parents have ended.
SETUP = """
set -e
folder=$1 sources=$2; shift 2
mount -t overlay overlay \\
  -o "lowerdir=/,upperdir=$folder/written,workdir=$folder/work" "$folder/root"
mount --rbind /dev "$folder/root/dev"
mount -t proc proc "$folder/root/proc"
mount -t tmpfs tmpfs "$folder/root/run"
mkdir -p "$folder/root/run/lock" "$folder/root$sources"
mount --bind "$sources" "$folder/root$sources"
ip link set lo up
chroot "$folder/root" "$@"
exit $?
"""
NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork", "--kill-child"]


class MachineCopy:
    def __init__(self, sources):
        self.sources = pathlib.Path(sources)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="heard-copy-"))
        for name in ["written", "work", "root"]:
            (self.folder / name).mkdir()
            (self.folder / name).chmod(0o755)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command, **options):
        """Runs a command in the copy; what it leaves behind is there for the next."""
        return subprocess.run(
            [*NAMESPACES, "bash", "-c", SETUP, "copy", str(self.folder), str(self.sources),
             *map(str, command)], **options)

    def why_not(self):
        """Why there can be no copies on this machine; None when there can."""
        if os.geteuid() != 0:
            return "only root can copy the machine"
        tried = self.run("true", capture_output=True, text=True)
        return None if tried.returncode == 0 else tried.stderr.strip()

    def put(self, source, place):
        """Copies a file into the copy; `place` is absolute."""
        target = self.folder / "written" / place.lstrip("/")
        missing = [target.parent, *target.parent.parents]
        for parent in reversed(missing[: missing.index(self.folder / "written")]):
            if not parent.exists():
                parent.mkdir()
                parent.chmod(0o755)
        shutil.copy(source, target)
