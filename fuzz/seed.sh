#!/bin/sh
# Fills fuzz/corpus with what the fuzzers start from: the sample orders of this repository.
# Needs: unzip, python3; LibreOffice for the formats that the orders are not in, and pdftoppm for pictures. Run at
# the top of the repository.
set -eu

part() { # content of the root element (or of w:body) of one part; nothing where there is none
    unzip -p "$1" "word/$2.xml" 2>/dev/null | tr -d '\r\n' |
        sed -E "s/.*<w:$3( [^>]*)?>(.*)<\/w:$3>.*/\2/" || true
}

mkdir -p fuzz/corpus/parser fuzz/corpus/package fuzz/corpus/document_part fuzz/corpus/pdf fuzz/corpus/picture
python3 fuzz/seed.py pages corpus/source fuzz/corpus
cp corpus/source/*.txt fuzz/corpus/parser/
cp tests/encrypted/*.pdf fuzz/corpus/package/
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
    echo "no LibreOffice: no seeds for rtf, html, open_document, word_streams and picture" >&2
    exit 0
fi
converted=$(mktemp -d)
trap 'rm -rf "$converted"' EXIT
for format in rtf html odt doc pdf; do
    soffice "-env:UserInstallation=file://$converted/profile" --headless --convert-to "$format" \
        --outdir "$converted" corpus/orders/*.docx >/dev/null 2>&1
done
python3 fuzz/seed.py converted "$converted" fuzz/corpus
cp "$converted"/*.doc "$converted"/*.odt "$converted"/*.pdf fuzz/corpus/package/

if ! command -v pdftoppm >/dev/null 2>&1; then
    echo "no pdftoppm: no seeds for picture" >&2
    exit 0
fi
# A page of so few pixels holds every part of its format and is still quick to decode.
for page in "$converted"/0[1-4]*.pdf; do
    name=$(basename "$page" .pdf)
    for format in png jpeg tiff; do
        pdftoppm -r 8 -f 1 -singlefile "-$format" "$page" "$converted/$name"
        pdftoppm -r 8 -f 1 -singlefile -gray "-$format" "$page" "$converted/$name-gray"
    done
    pdftoppm -r 8 -f 1 -singlefile -mono -tiff -tiffcompression packbits "$page" "$converted/$name-mono"
done
for kind in png jpg tif; do
    cp "$converted"/*."$kind" fuzz/corpus/picture/
done
