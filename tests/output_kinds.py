"""Outputs of every kind: made here, promised from a cache, and put into the staging tree by a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from pathlib import Path

from sitegen.model import Output, Promise, Staged
from sitegen.output import Stager, stager

Kind = Callable[[Output, Stager], Output | Promise | Staged]


def plain(output: Output, worker: Stager) -> Output:
    return output


def promised(output: Output, worker: Stager) -> Promise:
    sha = hashlib.sha256(output.data).hexdigest()
    return Promise(output.path, sha, lambda: output.data, output.made_from)


def staged(output: Output, worker: Stager) -> Staged:
    return worker.put(output)


def broken(output: Output, worker: Stager) -> Promise:
    """From a damaged cache: the bytes are right, the hash is not."""
    return Promise(output.path, "0" * 64, lambda: output.data, output.made_from)


KINDS: tuple[Kind, ...] = (plain, staged, promised, staged, broken)


def mixed(
    outputs: Iterable[Output], public: Path, root: Path, kinds: Iterable[Kind] = KINDS
) -> Iterator[Output | Promise | Staged]:
    """The outputs, each of the next kind; those that workers stage are put when they are asked for."""
    worker = stager(public, root)
    for output, kind in zip(outputs, cycle(kinds), strict=False):
        yield kind(output, worker)
