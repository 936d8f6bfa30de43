//! What the MCP proxy adds to a call, its evaluation and its evidence included: beside the server without it, and
//! beside any other proxy that is named.
//!
//! The server is this program itself, which answers a call with the text that it was given and does nothing else, so
//! what is measured is the proxy. Calls go one by one, in blocks that alternate between the ways, all in one run.
//! Nothing is asserted but that every call is answered, in its order.
//!
//! `cargo bench --target x86_64-unknown-linux-musl --bench mcp [-- --calls N --peer 'COMMAND…' …]`: a peer is a command
//! line that takes the server's command behind it.

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the figures are what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "places in lists of figures that are never empty")]

#[expect(dead_code, reason = "inputs from files are for the other benchmarks")]
mod rig;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rig::Rig;

/// How many calls each way, if nobody says.
const CALLS: usize = 1_000;

/// How many calls of one way in a row.
const BLOCK: usize = 100;

/// How many calls are sent before the first answer is read.
const IN_FLIGHT: usize = 10_000;

/// How often a start is measured.
const STARTS: usize = 50;

const POLICY: &str = "metadata: {id: bench, title: Bench, version: '1'}\nmcp: {allowed_servers: [echo]}\n";

fn main() {
    if std::env::args().any(|word| word == "--echo-server") {
        return serve();
    }
    let calls = after("--calls").first().and_then(|word| word.parse().ok()).unwrap_or(CALLS).max(BLOCK);
    let rig = Rig::new();
    let config = rig.path("home/.config/cavra");
    std::fs::create_dir_all(&config).expect("a folder of the scratch root");
    std::fs::write(config.join("policy.yaml"), POLICY).expect("a policy");
    let own = std::env::current_exe().expect("its own path").to_str().expect("UTF-8").to_owned();
    let server = vec![own, "--echo-server".to_owned()];
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    let mut ways = vec![
        ("direct".to_owned(), Vec::new()),
        ("cavra".to_owned(), [vec![rig.cavra.clone()], words("mcp --server echo --")].concat()),
    ];
    ways.extend(after("--peer").into_iter().map(|peer| (peer.clone(), words(&peer))));

    let mut clients: Vec<Client> =
        ways.iter().map(|(_, proxy)| Client::start(&rig, &[&proxy[..], &server].concat())).collect();
    let mut taken: Vec<Vec<Duration>> = vec![Vec::new(); ways.len()];
    clients.iter_mut().for_each(|client| client.calls(BLOCK, &mut Vec::new()));
    for _ in 0..calls.div_ceil(BLOCK) {
        for (client, taken) in clients.iter_mut().zip(&mut taken) {
            client.calls(BLOCK, taken);
        }
    }
    println!("| way | median µs | added | p99 µs | added | peak memory |\n|---|---|---|---|---|---|");
    taken.iter_mut().for_each(|taken| taken.sort());
    let at = |place: usize, part: usize| {
        let taken = &taken[place];
        taken[(taken.len() * part / 100).min(taken.len() - 1)].as_secs_f64() * 1e6
    };
    for (place, (name, _)) in ways.iter().enumerate() {
        println!(
            "| {name} | {:.1} | {:.1} | {:.1} | {:.1} | {} |",
            at(place, 50),
            at(place, 50) - at(0, 50),
            at(place, 99),
            at(place, 99) - at(0, 99),
            clients[place].memory()
        );
    }
    for (client, (name, _)) in clients.iter_mut().zip(&ways).take(2) {
        let began = Instant::now();
        client.in_flight(IN_FLIGHT);
        println!(
            "{name}: {IN_FLIGHT} calls in flight, answered in order in {:.0} ms; peak memory {}",
            began.elapsed().as_secs_f64() * 1e3,
            client.memory()
        );
    }
    drop(clients);
    let mut starts: Vec<Vec<f64>> = vec![Vec::new(); ways.len()];
    for _ in 0..STARTS {
        for (starts, (_, proxy)) in starts.iter_mut().zip(&ways) {
            let began = Instant::now();
            drop(Client::start(&rig, &[&proxy[..], &server].concat()));
            starts.push(began.elapsed().as_secs_f64() * 1e3);
        }
    }
    for (starts, (name, _)) in starts.iter_mut().zip(&ways) {
        starts.sort_by(f64::total_cmp);
        println!("{name}: started and introduced in {:.2} ms (median of {STARTS})", starts[starts.len() / 2]);
    }
}

/// The words behind each option of that name.
fn after(option: &str) -> Vec<String> {
    let words: Vec<String> = std::env::args().collect();
    words.windows(2).filter(|pair| pair[0] == option).map(|pair| pair[1].clone()).collect()
}

/// A server that answers and does nothing else.
fn serve() {
    let mut output = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("text");
        let id = line.split("\"id\":").nth(1).and_then(|rest| rest.split([',', '}']).next());
        let Some(id) = id else { continue };
        let result = if line.contains("tools/list") {
            r#"{"tools":[{"name":"echo","description":"Echo","inputSchema":{"type":"object"}}]}"#
        } else if line.contains("tools/call") {
            r#"{"content":[{"type":"text","text":"Echo: hello"}]}"#
        } else {
            r#"{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"e","version":"1"}}"#
        };
        writeln!(output, "{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{result}}}").expect("a reader");
        output.flush().expect("a reader");
    }
}

struct Client {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    next: usize,
}

impl Client {
    fn start(rig: &Rig, words: &[String]) -> Self {
        let mut command: Command = rig.command(&words[0]);
        command.args(&words[1..]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut client = Self { input: child.stdin.take(), child, output, next: 1 };
        let introduction =
            r#""method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}"#;
        let id = client.send(introduction);
        client.answered(id);
        let id = client.send(r#""method":"tools/list""#);
        client.answered(id);
        client
    }

    fn send(&mut self, rest: &str) -> usize {
        let id = self.next;
        self.next += 1;
        let input = self.input.as_mut().expect("it is open");
        input
            .write_all(format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},{rest}}}\n").as_bytes())
            .expect("it reads");
        id
    }

    fn answered(&mut self, id: usize) {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("an answer");
        assert!(line.contains(&format!("\"id\":{id},")) && !line.contains("isError"), "{line}");
    }

    fn calls(&mut self, count: usize, taken: &mut Vec<Duration>) {
        for _ in 0..count {
            let began = Instant::now();
            let id = self.send(CALL);
            self.answered(id);
            taken.push(began.elapsed());
        }
    }

    fn in_flight(&mut self, count: usize) {
        let first = self.next;
        let mut input = self.input.take().expect("it is open");
        let writer = std::thread::spawn(move || {
            for id in first..first + count {
                input
                    .write_all(format!("{{\"jsonrpc\":\"2.0\",\"id\":{id},{CALL}}}\n").as_bytes())
                    .expect("it reads");
            }
            input
        });
        (first..first + count).for_each(|id| self.answered(id));
        self.input = Some(writer.join().expect("all is sent"));
        self.next = first + count;
    }

    fn memory(&self) -> String {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak.map_or_else(|| "not told".to_owned(), |peak| peak.trim().to_owned())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
    }
}

const CALL: &str = r#""method":"tools/call","params":{"name":"echo","arguments":{"message":"hello"}}"#;
