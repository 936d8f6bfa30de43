//! The cases: a request, what is expected, and the policy and the registry that it is answered with.
//!
//! A file of cases is one JSON object with `cases`, and `policy` and `registry` for all of them; or one case on each
//! line, as the conformance suite has them. A policy or a registry is an object, or the name of a file beside the
//! cases: by its path, or as `policies/NAME.json` and `registries/NAME.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::cli::failure::Failure;
use crate::cli::input::{self, LIMIT};
use crate::cli::output::escaped;
use crate::sys::files;

/// One case.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) name: String,
    pub(super) request: Value,
    pub(super) expected: Map<String, Value>,
    pub(super) policy: Option<Rc<Material>>,
    pub(super) registry: Option<Rc<Material>>,
}

/// A policy or a registry.
#[derive(Debug)]
pub(super) struct Material {
    /// What its file is called: unlike that of any other.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// The cases that the contract is documented by.
///
/// # Errors
/// None that a test would not have met.
pub(super) fn built_in() -> Result<Vec<Case>, Failure> {
    let mut found = Vec::new();
    let mut shelf = Shelf::new(Place::BuiltIn);
    for (file, text) in BUILT_IN_CASES {
        let cases = shelf.cases(file, text.as_bytes())?;
        let stem = file.trim_end_matches(".json");
        found.extend(cases.into_iter().map(|case| Case { name: format!("{stem}/{}", case.name), ..case }));
    }
    Ok(found)
}

/// The cases of a file.
///
/// # Errors
/// If it cannot be read, or is no file of cases; the error names the case at fault.
pub(super) fn read(file: &Path) -> Result<Vec<Case>, Failure> {
    let bytes = input::read_all(Some(file))?;
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    Shelf::new(Place::Folder(folder)).cases(&file.display().to_string(), &bytes)
}

/// Where policies and registries come from, each read once.
struct Shelf {
    place: Place,
    known: BTreeMap<String, Rc<Material>>,
}

enum Place {
    BuiltIn,
    Folder(PathBuf),
}

/// The two kinds of material.
#[derive(Clone, Copy)]
enum Kind {
    Policy,
    Registry,
}

impl Kind {
    fn key(self) -> &'static str {
        match self {
            Self::Policy => "policy",
            Self::Registry => "registry",
        }
    }

    fn folder(self) -> &'static str {
        match self {
            Self::Policy => "policies",
            Self::Registry => "registries",
        }
    }
}

impl Shelf {
    fn new(place: Place) -> Self {
        Self { place, known: BTreeMap::new() }
    }

    fn cases(&mut self, file: &str, bytes: &[u8]) -> Result<Vec<Case>, Failure> {
        let fault = |what: String| Failure::user(format!("`{}`: {what}", escaped(file)));
        let values: Vec<Value> = serde_json::Deserializer::from_slice(bytes)
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(|error| fault(format!("this is not JSON: {error}")))?;
        let (shared, rows) = match values.as_slice() {
            [Value::Object(whole)] if whole.contains_key("cases") => match whole.get("cases") {
                Some(Value::Array(rows)) => (whole.clone(), rows.clone()),
                _ => return Err(fault("`cases` is not a list".to_owned())),
            },
            _ => (Map::new(), values),
        };
        if rows.is_empty() {
            return Err(fault("there is no case in it".to_owned()));
        }
        let mut found = Vec::with_capacity(rows.len());
        for (place, row) in rows.iter().enumerate() {
            let case = self.case(place + 1, row, &shared);
            found.push(case.map_err(|what| fault(format!("case {}: {what}", place + 1)))?);
        }
        Ok(found)
    }

    fn case(&mut self, number: usize, row: &Value, shared: &Map<String, Value>) -> Result<Case, String> {
        let row = row.as_object().ok_or("it is not an object")?;
        let name = match row.get("name") {
            Some(Value::String(name)) => name.clone(),
            Some(_) => return Err("`name` is not a string".to_owned()),
            None => format!("case {number}"),
        };
        let expected = row.get("expected").and_then(Value::as_object).ok_or("`expected` is not an object")?;
        if expected.is_empty() {
            return Err("`expected` is empty, so the case could not fail".to_owned());
        }
        let policy = match row.get("policy") {
            None | Some(Value::Null) => shared.get("policy"),
            own => own,
        };
        let registry = match row.get("registry") {
            None | Some(Value::Null | Value::Bool(false)) => None,
            Some(Value::Bool(true)) => Some(
                shared.get("registry").ok_or("`registry` is true, and the file has none for all cases")?,
            ),
            own => own,
        };
        Ok(Case {
            name,
            request: row.get("request").cloned().ok_or("`request` is missing")?,
            expected: expected.clone(),
            policy: policy.map(|value| self.material(Kind::Policy, value)).transpose()?,
            registry: registry.map(|value| self.material(Kind::Registry, value)).transpose()?,
        })
    }

    fn material(&mut self, kind: Kind, value: &Value) -> Result<Rc<Material>, String> {
        let key = format!("{} {value}", kind.key());
        if let Some(known) = self.known.get(&key) {
            return Ok(Rc::clone(known));
        }
        let (bytes, extension) = match value {
            Value::Object(_) => (value.to_string().into_bytes(), "json".to_owned()),
            Value::String(name) => self.named(kind, name)?,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
                return Err(format!("`{}` is neither an object nor the name of a file", kind.key()));
            }
        };
        let name = format!("{}-{}.{extension}", kind.key(), self.known.len() + 1);
        let material = Rc::new(Material { name, bytes });
        self.known.insert(key, Rc::clone(&material));
        Ok(material)
    }

    /// The bytes of a file, and how its name ends.
    fn named(&self, kind: Kind, name: &str) -> Result<(Vec<u8>, String), String> {
        let folder = match &self.place {
            Place::BuiltIn => {
                let found = BUILT_IN_MATERIAL.iter().find(|(known, _)| *known == name);
                let (_, text) = found.ok_or_else(|| format!("there is no `{}`", escaped(name)))?;
                return Ok((text.as_bytes().to_vec(), "json".to_owned()));
            }
            Place::Folder(folder) => folder,
        };
        let by_name = folder.join(kind.folder()).join(format!("{name}.json"));
        let file = if by_name.is_file() { by_name } else { folder.join(name) };
        let bytes = files::read(&file, LIMIT).map_err(|error| escaped(&error.to_string()))?;
        let extension = file.extension().and_then(|extension| extension.to_str());
        let is_yaml = extension.is_some_and(|extension| matches!(extension, "yaml" | "yml"));
        Ok((bytes, if is_yaml { "yaml" } else { "json" }.to_owned()))
    }
}

const BUILT_IN_CASES: [(&str, &str); 3] = [
    ("parity_cases.json", include_str!("../../../testdata/parity_cases.json")),
    ("release_governance_records.json", include_str!("../../../testdata/release_governance_records.json")),
    (
        "release_governance_contracts.json",
        include_str!("../../../testdata/release_governance_contracts.json"),
    ),
];

const BUILT_IN_MATERIAL: [(&str, &str); 2] = [
    ("compiled_policy.json", include_str!("../../../testdata/compiled_policy.json")),
    ("mcp_registry.json", include_str!("../../../testdata/mcp_registry.json")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_cases_are_all_there() {
        let cases = built_in().unwrap();
        assert_eq!(cases.len(), 112);
        assert!(cases.iter().all(|case| case.policy.is_some()));
        assert_eq!(cases.iter().filter(|case| case.registry.is_some()).count(), 9);
    }

    #[test]
    fn a_file_that_holds_no_cases_is_told_by_its_fault() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.json");
        for (text, fault) in [
            ("", "there is no case in it"),
            (r#"{"cases":[]}"#, "there is no case in it"),
            (r#"{"cases":{}}"#, "`cases` is not a list"),
            ("nope", "this is not JSON: expected ident at line 1 column 2"),
            ("[]", "case 1: it is not an object"),
            (r#"{"expected":{"a":1}}"#, "case 1: `request` is missing"),
            (r#"{"request":{}}"#, "case 1: `expected` is not an object"),
            (r#"{"request":{},"expected":{}}"#, "case 1: `expected` is empty, so the case could not fail"),
            (r#"{"request":{},"expected":{"a":1},"name":1}"#, "case 1: `name` is not a string"),
            (
                r#"{"request":{},"expected":{"a":1},"registry":true}"#,
                "case 1: `registry` is true, and the file has none for all cases",
            ),
            (
                r#"{"request":{},"expected":{"a":1},"policy":5}"#,
                "case 1: `policy` is neither an object nor the name of a file",
            ),
        ] {
            std::fs::write(&file, text).unwrap();
            let failure = read(&file).unwrap_err().to_string();
            assert_eq!(failure, format!("error: `{}`: {fault}", file.display()), "{text}");
        }
    }

    #[test]
    fn a_policy_is_an_object_or_a_file_beside_the_cases() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cases.jsonl");
        std::fs::create_dir(folder.path().join("policies")).unwrap();
        std::fs::write(folder.path().join("policies/strict.json"), "named").unwrap();
        std::fs::write(folder.path().join("own.yaml"), "beside").unwrap();
        std::fs::write(
            &file,
            concat!(
                r#"{"request":{},"expected":{"a":1},"policy":{"x":1}}"#,
                "\n",
                r#"{"request":{},"expected":{"a":1},"policy":"strict"}"#,
                "\n",
                r#"{"request":{},"expected":{"a":1},"policy":"own.yaml","name":"n"}"#,
                "\n",
                r#"{"request":{},"expected":{"a":1},"policy":"strict"}"#,
                "\n",
                r#"{"request":{},"expected":{"a":1},"policy":null}"#,
            ),
        )
        .unwrap();
        let cases = read(&file).unwrap();
        let got: Vec<_> = cases
            .iter()
            .map(|case| {
                let material = case.policy.as_ref().map(|material| {
                    (material.name.as_str(), String::from_utf8_lossy(&material.bytes).into_owned())
                });
                (case.name.as_str(), material)
            })
            .collect();
        assert_eq!(
            got,
            [
                ("case 1", Some(("policy-1.json", r#"{"x":1}"#.to_owned()))),
                ("case 2", Some(("policy-2.json", "named".to_owned()))),
                ("n", Some(("policy-3.yaml", "beside".to_owned()))),
                ("case 4", Some(("policy-2.json", "named".to_owned()))),
                ("case 5", None),
            ]
        );
    }
}
