"""The finished site on disk: checked, published at once or in a safe order, and never half-way."""

from sitegen.output.lock import lock
from sitegen.output.plan import WriteReport
from sitegen.output.write import recover, rollback, write

__all__ = ["WriteReport", "lock", "recover", "rollback", "write"]
