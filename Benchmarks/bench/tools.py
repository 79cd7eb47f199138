# SPDX-License-Identifier: Apache-2.0
"""Makes what the contenders need, once: a Python of their own, and a small program."""

import platform
import shutil
import subprocess
from pathlib import Path

from bench import HERE, Bench, say
from measure import BenchmarkError

REQUIREMENTS = HERE / "contenders/requirements.txt"
NEEDED = {
    "7z": "p7zip-full",
    "cc": "gcc",
    "curl": "curl",
    "strace": "strace",
    "tjbench": "libjpeg-turbo-progs",
    "vipsthumbnail": "libvips-tools",
}


def check() -> None:
    """Says what is missing before anything is measured."""
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if missing:
        raise BenchmarkError(
            f"these packages are missing: {' '.join(missing)}; run scripts/install-packages.sh --for-benchmarks"
        )


def python(bench: Bench) -> Path:
    """A Python with the libraries that a user would take, in the versions of requirements.txt."""
    folder = bench.data / "venv"
    stamp = folder / "requirements.txt"
    interpreter = folder / "bin/python"
    if not (stamp.is_file() and stamp.read_text() == REQUIREMENTS.read_text()):
        say("  making a Python environment for the contenders")
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--clear", folder], check=True)
        subprocess.run(
            [interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS],
            check=True,
        )
        stamp.write_text(REQUIREMENTS.read_text())
    return interpreter


def decode_limit(bench: Bench) -> Path:
    """The program that only decodes."""
    source = HERE / "limits/decode_limit.c"
    program = bench.data / "decode-limit"
    if not program.is_file() or program.stat().st_mtime < source.stat().st_mtime:
        subprocess.run(["cc", "-O2", "-o", program, source, "-lturbojpeg", "-lpthread"], check=True)
    return program


def versions(bench: Bench) -> list[str]:
    """What the figures were measured with, for the foot of the table."""

    def said(*command: str | Path) -> str:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    def package(name: str) -> str:
        return f"{name} {said('dpkg-query', '--show', '--showformat=${Version}', name)}"

    libraries = (
        "import platform; from importlib.metadata import version; from PIL import features;"
        "names = 'requests', 'pyzipper', 'pillow';"
        "print('Python', platform.python_version(), 'with', ', '.join(f'{name} {version(name)}' for name in names),"
        " '(libjpeg-turbo', features.version('libjpeg_turbo') + ')')"
    )
    packages = ["libturbojpeg0", "libjpeg-turbo-progs", "curl", "p7zip-full", "libvips-tools", "python3-pil"]
    cpu = next(line.split(":")[1].strip() for line in Path("/proc/cpuinfo").open() if line.startswith("model name"))
    return [
        f"{said(bench.facelib, '--version')}; {bench.cores} cores of {cpu}, Linux {platform.release()}.",
        said(python(bench), "-c", libraries) + ".",
        "Debian: " + ", ".join(package(name) for name in packages) + ".",
    ]
