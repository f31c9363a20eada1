//! Pages are drawn as text: a character takes half an em, a line is twelve points high and sixteen below the one
//! above it.

use proptest::prelude::*;

use super::*;
use crate::text::AsidePlace;

const CHARACTER: f32 = 6.0;
const HEIGHT: f32 = 12.0;
const PITCH: f32 = 16.0;
const MARGIN: f32 = 90.0;

/// The page that looks so.
fn drawn(picture: &str) -> Page {
    let mut page = Page {
        height: 842.0,
        ..Page::default()
    };
    let lines = picture.trim_matches('\n').lines();
    for (line, top) in lines.zip((0_u16..).map(|row| MARGIN + f32::from(row) * PITCH)) {
        let mut columns = (0_u16..).zip(line.chars()).peekable();
        while let Some((column, character)) = columns.next() {
            if character == ' ' {
                continue;
            }
            let mut text = String::from(character);
            while let Some((_, character)) = columns.next_if(|(_, next)| *next != ' ') {
                text.push(character);
            }
            let left = MARGIN + f32::from(column) * CHARACTER;
            let right = left + CHARACTER * f32::from(u16::try_from(text.chars().count()).unwrap());
            page.width = page.width.max(right + MARGIN);
            page.words.push(word(&text, left, top, right, top + HEIGHT));
        }
    }
    page
}

fn word(text: &str, left: f32, top: f32, right: f32, bottom: f32) -> Word {
    Word {
        text: text.to_owned(),
        bounds: Bounds {
            left,
            top,
            right,
            bottom,
        },
        confidence: None,
    }
}

/// The blocks of a text, one a line: rows of tables behind `|`, footnotes behind `*`, tabs as `→`.
fn shown(text: &Text) -> Vec<String> {
    text.blocks
        .iter()
        .map(|block| {
            let mark = match block.origin {
                Origin::Table { .. } => "|",
                Origin::Footnote => "*",
                Origin::TextBox => "#",
                _ => "",
            };
            format!("{mark}{}", text.slice(block.span).replace('\t', "→"))
        })
        .collect()
}

fn read(pages: &[Page]) -> Text {
    assemble(pages, &Limits::default()).unwrap()
}

#[test]
fn lines_become_the_paragraphs_that_they_were_broken_from() {
    let cases: [(&str, &str, &[&str]); 12] = [
        (
            "justified text with indents",
            "
     В соответствии со статьёй 27 Федерального закона от
06.10.2003 № 131-ФЗ «Об общих принципах организации мест»
приказываю:
     1. Создать комиссию и утвердить положение о ней, как
указано в приложении.
     2. Закрыть музей.
     3. Контроль исполнения приказа оставить за собой.",
            &[
                "В соответствии со статьёй 27 Федерального закона от 06.10.2003 № 131-ФЗ «Об общих принципах организации мест» приказываю:",
                "1. Создать комиссию и утвердить положение о ней, как указано в приложении.",
                "2. Закрыть музей.",
                "3. Контроль исполнения приказа оставить за собой.",
            ],
        ),
        (
            "ragged text without indents",
            "
В целях исполнения закона о порядке рассмотрения обращений
граждан и юридических лиц
ПРИКАЗЫВАЮ:
1. Отвечать на обращения граждан в течение
тридцати дней.
2. Начальнику отдела вести журнал.
Начальник управления О.П. Зыбин",
            &[
                "В целях исполнения закона о порядке рассмотрения обращений граждан и юридических лиц",
                "ПРИКАЗЫВАЮ:",
                "1. Отвечать на обращения граждан в течение тридцати дней.",
                "2. Начальнику отдела вести журнал.",
                "Начальник управления О.П. Зыбин",
            ],
        ),
        (
            "a centred heading of two lines, and one after it",
            "
    «О ведении электронного журнала в подсистеме «Школьный
          дневник» и системе «Образование» в районе»
                        ПРИКАЗЫВАЮ:
Вести электронный журнал в каждой школе каждого района округа.",
            &[
                "«О ведении электронного журнала в подсистеме «Школьный дневник» и системе «Образование» в районе»",
                "ПРИКАЗЫВАЮ:",
                "Вести электронный журнал в каждой школе каждого района округа.",
            ],
        ),
        (
            "what tabs divide on one line",
            "
г. Светлополь                                     02.12.2024
В соответствии с законом об образовании и уставом приказываю:
Директор школы                               И. Н. Лугачёва",
            &[
                "г. Светлополь→02.12.2024",
                "В соответствии с законом об образовании и уставом приказываю:",
                "Директор школы→И. Н. Лугачёва",
            ],
        ),
        (
            "a justified line of two words inside a paragraph",
            "
     Во исполнение приказа Министерства просвещения России
14.06.2013                                               №
462  «Об  утверждении  Порядка  проведения  обследования»,
приказываю создать комиссию.",
            &[
                "Во исполнение приказа Министерства просвещения России 14.06.2013 № 462 «Об утверждении Порядка проведения обследования», приказываю создать комиссию.",
            ],
        ),
        (
            "numbers and names broken at their hyphens, a word divided at the end of a line",
            "
     Закон Верхнеозёрской области от 14.11.2008 года № 87-
ОЗ, поручить Римскую-
Корсакову и осу-
ществить надзор.",
            &[
                "Закон Верхнеозёрской области от 14.11.2008 года № 87-ОЗ, поручить Римскую-Корсакову и осу- ществить надзор.",
            ],
        ),
        (
            "items of a list that hang",
            "
Решением учреждения от первого числа января этого года утвердить:
1.  положение о комиссии, которая создана решением учреждения
    от первого марта;
2.  состав комиссии;
а)  председателя.",
            &[
                "Решением учреждения от первого числа января этого года утвердить:",
                "1. положение о комиссии, которая создана решением учреждения от первого марта;",
                "2. состав комиссии;",
                "а) председателя.",
            ],
        ),
        (
            "a letterhead in two columns above the text",
            "
     МИНИСТЕРСТВО           МИНИСТЕРСТВО ОБРАЗОВАНИЯ
    ЗДРАВООХРАНЕНИЯ            ПРИРЕЧЕНСКОГО КРАЯ
  ПРИРЕЧЕНСКОГО КРАЯ

                        ПРИКАЗ
Об организации осмотров обучающихся в школах края",
            &[
                "|МИНИСТЕРСТВО ЗДРАВООХРАНЕНИЯ ПРИРЕЧЕНСКОГО КРАЯ→МИНИСТЕРСТВО ОБРАЗОВАНИЯ ПРИРЕЧЕНСКОГО КРАЯ",
                "ПРИКАЗ",
                "Об организации осмотров обучающихся в школах края",
            ],
        ),
        (
            "two signatures side by side",
            "
5. Контроль за исполнением приказа оставляем за собой, министрами.

Министр здравоохранения         Министр образования
Приреченского края              Приреченского края
____________ Е.Г. Кольцова      ____________ О.Р. Лугачёва",
            &[
                "5. Контроль за исполнением приказа оставляем за собой, министрами.",
                "|Министр здравоохранения Приреченского края ____________ Е.Г. Кольцова→Министр образования Приреченского края ____________ О.Р. Лугачёва",
            ],
        ),
        (
            "a signature whose position takes two lines",
            "
5. Контроль за исполнением приказа оставляю за собой, заместителем.

Глава Верхнеключевского
сельского поселения                               П.П. Кольцов",
            &[
                "5. Контроль за исполнением приказа оставляю за собой, заместителем.",
                "Глава Верхнеключевского",
                "сельского поселения→П.П. Кольцов",
            ],
        ),
        (
            "a table without lines, under its head",
            "
Должность       Ф.И.О.            Часы работы
Воспитатель     Зимина И.И.       7.30–14.42
Воспитатель     Кольцова Ф.Х.     10.48–18.00
Повар           Лугачёва Н.М.     6.00–13.12",
            &[
                "|Должность→Ф.И.О.→Часы работы",
                "|Воспитатель→Зимина И.И.→7.30–14.42",
                "|Воспитатель→Кольцова Ф.Х.→10.48–18.00",
                "|Повар→Лугачёва Н.М.→6.00–13.12",
            ],
        ),
        (
            "a word whose letters are set apart",
            "
Общество с ограниченной ответственностью, которое издаёт приказы

                  П Р И К А З   № 7",
            &[
                "Общество с ограниченной ответственностью, которое издаёт приказы",
                "ПРИКАЗ № 7",
            ],
        ),
    ];
    for (name, picture, expected) in cases {
        assert_eq!(shown(&read(&[drawn(picture)])), expected, "{name}");
    }
}

#[test]
fn a_crooked_scan_has_the_lines_of_a_straight_one() {
    let mut page = drawn(
        "
     В соответствии со статьёй 27 Федерального закона от
06.10.2003 № 131-ФЗ «Об общих принципах организации мест»
приказываю создать комиссию.",
    );
    for word in &mut page.words {
        // A degree and a half: over the width of the page, a line sinks by more than half of its height.
        let sinks = word.bounds.left * 0.026;
        word.bounds.top += sinks;
        word.bounds.bottom += sinks;
    }
    assert_eq!(
        shown(&read(&[page])),
        [
            "В соответствии со статьёй 27 Федерального закона от 06.10.2003 № 131-ФЗ «Об общих принципах организации мест» приказываю создать комиссию."
        ]
    );
}

#[test]
fn headers_footers_and_page_numbers_stand_aside_and_paragraphs_run_on() {
    let top = |text: &str, top: f32| word(text, 90.0, top, 90.0 + 6.0 * 8.0, top + 12.0);
    let mut first = drawn("     Руководителям учреждений организовать приём граждан по");
    let mut second = drawn("вторникам.\n     Контроль оставляю за собой и за первым заместителем.");
    for (page, number) in [(&mut first, "1"), (&mut second, "2")] {
        page.words.push(top("Колонтитул", 20.0));
        page.words.push(top(number, 810.0));
    }
    let text = read(&[first, second]);
    assert_eq!(
        shown(&text),
        [
            "Руководителям учреждений организовать приём граждан по вторникам.",
            "Контроль оставляю за собой и за первым заместителем.",
        ]
    );
    let asides: Vec<(AsidePlace, &str)> = text
        .asides
        .iter()
        .map(|aside| (aside.place, aside.text.as_str()))
        .collect();
    assert_eq!(
        asides,
        [
            (AsidePlace::Header, "Колонтитул"),
            (AsidePlace::Footer, "1")
        ]
    );
    assert_eq!(text.pages, Some(2));
}

#[test]
fn footnotes_come_last_and_their_marks_go() {
    let mut page = drawn("Положения о воинском учёте\nи приказа вести учёт.");
    page.words.push(word("1", 246.0, 88.0, 250.0, 95.0));
    page.words.push(word("1", 90.0, 760.0, 93.0, 766.0));
    page.words.push(word("В", 96.0, 760.0, 102.0, 770.0));
    page.words.push(word("части.", 106.0, 760.0, 140.0, 770.0));
    assert_eq!(
        shown(&read(&[page])),
        [
            "Положения о воинском учёте и приказа вести учёт.",
            "*В части."
        ]
    );
}

#[test]
fn a_ruled_grid_is_a_table_with_its_merged_cells() {
    let rule = |left: f32, top: f32, right: f32, bottom: f32| Bounds {
        left,
        top,
        right,
        bottom,
    };
    let mut page = drawn(
        "
  Дата        Дежурный
  03.11       Курочкина
              Вера
  по телефону 112
",
    );
    // Three rows of two cells; the last row has no line in the middle.
    for top in [85.0, 104.0, 136.0, 152.0] {
        page.rules.push(rule(85.0, top, 250.0, top + 1.0));
    }
    for left in [85.0, 250.0] {
        page.rules.push(rule(left, 85.0, left + 1.0, 153.0));
    }
    page.rules.push(rule(160.0, 85.0, 161.0, 136.0));
    let text = read(&[page]);
    assert_eq!(
        shown(&text),
        [
            "|Дата→Дежурный",
            "|03.11→Курочкина Вера",
            "|по телефону 112"
        ]
    );
    assert_eq!(text.blocks[1].cells.len(), 2);
}

#[test]
fn a_frame_around_text_is_no_table() {
    let mut page = drawn("Документ подписан\nэлектронной подписью");
    let (left, right) = (80.0, 300.0);
    for top in [80.0, 130.0] {
        page.rules.push(Bounds {
            left,
            top,
            right,
            bottom: top + 1.0,
        });
    }
    for left in [left, right] {
        page.rules.push(Bounds {
            left,
            top: 80.0,
            right: left + 1.0,
            bottom: 131.0,
        });
    }
    assert_eq!(
        shown(&read(&[page])),
        ["Документ подписан электронной подписью"]
    );
}

#[test]
fn limits_end_the_work() {
    let page = drawn("1. Один;\n2. Два;\n3. Три.");
    let limits = Limits {
        blocks: 2,
        ..Limits::default()
    };
    assert_eq!(assemble(&[page], &limits).unwrap_err().code(), "too-large");
}

proptest! {
    /// Wherever words stand, each is in the text once, under its place.
    #[test]
    fn no_word_is_lost_doubled_or_changed(
        places in prop::collection::vec((0.0_f32..600.0, 0.0_f32..850.0, 1.0_f32..200.0, 1.0_f32..40.0), 0..60),
        rules in prop::collection::vec((0.0_f32..600.0, 0.0_f32..850.0, 0.0_f32..300.0, 0.0_f32..300.0), 0..20),
    ) {
        let words: Vec<Word> = places
            .iter()
            .enumerate()
            .map(|(index, &(left, top, width, height))| {
                // A header is said once, whatever figures are in it; so the words differ in letters.
                let letters: String = format!("{index:b}").replace('0', "о").replace('1', "а");
                word(&format!("слово{letters}"), left, top, left + width, top + height)
            })
            .collect();
        let rules = rules
            .iter()
            .map(|&(left, top, width, height)| Bounds { left, top, right: left + width, bottom: top + height })
            .collect();
        let page = Page { width: 595.0, height: 842.0, words, turned: Vec::new(), rules };
        let text = read(std::slice::from_ref(&page));
        let asides: Vec<&str> = text.asides.iter().flat_map(|aside| aside.text.split(' ')).collect();
        for word in &page.words {
            let places: Vec<&str> = text
                .places
                .iter()
                .filter(|place| place.bounds == word.bounds)
                .map(|place| text.slice(place.span))
                .collect();
            let aside = asides.iter().filter(|aside| **aside == word.text).count();
            prop_assert_eq!(places.len() + aside, 1);
            prop_assert!(places.iter().all(|found| **found == word.text));
        }
    }
}
