// SPDX-License-Identifier: EUPL-1.2
//! Third-party styles, fonts and the map: fetched by the lock file, laid beside our own, never committed.

use crate::run::{Outcome, root, succeed, target, which};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The cuts of Fira Sans that the pages use, as the package names its style sheets.
const CUTS: &[&str] = &["400", "400-italic", "600"];
/// The alphabets: German, then Turkish, Polish, Romanian, then Ukrainian, Russian.
const ALPHABETS: &[&str] = &["latin", "latin-ext", "cyrillic"];

/// The package comes without the text of its licence.
const PMTILES_LICENSE: &str = "PMTiles, Copyright Protomaps LLC and contributors, licensed under BSD-3-Clause: \
    redistribution and use in source and binary forms, with or without modification, are permitted provided that this \
    notice and the conditions of https://spdx.org/licenses/BSD-3-Clause.html are kept. Provided as is, without warranty.\n";

/// Makes `crates/web/assets/vendor` complete.
pub fn provide() -> Outcome {
    let modules = root().join("node_modules");
    fetch(&modules)?;
    let vendor = root().join("crates/web/assets/vendor");
    fs::create_dir_all(&vendor).map_err(|e| format!("{}: {e}", vendor.display()))?;
    lay_kern(&modules.join("@kern-ux/native"), &vendor)?;
    lay_fonts(&modules.join("@fontsource/fira-sans"), &vendor)?;
    lay_map(&modules, &vendor)
}

/// `npm ci`, unless the last one was for the same lock file.
fn fetch(modules: &Path) -> Outcome {
    let lock = read(&root().join("package-lock.json"))?;
    let stamp = target().join("assets.stamp");
    if modules.is_dir() && fs::read(&stamp).is_ok_and(|seen| seen == lock) {
        return Ok(());
    }
    if which("npm").is_none() {
        return Err("npm is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)".into());
    }
    let mut npm = Command::new("npm");
    succeed(npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]).current_dir(root()))?;
    fs::create_dir_all(target()).map_err(|e| format!("{}: {e}", target().display()))?;
    put(&stamp, &lock)
}

fn lay_kern(package: &Path, vendor: &Path) -> Outcome {
    let css = read(&package.join("dist/kern.min.css"))?;
    let text = String::from_utf8_lossy(&css);
    if let Some(url) = foreign_url(&text) {
        return Err(format!("kern.min.css wants to load {url}: pages may only load what this server serves"));
    }
    put(&vendor.join("kern.min.css"), &css)?;
    put(&vendor.join("KERN-LICENSE.md"), &read(&package.join("LICENSE.md"))?)
}

fn lay_fonts(package: &Path, vendor: &Path) -> Outcome {
    let mut sheet = String::from("/* Fira Sans, SIL Open Font License 1.1, see FIRA-SANS-LICENSE.txt */\n");
    for cut in CUTS {
        let css = read(&package.join(format!("{cut}.css")))?;
        for face in faces(&String::from_utf8_lossy(&css)) {
            let file = format!("{}.woff2", face.name);
            put(&vendor.join(&file), &read(&package.join("files").join(&file))?)?;
            sheet.push_str(&face.css);
        }
    }
    put(&vendor.join("fonts.css"), sheet.as_bytes())?;
    put(&vendor.join("FIRA-SANS-LICENSE.txt"), &read(&package.join("LICENSE"))?)
}

/// The map: the library, its worker, its sheet, and the reader of base maps. Only pages with a map load them.
fn lay_map(modules: &Path, vendor: &Path) -> Outcome {
    let (map, tiles) = (modules.join("maplibre-gl"), modules.join("pmtiles"));
    let css = read(&map.join("dist/maplibre-gl.css"))?;
    if let Some(url) = foreign_url(&String::from_utf8_lossy(&css)) {
        return Err(format!("maplibre-gl.css wants to load {url}: pages may only load what this server serves"));
    }
    put(&vendor.join("maplibre-gl.css"), &css)?;
    for script in ["maplibre-gl.mjs", "maplibre-gl-worker.mjs"] {
        put(&vendor.join(script), &without_source_map(&read(&map.join("dist").join(script))?))?;
    }
    put(&vendor.join("pmtiles.js"), &without_source_map(&read(&tiles.join("dist/pmtiles.js"))?))?;
    put(&vendor.join("MAPLIBRE-LICENSE.txt"), &read(&map.join("LICENSE.txt"))?)?;
    put(&vendor.join("PMTILES-LICENSE.txt"), PMTILES_LICENSE.as_bytes())
}

/// A script without the last line that points to a file which is not served.
fn without_source_map(script: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(script);
    let kept = text.lines().filter(|line| !line.starts_with("//# sourceMappingURL="));
    kept.fold(String::with_capacity(text.len()), |all, line| all + line + "\n").into_bytes()
}

/// One `@font-face` that we keep.
struct Face {
    name: String,
    css: String,
}

/// The faces of the wanted alphabets, loading only the woff2 file beside the sheet.
fn faces(css: &str) -> Vec<Face> {
    css.split("@font-face").skip(1).filter_map(face).collect()
}

fn face(block: &str) -> Option<Face> {
    let name = block.split("url(./files/").nth(1)?.split(".woff2").next()?.to_owned();
    let alphabet = name.strip_prefix("fira-sans-")?.rsplitn(3, '-').nth(2)?;
    if !ALPHABETS.contains(&alphabet) {
        return None;
    }
    let value = |property: &str| {
        let start = format!("{property}:");
        block.lines().find_map(|line| line.trim().strip_prefix(&start)).map(|v| v.trim().trim_end_matches(';'))
    };
    let (style, weight, range) = (value("font-style")?, value("font-weight")?, value("unicode-range")?);
    let css = format!(
        "@font-face{{font-family:'Fira Sans';font-style:{style};font-weight:{weight};font-display:swap;\
         src:url({name}.woff2) format('woff2');unicode-range:{range}}}\n"
    );
    Some(Face { name, css })
}

/// The first `url(…)` that is not a picture inside the sheet itself.
fn foreign_url(css: &str) -> Option<&str> {
    css.split("url(")
        .skip(1)
        .map(|rest| rest.trim_start_matches(['"', '\'']))
        .find_map(|rest| if rest.starts_with("data:") { None } else { rest.split(')').next() })
}

fn read(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|e| format!("{}: {e}", path.display()))
}

/// Writes only what changed, so that nothing is built anew for nothing.
fn put(path: &Path, content: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    fs::write(path, content).map_err(|e| format!("{}: {e}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "/* x */ @font-face {\n  font-style: italic;\n  font-weight: 400;\n  \
        src: url(./files/fira-sans-latin-ext-400-italic.woff2) format('woff2'), url(./files/a.woff) format('woff');\n  \
        unicode-range: U+0100-02BA;\n}\n@font-face {\n font-style: normal;\n font-weight: 400;\n \
        src: url(./files/fira-sans-greek-400-normal.woff2) format('woff2');\n unicode-range: U+0370;\n}";

    #[test]
    fn keeps_the_wanted_alphabets_and_loads_them_from_beside_the_sheet() {
        let kept = faces(SHEET);
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].name, "fira-sans-latin-ext-400-italic");
        assert!(kept[0].css.contains("src:url(fira-sans-latin-ext-400-italic.woff2) format('woff2')"));
        assert!(kept[0].css.contains("font-style:italic") && kept[0].css.contains("unicode-range:U+0100-02BA}"));
    }

    #[test]
    fn a_script_points_to_no_file_that_is_not_served() {
        let script = b"let a;\n//# sourceMappingURL=x.mjs.map";
        assert_eq!(without_source_map(script), b"let a;\n");
    }

    #[test]
    fn a_sheet_may_carry_pictures_but_not_fetch_them() {
        assert_eq!(foreign_url("a{mask:url(\"data:image/svg+xml,x\")}"), None);
        assert_eq!(foreign_url("a{src:url(https://fonts.example/x.woff2)}"), Some("https://fonts.example/x.woff2"));
    }
}
