// SPDX-License-Identifier: EUPL-1.2
//! The audit chain: one entry a deed, written in the deed's own transaction, each sealed with the hash of
//! the one before.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use domain::access::Grant;
use domain::audit::Deed;
use domain::kernel::{CaseId, Moment, UserId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

crate::statement! {
    NEXT = "UPDATE audit_head SET seq = seq + $2 WHERE office_id = $1 RETURNING seq, hash";
    SEAL = "UPDATE audit_head SET hash = $2 WHERE office_id = $1";
    APPEND = "INSERT INTO audit_entry (office_id, seq, at, user_id, action, deed, object_id, case_id, hash)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    LATEST = "SELECT e.seq, e.at, COALESCE(a.name, ''), e.action, e.deed, e.object_id, c.number
              FROM audit_entry e
              LEFT JOIN account a ON a.office_id = e.office_id AND a.id = e.user_id
              LEFT JOIN case_file c ON c.office_id = e.office_id AND c.id = e.case_id
              WHERE e.office_id = $1 AND e.seq < $2 ORDER BY e.seq DESC LIMIT $3";
    CHAIN = "SELECT seq, at, user_id, action, deed, object_id, case_id, hash FROM audit_entry
             WHERE office_id = $1 AND seq > $2 ORDER BY seq LIMIT 1000";
    HEAD = "SELECT seq, hash FROM audit_head WHERE office_id = $1";
    OPEN_CHAIN = "INSERT INTO audit_head (office_id, seq, hash) VALUES ($1, 0, '')";
}

/// What an entry's seal covers.
struct Sealed {
    seq: i64,
    at: Moment,
    user: UserId,
    action: String,
    deed: String,
    object: Uuid,
    case: Option<CaseId>,
}

impl Sealed {
    fn hash(&self, previous: &str) -> String {
        let case = self.case.map_or_else(|| "-".to_owned(), |case| case.to_string());
        let line = format!(
            "{previous}|{}|{}|{}|{}|{}|{}|{case}",
            self.seq, self.at.0, self.user, self.action, self.deed, self.object
        );
        Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A deed on its way into the log.
pub(crate) struct Entry {
    at: Moment,
    user: UserId,
    action: &'static str,
    deed: Deed,
}

impl Entry {
    pub(crate) fn new(grant: &Grant, deed: &Deed, at: Moment) -> Self {
        Self { at, user: grant.user(), action: grant.action().code(), deed: *deed }
    }
}

/// Adds entries to the chain. Its head is touched late, so that nobody waits for it while others decide.
pub(crate) fn append(tx: &ReadTx<'_>, entries: &[Entry]) -> Result<(), StoreError> {
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    let head = tx.aside(&NEXT, &[count.into()])?.pop();
    let mut head = head.ok_or(StoreError::Inconsistent("audit_head", "missing".into()))?.read("audit_head");
    let (last, mut hash) = (head.int()?, head.text()?);
    let mut rows: Vec<Vec<Value>> = Vec::with_capacity(entries.len());
    for (seq, Entry { at, user, action, deed }) in (last - count + 1..).zip(entries) {
        let (action, kind) = ((*action).to_owned(), deed.kind.code().to_owned());
        let sealed = Sealed { seq, at: *at, user: *user, action, deed: kind, object: deed.object, case: deed.case };
        hash = sealed.hash(&hash);
        let Sealed { action, deed, object, case, .. } = sealed;
        rows.push(vec![
            seq.into(),
            (*at).into(),
            (*user).into(),
            action.into(),
            deed.into(),
            object.into(),
            case.into(),
            hash.as_str().into(),
        ]);
    }
    tx.put_all(&APPEND, rows)?;
    tx.put_all(&SEAL, vec![vec![hash.into()]])
}

/// Begins an office's chain.
///
/// # Errors
/// When the engine fails.
pub fn open_chain(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    tx.run(&OPEN_CHAIN, &[]).map(|_| ())
}

/// One line of the log as the data protection officer reads it.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Running number.
    pub seq: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// Under which permission (action code).
    pub action: String,
    /// What (deed code).
    pub deed: String,
    /// To what.
    pub object: Uuid,
    /// In which case.
    pub case_number: Option<String>,
}

/// The newest entries before `seq`.
///
/// # Errors
/// When the engine fails.
pub fn latest(tx: &ReadTx<'_>, before: i64, limit: i64) -> Result<Vec<LogLine>, StoreError> {
    tx.rows(&LATEST, &[before.into(), limit.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("audit_entry");
            Ok(LogLine {
                seq: row.int()?,
                at: row.moment()?,
                who: row.text()?,
                action: row.text()?,
                deed: row.text()?,
                object: row.uuid()?,
                case_number: row.maybe_text()?,
            })
        })
        .collect()
}

/// The state of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Every seal fits, up to this many entries.
    Whole(i64),
    /// The first entry that does not fit.
    BrokenAt(i64),
}

/// Checks every seal from the first entry to the head.
///
/// # Errors
/// When the engine fails.
pub fn verify(tx: &ReadTx<'_>) -> Result<Chain, StoreError> {
    let (mut seq, mut previous) = (0, String::new());
    // From below all numbers: an entry slipped in before the first must show.
    let mut after = i64::MIN;
    loop {
        let rows = tx.rows(&CHAIN, &[after.into()])?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let mut row = row.read("audit_entry");
            let sealed = Sealed {
                seq: row.int()?,
                at: row.moment()?,
                user: row.id()?,
                action: row.text()?,
                deed: row.text()?,
                object: row.uuid()?,
                case: row.maybe_id()?,
            };
            let hash = row.text()?;
            if sealed.seq != seq + 1 || sealed.hash(&previous) != hash {
                return Ok(Chain::BrokenAt(seq + 1));
            }
            (seq, previous) = (sealed.seq, hash);
        }
        after = seq;
    }
    let head = tx.one(&HEAD, &[])?.ok_or(StoreError::Inconsistent("audit_head", "missing".into()))?;
    let mut head = head.read("audit_head");
    Ok(if (head.int()?, head.text()?) == (seq, previous) { Chain::Whole(seq) } else { Chain::BrokenAt(seq + 1) })
}
