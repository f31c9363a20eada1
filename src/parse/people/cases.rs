//! The cases that a name can stand in: by its place in a list, what is said of it, or the words before it.
//!
//! In: tokens, the outline, a name with its role, and the mention before it. Out: the cases, the likeliest first. Must
//! never: let a signature be declined.

use std::ops::Range;

use super::Mention;
use crate::lexicon::morphology::Case;
use crate::lexicon::surnames;
use crate::order::PersonRole;
use crate::parse::government::{
    case_of_apposition, cases_in_list, governing_cases, is_appointed_by_item,
    is_apposition_in_nominative, is_parted_from_position, is_told,
};
use crate::parse::lexer::{Gap, TokenKind, Tokens};
use crate::parse::names::{NameMention, is_wrapped};
use crate::parse::outline::Outline;
use crate::parse::persons::is_declined;

/// The cases that a name can stand in.
pub(super) fn cases_of(
    tokens: &Tokens<'_>,
    outline: &Outline,
    name: &NameMention,
    role: PersonRole,
    last: Option<&Mention>,
) -> Vec<Case> {
    let (at, end) = (name.tokens.start, name.tokens.end);
    if role == PersonRole::Signatory {
        // «Глава района   Г. Кутовой»: nothing is declined in a signature.
        vec![Case::Nominative]
    } else if let Some(case) = case_of_apposition(tokens, end)
        && name.grammar.is_none()
        && matches!(role, PersonRole::Assigned | PersonRole::Mentioned)
    {
        vec![case]
    } else if name.grammar.is_none()
        && begins_an_item(tokens, at)
        && is_apposition_in_nominative(tokens, end)
    {
        vec![Case::Nominative]
    } else if role == PersonRole::Assigned
        && name.grammar.is_none()
        && let Some(case) = last.and_then(|last| case_of_item_above(tokens, &last.name, at))
        && surnames::readings(&name.surname)
            .iter()
            .any(|reading| reading.case == case)
    {
        vec![case]
    } else if role == PersonRole::Assigned
        && (is_told(tokens, &name.tokens)
            || begins_an_item(tokens, at) && in_dative_list(tokens, name))
    {
        vec![Case::Dative]
    } else if is_listed(tokens, outline, name, role) {
        // «– кладовая – Зырянову Л.И.; / – музей – Бакаева А.Т.»: a list stands in the case that its item above
        // shows.
        let above_is_declined = role == PersonRole::Assigned
            && last.is_some_and(|last| {
                let start = tokens.block_start(at);
                is_declined(&last.name.surname)
                    && tokens.block_end(last.name.tokens.start) == start
                    && matches!(tokens.kind(start - 1), Some(TokenKind::Mark(',' | ';')))
            });
        if is_appointed_by_item(tokens, at) {
            vec![Case::Accusative]
        } else if is_declined(&name.surname) || in_dative_list(tokens, name) || above_is_declined {
            cases_in_list(tokens, at)
        } else if tokens.is_mark(at.wrapping_sub(1), ':') && tokens.continues(at) {
            // «в составе: Дрыги С.С., Ляписа Т.О.»
            vec![Case::Nominative, Case::Genitive]
        } else if role == PersonRole::Assigned && !tokens.is_mark(at.wrapping_sub(1), '(') {
            // «мастерские – Бакаева А.Т.»: what a list of charges leaves open, the rest of the order
            // may tell.
            vec![Case::Nominative, Case::Accusative]
        } else {
            vec![Case::Nominative]
        }
    } else if let Some(last) = last
        && goes_on_listing(tokens, last.name.tokens.end..at)
    {
        last.cases_of_list()
    } else {
        governing_cases(tokens, at)
    }
}

impl Mention {
    /// The cases that the next name of the same list can stand in.
    fn cases_of_list(&self) -> Vec<Case> {
        match self.name.grammar {
            Some((_, case)) => vec![case],
            // «судьи Громов Р.Р., Бабкина К.К.»: only the nominative of a man's surname ends so.
            None if is_mans_nominative(&self.name.surname) => vec![Case::Nominative],
            // «Цыганову М.П., Ткача А.И.»: the first form says that the list does not stand in the nominative.
            None if is_declined(&self.name.surname) && self.cases.len() > 1 => self
                .cases
                .iter()
                .copied()
                .filter(|case| *case != Case::Nominative)
                .collect(),
            None => self.cases.clone(),
        }
    }
}

/// Whether a surname ends as those of men do in the nominative alone.
fn is_mans_nominative(surname: &str) -> bool {
    ["ов", "ев", "ёв", "ский", "цкий"]
        .iter()
        .any(|ending| surname.ends_with(ending))
}

/// «2.2. Игнатова Л.С., мастер»: a name behind the number of its item, or first on its line.
fn begins_an_item(tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1).filter(|_| tokens.gap(at) < Gap::Tab) else {
        return true;
    };
    let starts = |index: usize| tokens.gap(index) >= Gap::Break;
    match tokens.kind(before) {
        Some(TokenKind::Mark('.' | ')')) => {
            /// «2.10.»
            const LONGEST_LABEL: usize = 4;
            (before.saturating_sub(LONGEST_LABEL)..before)
                .rev()
                .take_while(|&index| tokens.is_number(index) || tokens.is_mark(index, '.'))
                .any(starts)
        }
        Some(TokenKind::Dash) => starts(before),
        _ => false,
    }
}

/// «2.3. Зуеву Петру Ильичу; / 2.4. Подкорытову Л.К.»: the case in which the item above names somebody in full, where it is
/// no nominative.
fn case_of_item_above(tokens: &Tokens<'_>, above: &NameMention, at: usize) -> Option<Case> {
    let (_, case) = above.grammar?;
    let start = above.tokens.start;
    (case != Case::Nominative
        && begins_an_item(tokens, start)
        && begins_an_item(tokens, at)
        && tokens.block_end(start) == tokens.block_start(at))
    .then_some(case)
}

/// «Заведующим отделениями (Шмидту К.К.)», «предоставить отпуск: – Бережной Е.К.»: a list in the dative, and
/// a form that can be one.
fn in_dative_list(tokens: &Tokens<'_>, name: &NameMention) -> bool {
    name.surname.ends_with(['у', 'ю', 'й'])
        && cases_in_list(tokens, name.tokens.start) == [Case::Dative]
}

/// «Ж.А. Никулину, И.В. Седову и Н.П. Колязину»: nothing but a comma or «и» between two names, and a bracket behind the
/// first: «Никулину Ж.А. (корпус 1), Седову И.В.».
pub(super) fn goes_on_listing(tokens: &Tokens<'_>, between: Range<usize>) -> bool {
    /// «(группы № 1, 3 и 5)»
    const LONGEST_BRACKET: usize = 10;
    if !tokens.continues(between.end) {
        return false;
    }
    let behind_bracket = if tokens.is_mark(between.start, '(') {
        let last = between.end.min(between.start + LONGEST_BRACKET);
        match (between.start..last).find(|&index| tokens.is_mark(index, ')')) {
            Some(close) => close + 1,
            None => return false,
        }
    } else {
        between.start
    };
    behind_bracket < between.end
        && (behind_bracket..between.end)
            .all(|index| tokens.is_mark(index, ',') || tokens.word(index) == "и")
}

/// Names in lists, tables, signatures and brackets stand in the nominative.
fn is_listed(tokens: &Tokens<'_>, outline: &Outline, name: &NameMention, role: PersonRole) -> bool {
    if !matches!(role, PersonRole::Assigned | PersonRole::Mentioned) {
        return true;
    }
    let at = name.tokens.start;
    let appendix = outline
        .appendices
        .iter()
        .any(|appendix| appendix.tokens.contains(&at));
    let gap = tokens.gap(at);
    let before = at.checked_sub(1).and_then(|before| tokens.kind(before));
    let after_mark = gap < Gap::Block
        && matches!(
            before,
            Some(TokenKind::Dash | TokenKind::Blank | TokenKind::Mark('(' | ':' | '/'))
        );
    let set_apart = gap >= Gap::Tab
        && !is_wrapped(tokens, at)
        && !(role == PersonRole::Assigned && is_parted_from_position(tokens, at));
    set_apart || after_mark || appendix || is_acting_in_bracket(tokens, at)
}

/// «(и.о. директора Е.Н. Русскова)»: who acts for somebody is named in the nominative, whose position it is in the
/// genitive.
fn is_acting_in_bracket(tokens: &Tokens<'_>, at: usize) -> bool {
    /// «и.о. заместителя директора по учебной работе»
    const REACH: usize = 12;
    let Some(bracket) = (at.saturating_sub(REACH)..at)
        .rev()
        .take_while(|&index| tokens.continues(index + 1) && !tokens.is_mark(index, ')'))
        .find(|&index| tokens.is_mark(index, '('))
    else {
        return false;
    };
    let first = tokens.word(bracket + 1);
    matches!(first, "врио" | "ио")
        || first == "и" && tokens.is_mark(bracket + 2, '.') && tokens.word(bracket + 3) == "о"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline::outline;
    use crate::parse::people::people;
    use crate::text::Text;

    /// Surnames of everybody whom the clauses of an order name.
    fn surnames(clauses: &str) -> Vec<String> {
        let text = Text::from_lines(&format!(
            "ПРИКАЗ\n№ 1\nО деле\nВ целях работы\nПРИКАЗЫВАЮ:\n{clauses}\nДиректор\tА.М. Крутикова"
        ));
        let mut tokens = Tokens::of(&text);
        let outline = outline(&tokens);
        crate::parse::broken_lines::join_broken_lines(&mut tokens, &outline);
        people(&tokens, &outline, &|_| false)
            .people
            .into_iter()
            .map(|person| person.surname)
            .filter(|surname| surname != "Крутикова")
            .collect()
    }

    #[test]
    fn names_come_to_the_nominative_from_the_case_that_is_asked_for() {
        for (clauses, expected) in [
            (
                "1. Возложить контроль на главу К.Б. Торжевского.",
                vec!["Торжевский"],
            ),
            (
                "1. Контрактному управляющему Кибиревой Н.Ж. обучить.",
                vec!["Кибирева"],
            ),
            (
                "1. Назначить ответственных:\n- касса - Зиганшину Л.И.;\n- склад - Подкорытова Т.Б.,\n- музей - Дрозд Н.Н.",
                vec!["Зиганшина", "Подкорытов", "Дрозд"],
            ),
            (
                "1. Назначить комиссию: председатель Елина Т.В., секретарь Кедрова О.О.",
                vec!["Елина", "Кедрова"],
            ),
            (
                "1. Наградить Ольхову Б.Б., рук. Фомина Т.А.",
                vec!["Ольхова", "Фомина"],
            ),
            (
                "1. Якобсон-Дуде М.М. разместить приказ.",
                vec!["Якобсон-Дуда"],
            ),
            (
                "1. Назначить:\n1.1. техническими специалистами Балдина Г.А., Рябых С.С.",
                vec!["Балдин", "Рябых"],
            ),
            (
                "1. Направить в командировку:\n1.1. Козлякина С.Е. – инженера;\n1.2. Вайткявичюса Й. – мастера.",
                vec!["Козлякин", "Вайткявичюс"],
            ),
            (
                "1. Назначить в кабинетах:\n- класс – Хуснутдинова М.Р., преподавателя;\n- зал – Бабич Я.О., учителя.",
                vec!["Хуснутдинов", "Бабич"],
            ),
            (
                "1. Зав. отделениями т.т. Буйволову, Рейхерту, Хадисовой провести занятия.",
                vec!["Буйволов", "Рейхерт", "Хадисова"],
            ),
            (
                "1. Контроль возложить на главного специалиста по культуре, спорту и туризму отдела образования, молодежной политики, культуры и спорта администрации Лесного района Чернова А.В.",
                vec!["Чернов"],
            ),
            (
                "1. Контроль возложить на зам. главы администрации А.Н. Пчелкину.",
                vec!["Пчелкина"],
            ),
            (
                "1. Возложить общее руководство работами по уборке территории и вывозу мусора на председателя комиссии по благоустройству и озеленению Родникового сельского поселения Лесного района Чернову А.В.",
                vec!["Чернова"],
            ),
            (
                "1. Контроль возложить на специалиста по ОТ Пчелкину А.Н.",
                vec!["Пчелкина"],
            ),
            (
                "1. Утвердить комиссию в составе: председатель - заместитель главного врача Пчелкина А.Н.; секретарь.",
                vec!["Пчелкина"],
            ),
            (
                "1. Контроль осуществлять заместителю председателя комитета А.А. Торжевсу.",
                vec!["Торжевс"],
            ),
            (
                "1. Назначить ответственным за учёт директора казённого учреждения Лесного района «Управление по связи органов власти города Кедровска и других городов области» Чернова А.В.",
                vec!["Чернов"],
            ),
            (
                "1. Контроль возложить на заместителя главного врача Пчелкина А.Н.",
                vec!["Пчелкин"],
            ),
            (
                "1. Утвердить состав бригады: судьи Буйволов Р.Р., Пчелкина А.Н.; секретарь.",
                vec!["Буйволов", "Пчелкина"],
            ),
            (
                "1. Утвердить состав жюри:\n1.1. Буйволов Р.Р., директор;\n1.2. Пчелкина А.Н., библиотекарь.",
                vec!["Буйволов", "Пчелкина"],
            ),
            (
                "1. Утвердить состав жюри:\n1.1. Пчелкина А.Н., библиотекаря.",
                vec!["Пчелкин"],
            ),
            (
                "1. Закрепить трактор за трактористом Сладеньким П.П.",
                vec!["Сладенький"],
            ),
            (
                "1. Подготовить приказ о награждении Пчелкина А.Н.",
                vec!["Пчелкин"],
            ),
            (
                "1. Механику ОТК Белокурову В.А. отстранить автобус.",
                vec!["Белокуров"],
            ),
            (
                "1. Контроль – за техническим директором Бруновым Э.А.",
                vec!["Брунов"],
            ),
            (
                "1. Закрепить автобус за водителями Зуевым А.А., Ткачом Б.Б.",
                vec!["Зуев", "Ткач"],
            ),
            (
                "1. Закрепить автобус за водителем Дзюбой Р.И.",
                vec!["Дзюба"],
            ),
            (
                "1. Закрепить автобус за водителем Палием Р.И.",
                vec!["Палий"],
            ),
            ("1. Снять с обслуживания Пупышеву Г.Н.", vec!["Пупышева"]),
            (
                "1. Работу провести. Ознакомить с приказом Зуева Г.Н.",
                vec!["Зуев"],
            ),
            (
                "1. Работу вести совместно с начальником отдела. Зуева Г.Н. провести учёт.",
                vec!["Зуева"],
            ),
            (
                "1. Право подписи сохраняется за Непейводой А.М.",
                vec!["Непейвода"],
            ),
            (
                "1. Назначить старшим Соловья А.А., помощником – Воробья Б.Б.",
                vec!["Соловей", "Воробей"],
            ),
            (
                "1. Назначить Льва Николаевича Верстового механиком.",
                vec!["Верстовой"],
            ),
            (
                "1. Секретарю Анне Викторовне Гусак ознакомить всех.",
                vec!["Гусак"],
            ),
            ("1. Поощрить Коваль Анну, Цой Алину.", vec!["Коваль", "Цой"]),
            (
                "1. Ржаных З.А. и Непейводе А.М. не заключать сделок.",
                vec!["Ржаных", "Непейвода"],
            ),
            (
                "1. Директорам Бондарю А.П. (корпус 1), Штепе Г.И. (корпус 2), Юну Д.В. (корпус 3) провести учёт.",
                vec!["Бондарь", "Штепа", "Юн"],
            ),
            (
                "1. Премировать Зуева А.А.\nОснование: представление начальника ПТО Гамаюна В.О.",
                vec!["Зуев", "Гамаюн"],
            ),
            (
                "1. Контроль – за заместителем главы Дзюбой Р.И.",
                vec!["Дзюба"],
            ),
            (
                "1. Принять на время ухода за ребёнком Зуевой Р.И.",
                vec!["Зуева"],
            ),
            ("1. Снять с должности Зуеву Г.Н.", vec!["Зуева"]),
            (
                "1. Перевести работников – Вольских Е.Д., Цыганову М.П., Ткача А.И.;",
                vec!["Вольских", "Цыганова", "Ткач"],
            ),
            (
                "1. Назначить:\n- дежурным на этаже - Подкорытова Т.Б.;\n- ответственной за музей - Зуеву А.А.;\n- сторожем - Бочарника И.Л.",
                vec!["Подкорытов", "Зуева", "Бочарник"],
            ),
            (
                "1. Контроль возложить на зам.директора\nПодкорытова А. В.",
                vec!["Подкорытов"],
            ),
            (
                "1. Утвердить комиссию:\nпредседатель – директор\nПодкорытова А. В.",
                vec!["Подкорытова"],
            ),
            (
                "1. Контроль возложить на главного инженера Подкорытова Нурлана.",
                vec!["Подкорытов"],
            ),
            (
                "1. Уволить Зуева А.А.\nОсн.: заявление, согласие зав. фермой т. Подкорытова",
                vec!["Зуев", "Подкорытов"],
            ),
            (
                "1. На время отсутствия по болезни обязанности исполняет Подкорытова А.А.",
                vec!["Подкорытова"],
            ),
            (
                "1. Учесть рапорт мастера Подкорытова А.А. и записку Зуевой А.А.",
                vec!["Подкорытов", "Зуева"],
            ),
            (
                "1. Назначить старшей Зуеву А.А.\n2. Заведующим отделениями:\n1) хирургическим – Подкорытовой А.А.;\n2) реанимации – Чкония Г.О.\nпровести зачёты.",
                vec!["Зуева", "Подкорытова", "Чкония"],
            ),
            (
                "1. Назначить стипендию студентам:\n1.1. Зуеву Петру Ильичу;\n1.2. Подкорытову Л.К., группа ТС-12.",
                vec!["Зуев", "Подкорытов"],
            ),
            (
                "1. Назначить стипендию студентам:\n1.1. Подкорытову Л.К., группа ТС-12;\n1.2. Зуеву П.И.",
                vec!["Подкорытов", "Зуев"],
            ),
            (
                "1. Назначить стипендию студентам, сдавшим зачёты:\n1.1. Зуеву Петру Ильичу;\n1.2. Подкорытову Л.К., группа ТС-12.",
                vec!["Зуев", "Подкорытов"],
            ),
            (
                "1. Отделам (и.о. директора Е.Н.Подкорытова) создать музей.",
                vec!["Подкорытова"],
            ),
            (
                "1. Создать комиссию:\nИванова А.А. – учитель;\nСветлов П.П. – завхоз.",
                vec!["Иванова", "Светлов"],
            ),
            (
                "1. Возложить на Тер-Акопова Г.С., ГОГОБЕРИДЗЕ Нателу Шалвовну, Штольца-Разумовского Генриха.",
                vec!["Тер-Акопов", "Гогоберидзе", "Штольц-Разумовский"],
            ),
            (
                "1. Зачислить Подкорытову Айсель Вугар кызы.",
                vec!["Подкорытова"],
            ),
            (
                "1. Секретарь руководителя ______ Б.Р. Подкорытова выдаёт копии.",
                vec!["Подкорытова"],
            ),
            (
                "1. Поручить Ондару Чойгану Опал-ооловичу, Ахмед-заде Ф.Р. и Цхе И.С. работу.",
                vec!["Ондар", "Ахмед-заде", "Цхе"],
            ),
        ] {
            assert_eq!(surnames(clauses), expected, "{clauses}");
        }
    }

    #[test]
    fn a_list_behind_a_colon_takes_the_form_of_a_bracket() {
        assert_eq!(
            surnames(
                "1. Заслушать членов комиссии: Дрыги С.С., Ляписа Т.О.\n2. Отделу (Ляпис Т.О.) и больнице (Дрыга С.С.) довести."
            ),
            ["Дрыга", "Ляпис"]
        );
    }

    #[test]
    fn a_list_in_doubt_takes_the_form_that_is_signed_elsewhere() {
        assert_eq!(
            surnames(
                "1. Закрепить кабинеты:\nа) мастерские – Бакаева А.Т.;\nб) зал – Цуркана М.М.\nС приказом ознакомлены:\nБакаев А.Т.\nЦуркан М.М."
            ),
            ["Бакаев", "Цуркан"]
        );
    }
}
