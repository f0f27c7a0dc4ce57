"""Bureau Metrics: figures out of the annual reports of Chinese government bureaus, each traceable to its sentence.

The public functions are `find_quantities`, `read_document` and `extract`; they are loaded when first used, so that
importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bureau_metrics.extraction import extract as extract
    from bureau_metrics.models import Document as Document
    from bureau_metrics.models import Fact as Fact
    from bureau_metrics.models import Quantity as Quantity
    from bureau_metrics.quantities import find_quantities as find_quantities
    from bureau_metrics.reading import read_document as read_document

__version__ = "0.1.0"

_HOMES = {
    "Document": "bureau_metrics.models",
    "Fact": "bureau_metrics.models",
    "Quantity": "bureau_metrics.models",
    "extract": "bureau_metrics.extraction",
    "find_quantities": "bureau_metrics.quantities",
    "read_document": "bureau_metrics.reading",
}

__all__ = ["Document", "Fact", "Quantity", "__version__", "extract", "find_quantities", "read_document"]


def __getattr__(name: str) -> Any:
    """Load a public name from the module where it lives, once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return sorted({*globals(), *_HOMES})
