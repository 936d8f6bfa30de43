use super::*;
use crate::contract::{Action, Context};
use crate::policy::Placed;

fn policy(block: &str, ask: &str, allow: &str, default: CommandDefault) -> CompiledPolicy {
    let set = |text: &str| PatternSet::new(Pattern::new(text, None).into_iter().collect());
    let commands = Commands {
        block: set(block),
        require_approval: set(ask),
        allow: set(allow),
        effects: Vec::new(),
        default: Some(Placed { value: default, location: None }),
    };
    CompiledPolicy { commands, ..CompiledPolicy::default() }
}

/// A request whose words with a `*` are known in part; those that begin with something else are one word.
fn request(text: &str) -> Request {
    let argv: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let is_open = |(place, word): (u32, &String)| word.contains('*').then_some(place);
    let open_words = (0..).zip(&argv).filter_map(is_open).collect();
    let is_whole = |(place, word): (u32, &String)| (!word.starts_with('*')).then_some(place);
    let whole_words = (0..).zip(&argv).filter_map(is_whole).collect();
    let context = Context { argv, open_words, whole_words, ..Context::default() };
    Request { context: Some(context), ..Request::new(Action::ExecuteCommand, text) }
}

fn answer(text: &str, policy: &CompiledPolicy) -> (Effect, RuleId) {
    let finding = command(&request(text), policy);
    (finding.effect, finding.rule)
}

const BLOCKED: (Effect, RuleId) = (Effect::Block, RuleId::CommandsBlock);
const ASKED: (Effect, RuleId) = (Effect::RequireApproval, RuleId::CommandsRequireApproval);
const IN_PART: (Effect, RuleId) = (Effect::RequireApproval, RuleId::CommandsUnresolved);

#[test]
fn rules_that_refuse_meet_a_command_by_its_words() {
    let policy = policy("rm -r -f /", "tool --now drop*", "*", CommandDefault::Allow);
    assert_eq!(answer("rm / -fr", &policy), BLOCKED);
    assert_eq!(answer("tool drop all --now", &policy), ASKED);
    let finding = command(&request("rm / -fr"), &policy);
    assert_eq!((finding.deviation, finding.matched.as_deref()), (Some(Deviation::D3), Some("rm -r -f /")));
}

#[test]
fn rules_that_allow_do_not() {
    let policy = policy("", "", "tool --now drop", CommandDefault::Block);
    assert_eq!(answer("tool --now drop", &policy), (Effect::Allow, RuleId::CommandsAllow));
    assert_eq!(answer("tool drop --now", &policy), (Effect::Block, RuleId::CommandsDefaultBlock));
}

#[test]
fn what_may_be_refused_is_asked_about_even_where_it_is_allowed() {
    for (block, ask) in [("rm -rf /", ""), ("", "rm -rf /")] {
        let policy = policy(block, ask, "rm *", CommandDefault::Allow);
        assert_eq!(answer("rm -rf *", &policy), IN_PART);
        assert_eq!(answer("rm -rf build/*", &policy), (Effect::Allow, RuleId::CommandsAllow));
    }
    let finding = command(&request("rm -rf *"), &policy("rm -rf /", "", "", CommandDefault::Allow));
    assert_eq!(
        finding.reason,
        "a part of the command is an operand whose value is not known beforehand, and a rule of the policy may \
         name it"
    );
    assert_eq!((finding.deviation, finding.matched.as_deref()), (Some(Deviation::D2), Some("rm -rf /")));
}

#[test]
fn what_is_refused_whatever_it_is_is_refused() {
    let policy = policy("rm -rf / *", "tool drop*", "", CommandDefault::Allow);
    assert_eq!(answer("rm -rf / *", &policy), BLOCKED);
    assert_eq!(answer("tool --now drop *", &policy), ASKED);
}

#[test]
fn what_no_rule_may_name_is_as_the_policy_says_of_it() {
    for (default, effect) in [
        (CommandDefault::Allow, Effect::Allow),
        (CommandDefault::RequireApproval, Effect::RequireApproval),
        (CommandDefault::Block, Effect::Block),
    ] {
        let policy = policy("rm -rf /", "", "cat *", default);
        assert_eq!(answer("cat *", &policy), (Effect::Allow, RuleId::CommandsAllow));
        assert_eq!(command(&request("ls *"), &policy).effect, effect);
    }
}

#[test]
fn a_program_that_is_not_known_is_asked_about_and_never_allowed() {
    assert_eq!(answer("* x", &policy("", "", "*", CommandDefault::Allow)), IN_PART);
    let closed = policy("", "", "", CommandDefault::Block);
    assert_eq!(answer("* x", &closed), (Effect::Block, RuleId::CommandsDefaultBlock));
}
