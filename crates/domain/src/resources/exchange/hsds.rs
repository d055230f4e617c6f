// SPDX-License-Identifier: EUPL-1.2
//! What the Human Services Data Specification 3.1 (Open Referral) asks of data that carry its name, in our own words:
//! each entity with its fields, what they hold, and which must be there. Read from the published schemas; only facts are
//! kept here, none of their text. `docs/hsds-profil.md` says what of a card goes where.

use std::sync::LazyLock;

/// Versions whose data can be read.
pub const HSDS_VERSIONS: &[&str] = &["3.0", "3.1", "3.2"];

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Feldtyp")]
pub enum Sort {
    /// Text.
    Text,
    /// A number.
    Number,
    /// A UUID.
    Uuid,
    /// An absolute address in the web.
    Uri,
    /// A mail address.
    Email,
    /// A day, `2026-11-23`.
    Day,
    /// A time of day, `16:00:00`.
    Time,
    /// A moment (RFC 3339).
    Moment,
    /// One of these words, with commas between.
    OneOf(&'static str),
    /// Things of another entity.
    Many(&'static str),
    /// A thing of another entity; in tables its id stands in this field.
    One(&'static str, &'static str),
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Pflicht")]
pub enum Need {
    /// No.
    No,
    /// In tables only.
    InTables,
    /// Always.
    Always,
}

/// A field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[doc(alias = "Feld")]
pub struct Fact {
    /// Its name.
    pub field: &'static str,
    /// What it holds.
    pub sort: Sort,
    /// Whether it must be there.
    pub need: Need,
}

/// An entity.
#[derive(Debug, Clone, PartialEq, Eq)]
#[doc(alias = "Tabelle")]
pub struct Entity {
    /// Its name.
    pub name: &'static str,
    /// The file of its table.
    pub file: &'static str,
    /// Its fields.
    pub facts: Vec<Fact>,
}

/// Name, file, fields. `!`: must be there; `+`: must be there in tables; `name:sort`; `*entity`: many of them;
/// `=entity>field`: one of them, in tables by this field.
const TABLE: &[(&str, &str, &str)] = &[
    (
        "organization",
        "organizations.csv",
        "id:uuid! name! alternate_name description! email:email website:uri additional_websites:*url tax_status tax_id \
         year_incorporated:number legal_status logo uri:uri parent_organization_id:uuid contacts:*contact phones:*phone \
         locations:*location attributes:*attribute",
    ),
    (
        "service",
        "services.csv",
        "id:uuid! organization_id:uuid+ program_id:uuid name! alternate_name description url:uri additional_urls:*url \
         email:email status:[active,inactive,defunct,temporarily_closed]! interpretation_services application_process \
         fees_description wait_time fees accreditations eligibility_description minimum_age:number maximum_age:number \
         assured_date:day assurer_email:email licenses alert last_modified:moment phones:*phone schedules:*schedule \
         service_areas:*service_area service_at_locations:*service_at_location languages:*language \
         organization:=organization>organization_id cost_options:*cost_option contacts:*contact \
         capacities:*service_capacity attributes:*attribute",
    ),
    (
        "service_at_location",
        "service_at_location.csv",
        "id:uuid! service_id:uuid+ location_id:uuid+ description service_areas:*service_area contacts:*contact \
         phones:*phone schedules:*schedule location:=location>location_id attributes:*attribute",
    ),
    (
        "location",
        "locations.csv",
        "id:uuid! location_type:[physical,postal,virtual]! url:uri organization_id:uuid name alternate_name description \
         transportation latitude:number longitude:number external_identifier external_identifier_type \
         languages:*language addresses:*address contacts:*contact accessibility:*accessibility phones:*phone \
         schedules:*schedule attributes:*attribute",
    ),
    (
        "address",
        "addresses.csv",
        "id:uuid! location_id:uuid attention address_1! address_2 city! region state_province! postal_code! country! \
         address_type:[physical,postal,virtual]! attributes:*attribute",
    ),
    (
        "phone",
        "phones.csv",
        "id:uuid! location_id:uuid service_id:uuid organization_id:uuid contact_id:uuid service_at_location_id:uuid \
         number! extension:number type description languages:*language attributes:*attribute",
    ),
    (
        "contact",
        "contacts.csv",
        "id:uuid! organization_id:uuid service_id:uuid service_at_location_id:uuid location_id:uuid name title department \
         email:email phones:*phone attributes:*attribute",
    ),
    (
        "schedule",
        "schedules.csv",
        "id:uuid! service_id:uuid location_id:uuid service_at_location_id:uuid valid_from:day valid_to:day dtstart:day \
         timezone:number until:day count:number wkst:[MO,TU,WE,TH,FR,SA,SU] freq:[WEEKLY,MONTHLY] interval:number byday \
         byweekno bymonthday byyearday description opens_at:time closes_at:time schedule_link:uri attending_type notes \
         attributes:*attribute",
    ),
    (
        "service_area",
        "service_areas.csv",
        "id:uuid! service_id:uuid service_at_location_id:uuid name description extent extent_type uri attributes:*attribute",
    ),
    (
        "language",
        "languages.csv",
        "id:uuid! service_id:uuid location_id:uuid phone_id:uuid name code note attributes:*attribute",
    ),
    (
        "accessibility",
        "accessibility.csv",
        "id:uuid! location_id:uuid description details url:uri attributes:*attribute",
    ),
    (
        "cost_option",
        "cost_options.csv",
        "id:uuid! service_id:uuid+ valid_from:day valid_to:day option currency amount:number amount_description \
         attributes:*attribute",
    ),
    (
        "service_capacity",
        "service_capacity.csv",
        "id:uuid! service_id:uuid+ unit:=unit>unit_id! unit_id:uuid+ available:number! maximum:number description \
         updated:moment! attributes:*attribute",
    ),
    ("unit", "units.csv", "id:uuid! name! scheme identifier uri:uri attributes:*attribute"),
    ("url", "url.csv", "id:uuid! label url:uri! organization_id:uuid service_id:uuid attributes:*attribute"),
    (
        "attribute",
        "attributes.csv",
        "id:uuid! link_id:uuid+ taxonomy_term_id:uuid+ link_type link_entity+ value \
         taxonomy_term:=taxonomy_term>taxonomy_term_id label",
    ),
    (
        "taxonomy_term",
        "taxonomy_terms.csv",
        "id:uuid! code name! description! parent_id:uuid taxonomy taxonomy_detail:=taxonomy>taxonomy_id language \
         taxonomy_id:uuid term_uri:uri",
    ),
    ("taxonomy", "taxonomies.csv", "id:uuid! name! description! uri:uri version"),
];

static ENTITIES: LazyLock<Vec<Entity>> = LazyLock::new(|| {
    let entity = |(name, file, fields): &(&'static str, &'static str, &'static str)| Entity {
        name,
        file,
        facts: fields.split_whitespace().map(fact).collect(),
    };
    TABLE.iter().map(entity).collect()
});

fn fact(text: &'static str) -> Fact {
    let (text, need) = match (text.strip_suffix('!'), text.strip_suffix('+')) {
        (Some(text), _) => (text, Need::Always),
        (_, Some(text)) => (text, Need::InTables),
        _ => (text, Need::No),
    };
    let (field, sort) = text.split_once(':').unwrap_or((text, ""));
    Fact { field, sort: sort_of(sort), need }
}

fn sort_of(text: &'static str) -> Sort {
    match text {
        "" => Sort::Text,
        "number" => Sort::Number,
        "uuid" => Sort::Uuid,
        "uri" => Sort::Uri,
        "email" => Sort::Email,
        "day" => Sort::Day,
        "time" => Sort::Time,
        "moment" => Sort::Moment,
        other => match (other.strip_prefix('*'), other.strip_prefix('=').and_then(|one| one.split_once('>'))) {
            (Some(entity), _) => Sort::Many(entity),
            (_, Some((entity, field))) => Sort::One(entity, field),
            _ => Sort::OneOf(other.trim_matches(['[', ']'])),
        },
    }
}

/// All entities that cards need, and those that can be read beside them.
#[must_use]
pub fn entities() -> &'static [Entity] {
    &ENTITIES
}

/// One entity by its name.
#[must_use]
pub fn entity(name: &str) -> Option<&'static Entity> {
    ENTITIES.iter().find(|entity| entity.name == name)
}

impl Entity {
    /// A field by its name.
    #[must_use]
    pub fn fact(&self, field: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.field == field)
    }
}

impl Sort {
    /// Is this text such a thing? Empty texts are none but texts.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        match self {
            Self::Text | Self::Many(_) | Self::One(..) => true,
            Self::Number => text.parse::<f64>().is_ok_and(f64::is_finite),
            Self::Uuid => text.len() == 36 && uuid::Uuid::parse_str(text).is_ok(),
            Self::Uri => is_uri(text),
            Self::Email => crate::access::Email::parse(text).is_ok(),
            Self::Day => is_day(text),
            Self::Time => is_time(text),
            Self::Moment => text.split_once('T').is_some_and(|(day, time)| is_day(day) && is_time(time)),
            Self::OneOf(words) => words.split(',').any(|word| word.replace('_', " ") == text),
        }
    }
}

/// `https://…` with nothing in it that RFC 3986 has not.
fn is_uri(text: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    let rest = text.strip_prefix("https://").or(text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(allowed))
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && crate::kernel::Day::parse(text).is_ok()
}

/// `16:00`, `16:00:00`, with `Z` or a distance from it.
fn is_time(text: &str) -> bool {
    let bare = text.trim_end_matches('Z').split(['+', '.']).next().unwrap_or_default();
    let parts: Vec<Option<u8>> = bare.split(':').map(|part| part.parse().ok()).collect();
    match parts.as_slice() {
        [Some(hour), Some(minute)] => *hour < 24 && *minute < 60,
        [Some(hour), Some(minute), Some(second)] => *hour < 24 && *minute < 60 && *second < 61,
        _ => false,
    }
}
