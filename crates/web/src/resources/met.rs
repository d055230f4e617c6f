// SPDX-License-Identifier: EUPL-1.2
//! Two people wrote on the same card: both are shown, field by field, and whoever came second decides.

use super::card::{filled, with_fields};
use crate::kit::{FormData, FormView, Oops, SignedIn, Web, filters, t};
use app::resources;
use askama::Template;
use askama::filters::HtmlSafe;
use domain::kernel::{CardId, MergePiece, Side};
use domain::resources::{CardContent, MetField, meet_cards};

/// What the two changed.
#[derive(Debug, Template)]
#[template(path = "resources/met.html")]
pub struct MetView {
    fields: Vec<MetField>,
}

impl HtmlSafe for MetView {}

/// The form with both people's changes in it, upon the card as it is now, and what each of them changed.
pub async fn meet(
    web: &Web,
    who: &SignedIn,
    id: CardId,
    (form, mine): (&FormData, &CardContent),
) -> Result<(FormView, Option<MetView>), Oops> {
    let now = resources::page(&web.app, &who.actor, id).await?;
    let base = FormData::of_query(form.value("before"))?;
    let met = meet_cards(base.fields(), mine, &now.card.content);
    // Typed anew: only what stands on the card now goes along as what it was.
    let view = FormView::new("card", web.app.fresh()).with("space", form.value("space"));
    let (seen, before) = (now.card.changed.to_string(), filled(web.app.fresh(), &now).typed("before").to_owned());
    let view = with_fields(view.with("seen", seen).with("before", before), met.values);
    Ok((view, Some(MetView { fields: met.fields })))
}

impl MetView {
    fn is_clean(&self) -> bool {
        self.fields.iter().all(|one| one.merge.is_clean())
    }

    fn label(&self, field: &MetField) -> String {
        t(&format!("card-{}", field.field.replace('_', "-")))
    }

    /// Message of who changed a piece; what both have needs none.
    fn whose(&self, piece: &MergePiece) -> Option<&'static str> {
        match piece.side {
            Side::Mine => Some("merge-mine"),
            Side::Theirs => Some("merge-theirs"),
            Side::Clash => Some("merge-clash"),
            Side::Both => None,
        }
    }

    fn is_clash(&self, piece: &MergePiece) -> bool {
        piece.side == Side::Clash
    }

    fn changed<'a>(&self, piece: &'a MergePiece) -> &'a str {
        if piece.side == Side::Theirs { &piece.theirs } else { &piece.mine }
    }

    /// Codes are said in words.
    fn said(&self, field: &MetField, text: &str) -> String {
        let kind = match field.field {
            "kind" => "card-kind",
            "topics" => "topic",
            "languages" => "lang",
            "barriers" => "barrier",
            "cost" => "cost",
            "visibility" | "consent_scope" => "visibility",
            "consent_form" => "consent-form",
            _ => return text.to_owned(),
        };
        text.split(' ')
            .filter(|code| !code.is_empty())
            .map(|code| t(&format!("{kind}-{code}")))
            .collect::<Vec<_>>()
            .join(", ")
    }
}
