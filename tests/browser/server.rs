//! A static server for one journey: the built page under a folder, as a clinic would host it.

use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use anyhow::{Result, anyhow};
use tiny_http::{Header, Method, Request, Response, Server};

/// Where the page lives on the server. Not the root, because the page must work at any address.
const BASE: &str = "/clinic/preview/";
/// Where the probe hands over bytes that the page made. Not part of the page.
const PROBE: &str = "journey-probe.js";
const HANDOVER: &str = "journey-handover";

/// The strictest policy the page is meant to run under, sent as a header because a policy in the
/// page does not bind its worker. Anything it stops is logged by the probe and fails the journey.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; \
    font-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/// One page on an origin of its own.
pub struct Site {
    server: Arc<Server>,
    thread: Option<JoinHandle<()>>,
    seen: Arc<Mutex<Seen>>,
    address: String,
}

#[derive(Default)]
struct Seen {
    /// `METHOD path`, in order.
    requests: Vec<String>,
    /// Those that are no file of the page.
    strays: Vec<String>,
    /// Bytes handed over by the probe.
    handed: Vec<Vec<u8>>,
}

impl Site {
    pub fn open(dist: &Path) -> Result<Self> {
        let server = Server::http("127.0.0.1:0").map_err(|error| anyhow!("no server: {error}"))?;
        let port = server.server_addr().to_ip().map_or(0, |address| address.port());
        let server = Arc::new(server);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let thread = std::thread::spawn({
            let (server, seen, dist) = (Arc::clone(&server), Arc::clone(&seen), dist.to_owned());
            move || {
                for request in server.incoming_requests() {
                    answer(request, &dist, &seen);
                }
            }
        });
        let address = format!("http://127.0.0.1:{port}{BASE}");
        Ok(Self { server, thread: Some(thread), seen, address })
    }

    /// The page's address, ending in a slash.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn requests(&self) -> Vec<String> {
        lock(&self.seen).requests.clone()
    }

    pub fn strays(&self) -> Vec<String> {
        lock(&self.seen).strays.clone()
    }

    /// Takes the bytes that the page's side last handed over with [`HANDOVER_SCRIPT`].
    pub fn take_handed(&self) -> Option<Vec<u8>> {
        lock(&self.seen).handed.pop()
    }
}

/// JavaScript that hands a `blob` over; its value is a promise.
pub const HANDOVER_SCRIPT: &str = "fetch('journey-handover', { method: 'POST', body: blob })";

impl Drop for Site {
    fn drop(&mut self) {
        self.server.unblock();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn lock(seen: &Mutex<Seen>) -> std::sync::MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers one request. A browser that has gone away meanwhile is no concern of the server's.
fn answer(mut request: Request, dist: &Path, seen: &Mutex<Seen>) {
    let url = request.url().to_owned();
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.strip_prefix(BASE);
    if name == Some(HANDOVER) && *request.method() == Method::Post {
        let mut bytes = Vec::new();
        if request.as_reader().read_to_end(&mut bytes).is_ok() {
            lock(seen).handed.push(bytes);
        }
        let _ = request.respond(Response::empty(204));
        return;
    }
    let line = format!("{} {url}", request.method());
    let file = name.and_then(|name| read(dist, name));
    if name != Some(PROBE) {
        let mut seen = lock(seen);
        seen.requests.push(line.clone());
        if file.is_none() {
            seen.strays.push(line);
        }
    }
    let Some((bytes, kind)) = file else {
        let _ = request.respond(Response::empty(404));
        return;
    };
    let mut response = Response::from_data(bytes);
    for (field, value) in [
        ("Content-Type", kind),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ] {
        if let Ok(header) = Header::from_bytes(field, value) {
            response.add_header(header);
        }
    }
    let _ = request.respond(response);
}

/// A file of the page and its media type; the page itself with the probe put first.
fn read(dist: &Path, name: &str) -> Option<(Vec<u8>, &'static str)> {
    if name == PROBE {
        return Some((include_bytes!("probe.js").to_vec(), "text/javascript"));
    }
    let relative = if name.is_empty() { "index.html" } else { name };
    let relative = PathBuf::from(relative);
    if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let bytes = std::fs::read(dist.join(&relative)).ok()?;
    if relative == Path::new("index.html") {
        let page = String::from_utf8(bytes).ok()?;
        let probe = format!("<head>\n<script src=\"{PROBE}\"></script>");
        return Some((page.replacen("<head>", &probe, 1).into_bytes(), "text/html; charset=utf-8"));
    }
    let kind = match relative.extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript",
        "css" => "text/css",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
    Some((bytes, kind))
}
