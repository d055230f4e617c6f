// SPDX-License-Identifier: EUPL-1.2
//! Transmissions: copies that were sent from the office to an agency, each with its ground in law.

use crate::db::{ReadTx, StoreError, Value, WriteTx};
use crate::row::Row;
use crate::sight::RowSight;
use domain::exchange::TransmissionKind;
use domain::kernel::{AgencyId, CaseId, Moment, TransmissionId};

crate::statement! {
    INSERT = "INSERT INTO transmission (office_id, id, agency_id, case_id, kind, object_id, ground, subject, content, sections, sent_by, sent_at)
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    // What an agency sees never joins the office's case tables: it is a copy (N1).
    FOR_AGENCIES = "SELECT t.id, t.agency_id, t.kind, t.ground, t.subject, t.content, t.sections, t.sent_at, t.acknowledged_at
                    FROM transmission t WHERE t.office_id = $1 AND t.agency_id {sight} AND t.kind = $2 AND (t.sent_at, t.id) < ($3, $4)
                    ORDER BY t.sent_at DESC, t.id DESC LIMIT $5";
    ONE = "SELECT t.id, t.agency_id, t.kind, t.ground, t.subject, t.content, t.sections, t.sent_at, t.acknowledged_at
           FROM transmission t WHERE t.office_id = $1 AND t.id = $2";
    OF_CASE = "SELECT t.id, a.name, t.kind, t.ground, t.subject, t.sections, t.sent_at, t.acknowledged_at
               FROM transmission t JOIN agency a ON a.office_id = t.office_id AND a.id = t.agency_id
               WHERE t.office_id = $1 AND t.case_id = $2 ORDER BY t.sent_at DESC LIMIT 50";
    CASE_OF = "SELECT case_id FROM transmission WHERE office_id = $1 AND id = $2";
    // The newest word on the same commission that went to the same agency: a copy again, no look into the package.
    LINE = "SELECT t.id, t.agency_id, t.kind, t.ground, t.subject, t.content, t.sections, t.sent_at, t.acknowledged_at
            FROM transmission t JOIN transmission m ON m.office_id = t.office_id AND m.object_id = t.object_id AND m.agency_id = t.agency_id
            WHERE t.office_id = $1 AND m.id = $2 AND t.kind = 'package-line' ORDER BY t.sent_at DESC, t.id DESC LIMIT 1";
    WAS_SENT = "SELECT id FROM transmission WHERE office_id = $1 AND object_id = $2 AND agency_id = $3 LIMIT 1";
    ACKNOWLEDGE = "UPDATE transmission SET acknowledged_by = $3, acknowledged_at = $4
                   WHERE office_id = $1 AND id = $2 AND acknowledged_at IS NULL";
}

/// A transmission on its way out.
#[derive(Debug, Clone)]
pub struct NewTransmission {
    /// Id.
    pub id: TransmissionId,
    /// To whom.
    pub agency: AgencyId,
    /// Out of which case.
    pub case: CaseId,
    /// What.
    pub kind: TransmissionKind,
    /// The agenda item or commission it is about.
    pub object: uuid::Uuid,
    /// In one line.
    pub subject: String,
    /// The copy itself.
    pub content: String,
    /// Codes of the sections in it.
    pub sections: Vec<&'static str>,
}

/// Sends a copy to an agency's data room.
///
/// # Errors
/// When the engine fails.
pub fn send(tx: &WriteTx<'_>, new: &NewTransmission) -> Result<(), StoreError> {
    let params: [Value; 11] = [
        new.id.into(),
        new.agency.into(),
        new.case.into(),
        new.kind.code().into(),
        new.object.into(),
        new.kind.ground().into(),
        (&new.subject).into(),
        (&new.content).into(),
        new.sections.join(" ").into(),
        tx.grant().user().into(),
        tx.now().into(),
    ];
    tx.run(&INSERT, &params).map(|_| ())
}

/// A transmission as the agency sees it.
#[derive(Debug, Clone)]
pub struct Received {
    /// Id.
    pub id: TransmissionId,
    /// In whose data room.
    pub agency: AgencyId,
    /// What.
    pub kind: TransmissionKind,
    /// The ground in law.
    pub ground: String,
    /// In one line.
    pub subject: String,
    /// The copy.
    pub content: String,
    /// Codes of the sections in it.
    pub sections: Vec<String>,
    /// When it was sent.
    pub sent_at: Moment,
    /// When it was acknowledged.
    pub acknowledged_at: Option<Moment>,
}

fn sections(codes: &str) -> Vec<String> {
    codes.split_whitespace().map(str::to_owned).collect()
}

fn received(row: Row) -> Result<Received, StoreError> {
    let mut row = row.read("transmission");
    Ok(Received {
        id: row.id()?,
        agency: row.id()?,
        kind: row.code(TransmissionKind::from_code)?,
        ground: row.text()?,
        subject: row.text()?,
        content: row.text()?,
        sections: sections(&row.text()?),
        sent_at: row.moment()?,
        acknowledged_at: row.maybe_moment()?,
    })
}

/// What was sent to the agencies in sight, newest first, after a place in the list.
///
/// # Errors
/// When the engine fails.
pub fn for_agencies(
    tx: &ReadTx<'_>,
    sight: &RowSight,
    kind: TransmissionKind,
    after: (Moment, TransmissionId),
    limit: i64,
) -> Result<Vec<Received>, StoreError> {
    let params = [kind.code().into(), after.0.into(), after.1.into(), limit.into()];
    tx.rows_in_sight(&FOR_AGENCIES, &params, sight)?.into_iter().map(received).collect()
}

/// The case out of which something was sent: for what comes back, never for a page of the agency.
///
/// # Errors
/// When the engine fails.
pub fn case_of(tx: &ReadTx<'_>, id: TransmissionId) -> Result<Option<CaseId>, StoreError> {
    tx.one(&CASE_OF, &[id.into()])?.map(|row| row.read("transmission").id()).transpose()
}

/// One transmission.
///
/// # Errors
/// When the engine fails.
pub fn one(tx: &ReadTx<'_>, id: TransmissionId) -> Result<Option<Received>, StoreError> {
    tx.one(&ONE, &[id.into()])?.map(received).transpose()
}

/// The agency's own line of a support package that was last sent for the commission of a transmission, to the same agency.
///
/// # Errors
/// When the engine fails.
pub fn package_line(tx: &ReadTx<'_>, mandate: TransmissionId) -> Result<Option<Received>, StoreError> {
    tx.one(&LINE, &[mandate.into()])?.map(received).transpose()
}

/// Was something about this thing sent to this agency?
///
/// # Errors
/// When the engine fails.
pub fn was_sent(tx: &ReadTx<'_>, object: uuid::Uuid, agency: AgencyId) -> Result<bool, StoreError> {
    Ok(tx.one(&WAS_SENT, &[object.into(), agency.into()])?.is_some())
}

/// A transmission as the office's case shows it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Id.
    pub id: TransmissionId,
    /// To whom.
    pub agency: String,
    /// What (kind code).
    pub kind: String,
    /// The ground in law.
    pub ground: String,
    /// In one line.
    pub subject: String,
    /// Codes of the plan's sections in it.
    pub sections: Vec<String>,
    /// When.
    pub sent_at: Moment,
    /// Acknowledged when.
    pub acknowledged_at: Option<Moment>,
}

/// What left a case, newest first.
///
/// # Errors
/// When the engine fails.
pub fn of_case(tx: &ReadTx<'_>, case: CaseId) -> Result<Vec<Sent>, StoreError> {
    tx.rows(&OF_CASE, &[case.into()])?
        .into_iter()
        .map(|row| {
            let mut row = row.read("transmission");
            Ok(Sent {
                id: row.id()?,
                agency: row.text()?,
                kind: row.text()?,
                ground: row.text()?,
                subject: row.text()?,
                sections: sections(&row.text()?),
                sent_at: row.moment()?,
                acknowledged_at: row.maybe_moment()?,
            })
        })
        .collect()
}

/// Acknowledges a transmission; answers whether it was still open.
///
/// # Errors
/// When the engine fails.
pub fn acknowledge(tx: &WriteTx<'_>, id: TransmissionId) -> Result<bool, StoreError> {
    Ok(tx.run(&ACKNOWLEDGE, &[id.into(), tx.grant().user().into(), tx.now().into()])? == 1)
}
