// SPDX-License-Identifier: EUPL-1.2
//! Search: any word of any member's name, a number of a telephone, the number of a case. Every arm is a stretch of an
//! index; what somebody may not see is taken out in the same statement.

use super::cases::{self, CaseLine};
use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::sight::RowSight;
use domain::casework::CaseNumber;
use domain::kernel::{CaseId, asked_number, fold, name_words, phonetic};
use uuid::Uuid;

crate::statement! {
    KEEP_WORD = "INSERT INTO case_word (office_id, word, case_id, whose, sound) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (office_id, word, case_id, whose) DO NOTHING";
    DROP_WORDS = "DELETE FROM case_word WHERE office_id = $1 AND whose = $2";
    // `+ 0`: walking all cases by time until enough are found is the slow way.
    FIND = "SELECT c.id, c.number, c.family, CASE WHEN c.sealed_since IS NULL THEN s.name END, a.name, c.opened_on, c.danger_since, c.moved_at, c.stage, c.sealed_since
            FROM case_file c JOIN account a ON a.office_id = c.office_id AND a.id = c.worker_id
            LEFT JOIN social_space s ON s.office_id = c.office_id AND s.id = c.space_id
            WHERE c.office_id = $1 AND c.team_id {sight} AND c.id IN (
              SELECT case_id FROM case_word WHERE office_id = $1 AND word >= $2 AND word < $3
              UNION ALL SELECT case_id FROM case_word WHERE office_id = $1 AND sound = $4
              UNION ALL SELECT id FROM case_file WHERE office_id = $1 AND number >= $5 AND number < $6
              UNION ALL SELECT case_id FROM person_contact WHERE office_id = $1 AND digits >= $7 AND digits < $8
              UNION ALL SELECT case_id FROM person_contact WHERE office_id = $1 AND digits_back >= $9 AND digits_back < $10)
            AND EXISTS (SELECT 1 FROM case_word w WHERE w.office_id = c.office_id AND w.case_id = c.id AND w.word >= $11 AND w.word < $12)
            ORDER BY c.moved_at + 0 DESC, c.id DESC LIMIT $13";
}

/// Fewer letters are taken as a whole word: `Ng` is a name, and its beginning would be half a town.
const FEWEST: usize = 3;

/// Keeps the words of a name, of a family under its case's id or of a person.
///
/// # Errors
/// When the engine fails.
pub fn keep_words(tx: &WriteTx<'_>, case: CaseId, whose: Uuid, name: &str) -> Result<(), StoreError> {
    let whole = fold(name);
    for (word, heard) in name_words(name).into_iter().zip(whole.split(' ')) {
        let params: [Value; 4] = [word.into(), case.into(), whose.into(), phonetic(heard).into()];
        tx.run(&KEEP_WORD, &params)?;
    }
    Ok(())
}

/// Keeps the counter of a case's number as a word, with its zeros and without: people say "Fall 402". It belongs to
/// nobody, so that it stays whatever the family is called.
///
/// # Errors
/// When the engine fails.
pub fn keep_number(tx: &WriteTx<'_>, case: CaseId, number: &CaseNumber) -> Result<(), StoreError> {
    let Some((_, counter)) = number.as_str().split_once('-') else { return Ok(()) };
    for word in [counter, counter.trim_start_matches('0')] {
        tx.run(&KEEP_WORD, &[word.into(), case.into(), Uuid::nil().into(), "".into()])?;
    }
    Ok(())
}

/// Drops the words of a name.
///
/// # Errors
/// When the engine fails.
pub fn drop_words(tx: &WriteTx<'_>, whose: Uuid) -> Result<(), StoreError> {
    tx.run(&DROP_WORDS, &[whose.into()]).map(|_| ())
}

/// A stretch of words that begin like this, or are this if it is short.
fn stretch((word, heard): &(String, String)) -> (Value, Value) {
    let end = if heard.chars().count() < FEWEST { format!("{word}\u{1}") } else { crate::after_prefix(word) };
    (word.as_str().into(), end.into())
}

/// Cases in sight by words of any member's name, by sound, by telephone, or by number.
///
/// # Errors
/// When the engine fails.
pub fn find(tx: &ReadTx<'_>, sight: &RowSight, words: &str, limit: i64) -> Result<Vec<CaseLine>, StoreError> {
    let mut asked: Vec<(String, String)> =
        name_words(words).into_iter().zip(fold(words).split(' ').map(str::to_owned)).collect();
    // The longest word finds the fewest; the next one is asked of what it found.
    asked.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    let Some(first) = asked.first() else { return Ok(Vec::new()) };
    let sound = Some(phonetic(&first.1)).filter(|sound| sound.len() > 1);
    let (from, to) = stretch(first);
    // The beginning of a year is every case of twenty years.
    let number = Some(words.trim().replace('/', "-")).filter(|number| number.chars().count() >= FEWEST);
    let (begins, ends) = asked_number(words).unzip();
    let range =
        |text: Option<String>| (Value::from(text.clone()), Value::from(text.map(|text| crate::after_prefix(&text))));
    let ((begin, begin_to), (end, end_to)) = (range(begins), range(ends));
    // A number typed with blanks is one thing, not several words.
    let second = asked.get(1).filter(|_| end == Value::Null);
    let (also, also_to) = second.map_or((String::new().into(), crate::after_prefix("").into()), stretch);
    let (number, number_to) = range(number);
    let params = [from, to, sound.into(), number, number_to, begin, begin_to, end, end_to, also, also_to, limit.into()];
    tx.rows_in_sight(&FIND, &params, sight)?.into_iter().map(cases::line).collect()
}
