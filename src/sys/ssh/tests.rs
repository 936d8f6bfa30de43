//! Held against OpenSSH itself: what it signs is accepted here, what is signed here it accepts.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use sha2::{Digest, Sha256};

use super::wire::put_string;
use super::*;

const APPROVAL: Namespace = Namespace::new("cavra-approval");
const POLICY: Namespace = Namespace::new("cavra-policy");
const TEXT: &[u8] = b"what is signed\n";
/// 2026-11-23T00:00:00Z
const NOW: i64 = 1_795_392_000;

fn keygen(args: &[&str], input: &[u8]) -> (bool, Vec<u8>) {
    use std::io::Write as _;
    let mut child = Command::new("ssh-keygen")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("OpenSSH is there");
    // It may end without reading: that it did not like something, its code says.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("it ends");
    (output.status.success(), output.stdout)
}

fn new_key(folder: &Path, name: &str, kind: &[&str]) -> PathBuf {
    let path = folder.join(name);
    let mut args = vec!["-q", "-N", "", "-f", path.to_str().expect("UTF-8")];
    args.extend(kind);
    assert!(keygen(&args, b"").0, "a key of {kind:?}");
    path
}

fn public(key: &Path) -> String {
    fs::read_to_string(key.with_extension("pub")).expect("a public key").trim().to_owned()
}

fn signers(line: &str) -> Signers {
    Signers::read([line]).expect("a line of a signer")
}

/// Whether OpenSSH accepts a signature of [`TEXT`] by `me`.
fn openssh_accepts(folder: &Path, line: &str, namespace: &str, signature: &str) -> bool {
    let (lines, file) = (folder.join("allowed"), folder.join("signature"));
    fs::write(&lines, format!("{line}\n")).expect("a file");
    fs::write(&file, signature).expect("a file");
    let path = |path: &'_ Path| path.to_str().expect("UTF-8").to_owned();
    let (lines, file) = (path(&lines), path(&file));
    keygen(&["-Y", "verify", "-f", &lines, "-I", "me", "-n", namespace, "-s", &file], TEXT).0
}

#[test]
fn each_kind_of_key_is_accepted_here_and_by_openssh() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let kinds: [(&str, &[&str]); 5] = [
        ("ed25519", &["-t", "ed25519"]),
        ("p256", &["-t", "ecdsa", "-b", "256"]),
        ("p384", &["-t", "ecdsa", "-b", "384"]),
        ("rsa2048", &["-t", "rsa", "-b", "2048"]),
        ("rsa3072", &["-t", "rsa", "-b", "3072"]),
    ];
    for (name, kind) in kinds {
        let key = new_key(folder.path(), name, kind);
        let line = format!("me {}", public(&key));
        let signature = sign(TEXT, APPROVAL, &key).expect("a signature");
        assert!(openssh_accepts(folder.path(), &line, "cavra-approval", &signature), "{name}");
        let read = Signature::read(&signature).expect("a signature");
        let known = signers(&line);
        let signer = known.verify(&read, TEXT, APPROVAL, NOW).expect("it counts");
        assert_eq!((signer.names(), signer.key()), (["me".to_owned()].as_slice(), read.key()));
        assert_eq!(read.check(b"another text\n", APPROVAL), Err(SignatureError::Wrong), "{name}");
        assert!(matches!(read.check(TEXT, POLICY), Err(SignatureError::Namespace { .. })), "{name}");
        let shown = keygen(&["-l", "-f", key.with_extension("pub").to_str().expect("UTF-8")], b"").1;
        assert!(String::from_utf8_lossy(&shown).contains(&read.key().fingerprint()), "{name}");
    }
}

#[test]
fn both_digests_of_rsa_and_of_the_message_are_read() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let key = new_key(folder.path(), "rsa", &["-t", "rsa", "-b", "2048"]);
    for digest in ["sha256", "sha512"] {
        let option = format!("hashalg={digest}");
        let path = key.to_str().expect("UTF-8");
        let (made, text) = keygen(&["-Y", "sign", "-O", &option, "-n", "cavra-approval", "-f", path], TEXT);
        assert!(made, "{digest}");
        let read = Signature::read(&String::from_utf8(text).expect("UTF-8")).expect("a signature");
        assert_eq!(read.check(TEXT, APPROVAL), Ok(()), "{digest}");
    }
}

#[test]
fn what_does_not_count_is_refused() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let (mine, other) = (
        new_key(folder.path(), "mine", &["-t", "ed25519"]),
        new_key(folder.path(), "other", &["-t", "ed25519"]),
    );
    let signature = Signature::read(&sign(TEXT, APPROVAL, &mine).expect("a signature")).expect("one");
    let fingerprint = signature.key().fingerprint();
    let verify = |signers: Signers| signers.verify(&signature, TEXT, APPROVAL, NOW).map(|_| ());

    let stranger = Err(VerifyError::Stranger(fingerprint.clone()));
    let expired = Err(VerifyError::Time(fingerprint.clone()));
    let key = public(&mine);
    assert_eq!(verify(signers(&format!("me {}", public(&other)))), stranger);
    assert_eq!(verify(Signers::default()), stranger);
    assert_eq!(verify(signers(&format!("me namespaces=\"git,cavra-policy\" {key}"))), stranger);
    assert_eq!(verify(signers(&format!("me namespaces=\"git,cavra-approval\" {key}"))), Ok(()));
    assert_eq!(verify(signers(&format!("me valid-before=\"20261122Z\" {key}"))), expired);
    assert_eq!(verify(signers(&format!("me valid-after=\"20261124000000Z\" {key}"))), expired);
    let within = format!("me valid-after=\"20261122Z\",valid-before=\"202611240000Z\" {key}");
    assert_eq!(verify(signers(&within)), Ok(()));

    let line = format!("me {key}");
    let revoked = Err(VerifyError::Revoked(fingerprint.clone()));
    for text in [fingerprint.as_str(), key.as_str()] {
        assert_eq!(verify(signers(&line).without([text]).expect("a key")), revoked);
    }
    assert_eq!(verify(signers(&line).without([public(&other).as_str()]).expect("a key")), Ok(()));
    assert!(signers(&line).without(["SHA256:short"]).is_err());
}

#[test]
fn a_signature_with_any_byte_flipped_is_refused() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let key = new_key(folder.path(), "key", &["-t", "ed25519"]);
    let armour = sign(TEXT, APPROVAL, &key).expect("a signature");
    let known = signers(&format!("me {}", public(&key)));
    let inner: String = armour.lines().filter(|line| !line.starts_with('-')).collect();
    let blob = STANDARD.decode(inner).expect("base64");
    let verify = |blob: &[u8]| {
        let text = format!(
            "-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n",
            STANDARD.encode(blob)
        );
        Signature::read(&text).is_ok_and(|read| known.verify(&read, TEXT, APPROVAL, NOW).is_ok())
    };
    assert!(verify(&blob));
    for place in 0..blob.len() {
        let mut flipped = blob.clone();
        flipped[place] ^= 1;
        assert!(!verify(&flipped), "byte {place}");
        assert!(!verify(&blob[..place]), "cut at {place}");
    }
    assert!(!verify(&[blob, vec![0]].concat()));
}

#[test]
fn a_text_that_is_no_signature_is_refused() {
    let begin = "-----BEGIN SSH SIGNATURE-----\n";
    for text in
        ["", begin, "-----BEGIN PGP SIGNATURE-----", &format!("{begin}!!!\n-----END SSH SIGNATURE-----")]
    {
        assert_eq!(Signature::read(text), Err(SignatureError::Armour), "{text}");
    }
    assert_eq!(Signature::read(&"x".repeat(MOST_SIGNATURE + 1)), Err(SignatureError::TooLong));
}

#[test]
fn a_line_that_is_not_understood_names_no_signer() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let key = public(&new_key(folder.path(), "key", &["-t", "ed25519"]));
    let small = public(&new_key(folder.path(), "small", &["-t", "rsa", "-b", "1024"]));
    for (line, is_expected) in [
        (format!("me {key}"), true),
        (format!("\"me too\" {key}"), true),
        (format!("a,b namespaces=\"x\" {key} a comment"), true),
        (format!("* {key}"), false),
        (format!("!me {key}"), false),
        (format!("me cert-authority {key}"), false),
        (format!("me no-such-option {key}"), false),
        (format!("me namespaces=\"cavra-*\" {key}"), false),
        (format!("me valid-before=\"20261122\" {key}"), false),
        (format!("me valid-before=\"20261322Z\" {key}"), false),
        (format!("me valid-before=\"20261122Z {key}"), false),
        (format!("me {small}"), false),
        (key.clone(), false),
        ("me".to_owned(), false),
        ("me ssh-ed25519 AAAA".to_owned(), false),
        (format!("me ssh-rsa {}", key.split(' ').nth(1).expect("base64")), false),
    ] {
        assert_eq!(Signers::read([line.as_str()]).is_ok(), is_expected, "{line}");
    }
}

/// The armour of a signature that a token would make.
fn by_token(kind: &str, key: &[u8], flags: u8, sign: impl Fn(&[u8]) -> Vec<u8>) -> String {
    let mut signed = b"SSHSIG".to_vec();
    for part in [b"cavra-approval".as_slice(), b"", b"sha512", &sha2::Sha512::digest(TEXT)] {
        put_string(&mut signed, part);
    }
    let mut seen = Sha256::digest(b"ssh:").to_vec();
    seen.push(flags);
    seen.extend(7u32.to_be_bytes());
    seen.extend(Sha256::digest(&signed));
    let mut inner = Vec::new();
    put_string(&mut inner, kind.as_bytes());
    put_string(&mut inner, &sign(&seen));
    inner.push(flags);
    inner.extend(7u32.to_be_bytes());
    let mut blob = b"SSHSIG\0\0\0\x01".to_vec();
    for part in [key, b"cavra-approval", b"", b"sha512", &inner] {
        put_string(&mut blob, part);
    }
    format!("-----BEGIN SSH SIGNATURE-----\n{}\n-----END SSH SIGNATURE-----\n", STANDARD.encode(blob))
}

#[test]
fn a_token_counts_with_a_touch_and_not_without() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let kind = "sk-ssh-ed25519@openssh.com";
    let pair = Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key");
    let mut key = Vec::new();
    for part in [kind.as_bytes(), pair.public_key().as_ref(), b"ssh:"] {
        put_string(&mut key, part);
    }
    let line = format!("me {kind} {}", STANDARD.encode(&key));
    let make = |flags| by_token(kind, &key, flags, |seen| pair.sign(seen).as_ref().to_vec());
    let touched = Signature::read(&make(1)).expect("a signature");
    assert!(signers(&line).verify(&touched, TEXT, APPROVAL, NOW).is_ok());
    assert!(touched.key().is_on_a_token());
    assert!(openssh_accepts(folder.path(), &line, "cavra-approval", &make(1)));
    let untouched = Signature::read(&make(0)).expect("a signature");
    assert_eq!(untouched.check(TEXT, APPROVAL), Err(SignatureError::Wrong));
}

#[test]
fn a_token_on_a_curve_counts_with_a_touch_and_not_without() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let (kind, random) = ("sk-ecdsa-sha2-nistp256@openssh.com", SystemRandom::new());
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random)
        .expect("a key");
    let mut key = Vec::new();
    for part in [kind.as_bytes(), b"nistp256", pair.public_key().as_ref(), b"ssh:"] {
        put_string(&mut key, part);
    }
    let number = |bytes: &[u8]| {
        let bytes = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
        if bytes[0] >= 0x80 { [&[0], bytes].concat() } else { bytes.to_vec() }
    };
    let make = |flags| {
        by_token(kind, &key, flags, |seen| {
            let both = pair.sign(&random, seen).expect("a signature");
            let (r, s) = both.as_ref().split_at(32);
            let mut wire = Vec::new();
            put_string(&mut wire, &number(r));
            put_string(&mut wire, &number(s));
            wire
        })
    };
    let line = format!("me {kind} {}", STANDARD.encode(&key));
    let signature = make(1);
    assert!(Signature::read(&signature).expect("a signature").check(TEXT, APPROVAL).is_ok());
    assert!(openssh_accepts(folder.path(), &line, "cavra-approval", &signature));
    assert!(Signature::read(&make(0)).expect("a signature").check(TEXT, APPROVAL).is_err());
}

#[test]
fn a_signature_of_a_key_in_an_agent_is_made_by_its_public_half() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let key = new_key(folder.path(), "key", &["-t", "ed25519"]);
    let socket = folder.path().join("agent");
    let mut agent = Command::new("ssh-agent")
        .args(["-D", "-a"])
        .arg(&socket)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("OpenSSH is there");
    while !socket.exists() {
        assert_eq!(agent.try_wait().expect("it can be asked"), None, "the agent ended");
        std::thread::yield_now();
    }
    let added = Command::new("ssh-add").env("SSH_AUTH_SOCK", &socket).arg("-q").arg(&key).status();
    assert!(added.expect("OpenSSH is there").success());
    fs::remove_file(&key).expect("it was there");
    let half = key.with_extension("pub");
    fs::write(folder.path().join("text"), TEXT).expect("a file");
    let made = Command::new("ssh-keygen")
        .env("SSH_AUTH_SOCK", &socket)
        .args(["-Y", "sign", "-q", "-n", "cavra-approval", "-f"])
        .args([&half, &folder.path().join("text")])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(made.expect("OpenSSH is there").success());
    agent.kill().expect("it runs");
    agent.wait().expect("it ended");
    let text = fs::read_to_string(folder.path().join("text.sig")).expect("a signature");
    assert_eq!(Signature::read(&text).expect("a signature").check(TEXT, APPROVAL), Ok(()));
}
