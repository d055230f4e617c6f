// SPDX-License-Identifier: EUPL-1.2
//! `person add` and `serve`: from an empty directory to a page in the browser.

use crate::bench::Bench;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;

/// Asks for a page of a server; the answer's head and body.
fn get(address: &str, path: &str) -> String {
    let host = address.trim().strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn an_empty_directory_becomes_an_office_with_a_page() {
    for bench in Bench::both() {
        let file = bench.file("geheim", "Ein Satz, den nur ich kenne\n");
        let add = ["person", "add", "--name", "Ada Lund", "--email", "ada@amt.example", "--role", "administrator"];
        let add = [&add[..], &["--password-file", file.to_str().unwrap()]].concat();
        let said = bench.run(&add);
        assert_eq!((said.code, said.out.as_str()), (0, "Das Konto ada@amt.example ist angelegt.\n"), "{said:?}");
        let said = bench.run(&add);
        assert_eq!(said.code, 1, "{said:?}");
        assert!(said.err.contains("schon ein Konto"), "{said:?}");

        let mut child = bench.start(&["serve", "--listen", "127.0.0.1:0"]);
        let mut address = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let page = get(&address, "/anmelden");
        assert!(page.starts_with("HTTP/1.1 200") && page.contains("Passwort"), "{page}");
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn posts_that_do_not_fit_leave_no_account_behind() {
    let bench = Bench::sqlite();
    let file = bench.file("geheim", "Ein Satz, den nur ich kenne\n");
    let add = |more: &[&str]| {
        let who = ["person", "add", "--name", "Ada Lund", "--email", "ada@amt.example"];
        bench.run(&[&who[..], &["--password-file", file.to_str().unwrap()], more].concat())
    };
    for (more, words) in [
        (&["--role", "case-worker"][..], "--team NAME"),
        (&["--role", "case-worker", "--team", "Nirgends"], "gibt es hier nicht"),
        (&["--role", "agency-lead"], "--agency NAME"),
        (&["--role", "finance", "--region", "Nord"], "im ganzen Haus"),
        (&["--role", "boss"], "Bekannt sind: case-worker"),
    ] {
        let said = add(more);
        assert!(said.code != 0 && said.err.contains(words), "{more:?}: {said:?}");
    }
    assert_eq!(add(&[]).code, 0);
}

#[test]
fn the_demo_never_shows_a_real_office() {
    let bench = Bench::sqlite();
    let file = bench.file("geheim", "Ein Satz, den nur ich kenne\n");
    let add = ["person", "add", "--name", "Ada Lund", "--email", "ada@amt.example"];
    assert_eq!(bench.run(&[&add[..], &["--password-file", file.to_str().unwrap()]].concat()).code, 0);
    let said = bench.run(&["demo", "--listen", "127.0.0.1:0"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("keine Musterstadt"), "{said:?}");
}
