"""A copy of this machine that systemd runs: to see what a unit does where it is meant to run.

As machine_copy.py, with devices, control groups and a first process of its own: Debian's systemd, as in a
container. Only the first lines of a machine's start are gone through, and none of its other services.
Needs root, systemd and control groups of version 2 (those that nobody divides are enough).
"""

import os
import pathlib
import subprocess
import time

from machine_copy import MachineCopy

SYSTEMD = "/lib/systemd/systemd"
# $1 the folder of the copy, $2 the sources. A change of root is not enough: in a chroot the kernel
# makes no user namespaces, and the unit asks for one.
BOOT = """
set -e
folder=$1 sources=$2 root=$1/root
mount -t overlay overlay -o "lowerdir=/,upperdir=$folder/written,workdir=$folder/work" "$root"
mkdir -p "$root$sources"
mount --bind "$sources" "$root$sources"
mount -t proc proc "$root/proc"
mount -t sysfs sysfs "$root/sys"
mount -t tmpfs tmpfs "$root/sys/fs/cgroup" 2>/dev/null || true
mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/shm" "$root/dev/pts"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"; ln -s fd/1 "$root/dev/stdout"; ln -s fd/2 "$root/dev/stderr"
mount -t tmpfs tmpfs "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
mount -t tmpfs tmpfs "$root/tmp"
mkdir -p "$root/run/lock"
ip link set lo up
cd "$root"
pivot_root . mnt
umount -l /mnt
exec env -i container=heard-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
  /lib/systemd/systemd --system --unit=heard-test.target --log-target=null
"""
NAMESPACES = ["unshare", "--mount", "--net", "--pid", "--ipc", "--uts", "--cgroup", "--fork", "--kill-child"]
TARGET = """[Unit]
Requires=basic.target heard-test.service
After=basic.target
"""
SERVICE = """[Unit]
After=basic.target systemd-journald.service
[Service]
Type=oneshot
ExecStart=/bin/sh -c '%s > /var/log/heard-test.log 2>&1; echo $? > /var/log/heard-test.status'
"""
# What there is no machine for, and what else is installed here.
MASKED = """systemd-udevd.service systemd-udev-trigger.service systemd-udevd-control.socket
systemd-udevd-kernel.socket systemd-networkd.service systemd-resolved.service systemd-logind.service
systemd-timesyncd.service systemd-binfmt.service proc-sys-fs-binfmt_misc.automount systemd-sysctl.service
systemd-modules-load.service dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount
sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount getty.target timers.target
postfix.service dovecot.service dovecot.socket postgresql.service rspamd.service redis-server.service
apparmor.service dbus.socket""".split()


def control_groups():
    """Where control groups of version 2 are mounted; None where they are not."""
    for line in pathlib.Path("/proc/self/mounts").read_text().splitlines():
        if line.split()[2] == "cgroup2":
            return pathlib.Path(line.split()[1])
    return None


class SystemdCopy(MachineCopy):
    def why_not(self):
        """Why systemd cannot run here; None when it can."""
        if not os.access(SYSTEMD, os.X_OK):
            return "systemd is not installed"
        if control_groups() is None:
            return "there are no control groups of version 2"
        return super().why_not()

    def boot(self, command, seconds):
        """Starts systemd, has it run a command, and ends it; status (None: none in time) and output."""
        units = self.folder / "written/etc/systemd/system"
        units.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder / "written/etc", units.parent, units):
            folder.chmod(0o755)
        (units / "heard-test.target").write_text(TARGET)
        (units / "heard-test.service").write_text(SERVICE % command)
        for name in MASKED:
            (units / name).symlink_to("/dev/null")
        group = control_groups() / f"heard-test-{os.getpid()}"
        group.mkdir()
        status = self.folder / "written/var/log/heard-test.status"
        try:
            machine = subprocess.Popen(
                [*NAMESPACES, "sh", "-c", BOOT, "boot", str(self.folder), str(self.sources)],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                preexec_fn=lambda: (group / "cgroup.procs").write_text(str(os.getpid())))
            until = time.monotonic() + seconds
            while not status.exists() and machine.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            machine.kill()
            machine.wait()
        finally:
            self._remove(group)
        output = self.folder / "written/var/log/heard-test.log"
        return (
            int(status.read_text() or 1) if status.exists() else None,
            output.read_text(errors="replace") if output.exists() else "")

    @staticmethod
    def _remove(group):
        """The processes of a namespace end a moment after its first one."""
        for _ in range(100):
            try:
                for folder, _, _ in os.walk(group, topdown=False):
                    os.rmdir(folder)
                return
            except OSError:
                time.sleep(0.1)


if __name__ == "__main__":
    with SystemdCopy(pathlib.Path(__file__).resolve().parents[2]) as copy:
        print(copy.why_not() or copy.boot("/bin/true", 60))
