// SPDX-License-Identifier: EUPL-1.2
//! What everybody may take away: calendar, feed, points, table. The same search as the page, and nothing that the page
//! does not show.

use super::ask::{self, Question};
use super::hsds_files::grown;
use super::public::outside;
use super::view::{CardView, View};
use crate::kit::form::fingerprint;
use crate::kit::sheet::{Cell, Sheet};
use crate::kit::{Id, Oops, Web, t};
use app::resources::{self, CardRow};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HOST};
use axum::response::{IntoResponse, Response};
use domain::kernel::CardId;
use domain::resources::Viewer;
use domain::resources::search::Asked;
use serde_json::{Value, json};

/// Most entries of a feed.
const NEWS: usize = 50;

/// The public cards that answer a question and were written last.
async fn news(web: &Web, asked: Question) -> Result<Vec<CardRow>, Oops> {
    let (mut question, _) = ask::read(web, outside(asked), ("/angebote", false)).await?;
    question.filter.newest = true;
    let found = resources::search(&web.app, Viewer::public(), Asked { limit: NEWS, ..question }).await?;
    Ok(found.cards.into_iter().map(resources::Listed::into_row).collect())
}

/// A file of all public cards that answer a question, however many: they come a step at a time, and one such file is
/// made at a time.
async fn of_all<T: Send + 'static>(
    web: &Web,
    asked: Question,
    begun: T,
    grow: fn(&Web, &mut T, Vec<CardRow>) -> std::io::Result<()>,
) -> Result<T, Oops> {
    let _making = resources::one_at_a_time(&web.app).await;
    grown(web, asked, begun, grow).await
}

// Handlers --------------------------------------------------------------------------------------------

pub async fn calendar_of(State(web): State<Web>, Id(id): Id<CardId>) -> Result<Response, Oops> {
    let row = resources::one(&web.app, Viewer::public(), id).await?;
    let mut text = String::new();
    events(&web, &mut text, &row);
    Ok(ics(&text))
}

pub async fn calendar(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let text = of_all(&web, asked, String::new(), |web, text, rows| {
        rows.iter().for_each(|row| events(web, text, row));
        Ok(())
    });
    Ok(ics(&text.await?))
}

pub async fn atom(State(web): State<Web>, headers: HeaderMap, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let base = escaped(&format!("https://{host}"));
    let (page, own) = (asked.link("/angebote", None), asked.link("/angebote.atom", None));
    // Each question is a feed of its own.
    let id = fingerprint(&web.app.office().to_string(), page.as_bytes());
    let rows = news(&web, asked).await?;
    let updated = rows.iter().map(|row| row.written_at).max().unwrap_or(web.app.now()).rfc3339();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\">\n\
         <id>urn:uuid:{id}</id><title>{}</title><updated>{updated}</updated><author><name>{}</name></author>\n\
         <link rel=\"self\" href=\"{base}{}\"/><link href=\"{base}{}\"/>\n",
        escaped(&t("public-title")),
        escaped(&web.office),
        escaped(&own),
        escaped(&page),
    );
    rows.iter().for_each(|row| feed += &news_of(row, &base));
    Ok(([(CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed + "</feed>\n").into_response())
}

pub async fn geojson(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let begun = b"{\"features\":[".to_vec();
    let mut body = of_all(&web, asked, begun, |_, body, rows| {
        for row in &rows {
            if !body.ends_with(b"[") {
                body.push(b',');
            }
            serde_json::to_writer(&mut *body, &feature(row))?;
        }
        Ok(())
    })
    .await?;
    body.extend_from_slice(b"],\"type\":\"FeatureCollection\"}");
    Ok(([(CONTENT_TYPE, "application/geo+json")], body).into_response())
}

pub async fn csv(State(web): State<Web>, Query(asked): Query<Question>) -> Result<Response, Oops> {
    let labels = ["name", "kind", "topics", "about", "space", "place", "contact", "web", "times", "confirmed-on"];
    let head = labels.iter().map(|label| t(&format!("card-{label}"))).collect();
    let lines = of_all(&web, asked, Vec::new(), |web, lines, rows| {
        lines.extend(rows.iter().map(|row| line(web, row)));
        Ok(())
    });
    Ok(Sheet { head, rows: lines.await? }.file("angebote", "csv"))
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

/// The dates of a card.
fn events(web: &Web, text: &mut String, row: &CardRow) {
    let (now, today) = (stamp(&web.app.now().rfc3339()), web.app.today());
    for (number, time) in row.content.times.iter().enumerate() {
        let lines = time.to_calendar(today);
        if lines.is_empty() {
            continue;
        }
        *text += &format!("BEGIN:VEVENT\r\nUID:{}-{number}@sozialraum\r\nDTSTAMP:{now}\r\n", row.id);
        lines.iter().for_each(|line| *text += &folded(line));
        *text += &folded(&format!("SUMMARY:{}", calendar_text(row.content.name.as_str())));
        *text += &folded(&format!("DESCRIPTION:{}", calendar_text(row.content.about.as_str())));
        if let Some(place) = &row.content.place {
            *text += &folded(&format!("LOCATION:{}", calendar_text(place.as_str())));
        }
        *text += "END:VEVENT\r\n";
    }
}

/// A calendar with these dates.
fn ics(events: &str) -> Response {
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Sozialraum//Angebote//DE\r\n";
    let text = [head, ZONE, events, "END:VCALENDAR\r\n"].concat();
    let kind = (CONTENT_TYPE, "text/calendar; charset=utf-8");
    ([kind, (CONTENT_DISPOSITION, "attachment; filename=\"angebote.ics\"")], text).into_response()
}

/// A card in the feed; changed ones come up again.
fn news_of(row: &CardRow, base: &str) -> String {
    format!(
        "<entry><id>urn:uuid:{id}</id><title>{}</title><link href=\"{base}/angebote/{id}\"/><updated>{}</updated><summary>{}</summary></entry>\n",
        escaped(row.content.name.as_str()),
        row.written_at.rfc3339(),
        escaped(row.content.about.as_str()),
        id = row.id
    )
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
