//! A few calls of the WebDriver protocol to a chromedriver of our own, over plain HTTP.

use std::env;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use serde_json::json;
use tempfile::TempDir;

/// Browsers known to work, by the names distributions give them.
const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A size of window, in CSS pixels.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub width: u32,
    pub height: u32,
    pub phone: bool,
}

/// A browser with one page. It ends with this value.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: TempDir,
}

/// The browser and its driver, when both are installed.
pub fn installed() -> Option<(PathBuf, PathBuf)> {
    let browser = BROWSERS.iter().find_map(|name| in_path(name))?;
    Some((browser, in_path("chromedriver")?))
}

#[allow(
    clippy::disallowed_methods,
    reason = "where programs are installed decides whether the test runs, not what it finds"
)]
fn in_path(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

impl Browser {
    /// Starts a browser of some size that keeps what its console says.
    pub fn start((browser, driver): &(PathBuf, PathBuf), size: Size) -> Self {
        let (driver, port) = start_driver(driver);
        let profile = tempfile::tempdir().expect("a folder for the browser's profile");
        let mut this = Self {
            driver,
            port,
            session: String::new(),
            _profile: profile,
        };
        let capabilities = this.capabilities(browser, size);
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let session = this.call("POST", "/session", Some(body));
        this.session = session["sessionId"].as_str().expect("a session").to_owned();
        this.resize(size);
        this
    }

    fn capabilities(&self, browser: &Path, size: Size) -> Value {
        let profile = self._profile.path().display();
        json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": browser,
                "args": [
                    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync",
                    "--disable-dev-shm-usage", "--hide-scrollbars",
                    format!("--user-data-dir={profile}"),
                    format!("--window-size={},{}", size.width, size.height),
                ],
            },
        })
    }

    /// Takes the size exactly: windows of a desk cannot be as small as a phone.
    fn resize(&self, size: Size) {
        let metrics = json!({
            "width": size.width,
            "height": size.height,
            "deviceScaleFactor": if size.phone { 2 } else { 1 },
            "mobile": size.phone,
        });
        let body = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": metrics });
        self.on_page("POST", "/goog/cdp/execute", Some(body));
    }

    /// Opens a file.
    pub fn open(&self, file: &Path) {
        let url = format!("file://{}", file.display());
        self.on_page("POST", "/url", Some(json!({ "url": url })));
    }

    /// Runs a function body in the page and returns what it returns.
    pub fn run(&self, script: &str) -> Value {
        self.on_page(
            "POST",
            "/execute/sync",
            Some(json!({ "script": script, "args": [] })),
        )
    }

    /// The text of the first element that a selector matches.
    pub fn text(&self, selector: &str) -> String {
        let script = format!(
            "return document.querySelector({}).textContent",
            json!(selector)
        );
        self.run(&script).as_str().unwrap_or_default().to_owned()
    }

    /// Clicks an element as a hand would: it must be in sight.
    pub fn click(&self, selector: &str) {
        let element = self.element(selector);
        self.on_page(
            "POST",
            &format!("/element/{element}/click"),
            Some(json!({})),
        );
    }

    /// Types keys into an element.
    pub fn type_keys(&self, selector: &str, keys: &str) {
        let element = self.element(selector);
        self.on_page(
            "POST",
            &format!("/element/{element}/value"),
            Some(json!({ "text": keys })),
        );
    }

    fn element(&self, selector: &str) -> String {
        let body = json!({ "using": "css selector", "value": selector });
        let found = self.on_page("POST", "/element", Some(body));
        let id = found.as_object().and_then(|o| o.values().next());
        id.and_then(Value::as_str).expect("an element").to_owned()
    }

    /// What is seen, as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let picture = self.on_page("GET", "/screenshot", None);
        decode_base64(picture.as_str().unwrap_or_default())
    }

    /// What the console said since the last call.
    pub fn console(&self) -> Vec<String> {
        let log = self.on_page("POST", "/se/log", Some(json!({ "type": "browser" })));
        let lines = log.as_array().cloned().unwrap_or_default();
        lines
            .iter()
            .map(|l| format!("{} {}", l["level"], l["message"]))
            .collect()
    }

    fn on_page(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        self.call(method, &format!("/session/{}{path}", self.session), body)
    }

    /// One request; the `value` of its answer.
    fn call(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let body = body.map(|b| b.to_string()).unwrap_or_default();
        let answer = exchange(self.port, method, path, &body).expect("an answer of chromedriver");
        let value = answer["value"].clone();
        assert!(value.get("error").is_none(), "{method} {path}: {value:#}");
        value
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser with its session; errors no longer matter here.
        let path = format!("/session/{}", self.session);
        let _ = exchange(self.port, "DELETE", &path, "");
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts a driver on a free port, which it tells on its output.
fn start_driver(driver: &Path) -> (Child, u16) {
    let mut child = Command::new(driver)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("chromedriver starts");
    let output = child.stdout.take().expect("its output");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let started = lines.find_map(|line| port_of(&line));
    let port = started.expect("chromedriver tells its port");
    // Keep reading, or a full pipe would stop it.
    std::thread::spawn(move || lines.for_each(drop));
    (child, port)
}

fn port_of(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

fn exchange(port: u16, method: &str, path: &str, body: &str) -> std::io::Result<Value> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    let mut answer = vec![0; length];
    reader.read_exact(&mut answer)?;
    Ok(serde_json::from_slice(&answer)?)
}

fn decode_base64(text: &str) -> Vec<u8> {
    const SIGNS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for sign in text.bytes() {
        let Some(value) = SIGNS.iter().position(|s| *s == sign) else {
            continue;
        };
        bits = bits << 6 | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
