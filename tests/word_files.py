"""Small Word files, written part by part, so that a test says exactly what stands in them."""

import io
import zipfile

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_OTHERS = (
    ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
    ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
    ("w16se", "http://schemas.microsoft.com/office/word/2015/wordml/symex"),
    ("v", "urn:schemas-microsoft-com:vml"),
    ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph; content without marks becomes its one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def cell(text: str, properties: str = "") -> str:
    content = text if text.startswith("<") else paragraph(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def part(root: str, content: str, namespace: str = TRANSITIONAL) -> str:
    others = "".join(f' xmlns:{prefix}="{address}"' for prefix, address in _OTHERS)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} xmlns:w="{namespace}"{others}>{content}</w:{root}>'


def relations(*found: tuple[str, str], office: str = _OFFICE) -> str:
    listed = "".join(f'<Relationship Id="r{i}" Type="{office}/{k}" Target="{t}"/>' for i, (k, t) in enumerate(found))
    return f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'


def zipped(members: dict[str, str | bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def docx(*blocks: str, namespace: str = TRANSITIONAL, main: str = "word/document.xml", **parts: str) -> bytes:
    """A docx file of these blocks; `parts` are the contents of styles, numbering, footnotes and endnotes."""
    office = _OFFICE_STRICT if namespace == STRICT else _OFFICE
    folder, _, name = main.rpartition("/")
    members: dict[str, str | bytes] = {
        "_rels/.rels": relations(("officeDocument", main), office=office),
        main: part("document", f"<w:body>{''.join(blocks)}<w:sectPr/></w:body>", namespace),
        f"{folder}/_rels/{name}.rels": relations(*((kind, f"{kind}.xml") for kind in parts), office=office),
    }
    for kind, content in parts.items():
        members[f"{folder}/{kind}.xml"] = part(kind, content, namespace)
    return zipped(members)
