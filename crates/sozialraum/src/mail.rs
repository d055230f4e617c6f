// SPDX-License-Identifier: EUPL-1.2
//! Carries reminders to the office's mail server. What a mail says stands in the messages; nothing of it comes out of
//! a case. A mail keeps its name (`Message-ID`) through all tries: if the server took one and could not say so, the
//! second is known as the same.

use crate::config::MailPlace;
use crate::ending::Ending;
use app::App;
use app::letters::mails::{self, OutMail};
use domain::letters::MAIL_TRIES;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::Duration;
use web::kit::t;

/// How often the box is looked into.
const ROUND: Duration = Duration::from_secs(60);
/// How long a conversation with the server may take; shorter than a mail is taken for.
const PATIENCE: Duration = Duration::from_secs(60);
/// Nobody is reminded at night.
const MORNING: &str = "06:00";

/// Whoever carries the mails of an office.
pub struct Postman {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    address: String,
}

impl Postman {
    /// For this server.
    pub fn new(place: &MailPlace) -> Result<Self, Ending> {
        // The server's address holds its password, so no message repeats it.
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(&place.server).or(Err(Ending::usage(
            "SOZIALRAUM_SMTP ist keine Adresse eines Mailservers (Beispiel: smtps://name:kennwort@mail.amt.example).",
        )))?;
        let from = place.from.parse().or(Err(Ending::usage("SOZIALRAUM_MAIL_FROM ist keine E-Mail-Adresse.")))?;
        Ok(Self { server: server.timeout(Some(PATIENCE)).build(), from, address: place.address.clone() })
    }

    /// Plans and sends until told to stop.
    pub async fn carry(self, app: App) {
        let mut rounds = tokio::time::interval(ROUND);
        loop {
            rounds.tick().await;
            if app.now().clock().as_str() >= MORNING && mails::plan_today(&app).await.is_err() {
                tracing::warn!("reminders of today could not be planned; tried again in a minute");
            }
            if self.round(&app).await.is_err() {
                tracing::warn!("the box of mails could not be read; tried again in a minute");
            }
        }
    }

    /// Sends what may be sent now; answers how many were.
    pub async fn round(&self, app: &App) -> Result<usize, app::Failure> {
        let mut count = 0;
        for mail in mails::ready(app).await? {
            // Somebody else has it.
            if mails::take(app, mail.id).await.is_err() {
                continue;
            }
            let (sent, last) = self.send(&mail).await;
            let tries = if last { MAIL_TRIES } else { mail.tries + 1 };
            mails::settle(app, mail.id, tries, sent).await?;
            count += usize::from(sent);
        }
        Ok(count)
    }

    /// Was it sent, and if not: for good?
    async fn send(&self, mail: &OutMail) -> (bool, bool) {
        let Some(message) = self.message(mail) else { return (false, true) };
        match self.server.send(message).await {
            Ok(_) => (true, false),
            Err(error) => {
                // No address and no answer of the server: both can hold names.
                tracing::warn!(mail = %mail.id, permanent = error.is_permanent(), "a reminder was not sent");
                (false, error.is_permanent())
            }
        }
    }

    fn message(&self, mail: &OutMail) -> Option<Message> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mail.to.parse().ok()?)
            .message_id(Some(format!("<{}@sozialraum>", mail.id)))
            .subject(t("mail-subject"))
            .header(ContentType::TEXT_PLAIN)
            .body(format!("{}\n{}\n", t("mail-body"), self.address))
            .ok()?;
        // RFC 3834: so that nobody's absence note answers.
        let name = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(name, "auto-generated".to_owned()));
        Some(message)
    }
}

#[cfg(test)]
#[path = "mail_tests.rs"]
mod tests;
