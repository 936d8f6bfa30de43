use super::*;

const RM: Options = Options {
    flags: "--force --no-preserve-root --recursive --verbose -R -f -i -r -v",
    values: "",
    joined: "--interactive --preserve-root",
    same: "-R=--recursive -f=--force -r=--recursive -v=--verbose",
    style: Style::Gnu,
};

fn options(style: Style, flags: &str, values: &str, joined: &str) -> Options {
    let sorted = |list: &str| -> &'static str {
        let mut names: Vec<&str> = list.split(' ').collect();
        names.sort_unstable_by_key(|name| list::key(name));
        names.join(" ").leak()
    };
    Options { flags: sorted(flags), values: sorted(values), joined: sorted(joined), same: "", style }
}

/// The parts in one line: `-o=value@place`, `operand`, `?unlisted`.
fn read(options: &Options, text: &str) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let show = |part: Part<'_>| match part {
        Part::Option { name, value: None, .. } => name.to_owned(),
        Part::Option { name, value: Some(value), word, at } => format!("{name}={value}@{}", at - word),
        Part::Operand { word } => words[word].to_owned(),
        Part::Unknown { word } => format!("?{}", words[word]),
    };
    options.read(&words).into_iter().map(show).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_cluster_is_its_letters_under_their_long_names() {
    assert_eq!(read(&RM, "-rf a --verb -- -v"), "--recursive --force a --verbose -v");
}

#[test]
fn a_beginning_of_two_options_is_neither_but_the_whole_name_is_one() {
    assert_eq!(read(&RM, "--r --in --i"), "--recursive --interactive --interactive");
    let git = options(Style::Gnu, "--no-verify --no-verbose --verify", "", "");
    assert_eq!(read(&git, "--no-ver --no-veri --verify"), "?--no-ver --no-verify --verify");
    assert_eq!(read(&options(Style::Plain, "--force", "", ""), "--forc"), "?--forc");
}

#[test]
fn a_value_is_the_rest_of_its_word_or_the_next_word() {
    let sort = options(Style::Gnu, "-n", "-o -t --output", "");
    assert_eq!(
        read(&sort, "-no f -of -t -n --output=f --out f x"),
        "-n -o=f@1 -o=f@0 -t=-n@1 --output=f@0 --output=f@1 x"
    );
    assert_eq!(read(&sort, "-o"), "-o");
}

#[test]
fn an_optional_value_is_never_the_next_word() {
    let sed = options(Style::Gnu, "-E -n", "-e", "-i --in-place");
    assert_eq!(read(&sed, "-Ei.bak x -i y --in-place=.o z"), "-E -i=.bak@0 x -i y --in-place=.o@0 z");
    assert_eq!(read(&sed, "-iE x"), "-i=E@0 x");
}

#[test]
fn an_option_in_no_list_is_unknown_and_so_is_a_value_that_a_flag_cannot_have() {
    assert_eq!(read(&RM, "-rZf --weird=1 --force=no x"), "--recursive ?-rZf ?--weird=1 ?--force=no x");
    assert_eq!(read(&options(Style::Plain, "--wait", "", ""), "--wait=false"), "--wait=false@0");
}

#[test]
fn the_first_operand_ends_the_options_where_that_is_the_style() {
    let nice = options(Style::Posix, "-NUM", "-n --adjustment", "");
    assert_eq!(read(&nice, "-n 5 tar -n x"), "-n=5@1 tar -n x");
    assert_eq!(read(&nice, "-10 --5 -x y -10"), "-NUM=10@0 -NUM=5@0 ?-x y -10");
    let sudo = options(Style::Assigning, "-E", "-u", "");
    assert_eq!(read(&sudo, "A=1 -u bob B=2 ls -E"), "A=1 -u=bob@1 B=2 ls -E");
    let ssh = options(Style::Second, "-t", "-p", "");
    assert_eq!(read(&ssh, "host -p 22 -t ls -t"), "host -p=22@1 -t ls -t");
}

#[test]
fn long_options_by_one_dash_are_no_clusters() {
    let terraform = options(Style::OneDash, "-auto-approve -o", "-var -I", "-chdir");
    assert_eq!(
        read(&terraform, "--auto-approve -auto-approve=false -var a=b -var=c=d -chdir=x -Iy -ox plan"),
        "-auto-approve -auto-approve=false@0 -var=a=b@1 -var=c=d@0 -chdir=x@0 -I=y@0 ?-ox plan"
    );
}

#[test]
fn a_first_word_without_a_dash_takes_its_values_from_the_words_behind_it() {
    let tar = options(Style::Bundled, "-x -z --extract", "-f -C", "");
    assert_eq!(read(&tar, "xfC a.tar /tmp -z b"), "-x -f=a.tar@1 -C=/tmp@2 -z b");
    assert_eq!(read(&tar, "-xf a.tar b"), "-x -f=a.tar@1 b");
    assert_eq!(read(&tar, "xq"), "-x ?xq");
}

#[test]
fn a_shell_goes_on_with_its_cluster_behind_a_value() {
    let bash = options(Style::Shell, "-e -u -c +e --login", "-o +o --rcfile", "");
    assert_eq!(read(&bash, "-euoc pipefail x -e"), "-e -u -o=pipefail@1 -c x -e");
    assert_eq!(read(&bash, "+eo posix -login --rcfile f - -c"), "+e +o=posix@1 --login --rcfile=f@1 -c");
}

#[test]
fn words_with_a_plus_numbers_a_lone_dash_and_pairs_are_options_where_they_are_listed() {
    assert_eq!(read(&options(Style::Gnu, "", "", "+"), "+12 f"), "+=12@0 f");
    assert_eq!(read(&RM, "+12 - f"), "+12 - f");
    assert_eq!(read(&options(Style::Posix, "- -i", "", ""), "- ls -"), "- ls -");
    assert_eq!(read(&options(Style::Gnu, "-NUM -n -i", "", ""), "-20 -n5i x"), "-NUM=20@0 -n -NUM=5@0 -i x");
    let dd = options(Style::Pairs, "", "", "if= of=");
    assert_eq!(read(&dd, "if=a of=b=c bs=1"), "if==a@0 of==b=c@0 bs=1");
}

#[test]
fn letters_of_any_script_and_empty_words_are_read() {
    assert_eq!(RM.read(&["", "-é", "-rß"]).len(), 4);
    assert_eq!(read(&RM, "--- -"), "?--- -");
}

#[test]
fn an_option_with_several_values_takes_as_many_words() {
    let jq = options(Style::Plain, "-r", "--arg*2 --scan*3 -P*2", "");
    assert_eq!(
        read(&jq, "--arg a b -rP x y --scan 1 2 3 f"),
        "--arg=a@1 --arg=b@2 -r -P=x@1 -P=y@2 --scan=1@1 --scan=2@2 --scan=3@3 f"
    );
}

#[test]
fn a_listed_name_of_several_letters_behind_one_dash_is_no_cluster() {
    let zip = options(Style::Plain, "-T -F -S -FS", "-TT -t", "");
    assert_eq!(read(&zip, "-TT cmd -FS -SF -t x"), "-TT=cmd@1 -FS -S -F -t=x@1");
}
