//! What records are asked for: by time, seam, agent, decision, rule and path.
//!
//! A record answers where every question that is asked holds. Rules, decisions and paths are looked for in the verdict
//! and in the refusals beside it, paths in the requests too: what was refused is found also where something stricter
//! made the verdict. A line that is no record answers no question, and any query without one, so that it is seen.

use serde_json::Value;

use crate::sys::clock;

use super::read::Stored;

/// The questions; those that are empty are not asked.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// From this second on, since 1970.
    pub since: Option<i64>,
    /// Up to this second, since 1970.
    pub until: Option<i64>,
    /// The seam that saw it.
    pub seam: Option<String>,
    /// The agent that asked; `*` in it stands for any text.
    pub agent: Option<String>,
    /// The session that asked.
    pub session: Option<String>,
    /// The effect.
    pub decision: Option<String>,
    /// The rule that decided; `*` in it stands for any text.
    pub rule: Option<String>,
    /// What was acted on, or a folder above it; `*` in it stands for any text.
    pub path: Option<String>,
}

impl Query {
    /// Whether the record answers.
    #[must_use]
    pub fn matches(&self, record: &Stored) -> bool {
        let Self { since, until, seam, agent, session, decision, rule, path } = self;
        let is_in_time = |holds: &dyn Fn(i64) -> bool| {
            record.text_at(&["time"]).and_then(clock::seconds_of).is_some_and(holds)
        };
        since.is_none_or(|since| is_in_time(&|time| time >= since))
            && until.is_none_or(|until| is_in_time(&|time| time <= until))
            && seam.as_deref().is_none_or(|seam| record.text_at(&["seam"]) == Some(seam))
            && session.as_deref().is_none_or(|id| record.text_at(&["verdict", "session_id"]) == Some(id))
            && agent.as_deref().is_none_or(|agent| {
                record.text_at(&["verdict", "agent_id"]).is_some_and(|found| is_like(found, agent))
            })
            && decision.as_deref().is_none_or(|decision| {
                decisions(record).any(|found| text(found, "decision") == Some(decision))
            })
            && rule.as_deref().is_none_or(|rule| {
                decisions(record).any(|found| text(found, "rule_id").is_some_and(|id| is_like(id, rule)))
            })
            && path.as_deref().is_none_or(|path| targets(record).any(|target| is_at(target, path)))
    }
}

/// The verdict, and the refusals beside it.
fn decisions(record: &Stored) -> impl Iterator<Item = &Value> {
    let value = record.value.as_ref();
    let verdict = value.and_then(|value| value.get("verdict"));
    verdict.into_iter().chain(list(value, "refusals"))
}

/// Everything that was acted on, in every spelling that the record has.
fn targets(record: &Stored) -> impl Iterator<Item = &str> {
    let of_requests = list(record.value.as_ref(), "requests").flat_map(|request| {
        let context = request.get("context");
        let spelled = list(context, "spellings").chain(list(context, "tree"));
        text(request, "target").into_iter().chain(spelled.filter_map(Value::as_str))
    });
    decisions(record).filter_map(|decision| text(decision, "target")).chain(of_requests)
}

fn list<'a>(value: Option<&'a Value>, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.and_then(|value| value.get(name)).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str()
}

/// Whether the target is the path, or in it.
fn is_at(target: &str, path: &str) -> bool {
    let folder = path.strip_suffix('/').unwrap_or(path);
    !path.is_empty()
        && (is_like(target, path) || is_like(target, folder) || is_like(target, &format!("{folder}/*")))
}

/// Whether the whole text is like the pattern, in which a `*` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = parts.next_back() else { return rest.is_empty() };
    for part in parts {
        // The first place is as good as any later one: what follows is only the longer for it.
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn record() -> Stored {
        Stored {
            file: "evidence.jsonl".to_owned(),
            line: 1,
            value: Some(json!({
                "time": "2026-11-23T09:30:00.500Z",
                "seam": "git-hook",
                "verdict": { "agent_id": "claude-code", "session_id": "s1", "decision": "block",
                    "rule_id": "git.protected_branch", "target": "refs/heads/main" },
                "refusals": [{ "decision": "require_approval", "rule_id": "filesystem.write", "target": "a/.env" }],
                "requests": [{ "target": "x", "context": { "spellings": ["/home/me/x"], "tree": ["deep/er/f"] } }],
            })),
            text: None,
        }
    }

    #[test]
    fn each_question_is_answered_by_what_the_record_holds_and_by_nothing_else() {
        let some = |text: &str| Some(text.to_owned());
        let ask = |edit: &dyn Fn(&mut Query)| {
            let mut query = Query::default();
            edit(&mut query);
            query.matches(&record())
        };
        let second = clock::seconds_of("2026-11-23T09:30:00Z").expect("a time");
        assert!(ask(&|_| {}));
        for (since, until, answers) in [
            (Some(second), None, true),
            (Some(second + 1), None, false),
            (None, Some(second), true),
            (None, Some(second - 1), false),
        ] {
            assert_eq!(
                ask(&|query| (query.since, query.until) = (since, until)),
                answers,
                "{since:?} {until:?}"
            );
        }
        for (path, answers) in [
            ("a/.env", true),
            ("a", true),
            ("a/", true),
            ("/home/me", true),
            ("/home/m", false),
            ("*.env", true),
            ("deep/*/f", true),
            ("deep/er", true),
            ("refs/heads/*", true),
            ("b", false),
            ("", false),
        ] {
            assert_eq!(ask(&|query| query.path = some(path)), answers, "path {path}");
        }
        for (rule, answers) in
            [("filesystem.write", true), ("git.*", true), ("git", false), ("*.write", true)]
        {
            assert_eq!(ask(&|query| query.rule = some(rule)), answers, "rule {rule}");
        }
        assert!(ask(&|query| query.agent = some("claude*")) && !ask(&|query| query.agent = some("claude")));
        assert!(ask(&|query| query.decision = some("require_approval")));
        assert!(!ask(&|query| query.decision = some("allow")));
        assert!(ask(&|query| query.seam = some("git-hook")) && !ask(&|query| query.seam = some("git")));
        assert!(ask(&|query| query.session = some("s1")) && !ask(&|query| query.session = some("s")));
    }

    #[test]
    fn a_line_that_is_no_record_answers_only_where_nothing_is_asked() {
        let stranger = Stored { value: None, ..record() };
        assert!(Query::default().matches(&stranger));
        assert!(!Query { since: Some(0), ..Query::default() }.matches(&stranger));
        assert!(!Query { path: Some("*".to_owned()), ..Query::default() }.matches(&stranger));
    }

    #[test]
    fn a_pattern_is_anchored_and_its_parts_do_not_overlap() {
        for (text, pattern, is) in [
            ("aba", "ab*ba", false),
            ("abba", "ab*ba", true),
            ("abc", "*", true),
            ("", "*", true),
            ("", "", true),
            ("abc", "a*b", false),
            ("axbxc", "a*b*c", true),
            ("é*", "é*", true),
        ] {
            assert_eq!(is_like(text, pattern), is, "{text} {pattern}");
        }
    }
}
