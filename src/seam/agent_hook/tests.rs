use super::reply;
use super::*;

#[test]
fn no_agent_ever_hears_a_yes_from_a_failure() {
    for agent in Agent::ALL {
        let call = Call { agent: *agent, event: None };
        let passing = reply::of(&Asked::before(*agent, None), Say::Pass(None));
        let failing = failure(&call, "reason");
        assert_ne!(failing, passing, "{agent:?}");
        assert!(failing.code == 2 || failing.stdout.contains("reason"), "{agent:?}");
    }
}

#[test]
fn a_question_is_a_no_in_a_mode_that_does_not_ask() {
    for (agent, mode) in [
        (Agent::ClaudeCode, "bypassPermissions"),
        (Agent::ClaudeCode, "auto"),
        (Agent::ClaudeCode, "dontAsk"),
        (Agent::ClaudeCode, "something-new"),
        (Agent::QwenCode, "yolo"),
        (Agent::Grok, "bypassPermissions"),
    ] {
        let asked = Asked { mode: Some(mode.to_owned()), ..Asked::before(agent, None) };
        assert_eq!(
            reply::of(&asked, Say::Ask("why")),
            reply::of(&asked, Say::Deny("why")),
            "{agent:?} {mode}"
        );
    }
}
