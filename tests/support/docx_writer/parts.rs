//! The parts of the package as XML.

#![expect(
    clippy::format_push_string,
    clippy::format_collect,
    reason = "small files, and a template in one piece shows the XML as it will be"
)]

use super::{
    Alignment, Block, Cell, Document, ListDefinition, ListItem, Mark, Paragraph, Piece, Run, Table,
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE_RELATIONSHIPS: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const CORE_PROPERTIES: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
const WORD_CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// Width of the text on an A4 page with the margins below, in twentieths of a point.
const TEXT_WIDTH: usize = 9355;

/// All parts, name and content, in the order in which they are stored.
pub(super) fn of(document: &Document) -> Vec<(&'static str, String)> {
    let mut body = Body::default();
    body.blocks(&document.body);
    let mut optional = vec![("styles", styles(document))];
    if !document.lists.is_empty() {
        optional.push(("numbering", numbering(document)));
    }
    if !body.footnotes.is_empty() {
        optional.push(("footnotes", footnotes(&body.footnotes)));
    }
    let mut margins = String::new();
    for (name, element, content) in [
        ("header", "w:hdr", &document.header),
        ("footer", "w:ftr", &document.footer),
    ] {
        if let Some(content) = content {
            let mut inner = Body::default();
            inner.paragraph(content);
            optional.push((
                name,
                format!(
                    "{DECLARATION}<{element} xmlns:w=\"{MAIN}\">{}</{element}>",
                    inner.xml
                ),
            ));
            margins += &format!("<w:{name}Reference w:type=\"default\" r:id=\"{name}\"/>");
        }
    }
    let names: Vec<&str> = optional.iter().map(|(name, _)| *name).collect();
    let mut parts = vec![
        ("[Content_Types].xml", content_types(&names)),
        ("_rels/.rels", package_relationships()),
        ("word/document.xml", document_part(&body.xml, &margins)),
        ("word/_rels/document.xml.rels", relationships(&names)),
        ("docProps/core.xml", core_properties(document)),
    ];
    parts.extend(
        optional
            .into_iter()
            .map(|(name, content)| (path(name), content)),
    );
    parts
}

fn path(name: &str) -> &'static str {
    match name {
        "numbering" => "word/numbering.xml",
        "footnotes" => "word/footnotes.xml",
        "header" => "word/header.xml",
        "footer" => "word/footer.xml",
        _ => "word/styles.xml",
    }
}

fn content_types(names: &[&str]) -> String {
    let overrides: String = names
        .iter()
        .map(|name| {
            let part = path(name);
            format!("<Override PartName=\"/{part}\" ContentType=\"{WORD_CONTENT}.{name}+xml\"/>")
        })
        .collect();
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{WORD_CONTENT}.document.main+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
         {overrides}</Types>"
    )
}

fn package_relationships() -> String {
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE_RELATIONSHIPS}\">\
         <Relationship Id=\"document\" Type=\"{OFFICE_RELATIONSHIPS}/officeDocument\" Target=\"word/document.xml\"/>\
         <Relationship Id=\"core\" Type=\"{CORE_PROPERTIES}\" Target=\"docProps/core.xml\"/></Relationships>"
    )
}

fn relationships(names: &[&str]) -> String {
    let entries: String = names
        .iter()
        .map(|name| {
            format!(
                "<Relationship Id=\"{name}\" Type=\"{OFFICE_RELATIONSHIPS}/{name}\" Target=\"{name}.xml\"/>"
            )
        })
        .collect();
    format!(
        "{DECLARATION}<Relationships xmlns=\"{PACKAGE_RELATIONSHIPS}\">{entries}</Relationships>"
    )
}

fn core_properties(document: &Document) -> String {
    let properties = &document.properties;
    let created = if properties.created.is_empty() {
        String::new()
    } else {
        format!(
            "<dcterms:created xsi:type=\"dcterms:W3CDTF\">{}T09:00:00Z</dcterms:created>",
            escape(&properties.created)
        )
    };
    format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\
         <dc:title>{}</dc:title><dc:creator>{}</dc:creator>{created}</cp:coreProperties>",
        escape(&properties.title),
        escape(&properties.author)
    )
}

fn styles(document: &Document) -> String {
    let custom: String = document
        .styles
        .iter()
        .map(|style| {
            let name = escape(&style.name);
            let based_on = escape(style.based_on.as_deref().unwrap_or("Normal"));
            let numbering = style.numbering.map(number_properties).unwrap_or_default();
            format!(
                "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{name}\">\
                 <w:name w:val=\"{name}\"/><w:basedOn w:val=\"{based_on}\"/>\
                 <w:pPr>{numbering}</w:pPr></w:style>"
            )
        })
        .collect();
    format!(
        "{DECLARATION}<w:styles xmlns:w=\"{MAIN}\"><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"28\"/><w:lang w:val=\"ru-RU\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
         {custom}</w:styles>"
    )
}

fn numbering(document: &Document) -> String {
    let mut definitions = String::new();
    let mut instances = String::new();
    for (index, list) in document.lists.iter().enumerate() {
        let instance = index + 1;
        match &list.definition {
            ListDefinition::Levels(levels) => {
                definitions += &format!(
                    "<w:abstractNum w:abstractNumId=\"{index}\"><w:multiLevelType w:val=\"multilevel\"/>"
                );
                for (depth, level) in levels.iter().enumerate() {
                    definitions += &format!(
                        "<w:lvl w:ilvl=\"{depth}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{}\"/>\
                         <w:lvlText w:val=\"{}\"/><w:lvlJc w:val=\"left\"/>\
                         <w:pPr><w:ind w:left=\"{}\" w:hanging=\"567\"/></w:pPr></w:lvl>",
                        escape(&level.format),
                        escape(&level.text),
                        567 * (depth + 1)
                    );
                }
                definitions += "</w:abstractNum>";
                instances += &format!(
                    "<w:num w:numId=\"{instance}\"><w:abstractNumId w:val=\"{index}\"/></w:num>"
                );
            }
            ListDefinition::Restart { list, start } => {
                instances += &format!(
                    "<w:num w:numId=\"{instance}\"><w:abstractNumId w:val=\"{list}\"/>\
                     <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"{start}\"/></w:lvlOverride></w:num>"
                );
            }
        }
    }
    format!("{DECLARATION}<w:numbering xmlns:w=\"{MAIN}\">{definitions}{instances}</w:numbering>")
}

fn footnotes(notes: &[String]) -> String {
    let notes: String = notes
        .iter()
        .enumerate()
        .map(|(index, note)| {
            format!(
                "<w:footnote w:id=\"{}\"><w:p><w:r><w:footnoteRef/></w:r><w:r>\
                 <w:t xml:space=\"preserve\"> {}</w:t></w:r></w:p></w:footnote>",
                index + 1,
                escape(note)
            )
        })
        .collect();
    format!(
        "{DECLARATION}<w:footnotes xmlns:w=\"{MAIN}\">\
         <w:footnote w:type=\"separator\" w:id=\"-1\"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>\
         <w:footnote w:type=\"continuationSeparator\" w:id=\"0\"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>\
         {notes}</w:footnotes>"
    )
}

fn document_part(body: &str, margins: &str) -> String {
    format!(
        "{DECLARATION}<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{OFFICE_RELATIONSHIPS}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
         xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>{body}<w:sectPr>{margins}\
         <w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" \
         w:left=\"1701\" w:header=\"708\" w:footer=\"708\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

/// The body as it is written, with what it needs in other parts.
#[derive(Default)]
struct Body {
    xml: String,
    footnotes: Vec<String>,
    /// Tracked changes and drawings so far: each wants an id of its own.
    ids: usize,
}

impl Body {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => self.paragraph(paragraph),
                Block::Table(table) => self.table(table),
                Block::TextBox(paragraphs) => self.text_box(paragraphs),
            }
        }
        // A table must be followed by a paragraph.
        if matches!(blocks.last(), Some(Block::Table(_))) {
            self.xml += "<w:p/>";
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.xml += "<w:p><w:pPr>";
        if let Some(style) = &paragraph.style {
            self.xml += &format!("<w:pStyle w:val=\"{}\"/>", escape(style));
        }
        self.xml += &paragraph.item.map(number_properties).unwrap_or_default();
        self.xml += match paragraph.alignment {
            Alignment::Start => "",
            Alignment::Centre => "<w:jc w:val=\"center\"/>",
            Alignment::End => "<w:jc w:val=\"right\"/>",
        };
        self.xml += "</w:pPr>";
        for run in &paragraph.runs {
            self.run(run);
        }
        self.xml += "</w:p>";
    }

    fn run(&mut self, run: &Run) {
        let (open, close, properties, text) = match run.mark {
            Mark::Plain => ("", "", "", "w:t"),
            Mark::Bold => ("", "", "<w:rPr><w:b/></w:rPr>", "w:t"),
            Mark::Capitals => ("", "", "<w:rPr><w:caps/></w:rPr>", "w:t"),
            Mark::Hidden => ("", "", "<w:rPr><w:vanish/></w:rPr>", "w:t"),
            Mark::Inserted => ("w:ins", "</w:ins>", "", "w:t"),
            Mark::Deleted => ("w:del", "</w:del>", "", "w:delText"),
        };
        if !open.is_empty() {
            let id = self.next_id();
            self.xml += &format!(
                "<{open} w:id=\"{id}\" w:author=\"Канцелярия\" w:date=\"2024-01-01T09:00:00Z\">"
            );
        }
        for piece in &run.pieces {
            let content = match piece {
                Piece::Text(words) => {
                    format!("<{text} xml:space=\"preserve\">{}</{text}>", escape(words))
                }
                Piece::Tab => "<w:tab/>".to_owned(),
                Piece::Break => "<w:br/>".to_owned(),
                Piece::NoBreakHyphen => "<w:noBreakHyphen/>".to_owned(),
                Piece::SoftHyphen => "<w:softHyphen/>".to_owned(),
                Piece::Footnote(note) => {
                    self.footnotes.push(note.clone());
                    format!("<w:footnoteReference w:id=\"{}\"/>", self.footnotes.len())
                }
                Piece::Field { code, result } => format!(
                    "<w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {} </w:instrText></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>\
                     <w:r><w:fldChar w:fldCharType=\"end\"/>",
                    escape(code),
                    escape(result)
                ),
            };
            self.xml += &format!("<w:r>{properties}{content}</w:r>");
        }
        self.xml += close;
    }

    fn table(&mut self, table: &Table) {
        let columns = table
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.span).sum::<usize>())
            .max()
            .unwrap_or(1)
            .max(1);
        let width = TEXT_WIDTH / columns;
        self.xml += "<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/>";
        if table.bordered {
            self.xml += "<w:tblBorders>";
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                self.xml += &format!("<w:{side} w:val=\"single\" w:sz=\"4\"/>");
            }
            self.xml += "</w:tblBorders>";
        }
        self.xml += "</w:tblPr><w:tblGrid>";
        self.xml += &format!("<w:gridCol w:w=\"{width}\"/>").repeat(columns);
        self.xml += "</w:tblGrid>";
        for row in &table.rows {
            self.xml += "<w:tr>";
            for cell in row {
                self.cell(cell, width);
            }
            self.xml += "</w:tr>";
        }
        self.xml += "</w:tbl>";
    }

    fn cell(&mut self, cell: &Cell, width: usize) {
        self.xml += &format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>",
            width * cell.span
        );
        if cell.span > 1 {
            self.xml += &format!("<w:gridSpan w:val=\"{}\"/>", cell.span);
        }
        self.xml += "</w:tcPr>";
        for paragraph in &cell.paragraphs {
            self.paragraph(paragraph);
        }
        self.xml += "</w:tc>";
    }

    /// As Word stores it: the `DrawingML` shape, and the same text again as VML for old programs.
    fn text_box(&mut self, paragraphs: &[Paragraph]) {
        let id = self.next_id();
        let before = std::mem::take(&mut self.xml);
        for paragraph in paragraphs {
            self.paragraph(paragraph);
        }
        let content = std::mem::replace(&mut self.xml, before);
        self.xml += &format!(
            "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>\
             <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"5400000\" cy=\"1080000\"/>\
             <wp:docPr id=\"{id}\" name=\"Надпись {id}\"/><a:graphic>\
             <a:graphicData uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"><wps:wsp>\
             <wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"5400000\" cy=\"1080000\"/></a:xfrm>\
             <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></wps:spPr>\
             <wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>\
             </a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>\
             <v:shape id=\"box{id}\" style=\"width:425pt;height:85pt\"><v:textbox><w:txbxContent>{content}</w:txbxContent>\
             </v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        );
    }

    fn next_id(&mut self) -> usize {
        self.ids += 1;
        self.ids
    }
}

fn number_properties(item: ListItem) -> String {
    let (level, instance) = match item {
        ListItem::Of { list, level } => (level, list + 1),
        ListItem::Removed => (0, 0),
    };
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{instance}\"/></w:numPr>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
