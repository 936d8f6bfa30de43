#!/usr/bin/env python3
"""Runs the rows of a corpus under bash, and tells whether each does what it says.

    verify.py FILE...    prints the rows that hold; the others go to stderr, and make the exit code 1

A row with a `technique` must do what its `base` says: run that command, read that file, or change it. Any other row
must not. Each runs in the tree of `tree.json`, with programs on PATH that only note how they were called, in mount,
process and network namespaces of its own: nothing of the machine is changed. Needs root, `unshare`, git and bash.
"""

import ctypes
import json
import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path

TREE = json.loads((Path(__file__).parent / "tree.json").read_text())
STUBS = ["helm", "gcloud", "docker", "npm", "dropdb"]
NOTING = '#!/bin/sh\nfor w in "${0##*/}" "$@"; do printf "%s\\0" "$w"; done >> /tmp/log\necho >> /tmp/log\n'
PASSING = """#!/bin/bash
while [[ $1 == -* || $1 == *=* ]]; do
    [[ $1 == -u ]] && shift
    [[ $1 == -- ]] && { shift; break; }
    shift
done
exec "$@"
"""
IN_ACCESS = 0x1
LIBC = ctypes.CDLL(None, use_errno=True)


def prepare():
    """Makes the namespaces' own /tmp, /etc and programs."""
    run = lambda *words: subprocess.run(words, check=True)
    run("mount", "--make-rprivate", "/")
    run("mount", "-t", "tmpfs", "none", "/tmp")
    run("cp", "-a", "/etc", "/tmp/.etc")
    run("mount", "--bind", "/tmp/.etc", "/etc")
    for folder in ("/tmp/.bin", "/tmp/.home", "/tmp/.tree"):
        os.mkdir(folder)
    for name, text in [(name, NOTING) for name in STUBS] + [("sudo", PASSING), ("doas", PASSING)]:
        Path("/tmp/.bin", name).write_text(text)
        os.chmod(Path("/tmp/.bin", name), 0o755)
    os.environ.update(
        HOME="/tmp/.home", PATH=f"/tmp/.bin:{os.environ['PATH']}:/usr/sbin:/sbin", LC_ALL="C.UTF-8",
        GIT_AUTHOR_NAME="T", GIT_AUTHOR_EMAIL="t@example.invalid",
        GIT_COMMITTER_NAME="T", GIT_COMMITTER_EMAIL="t@example.invalid",
    )
    os.chdir("/tmp/.tree")
    run("git", "init", "-q", "-b", "topic")
    for number in range(3):
        Path("README.md").write_text(f"# Read me\nVersion {number}.\n")
        run("git", "add", "README.md")
        run("git", "commit", "-q", "-m", f"Version {number}")
    for file, text in TREE.items():
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(text)
        os.chmod(file, 0o755 if file.endswith(("sh", "pre-commit")) else 0o644)


def state(file):
    """What a row must have changed to have written the file."""
    if os.path.islink(file):
        return os.readlink(file)
    try:
        return Path(file).read_bytes()
    except OSError:
        return None


def does(row):
    """Whether the row does what its base says."""
    os.chdir("/")
    for name in os.listdir("/tmp"):
        if name in (".etc", ".bin", ".home", ".tree"):
            continue
        path = Path("/tmp", name)
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    shutil.copytree("/tmp/.tree", "/tmp/w", symlinks=True)
    Path("/tmp/log").touch()
    if Path("/etc/hosts").is_symlink() or state("/etc/hosts") != b"127.0.0.1 localhost\n":
        Path("/etc/hosts").unlink(missing_ok=True)
        Path("/etc/hosts").write_bytes(b"127.0.0.1 localhost\n")
    os.chdir("/tmp/w")
    base = row["base"]
    is_file = os.path.exists(base)
    before = state(base) if is_file else None
    watch = LIBC.inotify_init1(os.O_NONBLOCK)
    if is_file:
        LIBC.inotify_add_watch(watch, base.encode(), IN_ACCESS)
    try:
        subprocess.run(
            ["bash", "-c", row["cmd"]], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=15, start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        pass
    try:
        events = os.read(watch, 65536)
    except BlockingIOError:
        events = b""
    os.close(watch)
    if not is_file:
        words = [word.encode() for word in base.split()]
        calls = [call.split(b"\0")[:-1] for call in Path("/tmp/log").read_bytes().split(b"\n")]
        return any(call[: len(words)] == words for call in calls)
    was_read = any(struct.unpack_from("iI", events, place)[1] & IN_ACCESS for place in offsets(events))
    return was_read if base in ("id_rsa", "config/credentials.json") else state(base) != before


def offsets(events):
    place = 0
    while place < len(events):
        yield place
        place += 16 + struct.unpack_from("I", events, place + 12)[0]


def main():
    rows = [json.loads(line) for file in sys.argv[1:] for line in Path(file).read_text().splitlines()]
    prepare()
    failed = 0
    for row in rows:
        line = json.dumps(row, ensure_ascii=False)
        if does(row) == ("technique" in row):
            print(line)
        else:
            failed += 1
            print(line, file=sys.stderr)
    print(f"{len(rows) - failed} of {len(rows)} rows hold", file=sys.stderr)
    return failed > 0


if __name__ == "__main__":
    if os.environ.get("CAVRA_VERIFYING") != "1":
        os.environ["CAVRA_VERIFYING"] = "1"
        files = [os.path.abspath(file) for file in sys.argv[1:]]
        os.execvp("unshare", ["unshare", "-mpn", "--fork", "--mount-proc", sys.executable, __file__, *files])
    sys.exit(main())
