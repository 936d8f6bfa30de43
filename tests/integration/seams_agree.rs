//! The same text gets the same answer wherever it is asked: `evaluate`, `check`, and the seams that run it.

use crate::sandbox::Sandbox;

/// Texts that differ in how they are understood: one command, compounds, quoting, substitutions, redirections, what
/// cannot be parsed.
const TEXTS: [&str; 14] = [
    "true",
    "terraform apply",
    "terraform plan",
    "true && terraform apply",
    "true; true",
    "echo 'terraform apply'",
    "echo $(terraform apply)",
    "echo x > .env",
    "echo x > notes.txt",
    "for x in a; do terraform apply; done",
    "te''rraform apply",
    "terraform  apply",
    "echo 'unclosed",
    "$X apply",
];

#[test]
fn the_same_text_gets_the_same_answer_at_every_seam() {
    for text in TEXTS {
        let sandbox = Sandbox::new().user_policy(POLICY);
        let request = serde_json::json!({"action_type": "execute_command", "target": text}).to_string();
        let evaluated = sandbox.run_with(["evaluate"], request);
        let evaluated: serde_json::Value = serde_json::from_str(&evaluated.stdout).expect("a decision");
        let checked = sandbox.run(["check", "command", "--json", text]);
        let checked: serde_json::Value = serde_json::from_str(&checked.stdout).expect("a decision");
        sandbox.run(["shell", "-c", text]);
        let recorded = sandbox.placeless(sandbox.evidence()[0]["verdict"].to_string().as_bytes());
        let recorded: serde_json::Value = serde_json::from_str(&recorded).expect("a decision");
        for field in ["decision", "rule_id", "severity", "matched", "deviation", "policy_location"] {
            similar_asserts::assert_eq!(
                checked[field],
                evaluated[field],
                "check and evaluate on `{text}`: {field}"
            );
            similar_asserts::assert_eq!(
                recorded[field],
                evaluated[field],
                "shell and evaluate on `{text}`: {field}"
            );
        }
    }
}

const POLICY: &str = "\
metadata: {id: seams-agree, title: Seams agree, version: '1'}
filesystem: {block_write: [.env]}
commands:
  default: allow
  block: ['terraform apply*']
";
