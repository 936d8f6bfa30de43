//! Examples by the grammar of the tables.

use super::*;

#[test]
fn commands_are_read_by_the_tables() {
    for (pattern, text) in [
        ("rm -rf /*", "rm --recur --forc -- /"),
        ("rm -rf /*", "/bin/rm -r -f /"),
        ("rm -rf /*", "rm / -rf"),
        ("rm -rf /", "rm -rfv /"),
        ("sudo rm -rf /", "sudo -u root rm -rf /"),
        ("docker rm *", "docker container rm x"),
    ] {
        let (request, set) = (request(text), set(pattern));
        let structure = Structure::all(&request).pop().expect("an argv");
        let met = structure.certain(&structure.candidates(&set)).map(Pattern::as_str);
        assert_eq!(met, Some(pattern), "{text}");
    }
}
