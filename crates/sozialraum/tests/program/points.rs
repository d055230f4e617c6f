// SPDX-License-Identifier: EUPL-1.2
//! `locate`: as many lines out as in, each with its space or a reason.

use crate::bench::{Bench, Said};
use crate::shapes::{Dice, District, Place, SIDE, System, at};
use std::fmt::Write;
use std::time::Instant;

const LINES: usize = 200_000;

fn degrees(place: Place) -> String {
    let (latitude, longitude) = at(place).to_wgs84();
    format!("{latitude:.9},{longitude:.9}")
}

/// Points all over the district and its surroundings; those called `s…` lie safely inside of the tile
/// that their name tells, whatever the jags; those called `k…` exactly where tiles meet.
fn points(district: &District) -> String {
    let mut dice = Dice(7);
    let mut text = String::from("id,lat,lon\n");
    for line in 0..LINES {
        let tile = dice.between(0, district.count() - 1);
        let (column, row) = (tile % district.columns, tile / district.columns);
        let part = |share: i64| share * SIDE / 100;
        let (id, place) = match line % 4 {
            0 => {
                let (x, y) = (part(dice.between(25, 35)), part(dice.between(25, 75)));
                (format!("s{line}-{tile}"), degrees((column * SIDE + x, row * SIDE + y)))
            }
            1 if line % 400 == 1 => (format!("k{line}"), degrees(District::corner(column, row))),
            _ => {
                let (wide, high) = (district.columns * SIDE, district.rows * SIDE);
                let x = dice.between(-SIDE, wide + SIDE);
                (format!("p{line}"), degrees((x, dice.between(-SIDE, high + SIDE))))
            }
        };
        match line % 10_000 {
            2 => writeln!(text, "{id},x,y"),
            3 => writeln!(text, "{id},10.0,53.5"),
            6 => writeln!(text, "{id},\"53.5,10.0"),
            7 => writeln!(text),
            11 => writeln!(text, "=1+{line},,"),
            _ => writeln!(text, "{id},{place}"),
        }
        .unwrap();
    }
    text
}

/// Checks every line and tells how many lie on a border.
fn check_lines(district: &District, answers: &str) -> usize {
    let mut reader = csv::Reader::from_reader(answers.as_bytes());
    assert_eq!(reader.headers().unwrap(), &["id", "space", "found", "reason"][..]);
    let (mut lines, mut borders) = (0, 0);
    for row in reader.records() {
        let row = row.unwrap();
        let (id, space, found, reason) = (&row[0], &row[1], &row[2], &row[3]);
        match found {
            "inside" | "border" => assert!(!space.is_empty() && reason.is_empty(), "{row:?}"),
            "outside" | "" => assert!(space.is_empty() && !reason.is_empty(), "{row:?}"),
            other => panic!("{other}: nothing overlaps here"),
        }
        if let Some((_, tile)) = id.strip_prefix('s').and_then(|rest| rest.split_once('-'))
            && !found.is_empty()
        {
            assert_eq!((space, found), ((district.key)(tile.parse().unwrap()).as_str(), "inside"), "{row:?}");
        }
        assert!(!id.starts_with('='), "{row:?}");
        borders += usize::from(found == "border");
        lines += 1;
    }
    assert_eq!(lines, LINES);
    borders
}

fn locate(bench: &Bench, more: &[&str]) -> Said {
    let said = bench.run(&[&["locate", "punkte.csv"], more].concat());
    assert_eq!(said.code, 0, "{said:?}");
    said
}

#[test]
fn two_hundred_thousand_points_each_have_an_answer() {
    let mut answers: Vec<String> = Vec::new();
    for bench in Bench::both() {
        let mut district = District::new(20, 20);
        assert_eq!(bench.import(&bench.file("g.geojson", district.geojson()), &[]).code, 0);
        bench.file("punkte.csv", points(&district));
        let start = Instant::now();
        let said = locate(&bench, &["--output", "a.csv"]);
        println!("{LINES} lines in {:?}: {}", start.elapsed(), said.err.lines().last().unwrap());
        assert!(said.err.contains("Zeilen: 200.000 von 200.000"), "{said:?}");
        answers.push(std::fs::read_to_string(bench.dir.join("a.csv")).unwrap());
        let borders = check_lines(&district, &answers[0]);
        assert!(borders >= 400, "{borders}");
        if bench.is_sqlite() {
            answers.push(locate(&bench, &[]).out);
            district.system = System::Utm32;
            assert_eq!(bench.import(&bench.file("u.geojson", district.geojson()), &[]).code, 0);
            answers.push(locate(&bench, &[]).out);
        }
    }
    assert!(answers.iter().all(|other| *other == answers[0]), "every run answers alike");
}

#[test]
fn a_point_is_located_as_of_a_day() {
    for bench in Bench::both() {
        let district = District::new(3, 3);
        let old = bench.file("alt.geojson", district.geojson());
        // From the second edition on, every tile belongs to the space that was its mirror image.
        let mirrored = District { key: |number| format!("{:08}", 1_053_001 + 8 - number), ..district };
        let new = bench.file("neu.geojson", mirrored.geojson());
        assert_eq!(bench.import(&new, &["--valid-from", "01.01.2025"]).code, 0);
        assert_eq!(bench.import(&old, &["--valid-from", "2024-01-01"]).code, 0);
        bench.file("punkte.csv", format!("id,lat,lon\nx,{}\n", degrees((SIDE / 3, SIDE / 3))));
        for (day, key) in [("2024-01-01", "01053001"), ("31.12.2024", "01053001"), ("01.01.2025", "01053009")] {
            let said = locate(&bench, &["--day", day]);
            assert_eq!(said.out.lines().nth(1), Some(format!("x,{key},inside,").as_str()), "{day}");
        }
        let said = bench.run(&["locate", "punkte.csv", "--day", "31.12.2023"]);
        assert_eq!((said.code, said.out.as_str()), (1, ""));
        assert!(said.err.contains("Am 31.12.2023 gelten weder Grenzen noch Straßen."), "{said:?}");
    }
}
