use super::*;
use crate::contract::Action;

fn decoded(agent: Agent, event: &str, payload: &str) -> Decoded {
    decode(agent, Some(event), None, payload.as_bytes(), Some(Path::new("/w")))
        .unwrap_or_else(|fault| panic!("{fault:?}"))
}

fn requests(agent: Agent, event: &str, payload: &str) -> Vec<String> {
    let told = decoded(agent, event, payload).event.into_requests();
    told.map(|request| {
        request
            .map(|request| {
                format!("{} {}{}{}", request.action_type, request.target, request.server, request.tool)
            })
            .unwrap()
    })
    .collect()
}

#[test]
fn each_agent_has_a_word_of_its_own_and_is_read_by_it() {
    for agent in Agent::ALL {
        assert_eq!(Agent::parse(agent.as_str()), Some(*agent));
        assert!(agent.moment(agent.first_event()).is_some_and(Moment::can_be_stopped), "{agent:?}");
    }
}

#[test]
fn no_tool_stands_twice_in_the_table_of_an_agent() {
    for agent in Agent::ALL {
        let mut names: Vec<_> = agent.profile().tools.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all, "{agent:?}");
    }
}

#[test]
fn every_file_of_a_patch_is_asked_about() {
    let payload = r#"{"cwd":"/w","tool_name":"apply_patch","tool_input":{"command":"*** Begin Patch\n*** Update File: a\n*** Move to: b\n*** Delete File: c\n*** End Patch"}}"#;
    let told = requests(Agent::Codex, "PreToolUse", payload);
    let writes: Vec<_> = told.iter().filter(|text| text.starts_with(Action::WriteFile.as_str())).collect();
    assert_eq!(writes, ["write_file a", "write_file b", "write_file c"]);
}

#[test]
fn the_hook_of_one_agent_answers_another_in_its_own_words() {
    let payload = r#"{"hook_event_name":"beforeShellExecution","cursor_version":"1","command":"ls","cwd":"","workspace_roots":["/w"]}"#;
    let asked = decoded(Agent::ClaudeCode, "PreToolUse", payload).asked;
    assert_eq!((asked.agent, asked.event.as_str()), (Agent::Cursor, "beforeShellExecution"));
}

#[test]
fn a_call_that_is_told_in_two_ways_is_held_to_both() {
    let payload = r#"{"cwd":"/w","hookEventName":"pre_tool_use","hook_event_name":"PreToolUse","tool_name":"bash","tool_input":{"command":"ls"},"toolName":"bash","toolInput":{"command":"rm x"}}"#;
    let told = requests(Agent::Grok, "PreToolUse", payload);
    assert!(
        told.contains(&"execute_command ls".to_owned()) && told.contains(&"execute_command rm x".to_owned()),
        "{told:?}"
    );
}

#[test]
fn a_payload_that_is_not_understood_is_a_fault() {
    for payload in [
        r#"{"cwd":"/w","tool_name":"Bash"}"#,
        r#"{"cwd":"/w","tool_input":{"command":"ls"}}"#,
        r#"{"cwd":"/w","tool_name":"Bash","tool_input":{}}"#,
        r#"{"cwd":"/w","tool_name":"Bash","tool_input":{"command":"ls"},"hook_event_name":"PostToolUse"}"#,
        r#"{"cwd":"/w","tool_name":"Bash","tool_input":{"command":"ls"},"hook_event_name":"New"}"#,
        r#"{"cwd":"/w","toolInputTruncated":true,"toolName":"bash","toolInput":{"command":"ls"}}"#,
    ] {
        assert!(
            decode(Agent::ClaudeCode, Some("PreToolUse"), None, payload.as_bytes(), None).is_err(),
            "{payload}"
        );
    }
    let copilot = r#"{"cwd":"/w","toolName":"bash","toolArgs":"{\"command\":\"ls\",\"command\":\"rm x\"}"}"#;
    assert!(decode(Agent::CopilotCli, Some("preToolUse"), None, copilot.as_bytes(), None).is_err());
    let nested = r#"{"cwd":"/w","tool_name":"mcp__a__b","tool_input":{"x":"{\"p\":\"a\",\"p\":\".env\"}"}}"#;
    assert!(decode(Agent::ClaudeCode, Some("PreToolUse"), None, nested.as_bytes(), None).is_err());
    assert!(decode(Agent::ClaudeCode, Some("Nothing"), None, b"{}", None).is_err());
}

#[test]
fn an_unknown_tool_is_for_the_default_and_its_texts_are_suspected() {
    let payload = r#"{"cwd":"/w","tool_name":"Frobnicate","tool_input":{"a":{"b":["rm -rf /"]}}}"#;
    let event = decoded(Agent::ClaudeCode, "PreToolUse", payload).event;
    assert!(event.suspects().iter().any(|request| request.target == "rm -rf /"));
    assert_eq!(
        event.into_requests().map(|request| request.unwrap().target).collect::<Vec<_>>(),
        ["Frobnicate"]
    );
}

#[test]
fn a_tool_of_a_server_is_told_by_both_names() {
    let gemini = r#"{"cwd":"/w","tool_name":"mcp_github_create_issue","tool_input":{},"mcp_context":{"server_name":"github","tool_name":"create_issue"}}"#;
    assert_eq!(requests(Agent::GeminiCli, "BeforeTool", gemini), ["mcp_tool_call githubcreate_issue"]);
    let cursor = r#"{"cursor_version":"1","tool_name":"create_issue","tool_input":"{}","mcp_server_name":"github","command":"npx x"}"#;
    assert_eq!(requests(Agent::Cursor, "beforeMCPExecution", cursor), ["mcp_tool_call githubcreate_issue"]);
}

#[test]
fn a_payload_of_another_event_is_stopped_where_either_can_be() {
    let payload =
        r#"{"cwd":"/w","hook_event_name":"PreToolUse","tool_name":"Bash","tool_input":{"command":"ls"}}"#;
    let fault = decode(Agent::ClaudeCode, Some("PostToolUse"), None, payload.as_bytes(), None).err().unwrap();
    assert!(fault.asked.moment.can_be_stopped());
}

#[test]
fn what_is_attached_to_a_file_is_read_too() {
    let payload = r#"{"cursor_version":"1","workspace_roots":["/w"],"file_path":"a","attachments":[{"file_path":".env"}]}"#;
    assert_eq!(requests(Agent::Cursor, "beforeReadFile", payload), ["read_file a", "read_file .env"]);
}
