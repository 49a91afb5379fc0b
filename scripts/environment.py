"""The project's own virtual environment: made on first use, renewed when pyproject.toml changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEEDED = (3, 11)
# Where the environment stands; elsewhere if SITEGEN_VENV says so.
FOLDER = Path(os.environ.get("SITEGEN_VENV", ROOT / ".venv"))
BIN = FOLDER / ("Scripts" if os.name == "nt" else "bin")


def prepare() -> Path:
    """The folder of the environment's programs, with sitegen and its development tools installed."""
    stamp = FOLDER / "installed.sha256"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + str(ROOT).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return BIN
    print("Setting up .venv (once; a minute or so) …", flush=True)
    if not (BIN / _exe("python")).exists():
        run(_python(), "-m", "venv", str(FOLDER))
    extras = f"{ROOT}[dev,html,cluster,feeds,email,images,search]"
    run(str(BIN / _exe("python")), "-m", "pip", "install", "-qq", "--editable", extras)
    stamp.write_text(wanted)
    return BIN


def run(*command: str, env: dict[str, str] | None = None) -> None:
    """Run a command in the project's folder; end with its exit code if it fails."""
    try:
        done = subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, check=False)
    except KeyboardInterrupt:  # which the command has heard, too
        sys.exit(130)
    if done.returncode:
        sys.exit(done.returncode)


def _python() -> str:
    """A Python that is new enough: this one, or one that stands beside it."""
    if sys.version_info >= NEEDED:
        return sys.executable
    for minor in range(20, NEEDED[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}"):
            return found
    sys.exit(f"sitegen needs Python {'.'.join(map(str, NEEDED))} or newer; this is {sys.version.split()[0]}.")


def _exe(name: str) -> str:
    return f"{name}.exe" if os.name == "nt" else name
