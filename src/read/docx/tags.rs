//! The names that mean something to the reader, whatever prefix a file gives them.
//!
//! In: a namespace and a local name. Out: [`Space`] and [`Tag`].
//! Must never: tell transitional names from strict ones; both are the same names here.

/// A namespace, transitional or strict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// `WordprocessingML` (ISO/IEC 29500-1, section 17).
    Word,
    /// Office Math (section 22.1).
    Math,
    /// Markup compatibility (ISO/IEC 29500-3).
    Compatibility,
    /// VML (ISO/IEC 29500-4, section 19).
    Vml,
    /// `DrawingML` and its placement in a text document.
    Drawing,
    /// An extension whose elements this reader reads or may safely read through: shapes, groups
    /// and canvases of Word 2010, and additions to runs and paragraphs since.
    Extension,
    /// Any other.
    Other,
}

impl Space {
    /// The namespace with this name.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "urn:schemas-microsoft-com:vml" => Self::Vml,
            "http://schemas.openxmlformats.org/drawingml/2006/main"
            | "http://purl.oclc.org/ooxml/drawingml/main"
            | "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
            | "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing" => Self::Drawing,
            "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas"
            | "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing"
            | "http://schemas.microsoft.com/office/word/2010/wordml"
            | "http://schemas.microsoft.com/office/word/2012/wordml"
            | "http://schemas.microsoft.com/office/drawing/2010/main" => Self::Extension,
            _ => Self::Other,
        }
    }

    /// Whether an `mc:Choice` that requires this namespace can be taken.
    pub(super) fn is_understood(self) -> bool {
        self != Self::Other && self != Self::Compatibility
    }
}

/// An element that the reader knows. Elements of [`Space::Word`] unless their comment says
/// otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// Any element not listed here: what it holds is read as if it were not there.
    Other,
    /// A record of earlier properties (`pPrChange`, `rPrChange`…), properties of a content
    /// control, ruby text, or another element whose content is not part of the text.
    Passed,

    // Markup compatibility.
    /// `mc:AlternateContent`.
    AlternateContent,
    /// `mc:Choice`.
    Choice,
    /// `mc:Fallback`.
    Fallback,

    // Stories and blocks.
    /// `p`.
    Paragraph,
    /// `pPr`.
    ParagraphProperties,
    /// `sectPr`.
    SectionProperties,
    /// `headerReference`.
    HeaderReference,
    /// `footerReference`.
    FooterReference,
    /// `tbl`.
    Table,
    /// `tr`.
    Row,
    /// `trPr`.
    RowProperties,
    /// `gridBefore`.
    GridBefore,
    /// `tc`.
    Cell,
    /// `tcPr`.
    CellProperties,
    /// `gridSpan`.
    GridSpan,
    /// `vMerge`.
    VerticalMerge,
    /// `hMerge`.
    HorizontalMerge,
    /// `cellDel`.
    CellDeleted,
    /// `txbxContent`.
    TextBoxContent,
    /// `v:textpath`.
    TextPath,
    /// `footnote`.
    Footnote,
    /// `endnote`.
    Endnote,
    /// `comment`.
    Comment,
    /// `altChunk`, `subDoc`: content in another file.
    OtherFile,

    // Tracked changes.
    /// `ins`.
    Inserted,
    /// `moveTo`.
    MovedHere,
    /// `del`.
    Deleted,
    /// `moveFrom`.
    MovedAway,

    // Runs and what they hold.
    /// `r`, and `m:r`.
    Run,
    /// `rPr`.
    RunProperties,
    /// `t`, and `m:t`.
    Text,
    /// `tab`, `ptab`.
    Tab,
    /// `br`, `cr`.
    Break,
    /// `softHyphen`.
    SoftHyphen,
    /// `noBreakHyphen`.
    NoBreakHyphen,
    /// `sym`.
    Symbol,
    /// `footnoteReference`.
    FootnoteReference,
    /// `endnoteReference`.
    EndnoteReference,
    /// `fldChar`.
    FieldCharacter,
    /// `instrText`.
    FieldCode,
    /// `fldSimple`.
    SimpleField,
    /// `ffData`.
    FormFieldData,
    /// `checkBox` of a form field.
    FormCheckBox,
    /// `ddList` of a form field.
    FormDropDown,
    /// `result` of a form field.
    FormResult,
    /// `listEntry` of a form field.
    FormListEntry,
    /// `checked` of a form field.
    FormChecked,
    /// `default` of a form field.
    FormDefault,
    /// `wp:extent`.
    DrawingExtent,
    /// `a:blip`, `v:imagedata`.
    Picture,

    // Properties.
    /// `pStyle`.
    ParagraphStyle,
    /// `rStyle`.
    RunStyle,
    /// `numPr`.
    NumberingProperties,
    /// `ilvl`.
    Level,
    /// `numId`.
    ListId,
    /// `jc`.
    Alignment,
    /// `vanish`.
    Vanish,
    /// `framePr`.
    Frame,
    /// `rFonts`.
    Fonts,

    // Styles.
    /// `docDefaults`.
    DocumentDefaults,
    /// `style`.
    Style,
    /// `basedOn`.
    BasedOn,

    // Numbering definitions.
    /// `abstractNum`.
    AbstractList,
    /// `num`.
    List,
    /// `abstractNumId`.
    AbstractListId,
    /// `lvl`.
    ListLevel,
    /// `start`.
    Start,
    /// `numFmt`.
    NumberFormat,
    /// `lvlText`.
    LevelText,
    /// `lvlRestart`.
    LevelRestart,
    /// `isLgl`.
    LegalNumbering,
    /// `lvlPicBulletId`.
    PictureBullet,
    /// `lvlOverride`.
    LevelOverride,
    /// `startOverride`.
    StartOverride,
    /// `styleLink`.
    StyleLink,
    /// `numStyleLink`.
    ListStyleLink,
}

impl Tag {
    /// The element with this local name in this namespace.
    pub(super) fn named(space: Space, local: &str) -> Self {
        match space {
            Space::Word => word(local.as_bytes()),
            Space::Math => match local {
                "r" => Self::Run,
                "t" => Self::Text,
                _ => Self::Other,
            },
            Space::Compatibility => match local {
                "AlternateContent" => Self::AlternateContent,
                "Choice" => Self::Choice,
                "Fallback" => Self::Fallback,
                _ => Self::Other,
            },
            Space::Vml => match local {
                "textpath" => Self::TextPath,
                "imagedata" => Self::Picture,
                _ => Self::Other,
            },
            Space::Drawing => match local {
                "extent" => Self::DrawingExtent,
                "blip" => Self::Picture,
                _ => Self::Other,
            },
            Space::Extension | Space::Other => Self::Other,
        }
    }
}

/// The element of `WordprocessingML` with this local name. Names are told apart by their length
/// first: an element of text is then known after a comparison or two.
fn word(local: &[u8]) -> Tag {
    match local.len() {
        1 => match local {
            b"p" => Tag::Paragraph,
            b"r" => Tag::Run,
            b"t" => Tag::Text,
            _ => Tag::Other,
        },
        2 => match local {
            b"br" | b"cr" => Tag::Break,
            b"jc" => Tag::Alignment,
            b"tr" => Tag::Row,
            b"tc" => Tag::Cell,
            b"rt" => Tag::Passed,
            _ => Tag::Other,
        },
        3 => match local {
            b"rPr" => Tag::RunProperties,
            b"pPr" => Tag::ParagraphProperties,
            b"tab" => Tag::Tab,
            b"tbl" => Tag::Table,
            b"ins" => Tag::Inserted,
            b"del" => Tag::Deleted,
            b"sym" => Tag::Symbol,
            b"num" => Tag::List,
            b"lvl" => Tag::ListLevel,
            _ => Tag::Other,
        },
        4 => match local {
            b"ptab" => Tag::Tab,
            b"ilvl" => Tag::Level,
            b"trPr" => Tag::RowProperties,
            b"tcPr" => Tag::CellProperties,
            _ => Tag::Other,
        },
        5 => match local {
            b"numPr" => Tag::NumberingProperties,
            b"numId" => Tag::ListId,
            b"style" => Tag::Style,
            b"start" => Tag::Start,
            b"isLgl" => Tag::LegalNumbering,
            b"sdtPr" | b"tblPr" => Tag::Passed,
            _ => Tag::Other,
        },
        6 => match local {
            b"pStyle" => Tag::ParagraphStyle,
            b"rStyle" => Tag::RunStyle,
            b"rFonts" => Tag::Fonts,
            b"vanish" => Tag::Vanish,
            b"vMerge" => Tag::VerticalMerge,
            b"hMerge" => Tag::HorizontalMerge,
            b"moveTo" => Tag::MovedHere,
            b"ffData" => Tag::FormFieldData,
            b"ddList" => Tag::FormDropDown,
            b"result" => Tag::FormResult,
            b"sectPr" => Tag::SectionProperties,
            b"subDoc" => Tag::OtherFile,
            b"numFmt" => Tag::NumberFormat,
            _ => Tag::Other,
        },
        7 => match local {
            b"cellDel" => Tag::CellDeleted,
            b"fldChar" => Tag::FieldCharacter,
            b"framePr" => Tag::Frame,
            b"checked" => Tag::FormChecked,
            b"default" => Tag::FormDefault,
            b"endnote" => Tag::Endnote,
            b"comment" => Tag::Comment,
            b"basedOn" => Tag::BasedOn,
            b"lvlText" => Tag::LevelText,
            b"delText" | b"binData" | b"tblGrid" | b"tblPrEx" => Tag::Passed,
            _ => Tag::Other,
        },
        8 => match local {
            b"gridSpan" => Tag::GridSpan,
            b"moveFrom" => Tag::MovedAway,
            b"checkBox" => Tag::FormCheckBox,
            b"footnote" => Tag::Footnote,
            b"altChunk" => Tag::OtherFile,
            b"sdtEndPr" => Tag::Passed,
            _ => Tag::Other,
        },
        9 => match local {
            b"instrText" => Tag::FieldCode,
            b"fldSimple" => Tag::SimpleField,
            b"listEntry" => Tag::FormListEntry,
            b"styleLink" => Tag::StyleLink,
            b"pPrChange" | b"rPrChange" => Tag::Passed,
            _ => Tag::Other,
        },
        10 => match local {
            b"gridBefore" => Tag::GridBefore,
            b"softHyphen" => Tag::SoftHyphen,
            b"lvlRestart" => Tag::LevelRestart,
            b"trPrChange" | b"tcPrChange" | b"smartTagPr" => Tag::Passed,
            _ => Tag::Other,
        },
        11 => match local {
            b"txbxContent" => Tag::TextBoxContent,
            b"docDefaults" => Tag::DocumentDefaults,
            b"abstractNum" => Tag::AbstractList,
            b"lvlOverride" => Tag::LevelOverride,
            b"tblPrChange" | b"customXmlPr" => Tag::Passed,
            _ => Tag::Other,
        },
        12 => match local {
            b"delInstrText" => Tag::FieldCode,
            b"numStyleLink" => Tag::ListStyleLink,
            b"sectPrChange" => Tag::Passed,
            _ => Tag::Other,
        },
        13 => match local {
            b"noBreakHyphen" => Tag::NoBreakHyphen,
            b"abstractNumId" => Tag::AbstractListId,
            b"startOverride" => Tag::StartOverride,
            b"tblGridChange" | b"tblPrExChange" => Tag::Passed,
            _ => Tag::Other,
        },
        14 => match local {
            b"lvlPicBulletId" => Tag::PictureBullet,
            _ => Tag::Other,
        },
        15 => match local {
            b"headerReference" => Tag::HeaderReference,
            b"footerReference" => Tag::FooterReference,
            b"numberingChange" => Tag::Passed,
            _ => Tag::Other,
        },
        16 => match local {
            b"endnoteReference" => Tag::EndnoteReference,
            _ => Tag::Other,
        },
        17 => match local {
            b"footnoteReference" => Tag::FootnoteReference,
            _ => Tag::Other,
        },
        _ => Tag::Other,
    }
}
