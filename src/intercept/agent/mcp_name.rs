//! The names that agents give the tools of MCP servers.
//!
//! Server and tool stand in one name. Where the sign between them may also stand in either, the name may mean several
//! servers; a rule that trusts one of them must not be met by a server that only looks like it, so all of them are
//! asked about.

/// The most ways in which a name is split.
const MOST_SPLITS: usize = 16;

/// How an agent makes one name of server and tool.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Naming {
    /// `mcp__server__tool`; the first double underscore behind the prefix ends the server.
    Double,
    /// `mcp__server__tool`, `server___tool`.
    DoubleOrTriple,
    /// `mcp__server__tool`, `server__tool`.
    DoubleOrBare,
    /// `mcp_server_tool`: anywhere.
    Single,
    /// `server-tool`: anywhere.
    Hyphen,
    /// `server_tool`: anywhere.
    Underscore,
    /// `@server/tool`.
    At,
    /// `MCP:tool`: the server is not said.
    Unsaid,
}

/// What a name of a tool that is none of the agent's own may mean: server and tool.
pub(super) fn splits(naming: Naming, name: &str) -> Vec<(String, String)> {
    let once = |rest: &str, sign: &str| rest.split_once(sign).map(pair).into_iter().collect::<Vec<_>>();
    let found = match (name.strip_prefix("mcp__"), naming) {
        (Some(rest), _) => once(rest, "__"),
        (None, Naming::Double) => Vec::new(),
        (None, Naming::DoubleOrTriple) => once(name, "___"),
        (None, Naming::DoubleOrBare) => once(name, "__"),
        (None, Naming::Single) => name.strip_prefix("mcp_").map_or_else(Vec::new, |rest| anywhere(rest, '_')),
        (None, Naming::Hyphen) => anywhere(name, '-'),
        (None, Naming::Underscore) => anywhere(name, '_'),
        (None, Naming::At) => name.strip_prefix('@').map_or_else(Vec::new, |rest| once(rest, "/")),
        (None, Naming::Unsaid) => {
            name.strip_prefix("MCP:").map_or_else(Vec::new, |tool| vec![(String::new(), tool.to_owned())])
        }
    };
    found.into_iter().filter(|(_, tool)| !tool.is_empty()).collect()
}

/// Every split at a sign; where they are too many, none is known.
fn anywhere(name: &str, sign: char) -> Vec<(String, String)> {
    let splits: Vec<_> = name
        .match_indices(sign)
        .filter_map(|(at, found)| Some(pair((name.get(..at)?, name.get(at + found.len()..)?))))
        .filter(|(server, _)| !server.is_empty())
        .collect();
    if splits.len() > MOST_SPLITS { vec![(name.to_owned(), name.to_owned())] } else { splits }
}

fn pair((server, tool): (&str, &str)) -> (String, String) {
    (server.to_owned(), tool.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(naming: Naming, name: &str) -> Vec<String> {
        splits(naming, name).into_iter().map(|(server, tool)| format!("{server}|{tool}")).collect()
    }

    #[test]
    fn a_name_is_split_as_its_agent_spells_it() {
        assert_eq!(told(Naming::Double, "mcp__github__create_issue"), ["github|create_issue"]);
        assert_eq!(told(Naming::Double, "mcp__a__b__c"), ["a|b__c"]);
        assert_eq!(told(Naming::DoubleOrTriple, "github___create_issue"), ["github|create_issue"]);
        assert_eq!(told(Naming::DoubleOrBare, "github__create_issue"), ["github|create_issue"]);
        assert_eq!(told(Naming::At, "@postgres/query"), ["postgres|query"]);
        assert_eq!(told(Naming::Unsaid, "MCP:create_issue"), ["|create_issue"]);
        assert_eq!(told(Naming::Double, "Frobnicate"), [""; 0]);
        assert_eq!(told(Naming::Double, "mcp__github__"), [""; 0]);
    }

    #[test]
    fn a_name_that_may_mean_several_servers_means_all_of_them() {
        assert_eq!(
            told(Naming::Single, "mcp_github_create_issue"),
            ["github|create_issue", "github_create|issue"]
        );
        assert_eq!(told(Naming::Hyphen, "github-evil-run"), ["github|evil-run", "github-evil|run"]);
        assert_eq!(told(Naming::Underscore, &"a_".repeat(40)).len(), 1);
    }
}
