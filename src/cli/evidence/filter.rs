//! The questions of `query`, as those who list, follow, export and report records ask them too.

use clap::Args as ClapArgs;

use crate::evidence::Query;
use crate::sys::clock;

/// Which records.
#[derive(Debug, ClapArgs)]
pub(crate) struct Filter {
    /// Only since this time (RFC 3339), or since so long ago: `30m`, `1h`, `2d`
    #[arg(long, value_name = "TIME", value_parser = moment)]
    since: Option<i64>,
    /// Only up to this time (RFC 3339), or up to so long ago
    #[arg(long, value_name = "TIME", value_parser = moment)]
    until: Option<i64>,
    /// Only what this seam saw
    #[arg(long, value_name = "SEAM")]
    seam: Option<String>,
    /// Only what this agent asked for; `*` stands for any text
    #[arg(long, value_name = "AGENT")]
    agent: Option<String>,
    /// Only what was asked for in this session
    #[arg(long, value_name = "SESSION")]
    session: Option<String>,
    /// Only decisions of this effect, such as `block`
    #[arg(long, value_name = "EFFECT", value_parser = [
        "allow", "audit_only", "warn", "allow_with_attestation", "require_approval", "block",
    ])]
    decision: Option<String>,
    /// Only what this rule decided, such as `commands.block`; `*` stands for any text
    #[arg(long, value_name = "RULE")]
    rule: Option<String>,
    /// Only what acted on this, or on something in it; `*` stands for any text
    #[arg(long, value_name = "PATH")]
    path: Option<String>,
}

impl Filter {
    /// The questions in words, for a reader.
    pub(crate) fn told(&self) -> String {
        let Self { since, until, seam, agent, session, decision, rule, path } = self;
        let time = |seconds: &Option<i64>| seconds.and_then(clock::told);
        let said = [
            ("since", time(since)),
            ("until", time(until)),
            ("seam", seam.clone()),
            ("agent", agent.clone()),
            ("session", session.clone()),
            ("decision", decision.clone()),
            ("rule", rule.clone()),
            ("path", path.clone()),
        ];
        let said: Vec<_> =
            said.into_iter().filter_map(|(name, value)| Some(format!("{name} {}", value?))).collect();
        if said.is_empty() { "All records.".to_owned() } else { format!("Only {}.", said.join(", ")) }
    }

    /// The questions.
    pub(crate) fn query(self) -> Query {
        let Self { since, until, seam, agent, session, decision, rule, path } = self;
        Query { since, until, seam, agent, session, decision, rule, path }
    }
}

/// Seconds since 1970, of a time or of so long ago.
fn moment(text: &str) -> Result<i64, String> {
    if let Some(seconds) = clock::seconds_of(text) {
        return Ok(seconds);
    }
    let ago = || {
        let unit = text.chars().next_back()?;
        let seconds = match unit {
            's' => 1,
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            'w' => 7 * 24 * 60 * 60,
            _ => return None,
        };
        let count = text.strip_suffix(unit)?.parse::<u32>().ok()?;
        Some(clock::now_seconds().saturating_sub(i64::from(count) * seconds))
    };
    ago().ok_or_else(|| "write a time such as `2026-11-23T09:30:00Z`, or `30m`, `1h`, `2d`".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_or_a_span_is_read_and_nothing_else() {
        assert_eq!(moment("1970-01-01T00:01:00Z"), Ok(60));
        let hour_ago = moment("1h").expect("a span");
        assert!((clock::now_seconds() - hour_ago - 3600).abs() <= 2);
        for text in ["", "h", "-1h", "1", "1y", "é", "99999999999d", "1.5h"] {
            assert!(moment(text).is_err(), "{text}");
        }
    }
}
