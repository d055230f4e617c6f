// SPDX-License-Identifier: EUPL-1.2
//! What the ledger's doors take.

use super::kit::{code, id, maybe};
use super::words::{FlowCode, FormCode, Ident, MoneyCode, ParagraphCode, SideCode};
use app::budget::{Carry, Correction, NewIncome, NewMoney, NewTransfer, Payment, Step, TransferPlace};
use domain::budget::{Flow, Form, MoneyKind, Paragraph, Percent, Purpose, Side};
use domain::kernel::{Amount, Day, Line, Refusals};
use serde::Deserialize;
use utoipa::ToSchema;

/// A kind of money.
pub fn money(text: &str) -> Result<MoneyKind, domain::kernel::Refusal> {
    code(text, MoneyKind::from_code)
}

/// A year.
pub fn year_of(year: i16) -> Result<i16, domain::kernel::Refusal> {
    Day::new(year, 1, 1).map(|day| day.year())
}

/// What is taken back, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterIn {
    amount_cents: i64,
    reason: String,
    /// Needed once the year is closed.
    resolution: Option<String>,
}

impl CounterIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<Correction, Refusals> {
        let mut wrong = Refusals::default();
        let amount = wrong.take("amount_cents", Amount::typed(self.amount_cents));
        let reason = wrong.take("reason", Line::parse(&self.reason));
        let resolution = wrong.take("resolution", maybe(self.resolution.as_deref(), Line::parse));
        let value = (|| Some(Correction { amount: amount?, reason: reason?, resolution: resolution? }))();
        wrong.finish(value)
    }
}

/// Money to be promised out of a capped pot.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PromiseIn {
    #[schema(value_type = Ident)]
    region: String,
    year: i16,
    /// `B`, `C` or `D`.
    #[schema(value_type = MoneyCode)]
    kind: String,
    #[schema(value_type = Option<Ident>)]
    agency: Option<String>,
    subject: String,
    #[schema(value_type = ParagraphCode)]
    paragraph: String,
    #[schema(value_type = FormCode)]
    form: String,
    #[schema(value_type = SideCode)]
    side: String,
    #[schema(value_type = FlowCode)]
    flow: String,
    amount_cents: i64,
}

impl PromiseIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<NewMoney, Refusals> {
        let mut wrong = Refusals::default();
        let (region, year) = (wrong.take("region", id(&self.region)), wrong.take("year", year_of(self.year)));
        let kind = wrong.take("kind", money(&self.kind));
        let agency = wrong.take("agency", maybe(self.agency.as_deref(), id));
        let subject = wrong.take("subject", Line::parse(&self.subject));
        let paragraph = wrong.take("paragraph", code(&self.paragraph, Paragraph::from_code));
        let form = wrong.take("form", code(&self.form, Form::from_code));
        let side = wrong.take("side", code(&self.side, Side::from_code));
        let flow = wrong.take("flow", code(&self.flow, Flow::from_code));
        let amount = wrong.take("amount_cents", Amount::typed(self.amount_cents));
        let value = (|| {
            let purpose = Purpose::new(paragraph?, form?, side?, flow?);
            let (region, year, kind, agency) = (region?, year?, kind?, agency?);
            Some(NewMoney { region, year, kind, agency, subject: subject?, purpose, amount: amount? })
        })();
        wrong.finish(value)
    }
}

/// What is booked on a promise.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PaymentIn {
    /// `draw`, `advance`, `prove` or `repay`.
    step: String,
    amount_cents: i64,
    note: String,
}

impl PaymentIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<Payment, Refusals> {
        let mut wrong = Refusals::default();
        let known = |text: &str| match text {
            "draw" => Some(Step::Draw),
            "advance" => Some(Step::Advance),
            "prove" => Some(Step::Prove),
            "repay" => Some(Step::Repay),
            _ => None,
        };
        let step = wrong.take("step", code(&self.step, known));
        let amount = wrong.take("amount_cents", Amount::typed(self.amount_cents));
        let note = wrong.take("note", Line::parse(&self.note));
        let value = (|| Some(Payment { step: step?, amount: amount?, note: note? }))();
        wrong.finish(value)
    }
}

/// Income, gross.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IncomeIn {
    #[schema(value_type = Ident)]
    region: String,
    year: i16,
    #[schema(value_type = MoneyCode)]
    kind: String,
    #[schema(value_type = ParagraphCode)]
    paragraph: String,
    #[schema(value_type = FlowCode)]
    flow: String,
    amount_cents: i64,
    note: String,
}

impl IncomeIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<NewIncome, Refusals> {
        let mut wrong = Refusals::default();
        let (region, year) = (wrong.take("region", id(&self.region)), wrong.take("year", year_of(self.year)));
        let kind = wrong.take("kind", money(&self.kind));
        let paragraph = wrong.take("paragraph", code(&self.paragraph, Paragraph::from_code));
        let flow = wrong.take("flow", code(&self.flow, Flow::from_code));
        let amount = wrong.take("amount_cents", Amount::typed(self.amount_cents));
        let note = wrong.take("note", Line::parse(&self.note));
        let value = (|| {
            let purpose = Purpose::new(paragraph?, Form::Single, Side::Own, flow?);
            Some(NewIncome { region: region?, year: year?, kind: kind?, purpose, amount: amount?, note: note? })
        })();
        wrong.finish(value)
    }
}

/// A transfer to be proposed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferIn {
    year: i16,
    #[schema(value_type = Ident)]
    from_region: String,
    #[schema(value_type = MoneyCode)]
    from_kind: String,
    #[schema(value_type = Ident)]
    to_region: String,
    #[schema(value_type = MoneyCode)]
    to_kind: String,
    amount_cents: i64,
    reason: String,
    resolution: String,
}

impl TransferIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<NewTransfer, Refusals> {
        let mut wrong = Refusals::default();
        let year = wrong.take("year", year_of(self.year));
        let from = (wrong.take("from_region", id(&self.from_region)), wrong.take("from_kind", money(&self.from_kind)));
        let to = (wrong.take("to_region", id(&self.to_region)), wrong.take("to_kind", money(&self.to_kind)));
        let amount = wrong.take("amount_cents", Amount::typed(self.amount_cents));
        let reason = wrong.take("reason", Line::parse(&self.reason));
        let resolution = wrong.take("resolution", Line::parse(&self.resolution));
        let value = (|| {
            let from = TransferPlace { region: from.0?, kind: from.1? };
            let to = TransferPlace { region: to.0?, kind: to.1? };
            Some(NewTransfer { year: year?, from, to, amount: amount?, reason: reason?, resolution: resolution? })
        })();
        wrong.finish(value)
    }
}

/// A decision about a year.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct YearIn {
    year: i16,
    resolution: String,
}

impl YearIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<(i16, Line), Refusals> {
        let mut wrong = Refusals::default();
        let (year, line) =
            (wrong.take("year", year_of(self.year)), wrong.take("resolution", Line::parse(&self.resolution)));
        wrong.finish(year.zip(line))
    }
}

/// What is carried over out of a closed year: an amount, or a share of what was left.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryIn {
    year: i16,
    #[schema(value_type = Ident)]
    region: String,
    #[schema(value_type = MoneyCode)]
    from_kind: String,
    #[schema(value_type = MoneyCode)]
    to_kind: String,
    amount_cents: Option<i64>,
    /// Like `10` or `33,333`.
    percent: Option<String>,
    purpose: String,
    resolution: String,
}

impl CarryIn {
    /// Reads what was sent.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(&self) -> Result<(i16, Carry), Refusals> {
        let mut wrong = Refusals::default();
        let (year, region) = (wrong.take("year", year_of(self.year)), wrong.take("region", id(&self.region)));
        let (from, to) = (wrong.take("from_kind", money(&self.from_kind)), wrong.take("to_kind", money(&self.to_kind)));
        let share = match &self.percent {
            Some(percent) => wrong.take("percent", Percent::parse(percent)).map(Ok),
            None => wrong.take("amount_cents", Amount::typed(self.amount_cents.unwrap_or_default())).map(Err),
        };
        let purpose = wrong.take("purpose", Line::parse(&self.purpose));
        let resolution = wrong.take("resolution", Line::parse(&self.resolution));
        let value = (|| {
            let (region, from, to, share) = (region?, from?, to?, share?);
            Some((year?, Carry { region, from, to, share, purpose: purpose?, resolution: resolution? }))
        })();
        wrong.finish(value)
    }
}
