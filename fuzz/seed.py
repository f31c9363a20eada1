"""Makes of orders what the fuzz targets take.

python3 seed.py pages TEXTS CORPUS          lays texts out as the contents of PDF pages
python3 seed.py converted CONVERTED CORPUS  cuts files of other formats into their parts
"""

import re
import struct
import sys
import textwrap
import zipfile
from pathlib import Path

source, corpus = map(Path, sys.argv[2:])


def keep(target: str, name: str, content: bytes) -> None:
    (corpus / target).mkdir(parents=True, exist_ok=True)
    (corpus / target / name).write_bytes(content)


def inside(xml: bytes, element: str) -> bytes:
    found = re.search(rf"<{element}(?: [^>]*)?>(.*)</{element}>".encode(), xml, re.DOTALL)
    return found.group(1) if found else b""


def stream(ole: bytes, name: str) -> bytes:
    """A stream of an OLE container ([MS-CFB]); those of a document are long enough for whole sectors."""
    size = 1 << struct.unpack_from("<H", ole, 30)[0]

    def sector(number: int) -> bytes:
        return ole[(number + 1) * size : (number + 2) * size]

    tables = [number for number in struct.unpack_from("<109I", ole, 76) if number < 0xFFFFFFFA]
    links = [link for table in tables for link in struct.unpack(f"<{size // 4}I", sector(table))]

    def chain(number: int) -> bytes:
        content = b""
        while number < 0xFFFFFFFA:
            content += sector(number)
            number = links[number]
        return content

    directory = chain(struct.unpack_from("<I", ole, 48)[0])
    for at in range(0, len(directory), 128):
        if directory[at : at + 64].decode("utf-16-le").rstrip("\0") == name:
            start, length = struct.unpack_from("<II", directory, at + 116)
            return chain(start)[:length]
    return b""


def page(lines: list[str]) -> bytes:
    """The content of a page of these lines under a rule; what tabulators part stands in columns."""
    drawn = [b"60 790 480 0.5 re f"]
    for row, line in enumerate(lines):
        for column, cell in enumerate(line.split("\t")):
            codes = re.sub(rb"([\\()])", rb"\\\1", cell.encode("cp1251", "replace"))
            drawn.append(b"BT /F1 9 Tf %d %d Td (%s) Tj ET" % (60 + 120 * column, 780 - 12 * row, codes))
    return b"\n".join(drawn)


def lay_out(path: Path) -> None:
    lines = []
    for paragraph in path.read_text().splitlines():
        lines += textwrap.wrap(paragraph, 88, replace_whitespace=False) or [""]
    keep("pdf", path.stem, b"\0".join(page(lines[at : at + 55]) for at in range(0, len(lines), 55)))


def cut(path: Path) -> None:
    content = path.read_bytes()
    if path.suffix == ".rtf":
        keep("rtf", path.stem, content[len(b"{\\rtf1") :])
    elif path.suffix == ".html":
        keep("html", path.stem, content)
    elif path.suffix == ".odt":
        package = zipfile.ZipFile(path)
        body, styles = package.read("content.xml"), package.read("styles.xml")
        parts = [
            inside(body, "office:text"),
            inside(body, "office:automatic-styles"),
            inside(styles, "office:styles"),
            inside(styles, "office:master-styles"),
        ]
        keep("open_document", path.stem, b"\0".join(parts))
    elif path.suffix == ".doc":
        main, table = stream(content, "WordDocument"), stream(content, "1Table")
        keep("word_streams", path.stem, struct.pack("<H", min(len(main), 0xFFFF)) + main[:0xFFFF] + table)


make = {"pages": lay_out, "converted": cut}[sys.argv[1]]
for path in sorted(source.iterdir()):
    if path.is_file():
        make(path)
