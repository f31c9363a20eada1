#!/bin/sh
# Fills fuzz/corpus with what the fuzzers start from: the sample orders of this repository.
# Needs: unzip, python3; LibreOffice for the formats that the orders are not in. Run at the top of the
# repository.
set -eu

part() { # content of the root element (or of w:body) of one part; nothing where there is none
    unzip -p "$1" "word/$2.xml" 2>/dev/null | tr -d '\r\n' |
        sed -E "s/.*<w:$3( [^>]*)?>(.*)<\/w:$3>.*/\2/" || true
}

mkdir -p fuzz/corpus/parser fuzz/corpus/package fuzz/corpus/document_part
cp corpus/source/*.txt fuzz/corpus/parser/
for order in corpus/orders/*.docx; do
    name=$(basename "$order" .docx)
    cp "$order" fuzz/corpus/package/
    {
        part "$order" document body
        for kind in numbering styles footnotes; do
            printf '\0'
            part "$order" "$kind" "$kind"
        done
    } >"fuzz/corpus/document_part/$name"
done

if ! command -v soffice >/dev/null 2>&1; then
    echo "no LibreOffice: no seeds for rtf, html, open_document and word_streams" >&2
    exit 0
fi
converted=$(mktemp -d)
trap 'rm -rf "$converted"' EXIT
for format in rtf html odt doc; do
    soffice "-env:UserInstallation=file://$converted/profile" --headless --convert-to "$format" \
        --outdir "$converted" corpus/orders/*.docx >/dev/null
done
python3 fuzz/seed.py "$converted" fuzz/corpus
cp "$converted"/*.doc "$converted"/*.odt fuzz/corpus/package/
