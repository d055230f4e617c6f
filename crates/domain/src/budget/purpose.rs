// SPDX-License-Identifier: EUPL-1.2
//! What money is for, as the expenditure statistics ask (Teil IV der Kinder- und Jugendhilfestatistik, § 99(10)
//! SGB VIII): with these five answers at every booking the lines fall out of the book.

use crate::access::codes;
use crate::kernel::{Refusal, Rule};

/// The paragraph belongs to another kind of money.
pub const PARAGRAPH_OF_OTHER_KIND: Rule =
    Rule::new("budget.paragraph_of_other_kind", "§§ 27 ff., 36a(2), 74, 80 SGB VIII");

use super::pot::MoneyKind;

codes! {
    /// The paragraph of SGB VIII that money is spent under.
    #[doc(alias = "Paragraf")]
    #[doc(alias = "Hilfeart")]
    Paragraph {
        /// Jugendarbeit.
        YouthWork = "11",
        /// Jugendsozialarbeit.
        YouthSocialWork = "13",
        /// Schulsozialarbeit.
        SchoolSocialWork = "13a",
        /// Erzieherischer Jugendschutz.
        YouthProtection = "14",
        /// Förderung der Erziehung in der Familie.
        FamilyEducation = "16",
        /// Beratung bei Trennung und Scheidung.
        SeparationCounselling = "17",
        /// Beratung bei der Personensorge.
        CustodyCounselling = "18",
        /// Gemeinsame Wohnformen für Mütter, Väter und Kinder.
        ParentAndChild = "19",
        /// Versorgung in Notsituationen.
        Emergency = "20",
        /// Tageseinrichtungen und Tagespflege.
        DayCare = "22",
        /// Flexible Hilfe.
        Flexible = "27-2",
        /// Erziehungsberatung.
        Counselling = "28",
        /// Soziale Gruppenarbeit.
        GroupWork = "29",
        /// Erziehungsbeistand.
        SocialAssistant = "30",
        /// Sozialpädagogische Familienhilfe.
        FamilySupport = "31",
        /// Tagesgruppe.
        DayGroup = "32",
        /// Vollzeitpflege.
        FosterCare = "33",
        /// Heimerziehung, betreutes Wohnen.
        Residential = "34",
        /// Intensive Einzelbetreuung.
        IntensiveSupport = "35",
        /// Eingliederungshilfe.
        Inclusion = "35a",
        /// Hilfe für junge Volljährige.
        YoungAdults = "41",
        /// Inobhutnahme.
        TakingIntoCare = "42",
    }
}

impl Paragraph {
    /// Does a single person have a claim to it that no budget limits?
    #[must_use]
    pub const fn is_claim(self) -> bool {
        matches!(
            self,
            Self::ParentAndChild
                | Self::Flexible
                | Self::Counselling
                | Self::GroupWork
                | Self::SocialAssistant
                | Self::FamilySupport
                | Self::DayGroup
                | Self::FosterCare
                | Self::Residential
                | Self::IntensiveSupport
                | Self::Inclusion
                | Self::YoungAdults
                | Self::TakingIntoCare
        )
    }

    /// May money of this kind be spent under this paragraph? A grant (kind C) never pays for an individual claim.
    /// Direct access (kind B) reaches ambulatory help, above all counselling (§ 36a(2)), and § 20.
    ///
    /// # Errors
    /// [`PARAGRAPH_OF_OTHER_KIND`].
    pub fn fits(self, kind: MoneyKind) -> Result<(), Refusal> {
        let ambulatory = matches!(
            self,
            Self::Emergency
                | Self::FamilyEducation
                | Self::Counselling
                | Self::GroupWork
                | Self::SocialAssistant
                | Self::FamilySupport
                | Self::Flexible
        );
        let fits = match kind {
            MoneyKind::IndividualClaim => self.is_claim() || self == Self::Emergency,
            MoneyKind::DirectAccess => ambulatory,
            MoneyKind::Grant => !self.is_claim(),
            MoneyKind::TopSlice => true,
        };
        if fits { Ok(()) } else { Err(PARAGRAPH_OF_OTHER_KIND.broken_at("paragraph")) }
    }
}

codes! {
    /// For one, for a group, or for a facility.
    #[doc(alias = "Einzel- oder Gruppenhilfe, Einrichtung")]
    Form {
        /// Help for one person or family.
        Single = "single",
        /// Help for a group.
        Group = "group",
        /// A facility.
        Facility = "facility",
    }
}

codes! {
    /// Whose service it is.
    #[doc(alias = "Trägerschaft")]
    Side {
        /// The office's own.
        Own = "own",
        /// An independent agency's.
        Independent = "independent",
    }
}

codes! {
    /// Product of the municipal budget.
    #[doc(alias = "Produktgruppe")]
    Product {
        /// Förderung von Kindern in Tageseinrichtungen und in Tagespflege.
        DayCare = "361",
        /// Jugendarbeit.
        YouthWork = "362",
        /// Sonstige Leistungen der Kinder-, Jugend- und Familienhilfe.
        OtherServices = "363",
        /// Tageseinrichtungen für Kinder.
        DayCareFacilities = "365",
        /// Einrichtungen der Jugendarbeit.
        YouthFacilities = "366",
        /// Sonstige Einrichtungen.
        OtherFacilities = "367",
    }
}

codes! {
    /// Type of expense or income.
    #[doc(alias = "Ausgabeart, Einnahmeart")]
    Flow {
        /// Benefits, and own staff.
        Benefits = "benefits",
        /// Grants to independent agencies.
        Grants = "grants",
        /// Income: fees for use.
        Fees = "fees",
        /// Income: contributions to costs, transferred claims (§§ 90 ff.).
        Contributions = "contributions",
        /// Income: refunds of costs and repayments (§§ 89 ff.).
        Refunds = "refunds",
        /// Income: other.
        OtherIncome = "other-income",
    }
}

impl Flow {
    /// Does it come in?
    #[must_use]
    pub const fn is_income(self) -> bool {
        matches!(self, Self::Fees | Self::Contributions | Self::Refunds | Self::OtherIncome)
    }
}

/// What money is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[doc(alias = "Verwendungszweck")]
pub struct Purpose {
    /// Under which paragraph.
    pub paragraph: Paragraph,
    /// For whom.
    pub form: Form,
    /// Whose service.
    pub side: Side,
    /// In which product.
    pub product: Product,
    /// Type of expense or income.
    pub flow: Flow,
}

impl Purpose {
    /// With the product that follows from paragraph and form.
    #[must_use]
    pub const fn new(paragraph: Paragraph, form: Form, side: Side, flow: Flow) -> Self {
        let product = match (paragraph, form) {
            (Paragraph::YouthWork, Form::Facility) => Product::YouthFacilities,
            (Paragraph::YouthWork, _) => Product::YouthWork,
            (Paragraph::DayCare, Form::Facility) => Product::DayCareFacilities,
            (Paragraph::DayCare, _) => Product::DayCare,
            (_, Form::Facility) => Product::OtherFacilities,
            _ => Product::OtherServices,
        };
        Self { paragraph, form, side, product, flow }
    }

    /// The line of Teil IV that it belongs to: `E…` for help to persons and groups, `F…` for facilities.
    #[must_use]
    pub const fn line(&self) -> &'static str {
        use Paragraph as P;
        match (self.form, self.paragraph) {
            (Form::Facility, P::YouthWork) => "F10",
            (Form::Facility, P::YouthSocialWork | P::SchoolSocialWork) => "F15",
            (
                Form::Facility,
                P::YouthProtection
                | P::FamilyEducation
                | P::SeparationCounselling
                | P::CustodyCounselling
                | P::Emergency,
            ) => "F20",
            (Form::Facility, P::ParentAndChild) => "F25",
            (Form::Facility, P::DayCare) => "F30",
            (Form::Facility, P::Counselling) => "F40",
            (Form::Facility, _) => "F45",
            (_, P::YouthWork) => "E10",
            (_, P::YouthSocialWork | P::SchoolSocialWork) => "E15",
            (_, P::ParentAndChild) => "E25",
            (
                _,
                P::YouthProtection
                | P::FamilyEducation
                | P::SeparationCounselling
                | P::CustodyCounselling
                | P::Emergency,
            ) => "E20",
            (_, P::DayCare) => "E30",
            (_, other) => other.code(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_never_pays_a_claim_and_claims_are_not_capped_money() {
        for paragraph in Paragraph::ALL {
            assert_eq!(paragraph.fits(MoneyKind::Grant).is_ok(), !paragraph.is_claim(), "{paragraph:?}");
        }
        assert!(Paragraph::YouthWork.fits(MoneyKind::IndividualClaim).is_err());
        assert!(Paragraph::Counselling.fits(MoneyKind::DirectAccess).is_ok());
        assert!(Paragraph::Residential.fits(MoneyKind::DirectAccess).is_err());
    }

    #[test]
    fn every_purpose_has_its_line_and_product() {
        let of = |paragraph, form| Purpose::new(paragraph, form, Side::Independent, Flow::Grants);
        assert_eq!(of(Paragraph::YouthWork, Form::Group).line(), "E10");
        assert_eq!(of(Paragraph::YouthWork, Form::Facility).product, Product::YouthFacilities);
        assert_eq!(of(Paragraph::FamilyEducation, Form::Group).line(), "E20");
        assert_eq!(of(Paragraph::FamilySupport, Form::Single).line(), "31");
        assert_eq!(of(Paragraph::FamilySupport, Form::Single).product, Product::OtherServices);
        assert_eq!(of(Paragraph::Counselling, Form::Facility).line(), "F40");
    }
}
