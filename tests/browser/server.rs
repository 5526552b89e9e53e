//! A static server for one journey: the built page under a folder, as a clinic would host it.

use std::convert::Infallible;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Result;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// Where the page lives on the server. Not the root, because the page must work at any address.
pub const BASE: &str = "/clinic/preview/";
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
    listening: JoinHandle<()>,
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
    /// Serves the built page in `dist` until dropped.
    pub async fn open(dist: &Path) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let listening = tokio::spawn(listen(listener, dist.to_owned(), Arc::clone(&seen)));
        let address = format!("http://127.0.0.1:{port}{BASE}");
        Ok(Self { listening, seen, address })
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
        // Its connections are owned by the task and end with it.
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, dist: PathBuf, seen: Arc<Mutex<Seen>>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (dist, seen) = (dist.clone(), Arc::clone(&seen));
        connections.spawn(async move {
            let service = service_fn(|request| answer(request, &dist, &seen));
            // A browser that goes away in the middle is no concern of the server's.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

fn lock(seen: &Mutex<Seen>) -> std::sync::MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn answer(
    request: Request<Incoming>,
    dist: &Path,
    seen: &Mutex<Seen>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let name = path.strip_prefix(BASE);
    let mut response = Response::new(Full::default());
    if name == Some(HANDOVER) && request.method() == Method::POST {
        if let Ok(body) = request.into_body().collect().await {
            lock(seen).handed.push(body.to_bytes().to_vec());
        }
        return Ok(response);
    }
    let line = format!("{} {}", request.method(), request.uri());
    let file = name.and_then(|name| read(dist, name));
    if name != Some(PROBE) {
        let mut seen = lock(seen);
        seen.requests.push(line.clone());
        if file.is_none() {
            seen.strays.push(line);
        }
    }
    let Some((bytes, kind)) = file else {
        *response.status_mut() = StatusCode::NOT_FOUND;
        return Ok(response);
    };
    for (field, value) in [
        ("content-type", kind),
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        response.headers_mut().insert(field, hyper::header::HeaderValue::from_static(value));
    }
    *response.body_mut() = Full::new(Bytes::from(bytes));
    Ok(response)
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
