// SPDX-License-Identifier: EUPL-1.2
//! The same polygons and points with PostGIS, where the server has it.

use crate::ledger::{connect, database};
use std::time::Instant;

/// Points that PostGIS is asked about: it takes its time, and a rate is a rate.
const POINTS: usize = 200_000;
/// Polygons a statement.
const BATCH: usize = 200;

type Place = (i64, i64);

fn shown(error: impl std::fmt::Display) -> String {
    error.to_string()
}

fn metres(mm: i64) -> f64 {
    mm as f64 / 1_000.0
}

/// A ring as well-known text.
fn polygon(ring: &[Place]) -> String {
    let corner = |(x, y): &Place| format!("{} {}", metres(*x), metres(*y));
    let mut corners: Vec<String> = ring.iter().map(corner).collect();
    corners.extend(ring.first().map(corner));
    format!("POLYGON(({}))", corners.join(","))
}

/// Points a second, and the version; why not, if there is none.
pub fn rate(server: Option<&str>, rings: &[Vec<Place>], places: &[Place]) -> Result<(f64, String), String> {
    let server = server.ok_or("no server")?;
    crate::runtime()?.block_on(async {
        let client = connect(&database(server, &format!("points_{}", rings.len())).await?).await?;
        client.batch_execute("CREATE EXTENSION postgis").await.or(Err("the server has no PostGIS".to_owned()))?;
        client
            .batch_execute("CREATE TABLE area (g geometry(Polygon)); CREATE TABLE place (g geometry(Point))")
            .await
            .map_err(shown)?;
        for some in rings.chunks(BATCH) {
            let texts: Vec<String> = some.iter().map(|ring| polygon(ring)).collect();
            let insert = "INSERT INTO area SELECT ST_GeomFromText(t) FROM unnest($1::text[]) t";
            client.execute(insert, &[&texts]).await.map_err(shown)?;
        }
        let some = &places[..places.len().min(POINTS)];
        let (xs, ys): (Vec<f64>, Vec<f64>) = some.iter().map(|(x, y)| (metres(*x), metres(*y))).unzip();
        let insert = "INSERT INTO place SELECT ST_Point(x, y) FROM unnest($1::float8[], $2::float8[]) t (x, y)";
        client.execute(insert, &[&xs, &ys]).await.map_err(shown)?;
        // Each by itself: VACUUM refuses to run beside others.
        for tend in ["CREATE INDEX ON area USING gist (g)", "VACUUM ANALYZE area", "ANALYZE place"] {
            client.batch_execute(tend).await.map_err(shown)?;
        }
        let version: String = client.query_one("SELECT PostGIS_Lib_Version()", &[]).await.map_err(shown)?.get(0);
        let begin = Instant::now();
        let join = "SELECT COUNT(*) FROM place JOIN area ON ST_Intersects(area.g, place.g)";
        let found: i64 = client.query_one(join, &[]).await.map_err(shown)?.get(0);
        let rate = some.len() as f64 / begin.elapsed().as_secs_f64().max(1e-9);
        let enough = usize::try_from(found).unwrap_or_default() * 10 >= some.len() * 9;
        if enough { Ok((rate, version)) } else { Err(format!("PostGIS finds only {found} points")) }
    })
}
