//! How long it takes to read a shell text and to find all that it would do.
//!
//! Every text of the corpora is read a few times, and its least time counts, as everything else only ever adds to
//! it; what is told is the spread over the texts. First without a working directory, so that it is parsed and analysed
//! and no disk is asked; then in a folder, with all that is looked up there. Then the same for scripts of growing
//! length, whose time by the byte should stay as it is, and for texts that are made to take long.
//!
//! `cargo bench --bench analyse [-- --most MILLISECONDS]`: no text that is made to take long may take longer.

#![expect(clippy::expect_used, reason = "a benchmark that cannot measure ends there")]
#![expect(clippy::print_stdout, reason = "the table is what a benchmark is for")]
#![expect(clippy::indexing_slicing, reason = "the times are a list that is built here")]

#[path = "../integration/hostile_texts.rs"]
mod hostile_texts;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cavra::intercept::{self, Seam, Surroundings};

/// How often each text is read.
const TIMES: usize = 5;

/// The lengths of the scripts, in KiB.
const LENGTHS: [usize; 5] = [1, 4, 16, 64, 256];

/// How many of the texts that are made to take long are told.
const SHOWN: usize = 15;

/// A piece of a script as they are written, with a number for what should not be the same twice.
const SCRIPT: &str = r#"
# Builds part @ of the release.
build_@() {
    local target=$1 out="dist/part-@"
    if [ -z "$target" ]; then
        echo "usage: build_@ TARGET" >&2
        return 2
    fi
    mkdir -p "$out" && cp -r "src/part-@/." "$out"
    for file in "$out"/*.in; do
        sed -e "s/@VERSION@/${VERSION:-0}/" "$file" > "${file%.in}"
        rm -f "$file"
    done
    case $target in
        linux | darwin) cargo build --release --target "$target" ;;
        *) echo "no such target: $target" >&2; exit 1 ;;
    esac
    cat > "$out/README" <<EOF
Part @, built at $(date -u +%F).
EOF
}
count_@=$(find src -name '*.rs' | wc -l)
[[ $count_@ -gt 0 ]] && build_@ linux 2>&1 | tee "log-@.txt"
"#;

fn main() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let homes = vec![folder.path().to_owned()];
    let nowhere = Surroundings { cwd: PathBuf::new(), repo: None, homes };
    let surroundings = Surroundings { cwd: folder.path().to_owned(), ..nowhere.clone() };
    let corpora = corpora();
    for (how, surroundings) in [("parsed and analysed", &nowhere), ("with the disk", &surroundings)] {
        println!(
            "{how:<34} {:>7} {:>9} {:>9} {:>9}   in µs, best of {TIMES} each",
            "texts", "median", "p99", "max"
        );
        for (name, texts) in &corpora {
            let mut taken: Vec<_> = texts.iter().map(|text| least(text, surroundings)).collect();
            taken.sort_unstable();
            let at = |share: usize| micros(taken[(taken.len() - 1) * share / 100]);
            println!("{name:<34} {:>7} {:>9.1} {:>9.1} {:>9.1}", taken.len(), at(50), at(99), at(100));
        }
        println!();
    }
    println!("{:<34} {:>9} {:>12}", "a script of", "µs", "ns a byte");
    for length in LENGTHS {
        let script = script(length << 10);
        let taken = micros(least(&script, &surroundings));
        #[expect(clippy::cast_precision_loss, reason = "a length is far below 2^52")]
        let by_byte = taken * 1e3 / script.len() as f64;
        println!("{:<34} {taken:>9.0} {by_byte:>12.1}", format!("{length} KiB"));
    }
    hostile(&surroundings);
}

/// What is made to take long, longest first; an error where one takes longer than whoever asks allows.
fn hostile(surroundings: &Surroundings) {
    let mut taken: Vec<(Duration, String)> = hostile_texts::texts()
        .into_iter()
        .map(|hostile_texts::Hostile { name, text, must_ask }| {
            let mark = if must_ask { "" } else { " (may be let through)" };
            (once(&text, surroundings).min(once(&text, surroundings)), name + mark)
        })
        .collect();
    taken.sort_unstable_by(|one, other| other.cmp(one));
    println!("\n{:<70} {:>9}   the longest {SHOWN} of {}", "made to take long", "ms", taken.len());
    for (time, name) in taken.iter().take(SHOWN) {
        println!("{name:<70} {:>9.2}", micros(*time) / 1e3);
    }
    let mut words = std::env::args().skip_while(|word| word != "--most").skip(1);
    if let Some(most) = words.next().and_then(|word| word.parse().ok()).map(Duration::from_millis) {
        let count = taken.iter().filter(|(time, _)| *time > most).count();
        assert!(count == 0, "{count} texts take longer than {most:?}");
    }
}

/// The least time that the text takes.
fn least(text: &str, surroundings: &Surroundings) -> Duration {
    (0..TIMES).map(|_| once(text, surroundings)).min().unwrap_or_default()
}

fn once(text: &str, surroundings: &Surroundings) -> Duration {
    let began = Instant::now();
    let event = intercept::command_text(text, Path::new("/bin/bash"), surroundings, Seam::Shell);
    let unresolved = event.unresolved().len();
    let requests = event.into_requests().count();
    let taken = began.elapsed();
    assert!(unresolved + requests > 0, "there is something to say of every text");
    taken
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// The corpora beside the repository, where they are, and our own.
fn corpora() -> Vec<(String, Vec<String>)> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = ["techniques.jsonl", "benign.jsonl"].map(|name| manifest.join("testdata/corpus").join(name));
    let beside = ["oneliners.jsonl", "bypass.jsonl", "benign.jsonl"].into_iter().filter_map(|name| {
        let mut places = manifest.ancestors().skip(1).map(|above| above.join("shared/corpus").join(name));
        places.find(|file| file.is_file())
    });
    let mut all: Vec<PathBuf> = beside.collect();
    if all.is_empty() {
        println!("no `shared/corpus` beside the repository: our own texts alone");
    }
    all.extend(own);
    all.into_iter().map(|file| (named(&file), texts(&file))).collect()
}

/// The last three names of a path.
fn named(file: &Path) -> String {
    let names: Vec<_> = file.iter().rev().take(3).map(|name| name.to_string_lossy()).collect();
    names.into_iter().rev().collect::<Vec<_>>().join("/")
}

fn texts(file: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(file).expect("a corpus");
    text.lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).expect("a row is JSON");
            row["cmd"].as_str().expect("a text").to_owned()
        })
        .collect()
}

/// A script of about this many bytes.
fn script(length: usize) -> String {
    let mut script = String::from("#!/bin/bash\nset -eu\n");
    for number in 0.. {
        if script.len() >= length {
            break;
        }
        script.push_str(&SCRIPT.replace('@', &number.to_string()));
    }
    script
}
