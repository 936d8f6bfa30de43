//! Policies that must be signed, and how they come to a machine.

use std::fs;

use crate::sandbox::{Outcome, Sandbox};

struct Firm {
    sandbox: Sandbox,
}

const FOREIGN: &str = "metadata: {id: firm, version: '2', title: Firm}\ncommands: {default: allow}\n";

impl Firm {
    fn new() -> Self {
        let firm = Self { sandbox: Sandbox::new() };
        fs::create_dir_all(firm.sandbox.path("keys")).unwrap();
        for name in ["ann", "eve"] {
            let key = firm.key(name);
            firm.sandbox
                .run_program("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "x", "-f", &key])
                .exit(0);
        }
        let line = firm.line();
        firm.sandbox.write("signers", format!("{line}\n"));
        firm
    }

    fn key(&self, name: &str) -> String {
        self.sandbox.path(format!("keys/{name}")).to_str().unwrap().to_owned()
    }

    fn line(&self) -> String {
        format!("ann {}", self.sandbox.read("keys/ann.pub").trim().trim_end_matches(" x"))
    }

    /// A policy of the machine's that requires signatures, signed by ann.
    fn managed(&self) {
        let line = self.line();
        self.sandbox.write(
            "etc/cavra/policy.yaml",
            format!(
                "metadata: {{id: firm, version: '2', title: Firm}}\ncommands: {{default: allow}}\n\
                 policy: {{require_signature: ['{line}']}}\n"
            ),
        );
        self.sign("etc/cavra/policy.yaml", "ann");
    }

    fn sign(&self, file: &str, key: &str) {
        let (file, key) = (self.sandbox.path(file), self.key(key));
        self.sandbox.run(["policy", "sign", file.to_str().unwrap(), "--key", &key]).exit(0);
    }

    fn go(&self) -> Outcome {
        self.sandbox.run(["exec", "--", "true"])
    }

    fn blocked(&self, code: &str) {
        for _ in 0..2 {
            let refused = self.go().exit(126);
            assert!(refused.stderr.contains("policy.unusable"), "{}", refused.stderr);
            assert!(refused.stderr.contains(code), "{code}: {}", refused.stderr);
        }
    }

    fn pull(&self, args: &[&str]) -> Outcome {
        let signers = self.sandbox.path("signers");
        let mut all = vec!["policy", "pull"];
        all.extend(args);
        all.extend(["--signers", signers.to_str().unwrap()]);
        self.sandbox.run(all)
    }

    /// A folder with a signed policy of that version.
    fn published(&self, version: &str, key: &str) -> String {
        let folder = format!("published-{version}-{key}");
        let file = format!("{folder}/policy.yaml");
        self.sandbox.write(&file, FOREIGN.replace("'2'", &format!("'{version}'")));
        self.sign(&file, key);
        self.sandbox.path(folder).to_str().unwrap().to_owned()
    }

    fn in_force(&self) -> String {
        self.sandbox.read("home/.config/cavra/policy.yaml")
    }
}

#[test]
fn a_policy_that_must_be_signed_is_used_only_if_it_is() {
    let firm = Firm::new();
    firm.managed();
    firm.go().exit(0);
    firm.go().exit(0);
    let (policy, signature) =
        (firm.sandbox.read("etc/cavra/policy.yaml"), firm.sandbox.read("etc/cavra/policy.yaml.sig"));
    firm.sandbox.write("etc/cavra/policy.yaml", format!("{policy}# looser\n"));
    firm.blocked("policy-signature");
    firm.sandbox.write("etc/cavra/policy.yaml", &policy);
    firm.go().exit(0);
    fs::remove_file(firm.sandbox.path("etc/cavra/policy.yaml.sig")).unwrap();
    firm.blocked("policy-unsigned");
    for bad in ["", "nonsense", &signature[..signature.len() / 2], &signature.replacen('A', "B", 1)] {
        firm.sandbox.write("etc/cavra/policy.yaml.sig", bad);
        firm.blocked("policy-signature");
    }
    firm.sign("etc/cavra/policy.yaml", "eve");
    firm.blocked("policy-signature");
    firm.sign("etc/cavra/policy.yaml", "ann");
    firm.go().exit(0);
    firm.sandbox.write("etc/cavra/policy.yaml.least", "3");
    firm.blocked("policy-older");
}

#[test]
fn what_lies_over_and_under_the_machines_policy_is_signed_too() {
    let firm = Firm::new();
    firm.managed();
    firm.sandbox.write("etc/cavra/policy.d/more.yaml", "commands: {block: ['nothing']}\n");
    firm.blocked("policy-unsigned");
    fs::remove_dir_all(firm.sandbox.path("etc/cavra/policy.d")).unwrap();
    firm.go().exit(0);
    firm.sandbox.write(
        "home/.config/cavra/policy.yaml",
        "metadata: {id: own, version: '1', title: Own}\ncommands: {block: ['nothing']}\n",
    );
    firm.blocked("policy-unsigned");
    firm.sign("home/.config/cavra/policy.yaml", "eve");
    firm.blocked("policy-signature");
    firm.sign("home/.config/cavra/policy.yaml", "ann");
    firm.go().exit(0);
    // A layer below names no signers of its own.
    let eve = firm.sandbox.read("keys/eve.pub").trim().trim_end_matches(" x").to_owned();
    firm.sandbox.write(
        "home/.config/cavra/policy.yaml",
        format!(
            "metadata: {{id: own, version: '1', title: Own}}\npolicy: {{require_signature: ['eve {eve}']}}\n"
        ),
    );
    firm.sign("home/.config/cavra/policy.yaml", "eve");
    firm.blocked("policy-signature");
    firm.sign("home/.config/cavra/policy.yaml", "ann");
    firm.blocked("layer-loosens");
}

#[test]
fn a_signature_for_something_else_is_none_of_a_policy() {
    let firm = Firm::new();
    firm.managed();
    let (file, key) = (firm.sandbox.path("etc/cavra/policy.yaml"), firm.key("ann"));
    for (namespace, code) in [("cavra-approval", 126), ("file", 126), ("cavra-policy", 0)] {
        fs::remove_file(firm.sandbox.path("etc/cavra/policy.yaml.sig")).unwrap();
        firm.sandbox
            .run_program(
                "ssh-keygen",
                ["-Y", "sign", "-q", "-n", namespace, "-f", &key, file.to_str().unwrap()],
            )
            .exit(0);
        firm.go().exit(code);
    }
}

#[test]
fn a_policy_is_pulled_from_a_folder_and_never_goes_back_by_itself() {
    let firm = Firm::new();
    let (one, two, stranger) =
        (firm.published("1", "ann"), firm.published("2", "ann"), firm.published("3", "eve"));
    firm.pull(&[&two]).exit(0);
    let after_two = firm.in_force();
    let refused = firm.pull(&[&one]).exit(1);
    assert!(refused.stderr.contains("policy-older"), "{}", refused.stderr);
    let refused = firm.pull(&[&stranger]).exit(1);
    assert!(refused.stderr.contains("policy-signature"), "{}", refused.stderr);
    assert_eq!(firm.in_force(), after_two);
    firm.pull(&[&one, "--allow-older"]).exit(0);
    assert_ne!(firm.in_force(), after_two);
    firm.sandbox.run(["policy", "pull", "--rollback"]).exit(0);
    assert_eq!(firm.in_force(), after_two);
    // Without its memory, what is in force still counts.
    fs::remove_file(firm.sandbox.path("home/.config/cavra/policy.yaml.least")).unwrap();
    firm.pull(&[&one]).exit(1);
    fs::write(format!("{two}/policy.yaml"), "metadata: {id: x\n").unwrap();
    firm.pull(&[&two]).exit(1);
    fs::remove_file(format!("{one}/policy.yaml.sig")).unwrap();
    firm.pull(&[&one, "--allow-older"]).exit(1);
    assert_eq!(firm.in_force(), after_two);
}

#[test]
fn a_policy_is_pulled_from_git_at_a_tag() {
    let firm = Firm::new();
    let folder = firm.published("4", "ann");
    let git = |args: &[&str]| {
        let mut all = vec!["-C", folder.as_str()];
        all.extend(args);
        firm.sandbox.run_program("git", all).exit(0);
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "policy"]);
    git(&["tag", "v4"]);
    firm.pull(&[&folder, "--tag", "v4"]).exit(0);
    assert!(firm.in_force().contains("'4'"));
    firm.pull(&[&folder, "--tag", "v5"]).exit(1);
    for tag in ["--upload-pack=true", "-x", "a b", "..", ""] {
        let tag = format!("--tag={tag}");
        assert_ne!(firm.pull(&[&folder, &tag]).code, Some(0), "{tag}");
    }
}

#[test]
fn other_protocols_and_an_address_that_does_not_answer_change_nothing() {
    let firm = Firm::new();
    firm.pull(&["http://127.0.0.1:9/policy.yaml"]).exit(2);
    firm.pull(&["file:///etc/passwd"]).exit(2);
    firm.pull(&["https://127.0.0.1:9/policy.yaml"]).exit(1);
    assert!(!firm.sandbox.path("home/.config/cavra/policy.yaml").exists());
}

#[test]
fn a_bundle_brings_what_belongs_together_and_nothing_else() {
    let firm = Firm::new();
    let folder = firm.published("5", "ann");
    let policy = format!("{folder}/policy.yaml");
    let registry = firm.sandbox.write("registry.json", "{\"servers\": []}\n");
    let (registry, signers) = (registry.to_str().unwrap(), firm.sandbox.path("signers"));
    let (signers, out) = (signers.to_str().unwrap(), firm.sandbox.path("firm.bundle"));
    let out = out.to_str().unwrap();
    let bundle = |more: &[&str]| {
        let mut all = vec!["policy", "bundle", policy.as_str(), "--signers", signers, "-o", out];
        all.extend(more);
        firm.sandbox.run(all)
    };
    bundle(&["--registry", registry]).exit(1);
    let key = firm.key("ann");
    firm.sandbox
        .run_program("ssh-keygen", ["-Y", "sign", "-q", "-n", "cavra-policy", "-f", &key, registry])
        .exit(0);
    bundle(&["--registry", registry]).exit(0);
    firm.pull(&[out]).exit(0);
    assert!(firm.in_force().contains("'5'"));
    assert_eq!(firm.sandbox.read("home/.config/cavra/registry.json"), "{\"servers\": []}\n");
    let whole = fs::read_to_string(out).unwrap();
    for (from, to) in [
        ("policy.yaml", "../policy.yaml"),
        ("registry.json", "policy.yaml"),
        ("\"cavra_bundle\": 1", "\"cavra_bundle\": 2"),
    ] {
        fs::write(out, whole.replace(from, to)).unwrap();
        firm.pull(&[out]).exit(1);
    }
    fs::write(out, whole.replacen("base64\": \"", "base64\": \"AAAA", 1)).unwrap();
    firm.pull(&[out]).exit(1);
}

#[test]
fn who_signed_is_told() {
    let firm = Firm::new();
    let folder = firm.published("1", "ann");
    let (file, signers) = (format!("{folder}/policy.yaml"), firm.sandbox.path("signers"));
    let verify = || firm.sandbox.run(["policy", "verify", &file, "--signers", signers.to_str().unwrap()]);
    verify().exit(0).stdout("$ROOT/published-1-ann/policy.yaml: signed by ann\n");
    firm.sandbox.run(["policy", "verify", &file]).exit(1);
    fs::write(&file, FOREIGN).unwrap();
    verify().exit(1);
}
