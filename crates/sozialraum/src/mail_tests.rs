// SPDX-License-Identifier: EUPL-1.2
//! A mail server that fails in every way it can, and what arrives all the same.

use super::Postman;
use crate::config::MailPlace;
use app::access::{found, operator};
use app::letters::mails;
use app::{App, Clock, Db};
use domain::access::{Action, Standing, permit};
use domain::audit::{Deed, DeedKind};
use domain::kernel::{Day, Line, Moment};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

/// How the server treats a conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mood {
    /// Hangs up at once.
    Deaf,
    /// Refuses for now.
    Busy,
    /// Takes the mail and hangs up before it says so.
    Mute,
    /// Takes the mail.
    Kind,
}

type Taken = Arc<Mutex<Vec<String>>>;

async fn converse(stream: TcpStream, mood: Mood, taken: Taken) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    if mood == Mood::Deaf {
        return Ok(());
    }
    write.write_all(b"220 town\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let answer: &[u8] = match word.as_str() {
            "RCPT" if mood == Mood::Busy => b"451 later\r\n",
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    mail.push_str(&line);
                    mail.push('\n');
                }
                taken.lock().unwrap().push(mail);
                if mood == Mood::Mute {
                    return Ok(());
                }
                b"250 taken\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        write.write_all(answer).await?;
    }
    Ok(())
}

/// A server with these moods, one a conversation, kind when they are used up.
async fn server(moods: &'static [Mood]) -> (String, Taken) {
    let (taken, mut moods) = (Taken::default(), moods.iter().copied());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let kept = taken.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let mood = moods.next().unwrap_or(Mood::Kind);
            tokio::spawn(converse(stream, mood, kept.clone()));
        }
    });
    (address, taken)
}

fn postman(server: &str) -> Postman {
    let (from, address) = ("amt@musterhafen.example".to_owned(), "https://sozialraum.musterhafen.example".to_owned());
    Postman::new(&MailPlace { server: server.to_owned(), from, address }).ok().unwrap()
}

fn start() -> Moment {
    Moment::parse("2026-11-23T08:00:00Z").unwrap()
}

/// An office with so many mails in its box, each of another day.
async fn office(mails: i32) -> (App, std::path::PathBuf) {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let number = MADE.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("sozialraum-mail-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let db = Db::open_sqlite(&folder.join("office.sqlite")).unwrap();
    let app = found(&db, Line::parse("Jugendamt Musterhafen").unwrap(), Clock::Fixed(start())).await.unwrap();
    let (office, user) = (app.office(), operator().user);
    let ids: Vec<Uuid> = (0..mails).map(|_| app.fresh()).collect();
    let frame = store::Frame { office, user, now: start(), key: None };
    db.change(frame, move |tx| -> Result<store::Done<Uuid>, app::Failure> {
        let tx = tx.allow(permit(&operator(), Action::ManagePeople, Standing::Office)?);
        let first = Day::parse("2026-11-01")?;
        for (n, id) in (0..).zip(&ids) {
            store::letters::mails::plan(&tx, *id, (user, "marta@musterhafen.example"), first.plus_days(n))?;
        }
        Ok(tx.commit(Deed::new(DeedKind::MailsPlanned, user.0), user.0)?)
    })
    .await
    .unwrap();
    (app, folder)
}

fn name(mail: &str) -> String {
    mail.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned()
}

/// Rounds, minute by minute, until the box is empty for good.
async fn until_empty(app: &App, postman: &Postman) {
    for minute in 0..400 {
        postman.round(&app.at(start().plus_minutes(minute))).await.unwrap();
    }
    assert_eq!(mails::ready(&app.at(start().plus_minutes(9_999))).await.unwrap(), []);
}

#[tokio::test]
async fn no_mail_is_lost_and_none_is_another_twice() {
    use Mood::{Busy, Deaf, Kind, Mute};
    let (address, taken) = server(&[Deaf, Busy, Kind, Mute, Deaf, Busy, Mute, Kind, Deaf]).await;
    let (app, folder) = office(5).await;
    until_empty(&app, &postman(&address)).await;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for mail in taken.lock().unwrap().iter() {
        *seen.entry(name(mail)).or_default() += 1;
    }
    assert_eq!(seen.len(), 5, "every mail arrived");
    // Twice came only what the server took without saying so, under the same name.
    assert_eq!(seen.values().sum::<usize>(), 5 + 2, "{seen:?}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn two_programs_send_each_mail_once() {
    let (address, taken) = server(&[]).await;
    let (app, folder) = office(6).await;
    let (one, other) = (postman(&address), postman(&address));
    let (a, b) = tokio::join!(one.round(&app), other.round(&app));
    assert_eq!(a.unwrap() + b.unwrap(), 6);
    assert_eq!(taken.lock().unwrap().len(), 6);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_program_that_dies_with_a_mail_in_its_hand_loses_nothing() {
    let (address, taken) = server(&[]).await;
    let (app, folder) = office(1).await;
    let mail = mails::ready(&app).await.unwrap().remove(0);
    mails::take(&app, mail.id).await.unwrap();
    // Nobody else sends it while it may be on its way; later somebody does.
    assert_eq!(postman(&address).round(&app.at(start().plus_minutes(14))).await, Ok(0));
    assert_eq!(postman(&address).round(&app.at(start().plus_minutes(15))).await, Ok(1));
    assert_eq!(taken.lock().unwrap().len(), 1);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_mail_says_that_there_is_something_and_nothing_else() {
    let (address, taken) = server(&[]).await;
    let (app, folder) = office(1).await;
    until_empty(&app, &postman(&address)).await;
    let mail = taken.lock().unwrap().remove(0);
    let (head, body) = mail.split_once("\n\n").unwrap();
    assert_eq!(
        body.trim(),
        "Es gibt Aufgaben f=C3=BCr Sie. Bitte melden Sie sich im Programm an.\nhttps://sozialraum.musterhafen.example"
    );
    for line in head.lines() {
        let (key, value) = line.split_once(": ").unwrap();
        match key {
            "From" => assert_eq!(value, "amt@musterhafen.example"),
            "To" => assert_eq!(value, "marta@musterhafen.example"),
            "Subject" => assert_eq!(value, "Es gibt Aufgaben"),
            "Auto-Submitted" => assert_eq!(value, "auto-generated"),
            "Message-ID" | "Date" | "MIME-Version" | "Content-Type" | "Content-Transfer-Encoding" => {}
            other => panic!("{other}: {value}"),
        }
    }
    std::fs::remove_dir_all(folder).unwrap();
}
