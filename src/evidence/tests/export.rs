use serde_json::{Value, json};

use crate::evidence::{Export, Format, Stored, otlp_body, syslog_message};

fn nasty() -> Stored {
    let value = json!({
        "kind": "decision", "sequence": 7, "time": "2026-11-23T09:30:00.000Z", "seam": "cli", "mode": "enforce",
        "record_hash": "ab", "previous_hash": "cd",
        "policies": [{ "sha256": "ef" }],
        "verdict": {
            "decision": "block", "rule_id": "a|b\\c", "severity": "high", "agent_id": "x]y\"z\\",
            "target": "=cmd|' /C calc'!A1\r\nnext,\"q\"", "action_type": "write_file", "reason": "a=b\\c\nd|e",
            "decision_id": "dec_1",
        },
    });
    Stored { file: "evidence.jsonl".to_owned(), line: 1, text: Some(value.to_string()), value: Some(value) }
}

fn exported(format: Format, records: &[Stored]) -> String {
    let mut out = Vec::new();
    let mut export = Export::begin(format, &mut out).expect("room");
    for record in records {
        export.record(record).expect("room");
    }
    export.end().expect("room");
    String::from_utf8(out).expect("text")
}

#[test]
fn one_record_is_one_line_of_cef_with_its_specials_escaped() {
    let text = exported(Format::Cef, &[nasty()]);
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        text,
        format!(
            "CEF:0|Cavra|cavra|{version}|a\\|b\\\\c|block write_file|8|rt=2026-11-23T09:30:00.000Z act=block \
             outcome=failure externalId=dec_1 sproc=x]y\"z\\\\ deviceFacility=cli \
             request=\\=cmd|' /C calc'!A1\\r\\nnext,\"q\" reason=a\\=b\\\\c\\nd|e cs1Label=policy cs2Label=recordHash \
             cs2=ab cs3Label=session cn1Label=sequence cn1=7\n"
        )
    );
}

#[test]
fn no_cell_of_a_table_is_a_formula() {
    let text = exported(Format::Csv, &[nasty()]);
    assert!(text.contains(",\"'=cmd|' /C calc'!A1\r\nnext,\"\"q\"\"\","), "{text}");
    for (cell, is_escaped) in [
        ("=1", true),
        ("+1", true),
        ("-1", true),
        ("@a", true),
        ("\t=1", true),
        (" =1", true),
        ("\u{feff}=1", true),
        ("\u{a0}+1", true),
        ("＝1", true),
        ("\r1", true),
        ("a=1", false),
        ("", false),
        ("'=1", false),
    ] {
        let mut record = nasty();
        record.value.as_mut().expect("a value")["verdict"]["target"] = cell.into();
        let text = exported(Format::Csv, &[record]);
        assert_eq!(text.contains(&format!(",\"'{cell}\",")), is_escaped, "{cell:?}: {text}");
    }
}

#[test]
fn sarif_is_one_document_and_holds_what_was_not_plainly_allowed() {
    let mut allowed = nasty();
    allowed.value.as_mut().expect("a value")["verdict"]["decision"] = "allow".into();
    let stranger = Stored { value: None, text: None, ..nasty() };
    let text = exported(Format::Sarif, &[nasty(), allowed, stranger]);
    let sarif: Value = serde_json::from_str(&text).expect("JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results");
    let told: Vec<_> = results.iter().map(|result| (&result["ruleId"], &result["level"])).collect();
    assert_eq!(told, [(&json!("a|b\\c"), &json!("error")), (&json!("unreadable"), &json!("warning"))]);
    assert_eq!(
        results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
        "%3Dcmd%7C%27%20/C%20calc%27%21A1%0D%0Anext%2C%22q%22"
    );
    assert_eq!(
        sarif["runs"][0]["tool"]["driver"]["rules"],
        json!([{ "id": "a|b\\c" }, { "id": "unreadable" }])
    );
    let empty: Value = serde_json::from_str(&exported(Format::Sarif, &[])).expect("JSON");
    assert_eq!(empty["runs"][0]["results"], json!([]));
}

#[test]
fn lines_go_as_they_are_and_one_that_is_none_as_an_object_that_says_so() {
    let stranger = Stored { value: None, text: Some("x\u{1b}".to_owned()), line: 3, ..nasty() };
    let text = exported(Format::Jsonl, &[nasty(), stranger]);
    let own = nasty().text.expect("a line");
    assert_eq!(
        text,
        format!("{own}\n{{\"error\":\"this line is no record\",\"file\":\"evidence.jsonl\",\"line\":3}}\n")
    );
    let finding: Value = serde_json::from_str(&exported(Format::Ocsf, &[nasty()])).expect("JSON");
    assert_eq!(
        (&finding["class_uid"], &finding["type_uid"], &finding["action_id"], &finding["disposition_id"]),
        (&json!(2004), &json!(200_401), &json!(2), &json!(2))
    );
    assert_eq!(finding["time"], 1_795_426_200_000_u64);
}

#[test]
fn a_collector_gets_the_line_itself_and_syslog_one_message_without_line_ends_in_its_head() {
    let body = otlp_body(&[nasty()]);
    let record = &body["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0];
    assert_eq!(record["body"]["stringValue"].as_str(), nasty().text.as_deref());
    assert_eq!(record["timeUnixNano"], "1795426200000000000");
    let message = syslog_message(&nasty(), "a host\n");
    let line = nasty().text.expect("a line");
    assert_eq!(
        message,
        format!(
            "<107>1 2026-11-23T09:30:00.000Z ahost cavra - decision [cavra@32473 sequence=\"7\" decision=\"block\" \
             rule=\"a|b\\\\c\" severity=\"high\" seam=\"cli\" agent=\"x\\]y\\\"z\\\\\" hash=\"ab\"] \u{feff}{line}"
        )
    );
}
