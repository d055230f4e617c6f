// SPDX-License-Identifier: EUPL-1.2
//! The five kinds of value that both engines keep.

use bytes::BytesMut;
use domain::kernel::{Day, Moment};
use rusqlite::types::{ToSqlOutput, Value as Lite, ValueRef};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

/// One value of a row or a parameter.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number: cents, milliseconds, counters.
    Int(i64),
    /// Text; days are ISO text.
    Text(String),
    /// An id.
    Id(Uuid),
}

macro_rules! from {
    ($($from:ty, $value:ident => $make:expr;)*) => {$(
        impl From<$from> for Value {
            fn from($value: $from) -> Self { $make }
        }
    )*};
}

from! {
    i64, number => Self::Int(number);
    i32, number => Self::Int(number.into());
    i16, number => Self::Int(number.into());
    String, text => Self::Text(text);
    &str, text => Self::Text(text.to_owned());
    &String, text => Self::Text(text.clone());
    Uuid, id => Self::Id(id);
    Day, day => Self::Text(day.to_string());
    Moment, moment => Self::Int(moment.0);
}

macro_rules! from_ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<domain::kernel::$id> for Value {
            fn from(id: domain::kernel::$id) -> Self { Value::Id(id.0) }
        }
    )*};
}

from_ids! {
    AgencyId, AgendaItemId, AgreementId, AllocationId, ApplicationId, AreaId, AuditId, BriefId, CardId, CardImportId, CardLinkId, CardMergeId, CardTaskId, CardWaitingId, CareId, CaseConsentId, CaseId, CaseJoinId, ClarificationId, CollectionId, CommissionId, ConditionId, ContactId, ContingentId, CounselId, CourtExtractId, DecisionId, DraftId, DueId, EditionId, EndingId, EntryId, ExplorationId, FamilyAnswerId, FamilyLinkId, FollowUpId, GoalId, HandoverId, HelpId, HumanId, IdeaId, InstalmentPlanId, InvoiceId, JoinId, LegalRoleId, LetterId, LivedPlaceId, MeetingId, PlanTalkId, TransitionId, NoteId, NoticeId, OfficeId, PartnerId, PersonContactId, PersonId, PlanId, PostId, PotId, ProjectId, PromiseId, ProposalId, ProtectionId, QuestionId, RateId, RecutId, RegionId, ReportId, ResidenceId, SealId, SpaceId, StrengthId, TakenAwayId, TeamId, TransferId, TransmissionId, UserId, VisitId, VisitNoteId, WillId,
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Lite::Null),
            Self::Int(number) => ToSqlOutput::Owned(Lite::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
        })
    }
}

impl Value {
    pub(super) fn from_sqlite(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Integer(number) => Self::Int(number),
            ValueRef::Text(text) => Self::Text(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Blob(bytes) => Uuid::from_slice(bytes).map_or(Self::Null, Self::Id),
            ValueRef::Null | ValueRef::Real(_) => Self::Null,
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Text(text) => text.as_str().to_sql(ty, out),
            Self::Id(id) => {
                out.extend_from_slice(id.as_bytes());
                Ok(IsNull::No)
            }
        }
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::UUID | Type::UNKNOWN)
    }
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Value {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i32::from_sql(ty, raw)?.into()),
            Type::UUID => Self::Id(Uuid::from_slice(raw)?),
            _ => Self::Text(<&str>::from_sql(ty, raw)?.to_owned()),
        })
    }
    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
        Ok(Self::Null)
    }
    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::INT4 | Type::TEXT | Type::VARCHAR | Type::UUID)
    }
}
