//! A harmless payload that must be denied: what shows that an installed hook holds.

use serde_json::{Map, Value, json};

use super::Agent;
use super::profile::Moment;
use super::tool::Use;

/// What the probe asks for. Cavra's own protection denies it under any policy, and it is never run.
const COMMAND: &str = "cavra uninstall doctor-probe";

/// The payload of an event, as the agent would send it; none for an event that runs no command.
pub(super) fn payload(agent: Agent, event: &str, cwd: &str) -> Option<String> {
    let profile = agent.profile();
    let mut value = json!({ "cwd": cwd, "session_id": "cavra-doctor" });
    let runs = |tool: &str| profile.tools.iter().any(|(name, does)| *name == tool && *does == Use::Run);
    let input = json!({ "command": COMMAND });
    match agent.moment(event)? {
        Moment::Tool | Moment::Permission => {
            let (tool, _) = profile.tools.iter().find(|(_, does)| *does == Use::Run)?;
            let (name, given) = profile.calls.iter().find(|(name, _)| !name.is_empty())?;
            set(&mut value, name, Value::from(*tool))?;
            set(&mut value, given, input)?;
        }
        Moment::Step(tool) if runs(tool) => match profile.calls.first() {
            // The whole payload is the input, or the part that the profile points to.
            Some(("/agent_action_name", given)) => {
                set(&mut value, "/agent_action_name", Value::from(event))?;
                set(&mut value, given, input)?;
            }
            _ => set(&mut value, "/command", Value::from(COMMAND))?,
        },
        Moment::Step(_) | Moment::Prompt | Moment::Settings | Moment::Notice => return None,
    }
    if agent == Agent::Cursor {
        set(&mut value, "/cursor_version", Value::from("doctor"))?;
    }
    Some(value.to_string())
}

/// Sets the member that a pointer leads to, and makes the objects on the way.
fn set(value: &mut Value, pointer: &str, to: Value) -> Option<()> {
    let mut at = value;
    for name in pointer.split('/').filter(|name| !name.is_empty()) {
        at = at.as_object_mut()?.entry(name).or_insert_with(|| Value::Object(Map::new()));
    }
    *at = to;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::SELF_PROTECTION;

    #[test]
    fn the_probe_of_each_agent_is_understood_and_is_what_no_policy_allows() {
        for agent in Agent::ALL {
            let event = agent.first_event();
            let payload = payload(*agent, event, "/").unwrap_or_else(|| panic!("{agent:?}"));
            let decoded = super::super::decode(*agent, Some(event), None, payload.as_bytes(), None);
            let decoded = decoded.unwrap_or_else(|fault| panic!("{agent:?}: {fault:?}"));
            let mut requests = decoded.event.into_requests().flatten();
            assert!(requests.any(|request| request.action_type == SELF_PROTECTION), "{agent:?}");
        }
    }
}
