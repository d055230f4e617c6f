// SPDX-License-Identifier: EUPL-1.2
//! A browser without script: follows forms as they are on the page, key and all.

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use tower::ServiceExt;

#[derive(Clone)]
pub struct Client {
    router: Router,
    cookie: String,
}

/// An answer as it came.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub kind: String,
    pub bytes: Vec<u8>,
    pub headers: axum::http::HeaderMap,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Json {
        serde_json::from_slice(&self.bytes).unwrap_or(Json::Null)
    }

    /// The page must be there and hold these words.
    #[track_caller]
    pub fn shows(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "no „{words}“ on a page with status {}:\n{}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "„{words}“ on a page with status {}:\n{}", self.status, self.text());
        self
    }

    #[track_caller]
    pub fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }

    /// The last id in the address one was sent to.
    #[track_caller]
    pub fn id(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.text());
        let mut parts = self.location.split(['/', '?', '=']);
        parts.rfind(|part| part.len() == 36).unwrap_or_else(|| panic!("no id in {}", self.location)).to_owned()
    }
}

impl Client {
    pub fn stranger(router: Router) -> Self {
        Self { router, cookie: String::new() }
    }

    pub async fn sign_in(router: Router, key: &str) -> Self {
        let mut client = Self::stranger(router);
        let answer = client.send(Method::POST, "/anmelden/demo", Some(&encode(&[("person", key)]))).await;
        let cookie = answer.headers.get(SET_COOKIE).map(|value| value.to_str().unwrap().to_owned());
        let cookie = cookie.unwrap_or_else(|| panic!("{key} could not sign in: {} {}", answer.status, answer.text()));
        client.cookie = cookie.split(';').next().unwrap().to_owned();
        client
    }

    /// Shows another cookie from now on.
    pub fn wear(&mut self, cookie: &str) {
        cookie.clone_into(&mut self.cookie);
    }

    /// The same session against the house at another moment.
    pub fn at(&self, router: Router) -> Self {
        Self { router, cookie: self.cookie.clone() }
    }

    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// A page. No address but one that ends with `/pdf` answers with a PDF: `paper_rules` knows them by it.
    pub async fn get(&self, path: &str) -> Answer {
        let answer = self.send(Method::GET, path, None).await;
        let of_paper = path.split('?').next().unwrap_or_default().ends_with("/pdf");
        assert!(of_paper || answer.kind != "application/pdf", "{path} is a PDF and does not end with /pdf");
        answer
    }

    /// Sends a form to an address with a fresh key.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_with_key(path, fields, &chance().to_string()).await
    }

    pub async fn post_with_key(&self, path: &str, fields: &[(&str, &str)], key: &str) -> Answer {
        let mut all = vec![("_key", key)];
        all.extend_from_slice(fields);
        self.send(Method::POST, path, Some(&encode(&all))).await
    }

    /// Opens a page, takes the form that goes to `action` as it is on the page, and sends it.
    pub async fn fill(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let html = self.get(page).await;
        html.is(200);
        let text = html.text();
        let form = text
            .split("<form")
            .find(|form| form.contains(&format!("action=\"{action}\"")) && form.contains("method=\"post\""));
        let form = form.unwrap_or_else(|| panic!("no form to {action} on {page}:\n{text}"));
        let form = form.split("</form>").next().unwrap();
        for (name, _) in fields {
            assert!(
                form.contains(&format!("name=\"{name}\"")),
                "no field {name} in the form to {action} on {page}:\n{form}"
            );
        }
        let mut all = hidden(form);
        all.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.send(Method::POST, action, Some(&encode(&all))).await
    }

    /// Sends a form with files to an address, with a fresh key.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &str)]) -> Answer {
        let files: Vec<_> = files.iter().map(|(field, name, body)| (*field, *name, body.as_bytes())).collect();
        self.upload_bytes(path, fields, &files).await
    }

    /// The same with files that are no text.
    pub async fn upload_bytes(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let part = |head: String, body: &[u8]| {
            let head = format!("--seam\r\nContent-Disposition: form-data; {head}\r\n\r\n");
            [head.as_bytes(), body, b"\r\n"].concat()
        };
        let key = chance().to_string();
        let all = [("_key", key.as_str())].into_iter().chain(fields.iter().copied());
        let mut body: Vec<u8> =
            all.flat_map(|(name, value)| part(format!("name=\"{name}\""), value.as_bytes())).collect();
        for (field, name, bytes) in files {
            body.extend(part(format!("name=\"{field}\"; filename=\"{name}\""), bytes));
        }
        body.extend(b"--seam--\r\n");
        let request = Request::builder().method(Method::POST).uri(path).header("host", "town.example");
        let request = request.header(COOKIE, &self.cookie).header("sec-fetch-site", "same-origin");
        let request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=seam");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    /// A call of the JSON API.
    pub async fn api(&self, method: Method, path: &str, body: Option<Json>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "town.example");
        request = request.header("idempotency-key", chance().to_string());
        if let Some((_, token)) = self.cookie.split_once('=') {
            request = request.header(AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = body.map_or(Body::empty(), |json| Body::from(json.to_string()));
        self.answer(request.header(CONTENT_TYPE, "application/json").body(body).unwrap()).await
    }

    pub async fn send(&self, method: Method, path: &str, form: Option<&str>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "town.example");
        if !self.cookie.is_empty() {
            request = request.header(COOKIE, &self.cookie);
        }
        if form.is_some() {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin");
        }
        self.answer(request.body(form.map_or(Body::empty(), |form| Body::from(form.to_owned()))).unwrap()).await
    }

    pub async fn answer(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let header =
            |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Answer {
            status: parts.status,
            location: header(LOCATION),
            kind: header(CONTENT_TYPE),
            bytes: body.collect().await.unwrap().to_bytes().to_vec(),
            headers: parts.headers,
        }
    }
}

fn hidden(form: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!("{name}=\""))?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    let tags = form.split("<input").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    tags.filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

pub fn encode(fields: &[(&str, &str)]) -> String {
    serde_html_form::to_string(fields).unwrap()
}

/// An id that nobody else has.
pub fn chance() -> uuid::Uuid {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let nanos = std::time::Instant::now();
    let seed = format!("{nanos:?}{}{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    web::kit::form::fingerprint("test", seed.as_bytes())
}
