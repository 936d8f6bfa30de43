//! What the tools of the server are at the moment, as far as it has told.

use std::collections::HashMap;

use crate::contract::Definition;
use crate::intercept::mcp::{Known, ToolDefinition};
use crate::sys::dirs::Places;

use super::pins::Pins;

/// The most tools that are remembered.
const MOST_TOOLS: usize = 10_000;

/// What is suspicious in a tool that has two definitions: nobody can accept that.
const LISTED_TWICE: &str = "listed-twice";

/// The tools that the server told of since its list last changed.
pub(super) struct Tools {
    places: Places,
    server: String,
    command: Vec<String>,
    current: HashMap<String, ToolDefinition>,
    /// None where they cannot be read: nothing counts as accepted then.
    pins: Option<Pins>,
    /// Whether the server is seen for the first time, and has not shown all of its tools yet.
    is_first_sight: bool,
    /// Whether the server has told the end of its list since it last changed.
    is_whole: bool,
    /// Whether Cavra itself asked for the list since.
    was_asked: bool,
}

impl Tools {
    pub(super) fn new(places: Places, server: &str, command: &[String]) -> Self {
        let pins = Pins::load(&places, server).ok();
        let is_first_sight = pins.as_ref().is_some_and(Pins::are_new);
        Self {
            places,
            server: server.to_owned(),
            command: command.to_vec(),
            current: HashMap::new(),
            pins,
            is_first_sight,
            is_whole: false,
            was_asked: false,
        }
    }

    /// Takes in a page of the list. `has_more`: there is another page; `trusts_first_sight`: what a server shows first
    /// is accepted.
    pub(super) fn learn(&mut self, page: &[ToolDefinition], has_more: bool, trusts_first_sight: bool) {
        if self.is_whole {
            // The server tells its list anew.
            self.current.clear();
        }
        for tool in page {
            let has_room = self.current.len() < MOST_TOOLS;
            match self.current.get_mut(&tool.name) {
                // Which of two definitions a client shows to its model is not known.
                Some(known) if known.digest != tool.digest => known.flags.push(LISTED_TWICE),
                Some(_) => {}
                None if has_room => {
                    self.current.insert(tool.name.clone(), tool.clone());
                }
                None => {}
            }
        }
        self.is_whole = !has_more;
        let accepts = trusts_first_sight && self.is_first_sight;
        let all: Vec<ToolDefinition> = self.current.values().cloned().collect();
        let is_known = self.pins.as_ref().is_some_and(|pins| {
            all.iter().all(|tool| {
                pins.state(tool, &self.command).is_none()
                    && pins.shown.get(&tool.name).is_some_and(|pin| pin.digest == tool.digest)
            })
        });
        if !is_known {
            let changed = Pins::change(&self.places, &self.server, |pins| {
                pins.show(&all, &self.command, !has_more);
                if accepts {
                    pins.accept_first(&all, &self.command);
                }
            });
            self.pins = changed.ok().map(|(pins, ())| pins);
        }
        self.is_first_sight &= has_more;
    }

    /// The server says that its tools are others by now.
    pub(super) fn forget(&mut self) {
        self.current.clear();
        self.is_whole = false;
        self.was_asked = false;
    }

    /// Whether it would help to ask the server for its list; it is asked once.
    pub(super) fn lacks(&mut self, tool: &str) -> bool {
        let lacks = !self.is_whole && !self.was_asked && !self.current.contains_key(tool);
        self.was_asked |= lacks;
        lacks
    }

    /// What is known of a tool that is called.
    pub(super) fn known(&mut self, tool: &str) -> Known {
        let Some(definition) = self.current.get(tool).cloned() else {
            return Known { definition: Some(Definition::Unseen), ..Known::default() };
        };
        let mut state = self.state(&definition);
        if state.is_some() {
            // Somebody may have accepted it since.
            self.pins = Pins::load(&self.places, &self.server).ok();
            state = self.state(&definition);
        }
        Known { definition: state, flags: definition.flags, says_it_writes: definition.says_it_writes }
    }

    /// The tools of a page as they are known by now, and how each stands.
    pub(super) fn states(&self, page: Vec<ToolDefinition>) -> Vec<(ToolDefinition, Option<Definition>)> {
        let known = |tool: ToolDefinition| self.current.get(&tool.name).cloned().unwrap_or(tool);
        page.into_iter().map(known).map(|tool| (tool.clone(), self.state(&tool))).collect()
    }

    fn state(&self, tool: &ToolDefinition) -> Option<Definition> {
        if tool.flags.contains(&LISTED_TWICE) {
            return Some(Definition::Flagged);
        }
        self.pins.as_ref().map_or(Some(Definition::Changed), |pins| pins.state(tool, &self.command))
    }
}
