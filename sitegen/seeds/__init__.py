"""Raw articles → Markdown that belongs to the editor.

decode → blocks → labels → speech and figures → layout → write. Conversion creates, it never
overwrites: a seed is converted once, and an article that the editor deleted stays deleted. A merge
brings what is new in a seed, or in the converter, to an article that exists.
"""

from __future__ import annotations

from sitegen.seeds.convert import understand
from sitegen.seeds.found import Conversion
from sitegen.seeds.merge.merge import Change, MergeReport, merge_known
from sitegen.seeds.merge.merge import Options as MergeOptions
from sitegen.seeds.new import ConvertReport, Planned, convert_new, preview
from sitegen.seeds.read import read, seed_files
from sitegen.seeds.write import markdown

__all__ = [
    "Change",
    "Conversion",
    "ConvertReport",
    "MergeOptions",
    "MergeReport",
    "Planned",
    "convert_new",
    "markdown",
    "merge_known",
    "preview",
    "read",
    "seed_files",
    "understand",
]
