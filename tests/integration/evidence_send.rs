//! An outage of an hour, by a simulated clock, with 100,000 records: a collector and a real rsyslog get each of them
//! at least once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use cavra::evidence::ship::{self, Collector, Pace, Position, PositionName, Sink, Syslog};
use cavra::evidence::{Durability, Entry, Limits, Log, Redactor};
use cavra::sys::net::{Address, Client, Trust};
use serde_json::{Value, json};
use similar_asserts::assert_eq;

use crate::sandbox::Sandbox;

const RECORDS: u64 = 100_000;

/// The outage, in seconds.
const HOUR: u64 = 3_600;

fn log_with(folder: &Path, records: u64) {
    let log = Log::new(folder.to_owned(), Limits::default());
    let redactor = Redactor::new(None);
    for number in 1..=records {
        let entry = Entry {
            seam: "cli",
            mode: "enforce",
            requests: vec![
                redactor.value(json!({ "action_type": "write_file", "target": format!("f-{number}") })),
            ],
            requests_total: 1,
            unlisted_digest: None,
            verdict: redactor.value(json!({ "decision": "allow", "target": format!("f-{number}") })),
            refusals: Vec::new(),
            unresolved: Vec::new(),
            policies: Vec::new(),
            attestation: None,
            approval: None,
        };
        let _ = log.append(&entry, Durability::Buffered).expect("it is appended");
    }
}

/// Time that passes only by waiting, and what happens when the hour is over.
struct Simulated<F: FnMut()> {
    seconds: u64,
    outage_ends: Option<F>,
}

impl<F: FnMut()> Pace for Simulated<F> {
    fn wait_after(&mut self, _: &str, pause: Duration) -> bool {
        self.seconds += pause.as_secs();
        if self.seconds >= HOUR
            && let Some(mut end) = self.outage_ends.take()
        {
            end();
        }
        self.seconds < 24 * HOUR
    }

    fn acknowledged(&mut self) {}

    fn wait_for_more(&mut self) -> bool {
        false
    }
}

fn send(folder: &Path, sink: &mut dyn Sink, outage_ends: impl FnMut()) -> (ship::Delivered, u64) {
    let name = PositionName::parse("test").expect("a name");
    let mut position = Position::take(folder, name, "test").expect("nobody else has it");
    let mut pace = Simulated { seconds: 0, outage_ends: Some(outage_ends) };
    let delivered = ship::deliver(folder, &mut position, sink, &mut pace).expect("it is taken");
    assert!(pace.seconds >= HOUR, "there was an outage");
    (delivered, position.sequence())
}

/// One request, as a server reads it; none where the client has gone.
fn request(stream: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut length = None;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().ok();
        }
    }
    let mut body = vec![0; length?];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}

/// A collector of OTLP: it reads what it is sent by the shape of the protocol, and now and then it answers that it is
/// busy, or takes a batch and hangs up without an answer.
fn collector(listener: &TcpListener, taken: &Sender<u64>) {
    let mut batches = 0;
    for stream in listener.incoming() {
        let mut stream = stream.expect("a client");
        while let Some(body) = request(&stream) {
            batches += 1;
            if batches % 17 == 5 {
                let busy = "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n";
                stream.write_all(busy.as_bytes()).expect("it is answered");
                continue;
            }
            let body: Value = serde_json::from_slice(&body).expect("JSON");
            for record in body["resourceLogs"][0]["scopeLogs"][0]["logRecords"].as_array().expect("records") {
                let line = record["body"]["stringValue"].as_str().expect("the line");
                let line: Value = serde_json::from_str(line).expect("a record");
                taken.send(line["sequence"].as_u64().expect("a sequence")).expect("it is noted");
            }
            if batches % 17 == 9 {
                break;
            }
            let answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
            if stream.write_all(answer.as_bytes()).is_err() {
                break;
            }
        }
    }
}

#[test]
fn a_collector_that_was_away_for_an_hour_gets_each_of_a_hundred_thousand_records_at_least_once() {
    let root = tempfile::tempdir().expect("a scratch folder");
    let folder = root.path().join("evidence");
    log_with(&folder, RECORDS);
    let reserved = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = reserved.local_addr().expect("an address");
    drop(reserved);
    let (note, noted) = mpsc::channel();
    let client = Client::new(&format!("http://{address}/v1/logs"), None, Vec::new()).expect("a client");
    let (delivered, last) = send(&folder, &mut Collector::new(client), || {
        let listener = TcpListener::bind(address).expect("the port is free");
        let note = note.clone();
        thread::spawn(move || collector(&listener, &note));
    });
    assert_eq!((delivered.records, last), (RECORDS, RECORDS));
    let mut taken: BTreeMap<u64, u64> = BTreeMap::new();
    for sequence in noted.try_iter() {
        *taken.entry(sequence).or_default() += 1;
    }
    let missing: Vec<_> = (1..=RECORDS).filter(|sequence| !taken.contains_key(sequence)).take(5).collect();
    assert_eq!(missing, Vec::<u64>::new());
    assert!(taken.values().any(|times| *times > 1), "what was not answered was sent again");
}

/// A certificate for 127.0.0.1 that trusts itself.
fn certificate(folder: &Path) {
    let status = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "30",
        ])
        .args(["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"])
        .args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout", "key.pem", "-out", "cert.pem"])
        .current_dir(folder)
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("openssl runs").success());
}

/// A process that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn rsyslog(folder: &Path, port: u16) -> Running {
    let at = folder.display();
    let configuration = format!(
        "global(workDirectory=\"{at}\" maxMessageSize=\"1m\" defaultNetstreamDriver=\"ossl\"\n\
         defaultNetstreamDriverCAFile=\"{at}/cert.pem\" defaultNetstreamDriverCertFile=\"{at}/cert.pem\"\n\
         defaultNetstreamDriverKeyFile=\"{at}/key.pem\")\n\
         module(load=\"imtcp\" StreamDriver.Name=\"ossl\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"anon\")\n\
         input(type=\"imtcp\" port=\"{port}\" address=\"127.0.0.1\")\n\
         template(name=\"data\" type=\"string\" string=\"%app-name% %msgid% %structured-data%\\n\")\n\
         action(type=\"omfile\" file=\"{at}/taken\" template=\"data\")\n"
    );
    fs::write(folder.join("rsyslog.conf"), configuration).expect("it is written");
    let child = Command::new("rsyslogd")
        .args(["-n", "-f"])
        .arg(folder.join("rsyslog.conf"))
        .arg("-i")
        .arg(folder.join("pid"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::from(fs::File::create(folder.join("talk")).expect("a file")))
        .spawn();
    let running = Running(child.expect("rsyslogd starts"));
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(
            began.elapsed() < Duration::from_secs(30),
            "{}",
            fs::read_to_string(folder.join("talk")).unwrap()
        );
        thread::sleep(Duration::from_millis(50));
    }
    running
}

#[expect(clippy::print_stderr, reason = "a test that cannot run here says so")]
fn has_rsyslog() -> bool {
    let has = |program: &str, word: &str| {
        Command::new(program).arg(word).output().is_ok_and(|output| output.status.success())
    };
    let driver = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"]
        .iter()
        .any(|folder| Path::new(folder).join("rsyslog/lmnsd_ossl.so").exists());
    let is_there = has("rsyslogd", "-v") && has("openssl", "version") && driver;
    if !is_there {
        eprintln!(
            "skipped: rsyslogd with its TLS (Debian: rsyslog, rsyslog-openssl) and openssl are not here"
        );
    }
    is_there
}

#[test]
fn a_real_rsyslog_that_was_away_for_an_hour_gets_each_of_a_hundred_thousand_records_at_least_once() {
    if !has_rsyslog() {
        return;
    }
    let root = tempfile::tempdir().expect("a scratch folder");
    let folder = root.path().join("evidence");
    log_with(&folder, RECORDS);
    certificate(root.path());
    let reserved = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = reserved.local_addr().expect("an address").port();
    drop(reserved);
    let trust = Trust::load(Some(&root.path().join("cert.pem"))).expect("a certificate");
    let address = Address::parse(&format!("127.0.0.1:{port}"), 6514).expect("an address");
    let mut running = None;
    let mut sink = Syslog::new(address, trust, "here".to_owned());
    let (delivered, last) = send(&folder, &mut sink, || running = Some(rsyslog(root.path(), port)));
    assert_eq!((delivered.records, last), (RECORDS, RECORDS));
    // What it has read it writes in its own time.
    let taken = || -> BTreeMap<u64, u64> {
        let text = fs::read_to_string(root.path().join("taken")).unwrap_or_default();
        let mut taken = BTreeMap::new();
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let sequence = line.strip_prefix("cavra decision [cavra@32473 sequence=\"");
            let sequence = sequence.and_then(|rest| rest.split('"').next()?.parse().ok());
            if let Some(sequence) = sequence {
                *taken.entry(sequence).or_default() += 1;
            }
        }
        taken
    };
    let began = Instant::now();
    while (taken().len() as u64) < RECORDS && began.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(200));
    }
    let taken = taken();
    let missing: Vec<_> = (1..=RECORDS).filter(|sequence| !taken.contains_key(sequence)).take(5).collect();
    assert_eq!(missing, Vec::<u64>::new());
    drop(running);
}

#[test]
fn nothing_is_sent_in_the_clear_to_another_machine_nor_to_a_stranger() {
    let sandbox = Sandbox::new();
    let _ = sandbox.run(["check", "write", "a", "--record", "--json"]).exit(0);
    for (url, says) in [
        (
            "http://siem.example/v1/logs",
            "error: `http://siem.example/v1/logs` would send in the clear: write `https://`\n",
        ),
        ("ftp://127.0.0.1/", "error: `ftp://127.0.0.1/` is neither `https://` nor `http://`\n"),
        (
            "http://me:word@127.0.0.1/",
            "error: `http://me:word@127.0.0.1/` holds a password: give it in a file of headers\n",
        ),
        ("nonsense", "error: `nonsense` is neither `https://` nor `http://`\n"),
    ] {
        let _ = sandbox.run(["evidence", "send", "--otlp", url]).exit(1).stdout("").stderr(says);
    }
    let _ = sandbox.run(["evidence", "send", "--list"]).exit(0).stdout("").stderr("");
    let root = tempfile::tempdir().expect("a scratch folder");
    if !has_rsyslog() {
        return;
    }
    // A server whose certificate is nobody's that is trusted.
    certificate(root.path());
    let other = root.path().join("other");
    fs::create_dir(&other).expect("a folder");
    certificate(&other);
    let reserved = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = reserved.local_addr().expect("an address").port();
    drop(reserved);
    let _running = rsyslog(root.path(), port);
    let ca = other.join("cert.pem");
    let outcome = sandbox
        .run([
            "evidence",
            "send",
            "--syslog",
            &format!("127.0.0.1:{port}"),
            "--ca",
            ca.to_str().expect("a path"),
            "--give-up-after",
            "0",
        ])
        .exit(1);
    assert!(outcome.stderr.contains("invalid peer certificate"), "{}", outcome.stderr);
    assert!(!root.path().join("taken").exists() || fs::read(root.path().join("taken")).unwrap().is_empty());
}
