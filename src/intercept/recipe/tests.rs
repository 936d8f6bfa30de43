use super::{Kind, Recipes};

fn commands(kind: Kind, text: &str, target: &str, operands: &[&str]) -> Vec<String> {
    Recipes::read(kind, text).commands(target, operands)
}

#[test]
fn a_makefile_runs_what_its_target_needs_first() {
    let text = "TOOL := terraform\nAPPLY = $(TOOL) apply \\\n  -auto-approve\n.PHONY: all\nall: build deploy # both\n\nbuild: main.o\n\t@echo $@ $<\n\ndeploy:\n\t-cd x && $(APPLY)\n%.o: %.c\n\t$(CC) -c $< -o $@\n";
    assert_eq!(
        commands(Kind::Make, text, "all", &[]),
        ["${CC} -c main.c -o main.o", "echo build main.o", "cd x && terraform apply    -auto-approve"]
    );
    assert_eq!(Recipes::read(Kind::Make, text).first(), Some("all"));
}

#[test]
fn what_a_makefile_computes_is_left_to_the_shell() {
    let text = "x: ; $(shell cat f) $(wildcard *.c) $(HOME) $${y} $(MAKE)\n";
    assert_eq!(commands(Kind::Make, text, "x", &[]), ["$(cat f) ${RECIPE_TEXT} ${HOME} ${y} make"]);
}

#[test]
fn references_that_have_no_end_end() {
    assert!(commands(Kind::Make, "A = $(A)$(A)\nx:\n\t$(A)\n", "x", &[]).concat().len() < 1 << 20);
    assert_eq!(commands(Kind::Make, "a: b\n\techo a\nb: a\n\techo b\n", "a", &[]), ["echo b", "echo a"]);
}

#[test]
fn one_shell_for_all_lines_is_one_text() {
    let text = ".ONESHELL:\nx:\n\tcd y\n\tls\n";
    assert_eq!(commands(Kind::Make, text, "x", &[]), ["cd y\nls"]);
}

#[test]
fn a_justfile_hands_its_recipes_their_operands() {
    let text = "env := 'prod'\nalias d := deploy\n\n@deploy what='x' *more: check (build \"a b\") && done\n    terraform {{what}} {{ more }} -var {{env}} {{ arch() }}\n    echo {{{{x}}\n\ncheck:\n    ls \\\n      -l\nbuild a:\n    #!/usr/bin/env bash\n    set -e\n    make\ndone:\n";
    assert_eq!(
        commands(Kind::Just, text, "deploy", &["apply", "1", "2"]),
        [
            "ls -l",
            "#!/usr/bin/env bash\nset -e\nmake",
            "terraform apply 1 2 -var prod ${RECIPE_TEXT}",
            "echo {{x}}"
        ]
    );
    assert_eq!(commands(Kind::Just, text, "d", &[]).len(), 4);
    assert_eq!(Recipes::read(Kind::Just, text).operands("deploy"), None);
    assert_eq!(Recipes::read(Kind::Just, text).operands("check"), Some(0));
}

#[test]
fn a_script_of_a_package_runs_with_those_around_it() {
    let text =
        r#"{"scripts": {"build": "tsc", "prebuild": "rm -rf dist", "postbuild": "ls", "prepare": "husky"}}"#;
    assert_eq!(commands(Kind::Package, text, "build", &["-p", "a b"]), ["rm -rf dist", "tsc -p 'a b'", "ls"]);
    assert_eq!(commands(Kind::Package, text, "install()", &[]), ["husky"]);
    assert!(commands(Kind::Package, "{", "build", &[]).is_empty());
}
