// SPDX-License-Identifier: EUPL-1.2
//! What everybody may take away: calendar, feed, points, table. The same search as the page, and nothing that the page
//! does not show.

use super::ask::{self, Question};
use super::view::{CardView, View};
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Id, Oops, Web, t};
use app::resources::{self, CardRow};
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use domain::kernel::CardId;
use domain::resources::Viewer;
use domain::resources::search::Asked;
use serde_json::{Value, json};

/// Most cards in a file.
const MOST: usize = 5_000;
/// Most entries of a feed.
const NEWS: usize = 50;

/// All public cards that answer a question, up to a number.
pub(super) async fn all(web: &Web, asked: Question, (most, newest): (usize, bool)) -> Result<Vec<CardRow>, Oops> {
    let asked = Question { alt: String::new(), beendet: String::new(), ..asked };
    let (mut question, _) = ask::read(web, asked, ("/angebote", false)).await?;
    question.filter.newest = newest;
    let mut rows: Vec<CardRow> = Vec::new();
    loop {
        let limit = (most - rows.len()).min(500);
        let step = Asked { limit, ..question.clone() };
        let found = resources::search(&web.app, Viewer::public(), step).await?;
        rows.extend(found.cards.into_iter().map(resources::Listed::into_row));
        match found.next {
            Some(next) if rows.len() < most => question.after = Some(next),
            _ => return Ok(rows),
        }
    }
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn calendar_of(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    Ok(ics(&web, &[row]))
}

pub async fn calendar(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    Ok(ics(&web, &all(&web, asked, (MOST, false)).await?))
}

pub async fn atom(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let rows = all(&web, asked, (NEWS, true)).await?;
    let updated = rows.first().map_or(web.app.now(), |row| row.added_at).rfc3339();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
         <id>urn:uuid:{}</id><title>{}</title><updated>{updated}</updated><author><name>{}</name></author>\n",
        web.app.office(),
        escaped(&t("public-title")),
        escaped(&web.office)
    );
    for row in &rows {
        feed += &format!(
            "<entry><id>urn:uuid:{id}</id><title>{}</title><link href=\"/angebote/{id}\"/><updated>{}</updated><summary>{}</summary></entry>\n",
            escaped(row.content.name.as_str()),
            row.added_at.rfc3339(),
            escaped(row.content.about.as_str()),
            id = row.id
        );
    }
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed + "</feed>\n").into_response())
}

pub async fn geojson(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let rows = all(&web, asked, (MOST, false)).await?;
    let features: Vec<Value> = rows.iter().map(feature).collect();
    let body = json!({ "type": "FeatureCollection", "features": features }).to_string();
    Ok(([(CONTENT_TYPE, "application/geo+json")], body).into_response())
}

pub async fn csv(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let rows = all(&web, asked, (MOST, false)).await?;
    let labels = ["name", "kind", "topics", "about", "space", "place", "contact", "web", "times", "confirmed-on"];
    let head = labels.iter().map(|label| t(&format!("card-{label}"))).collect();
    let sheet = Sheet { head, rows: rows.iter().map(|row| line(&web, row)).collect() };
    Ok(sheet.file("angebote", "csv"))
}

// Texts -----------------------------------------------------------------------------------------------

fn line(web: &Web, row: &CardRow) -> Vec<Cell> {
    let view = CardView::of(row, View::Public, web.app.today());
    let text =
        |line: &Option<domain::kernel::Line>| line.as_ref().map(|line| line.as_str().to_owned()).unwrap_or_default();
    let content = &row.content;
    let cells = [
        view.name,
        t(&format!("card-kind-{}", view.kind)),
        view.topics.join(", "),
        view.about,
        view.space.unwrap_or_default(),
        text(&content.place),
        text(&content.contact),
        text(&content.web),
        view.times.join("; "),
        row.confirmed_on.german(),
    ];
    cells.into_iter().map(Cell::from).collect()
}

/// A point, or no geometry: a card of a private person, or one whose place is not known.
fn feature(row: &CardRow) -> Value {
    let degrees = row.content.point.as_ref().and_then(|line| {
        let mut parts = line.as_str().split([',', ';']).map(|part| part.trim().parse::<f64>().ok());
        Some((parts.next()??, parts.next()??))
    });
    let geometry =
        degrees.map(|(latitude, longitude)| json!({ "type": "Point", "coordinates": [longitude, latitude] }));
    let mut properties: serde_json::Map<String, Value> = serde_json::Map::new();
    for (name, value) in row.content.fields() {
        if !super::hsds::is_inside(name) {
            properties.insert(name.to_owned(), value.into());
        }
    }
    properties.insert("space".to_owned(), row.space_name.clone().into());
    properties.insert("confirmed_on".to_owned(), row.confirmed_on.to_string().into());
    json!({ "type": "Feature", "id": row.id.to_string(), "geometry": geometry, "properties": properties })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Rules of summer time for calendars that do not know Berlin.
const ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:DAYLIGHT\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
    DTSTART:19810329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nBEGIN:STANDARD\r\nTZOFFSETFROM:+0200\r\n\
    TZOFFSETTO:+0100\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

fn ics(web: &Web, rows: &[CardRow]) -> Response {
    let (now, today) = (stamp(&web.app.now().rfc3339()), web.app.today());
    let mut text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sozialraum//Angebote//DE\r\n{ZONE}");
    for row in rows {
        for (number, time) in row.content.times.iter().enumerate() {
            let lines = time.to_calendar(today);
            if lines.is_empty() {
                continue;
            }
            text += &format!("BEGIN:VEVENT\r\nUID:{}-{number}@sozialraum\r\nDTSTAMP:{now}\r\n", row.id);
            lines.iter().for_each(|line| text += &folded(line));
            text += &folded(&format!("SUMMARY:{}", calendar_text(row.content.name.as_str())));
            text += &folded(&format!("DESCRIPTION:{}", calendar_text(row.content.about.as_str())));
            if let Some(place) = &row.content.place {
                text += &folded(&format!("LOCATION:{}", calendar_text(place.as_str())));
            }
            text += "END:VEVENT\r\n";
        }
    }
    text += "END:VCALENDAR\r\n";
    let kind = (CONTENT_TYPE, "text/calendar; charset=utf-8");
    ([kind, (CONTENT_DISPOSITION, "attachment; filename=\"angebote.ics\"")], text).into_response()
}

/// `2026-11-23T09:00:00Z` → `20261123T090000Z`.
fn stamp(rfc3339: &str) -> String {
    let whole = rfc3339.split('.').next().unwrap_or_default().trim_end_matches('Z');
    format!("{}Z", whole.replace(['-', ':'], ""))
}

fn calendar_text(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Lines of at most 75 bytes, never through the middle of a letter (RFC 5545, 3.1).
fn folded(line: &str) -> String {
    let (mut out, mut length) = (String::new(), 0);
    for c in line.chars() {
        if length + c.len_utf8() > 74 {
            out += "\r\n ";
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = format!("SUMMARY:{}", "ä".repeat(80));
        let out = folded(&line);
        assert!(out.split("\r\n").all(|part| part.len() <= 75) && out.replace("\r\n ", "").trim_end() == line);
        assert_eq!(calendar_text("a, b; c\n"), "a\\, b\\; c\\n");
        assert_eq!(stamp("2026-11-23T09:00:00Z"), "20261123T090000Z");
    }
}
