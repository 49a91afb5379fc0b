"""Optional packages, by the extra in pyproject.toml that names them."""

from __future__ import annotations


def install(extra: str) -> str:
    """The command that installs what an extra needs.

    It names the packages, not `sitegen[extra]`: where pip would look for that, the name is somebody else's.
    """
    from importlib import metadata  # costs more than most commands need altogether

    try:
        wanted = [line.partition(";") for line in metadata.requires("sitegen") or ()]
    except metadata.PackageNotFoundError:  # run from its folder, without having been installed
        return f'pip install ".[{extra}]", in the folder of sitegen'
    names = [
        f'"{name.strip()}"'
        for name, _, when in wanted
        if when.replace("'", '"').strip() == f'extra == "{extra}"'
    ]
    return f"pip install {' '.join(names)}"
