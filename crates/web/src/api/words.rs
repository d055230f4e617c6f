// SPDX-License-Identifier: EUPL-1.2
//! Words that several rooms of the API use: ids, days, moments, codes, answers.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::access::HouseRule;
use domain::budget::{Account, EntryKind, Flow, Form, MoneyKind, Paragraph, Product, Side, YearAct, YearState};
use domain::casework::protection::{DangerResult, ProtectionWarning, StepKind};
use domain::casework::{
    Area, Channel, ConditionGround, ConditionResult, Confidence, Danger, ExtentUnit, FamilyTold, FamilyVerdict, Field,
    Gap, GoalLevel, HelpKind, HelpSource, IdeaAnswer, IdeaKind, Interpreter, Layer, LegalKind, MeetingKind, Outcome,
    PackageHint, PassingReason, PersonRole, Phase, PieceKind, PlanPart, PlanSection, Presence, Proceeding, Proof,
    Rater, Really, ReporterKind, ResourceUse, SealReason, SeatRole, SmartHint, StatementKind, Step, ThirdParty,
    Urgency, Weighing, WishAnswer, YesNo,
};
use domain::deadlines::{Nature, Outcome as DueOutcome};
use domain::kernel::{Day, Moment};
use domain::letters::{LetterKind, Way};
use domain::resources::CardKind;
use serde::Serialize;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, SchemaFormat, Type};
use utoipa::{PartialSchema, ToSchema};
use uuid::Uuid;

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident as $format:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize)]
        pub struct $name(String);

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let format = SchemaFormat::Custom($format.to_owned());
                ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

texts! {
    /// An id.
    Ident as "uuid",
    /// A day, `2026-11-30`.
    Date as "date",
    /// A moment, `2026-11-30T09:15:00Z`.
    Instant as "date-time",
}

impl<T: Into<Uuid>> From<T> for Ident {
    fn from(id: T) -> Self {
        Self(id.into().to_string())
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self(day.to_string())
    }
}

impl From<Moment> for Instant {
    fn from(moment: Moment) -> Self {
        Self(moment.rfc3339())
    }
}

macro_rules! code_schemas {
    ($($(#[$doc:meta])* $name:ident of $kind:ident),+ $(,)?) => {$(
        $(#[$doc])*
        pub struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let codes = $kind::ALL.iter().map(|item| item.code());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).into()
            }
        }

        impl ToSchema for $name {}
    )+};
}

code_schemas! {
    /// Codes of [`LetterKind`].
    LetterKindCode of LetterKind,
    /// Codes of [`Way`].
    WayCode of Way,
    /// Codes of [`Channel`].
    ChannelCode of Channel,
    /// Codes of [`Step`].
    StepCode of Step,
    /// Codes of [`Urgency`].
    UrgencyCode of Urgency,
    /// Codes of [`Outcome`].
    OutcomeCode of Outcome,
    /// Codes of [`YesNo`].
    YesNoCode of YesNo,
    /// Codes of [`FamilyTold`].
    FamilyToldCode of FamilyTold,
    /// Codes of [`Area`].
    AreaCode of Area,
    /// Codes of [`ConditionGround`].
    GroundCode of ConditionGround,
    /// Codes of [`ConditionResult`].
    ConditionResultCode of ConditionResult,
    /// Codes of [`LegalKind`].
    LegalKindCode of LegalKind,
    /// Codes of [`Proof`].
    ProofCode of Proof,
    /// Codes of [`Interpreter`].
    InterpreterCode of Interpreter,
    /// Codes of [`SealReason`].
    SealReasonCode of SealReason,
    /// Codes of [`HouseRule`].
    HouseRuleCode of HouseRule,
    /// Codes of [`Danger`].
    DangerCode of Danger,
    /// Codes of [`ReporterKind`].
    ReporterCode of ReporterKind,
    /// Codes of [`PersonRole`].
    PersonRoleCode of PersonRole,
    /// Codes of [`StatementKind`].
    StatementCode of StatementKind,
    /// Codes of [`Field`].
    StrengthCode of Field,
    /// Codes of [`IdeaKind`].
    IdeaCode of IdeaKind,
    /// Codes of [`IdeaAnswer`].
    IdeaAnswerCode of IdeaAnswer,
    /// Codes of [`MeetingKind`].
    MeetingKindCode of MeetingKind,
    /// Codes of [`SeatRole`].
    SeatRoleCode of SeatRole,
    /// Codes of [`Phase`].
    PhaseCode of Phase,
    /// Codes of [`HelpSource`].
    HelpSourceCode of HelpSource,
    /// Codes of [`Layer`].
    LayerCode of Layer,
    /// Codes of [`Weighing`].
    WeighingCode of Weighing,
    /// Codes of [`Really`].
    ReallyCode of Really,
    /// Codes of [`PackageHint`].
    PackageHintCode of PackageHint,
    /// Codes of [`HelpKind`].
    HelpCode of HelpKind,
    /// Codes of [`ExtentUnit`].
    ExtentUnitCode of ExtentUnit,
    /// Codes of [`Confidence`].
    ConfidenceCode of Confidence,
    /// Codes of [`PassingReason`].
    PassingCode of PassingReason,
    /// Codes of [`GoalLevel`].
    GoalLevelCode of GoalLevel,
    /// Codes of [`Rater`].
    RaterCode of Rater,
    /// Codes of [`ResourceUse`].
    ResourceUseCode of ResourceUse,
    /// Codes of [`ThirdParty`].
    ThirdPartyCode of ThirdParty,
    /// Codes of [`FamilyVerdict`].
    VerdictCode of FamilyVerdict,
    /// Codes of [`PieceKind`].
    PieceCode of PieceKind,
    /// Codes of [`Proceeding`].
    ProceedingCode of Proceeding,
    /// Codes of [`SmartHint`].
    SmartHintCode of SmartHint,
    /// Codes of [`Gap`].
    GapCode of Gap,
    /// Codes of [`PlanPart`].
    PlanPartCode of PlanPart,
    /// Codes of [`Presence`].
    PresenceCode of Presence,
    /// Codes of [`PlanSection`].
    SectionCode of PlanSection,
    /// Codes of [`WishAnswer`].
    WishAnswerCode of WishAnswer,
    /// Codes of [`StepKind`].
    ProtectionStepCode of StepKind,
    /// Codes of [`DangerResult`].
    ResultCode of DangerResult,
    /// Codes of [`ProtectionWarning`].
    WarningCode of ProtectionWarning,
    /// Codes of [`Nature`].
    NatureCode of Nature,
    /// Codes of [`DueOutcome`].
    DueOutcomeCode of DueOutcome,
    /// Codes of [`CardKind`].
    CardCode of CardKind,
    /// Codes of [`MoneyKind`].
    MoneyCode of MoneyKind,
    /// Codes of [`Account`].
    AccountCode of Account,
    /// Codes of [`EntryKind`].
    EntryCode of EntryKind,
    /// Codes of [`Paragraph`].
    ParagraphCode of Paragraph,
    /// Codes of [`Form`].
    FormCode of Form,
    /// Codes of [`Side`].
    SideCode of Side,
    /// Codes of [`Product`].
    ProductCode of Product,
    /// Codes of [`Flow`].
    FlowCode of Flow,
    /// Codes of [`YearAct`].
    YearActCode of YearAct,
    /// Codes of [`YearState`].
    YearStateCode of YearState,
}

/// What was done is found under this id.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reference {
    /// Id.
    id: Ident,
}

impl Reference {
    /// To something.
    pub fn to(id: impl Into<Ident>) -> Self {
        Self { id: id.into() }
    }
}

/// Something new: 201.
#[derive(Debug)]
pub struct Made(Reference);

impl Made {
    /// With its id.
    pub fn new(id: impl Into<Ident>) -> Self {
        Self(Reference::to(id))
    }
}

impl IntoResponse for Made {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, Json(self.0)).into_response()
    }
}

/// Something that was known was changed: its id again.
pub fn done(id: impl Into<Ident>) -> Json<Reference> {
    Json(Reference::to(id))
}
