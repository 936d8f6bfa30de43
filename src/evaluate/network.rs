//! Hosts: by their names.
//!
//! Which hosts an action contacts, interceptors find out; here each is held against the lists. A host that is known in
//! part is asked about where some host that it may be would be refused. What stays on this machine is no host that
//! nobody names: only a list that names it counts.

use std::net::IpAddr;

use crate::contract::{Effect, Request, RuleId, Severity};
use crate::policy::{Answer, CompiledPolicy, Network, Open, Pattern};

use super::command::REPOSITORY_OWNERS;
use super::deviations::Deviation;
use super::finding::Finding;

/// The strictest answer to the hosts that an action contacts; none where the policy allows them all, or there are none.
pub(super) fn of(request: &Request, policy: &CompiledPolicy) -> Option<Finding> {
    let hosts = request.context.iter().flat_map(|context| &context.hosts);
    let refused = hosts.filter_map(|host| answer(host, &policy.network));
    let strictest = refused.reduce(|first, later| if later.effect > first.effect { later } else { first });
    strictest.map(|finding| finding.on(&request.target, request.operation()).because_of(Deviation::D10))
}

fn answer(host: &str, rules: &Network) -> Option<Finding> {
    let host = host.to_ascii_lowercase();
    let shown = host.escape_debug();
    if let Some(pattern) = rules.block_hosts.first_match_across_lines(&host) {
        let reason = format!("the policy blocks contacting `{shown}`");
        let finding = Finding::new(Effect::Block, RuleId::NetworkBlockHosts, Severity::High, reason);
        return Some(finding.matched(pattern).instead(INSTEAD));
    }
    if let Some(pattern) = rules.require_approval_hosts.first_match_across_lines(&host) {
        let reason = format!("the policy asks before `{shown}` is contacted");
        return Some(asked(RuleId::NetworkRequireApprovalHosts, reason).matched(pattern).instead(INSTEAD));
    }
    if let Some(pattern) = perhaps(&host, rules) {
        let reason =
            format!("of the host `{shown}` a part is not known, and a rule of the policy may name it");
        return Some(asked(RuleId::NetworkUnresolved, reason).matched(pattern).instead(WRITTEN_OUT));
    }
    if rules.allow_hosts.first_match(&host).is_some() || is_here(&host) {
        return None;
    }
    let standing = rules.default_answer();
    let reason = format!("no rule names the host `{shown}`, and the policy {}", by_default(standing));
    let severity = if standing == Answer::Warn { Severity::Low } else { Severity::Medium };
    let finding = Finding::new(standing.effect(), RuleId::NetworkDefault, severity, reason)
        .approved_by(if standing == Answer::Ask { REPOSITORY_OWNERS } else { "" })
        .by_value(standing.as_str(), rules.default.as_ref())
        .instead("use a host that `network.allow_hosts` names, or have a person add this one");
    (standing != Answer::Allow).then_some(finding)
}

/// The first pattern that refuses, and that a host may meet of which a part is not known.
fn perhaps<'p>(host: &str, rules: &'p Network) -> Option<&'p Pattern> {
    if !host.contains('*') {
        return None;
    }
    let open = Open::of(host);
    [&rules.block_hosts, &rules.require_approval_hosts]
        .into_iter()
        .find_map(|patterns| patterns.first_that_may_meet(&open))
}

/// Whether a host is this machine.
fn is_here(host: &str) -> bool {
    host == "localhost"
        || host.ends_with(".localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback() || address.is_unspecified())
}

fn asked(rule: RuleId, reason: String) -> Finding {
    Finding::new(Effect::RequireApproval, rule, Severity::Medium, reason).approved_by(REPOSITORY_OWNERS)
}

fn by_default(answer: Answer) -> &'static str {
    match answer {
        Answer::Allow => "allows what no rule names",
        Answer::Warn => "warns of what no rule names",
        Answer::Ask => "asks about what no rule names",
        Answer::Block => "blocks what no rule names",
    }
}

const INSTEAD: &str = "work without that host; a person can bring what you need of it";
const WRITTEN_OUT: &str = "write the host out, without variables";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Action;
    use crate::policy::{PatternSet, Placed};

    fn patterns(texts: &[&str]) -> PatternSet {
        PatternSet::new(texts.iter().filter_map(|text| Pattern::new(text, None)).collect())
    }

    fn asked_of(network: Network, hosts: &[&str]) -> Option<(Effect, RuleId)> {
        let mut request = Request::new(Action::ExecuteCommand, "curl x");
        request.context.get_or_insert_default().hosts = hosts.iter().map(|host| (*host).to_owned()).collect();
        let policy = CompiledPolicy { network, ..CompiledPolicy::default() };
        of(&request, &policy).map(|finding| (finding.effect, finding.rule))
    }

    #[test]
    fn a_host_meets_the_strictest_list_that_names_it() {
        let network = || Network {
            block_hosts: patterns(&["*.evil.test", "evil.test"]),
            require_approval_hosts: patterns(&["*.test"]),
            allow_hosts: patterns(&["good.example", "evil.test"]),
            default: None,
        };
        let blocked = Some((Effect::Block, RuleId::NetworkBlockHosts));
        let named = Some((Effect::RequireApproval, RuleId::NetworkRequireApprovalHosts));
        let unnamed = Some((Effect::RequireApproval, RuleId::NetworkDefault));
        let open = Some((Effect::RequireApproval, RuleId::NetworkUnresolved));
        let cases: [(&[&str], _); 11] = [
            (&[], None),
            (&["good.example"], None),
            (&["localhost", "127.0.0.2", "::1"], None),
            (&["evil.test"], blocked),
            (&["EVIL.test"], blocked),
            (&["good.example", "a.evil.test"], blocked),
            (&["*.evil.test"], blocked),
            (&["a.test"], named),
            (&["other.example"], unnamed),
            (&["*"], open),
            (&["*.example"], unnamed),
        ];
        for (hosts, expected) in cases {
            assert_eq!(asked_of(network(), hosts), expected, "{hosts:?}");
        }
    }

    #[test]
    fn what_no_list_names_is_answered_by_the_default() {
        for (answer, effect) in [
            (Answer::Allow, None),
            (Answer::Warn, Some(Effect::Warn)),
            (Answer::Ask, Some(Effect::RequireApproval)),
            (Answer::Block, Some(Effect::Block)),
        ] {
            let default = Some(Placed { value: answer, location: None });
            let network = Network { default, ..Network::default() };
            assert_eq!(asked_of(network, &["a.example"]).map(|(effect, _)| effect), effect);
        }
        assert_eq!(asked_of(Network::default(), &["a.example", "*"]), None);
    }
}
