//! `.gitmodules`: the places that submodules are fetched from.

use crate::contract::{Action, Context, Request};

use super::raw::Change;

/// Where git looks for the list, at the top of the tree.
const LIST: &str = ".gitmodules";

/// Whether the change leaves a list of submodules behind. A link in its place is not followed by git.
pub(super) fn is_list(change: &Change) -> bool {
    change.path.eq_ignore_ascii_case(LIST.as_bytes()) && change.new_mode != 0 && !change.is_link()
}

/// A `git_operation` for each URL that the list names. The values are taken as they stand, quotes and comments
/// aside: what git would make of an odd line is not less than what is told here.
pub(super) fn requests(text: &[u8], context: &Context, origin: &str) -> Vec<Request> {
    let text = String::from_utf8_lossy(text);
    let mut requests = Vec::new();
    for line in joined(&text).lines() {
        // A setting may stand on the line of its section.
        let line = line.rsplit(']').next().unwrap_or(line).trim();
        let Some((name, value)) = line.split_once('=') else { continue };
        if !name.trim().eq_ignore_ascii_case("url") {
            continue;
        }
        let value = value.trim().replace('"', "");
        let mut request = Request::new(Action::GitOperation, super::push::without_userinfo(&value));
        request.operation = "add_submodule".to_owned();
        request.context = Some(Context { origin: origin.to_owned(), ..context.clone() });
        requests.push(request);
    }
    requests
}

/// The text with its continued lines put together.
fn joined(text: &str) -> String {
    text.replace("\\\r\n", "").replace("\\\n", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_url_of_the_list_is_told_however_it_is_written() {
        let text = "[submodule \"a\"]\n\tpath = a\n\tURL = \"https://me:secret@a.example/x\"\n[submodule \"b\"] url=ext::sh -c \
                    id\n[x]\n\tur\\\nl = ../c\n";
        let urls: Vec<_> = requests(text.as_bytes(), &Context::default(), "")
            .into_iter()
            .map(|request| request.target)
            .collect();
        assert_eq!(urls, ["https://a.example/x", "ext::sh -c id", "../c"]);
    }
}
