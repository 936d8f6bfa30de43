use serde_json::json;

use super::*;

fn record(sequence: u64, time: &str, decision: &str, target: &str) -> Stored {
    let value = json!({
        "kind": "decision", "sequence": sequence, "time": time, "seam": "cli", "record_hash": "ab",
        "verdict": { "decision": decision, "rule_id": target, "agent_id": target, "target": target,
            "action_type": target, "reason": target, "alternative": target, "session_id": target },
    });
    Stored { file: "f".to_owned(), line: 1, text: Some(value.to_string()), value: Some(value) }
}

fn written(records: &[Stored]) -> String {
    let mut page = Page::default();
    for record in records {
        page.take(record);
    }
    let mut out = Vec::new();
    page.write(&Report::default(), "<q>", &mut out).expect("room");
    String::from_utf8(out).expect("text")
}

#[test]
fn nothing_of_a_record_is_markup_and_the_policy_names_what_is_there() {
    let nasty = "</code><script>alert(1)</script><img src=x onerror=alert(1)>\"'><!--\u{202e}";
    let page = written(&[record(1, "2026-11-23T09:30:00Z", "block", nasty)]);
    for markup in ["<script", "<img", "<!--", "onerror=alert(1)>", "\u{202e}"] {
        let own = usize::from(markup == "<script");
        assert_eq!(page.matches(markup).count(), own, "{markup}");
    }
    for (open, close, kind) in [("<style>", "</style>", "style-src"), ("<script>", "</script>", "script-src")]
    {
        let inside = page.split(open).nth(1).expect("it is there").split(close).next().expect("it ends");
        let named = format!("{kind} 'sha256-{}'", digest::sha256_base64(inside.as_bytes()));
        assert!(page.contains(&named), "{named}");
    }
    for outside in ["http://", "https://", "//cdn", "url(", "@import", " style=", " onclick"] {
        assert!(!page.contains(outside), "{outside}");
    }
}

#[test]
fn times_out_of_all_order_make_few_bars_and_no_page_grows_with_the_names() {
    let times = ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-23T09:30:00Z", "no time"];
    let page = written(&times.map(|time| record(1, time, "allow", "t")));
    assert!(page.matches("<rect").count() <= 60, "{}", page.matches("<rect").count());
    assert!(page.contains("<div class=\"tile\"><b>4</b>decisions</div>"));
    let many: Vec<_> = (0..12_000)
        .map(|number| record(number, "2026-11-23T09:30:00Z", "block", &format!("name-{number}")))
        .collect();
    let page = written(&many);
    assert_eq!(page.matches("<article").count(), MOST_STOPS);
    assert!(page.contains("The newest 2000 of 12000 are explained here."));
    assert!(page.contains("name-11999") && page.contains("and 9986 more"), "{}", page.len());
}

#[test]
fn a_log_without_a_record_has_a_page_too() {
    let page = written(&[]);
    assert!(page.contains("There is no record yet.") && page.contains("Nothing was blocked or asked about."));
}
