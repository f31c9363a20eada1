//! Texts that nobody means well with, and texts that mean nothing: the whole parse must come through each,
//! and its work must grow with the text and no faster.
//!
//! Work is counted, not timed: every look at a token counts, and all grammars look at tokens through
//! [`Tokens`]. Doubling a text may double the looks, not more.

use jiff::civil::date;
use proptest::prelude::*;

use super::lexer::looks;
use super::{Document, parse};
use crate::lexicon::register::Register;
use crate::order::{Format, Order, Source};
use crate::text::Text;

fn parsed(text: &Text) -> Order {
    let source = Source {
        path: "hostile".to_owned(),
        format: Format::Txt,
        bytes: text.plain.len() as u64,
        modified: None,
        pages: None,
        ocr: None,
    };
    parse(
        text,
        Document {
            id: String::new(),
            source,
            today: date(2026, 1, 1),
            register: Register::built_in(),
        },
    )
}

/// How many looks the parse of `count` repetitions takes.
fn work(head: &str, unit: &str, count: usize) -> u64 {
    let text = Text::from_lines(&format!("{head}{}", unit.repeat(count)));
    let before = looks();
    parsed(&text);
    looks() - before
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    /// Bytes of the shorter text of each pair.
    const SIZE: usize = 16_000;
    /// Twice the text may take this many times the looks: twice, and a little for what is looked up once.
    const FACTOR: f64 = 2.2;
    const ORDER: &str = "ПРИКАЗ\n№ 1\nО деле\nВ целях дела\nПРИКАЗЫВАЮ:\n";
    let units = [
        // Citations, in a row and in a list.
        "ч. 1 ст. 2 Федерального закона от 27.07.2006 № 149-ФЗ «Об информации», ",
        "от 27.07.2006 № 149-ФЗ, ",
        "приказ ",
        "приказ Министерства образования и науки, ",
        "приказом Департамента по образованию, науке, спорту, ",
        "письмо школы «",
        "Правил, утвержденных Правил, ",
        "Положение о порядке утвержденное ",
        "Устав ",
        "Уставом школы Новая ",
        "части 1, 2.1, 3.1, ",
        "дополнить пункт 1 подпунктом ",
        "постановление от 05.02.2018 № 301 (в ред. от 14.06.2019 № 1488, ",
        "OT 05 N 7 ",
        "|",
        "(далее – Закон), статья 1 Закона, ",
        "Закона (далее – Закон ",
        "того же закона ",
        // Pinpoints.
        "части 1, 1, 1, ",
        "1, ",
        "пункт 1 ",
        "подпункт «а» ",
        "пунктов 1–200 ",
        // Quotation marks and brackets.
        "«",
        "»",
        "« ",
        "\" ",
        "«О »",
        "(",
        "(в ред. ",
        ") ",
        // Figures, dates, numbers.
        "7",
        "7 ",
        "7.",
        "7/",
        "7-",
        "1.1.2024 ",
        "№ ",
        "№ 1/",
        "№ 1 / 1 ",
        "____",
        "«__» ____ ",
        // Names.
        "Иванов И.И., ",
        "И.И. Иванов ",
        "И. ",
        "Анна-",
        "Иванов Иван Иванович ",
        "с ",
        "директору ",
        // Words.
        "а",
        "а ",
        "а\u{301}",
        "П Р И К А З ",
        "о ",
        "и ",
        ", ",
        "; ",
        "\t",
        // Lines that were lost.
        "ПРИКАЗ № 1 О деле В целях дела ",
        "ПРИКАЗ № 1 «О деле ",
        "ПРИКАЗЫВАЮ: 1. Дело. ",
        "приказываю: 1. Дело: а) «дело; ",
        "Директор И.И. Иванов С приказом ознакомлены ",
        "ПРИКАЗЫВАЮ: 1. Сделать дело, и ещё одно дело. 2. Сделать другое. Директор И.И. Иванов\n",
        "О деле, и о другом деле, и ещё об одном: 1. Сделать дело. 2. Сделать другое дело.\n",
        "1) Сделать дело, и ещё одно дело, и ещё одно: 1. Сделать другое дело; 2. Сделать.\n",
        // Lines.
        "\n",
        "ПРИКАЗ\n",
        "Приказ Министерства от 01.02.2024 № 1\n",
        "Приказ Министерства образования\n",
        "ПРИКАЗЫВАЮ:\n",
        "1. Дело\n",
        "1) Дело\n",
        "§ 1 Дело\n",
        "1.1.1.1.1.1.1.1.1.1.1.1. Дело\n",
        "а) Дело\n",
        "«1. Дело\n",
        "Признать утратившими силу:\n",
        "от 01.02.2024 № 1;\n",
        "от 01.02.2024 № 1 и\n",
        "приказ от 01.02.2024 № 1;\n",
        "№ 1\n",
        "01.02.2024\n",
        "(в ред. приказа\n",
        "О деле\n",
        "О\n",
        "дело\n",
        "Дело, \n",
        "Директор\n",
        "Директор,\n",
        "Директор И.И. Иванов\n",
        "Директор\tИ.И. Иванов\n",
        "И.И. Иванов\n",
        "УТВЕРЖДАЮ\n",
        "СОГЛАСОВАНО\n",
        "Приложение № 1\n",
        "ПРИЛОЖЕНИЕ\nПОРЯДОК\n",
        "С приказом ознакомлены\n",
        "С приказом ознакомлены: Иванов И.И.\n",
        "Исп.: Иванов И.И.\n",
        "Зарегистрировано в Минюсте\n",
        "Администрация города\n",
        "учреждение «Школа\n",
    ];
    let mut too_much = Vec::new();
    for unit in units {
        for head in ["", ORDER] {
            let count = SIZE / unit.len();
            let (once, twice) = (work(head, unit, count), work(head, unit, 2 * count));
            #[expect(clippy::cast_precision_loss, reason = "a ratio")]
            let factor = twice as f64 / once as f64;
            if factor > FACTOR {
                too_much.push(format!(
                    "{:?} {}: {once} looks, then {twice}, {factor:.2} times",
                    unit,
                    if head.is_empty() {
                        "alone"
                    } else {
                        "in an order"
                    }
                ));
            }
        }
    }
    assert!(too_much.is_empty(), "{}", too_much.join("\n"));
}

/// Pieces of orders and anything else, in any order.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        3 => prop::sample::select(vec![
            "ПРИКАЗ", "П Р И К А З", "Приказ Министерства от 1.2.2024 № 1", "№ ____", "«__» __ 20__ г.",
            "от 31.02.2024", "г. Заречинск", "О деле", "«О деле «Дело»", "(в ред. приказа", "Дело о деле",
            "В соответствии с ч. 1 ст. 2 Закона № 5-ФЗ", "ПРИКАЗЫВАЮ:", "п р и к а з ы в а ю", "1. Дело",
            "1) Дело", "§ 1", "1.1.", "а) дело", "«1. Дело»;", "Признать утратившими силу:",
            "от 1.2.2024 № 1 «О деле»;", "Директор\tА.М. Ким", "Директор,", "глава Ким А.М.",
            "С приказом ознакомлен: Ким А.М. 1.2.2024", "Исп.: Ким А.М. тел. 1", "УТВЕРЖДАЮ", "Приложение № 1",
            "пункт 7 изложить в следующей редакции:", "(далее – Закон)", "статья 1 Закона", "того же закона",
        ]).prop_map(str::to_owned),
        1 => ".{0,30}",
        1 => "[ «»\"(),.;:№0-9а-яА-Я\u{301}\u{ad}\t\u{a0}-]{0,40}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// No text makes the parse fail, and whatever it finds lies inside the text.
    #[test]
    fn no_text_makes_the_parse_fail(lines in lines()) {
        let text = Text::from_lines(&lines);
        let order = parsed(&text);
        let length = order.text.chars().count();
        let people = order.people.len();
        for reference in &order.references {
            prop_assert!(reference.span.end <= length);
        }
        for mention in order.people.iter().flat_map(|person| &person.mentions) {
            prop_assert!(mention.start < mention.end && mention.end <= length);
        }
        prop_assert!(order.signatories.iter().all(|signatory| signatory.person < people));
        prop_assert!(order.acknowledged.iter().all(|entry| entry.person < people));
    }

    /// Parsing is a function of the text: nothing that was remembered of another text changes a record.
    #[test]
    fn a_record_depends_on_its_text_alone(first in lines(), second in lines()) {
        let (first, second) = (Text::from_lines(&first), Text::from_lines(&second));
        let alone = parsed(&first);
        parsed(&second);
        prop_assert_eq!(alone, parsed(&first));
    }
}
