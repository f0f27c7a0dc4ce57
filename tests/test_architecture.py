"""The floors of the house: imports go down only, and each outside library is let in by one room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "bureau_metrics"

# Top to bottom. A module may import what stands on its own floor or below. A new module needs a place here.
FLOORS = (
    ("cli", "__main__"),
    ("flows",),
    ("pipeline", "archive_sources", "sources"),
    (
        "dictionary",
        "exports",
        "workbook",
        "review",
        "report",
        "evaluation",
        "staging",
        "warehouse",
        "fetching",
        "office",
        "guarded_reading",
        "catalogue_examples",
    ),
    ("extraction",),
    ("facts",),
    (
        "quantities",
        "tables",
        "table_words",
        "mentions",
        "rank_grammar",
        "catalogue",
        "periods",
        "dispositions",
        "date_numerals",
        "phrases",
        "quantity_grammar",
    ),
    ("page_breaks",),
    ("numerals", "units", "qualifiers", "structure", "identity", "manifest", "regions", "reading", "lexicon"),
    ("settings", "traditional", "models", "text_layout", "rendering", "staged_batch", "wording"),
)
FLOOR_OF = {module: floor for floor, modules in enumerate(FLOORS) for module in modules}

# Outside library → the only rooms that may import it.
DOORS = {
    "cn2an": {"numerals"},
    "doc2docx": {"reading"},
    "duckdb": {"warehouse"},
    "openpyxl": {"review"},
    "httpx": {"fetching", "flows", "pipeline"},  # and whoever is told of a failed run, and a lost Prefect server
    "opencc": {"traditional"},
    "jinja2": {"report"},
    "lxml": {"reading"},
    "ofdkit": {"reading"},
    "pypdfium2": {"reading"},
    "selectolax": {"reading"},
    "xlrd": {"reading"},
    "prefect": {"flows"},
    "typer": {"cli"},
    "xlsxwriter": {"review", "workbook"},
}
# What parses text sees no clock, environment, network or process: the same text gives the same facts everywhere.
PURE_FROM = FLOOR_OF["extraction"]
PARSE_NO_TEXT = {"settings", "rendering"}
IMPURE = {"os", "time", "random", "socket", "subprocess", "urllib", "http", "requests", "httpx", "threading"}


def room_of(path: Path) -> str:
    """The room of a file: its module or package directly under bureau_metrics, or the folder flows."""
    if path.is_relative_to(ROOT / "flows"):
        return "flows"
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(path: Path) -> Iterator[str]:
    """Full names of all modules that a file imports, inside functions too; `from a import b` gives a and a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


SOURCES = sorted(path for folder in (PACKAGE, ROOT / "flows") for path in folder.rglob("*.py"))
ROOMS = [path for path in SOURCES if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_stands_on_a_floor(path: Path) -> None:
    assert room_of(path) in FLOOR_OF


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_the_floors_only(path: Path) -> None:
    here = FLOOR_OF[room_of(path)]
    rooms = {name.split(".")[1] for name in imported_names(path) if name.startswith("bureau_metrics.")}
    upwards = {room for room in rooms if room in FLOOR_OF and FLOOR_OF[room] < here}
    assert not upwards, f"{path.name} imports {upwards} from a floor above"


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_has_one_door(path: Path) -> None:
    libraries = {name.split(".")[0] for name in imported_names(path)}
    trespassers = {library for library in libraries & DOORS.keys() if room_of(path) not in DOORS[library]}
    assert not trespassers, f"{path.name} imports {trespassers}; only {[DOORS[name] for name in trespassers]} may"


@pytest.mark.parametrize(
    "path",
    [path for path in ROOMS if FLOOR_OF.get(room_of(path), 0) >= PURE_FROM and room_of(path) not in PARSE_NO_TEXT],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_what_parses_text_sees_no_clock_environment_or_network(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported_names(path)} & IMPURE


def test_the_rule_would_notice_an_upward_import(tmp_path: Path) -> None:
    offender = tmp_path / "numerals.py"
    offender.write_text("def read():\n    from bureau_metrics.warehouse import connect\n")
    assert "bureau_metrics.warehouse" in set(imported_names(offender))
    assert FLOOR_OF["warehouse"] < FLOOR_OF["numerals"]
