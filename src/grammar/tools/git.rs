//! git: its porcelain, and the plumbing that reads, writes or runs something.
//!
//! Its long options may be shortened, `--no-` stands before most of them, and the values of some are commands.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::tool::Role as R;

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[GIT];

const TEXT: Operands = Operands::all(R::Text);
const OPAQUE: Operands = Operands::all(R::Opaque);

const GIT: Tool = Tool::with(&["git"], GLOBAL, SUBCOMMANDS);

const GLOBAL: Form = Form::leading(
    "--bare --glob-pathspecs --help --html-path --icase-pathspecs --info-path \
         --literal-pathspecs --man-path --no-advice --no-lazy-fetch --no-literal-pathspecs \
         --no-optional-locks --no-pager --no-replace-objects --noglob-pathspecs --paginate \
         --version -P -h -p -v",
    "--attr-source --config-env --git-dir --namespace --shallow-file --super-prefix \
         --work-tree -C -c",
    "--exec-path --list-cmds",
)
.same("-P=--no-pager -h=--help -p=--paginate -v=--version")
.roles(&[
    ("-C", R::Folder),
    ("-c", R::Opaque),
    ("--config-env", R::Opaque),
    ("--exec-path", R::Opaque),
    ("--git-dir", R::Opaque),
    ("--work-tree", R::Opaque),
]);

const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand::new(
        "add",
        Form::gnu(
            "--all --dry-run --edit --end-of-options --force --help --ignore-errors \
         --ignore-missing --ignore-removal --intent-to-add --interactive --no-all --no-chmod \
         --no-dry-run --no-edit --no-force --no-ignore-errors --no-ignore-missing \
         --no-ignore-removal --no-intent-to-add --no-interactive --no-patch \
         --no-pathspec-file-nul --no-pathspec-from-file --no-refresh --no-renormalize \
         --no-sparse --no-update --no-verbose --no-warn-embedded-repo --patch \
         --pathspec-file-nul --refresh --renormalize --sparse --update --verbose \
         --warn-embedded-repo -A -N -e -f -h -i -n -p -u -v",
            "--chmod --pathspec-from-file",
            "",
        )
        .same(
            "-A=--all -N=--intent-to-add -e=--edit -f=--force -i=--interactive -n=--dry-run \
         -p=--patch -u=--update -v=--verbose",
        )
        .roles(&[("--pathspec-from-file", R::List)])
        .all(R::ReadTree),
    )
    .or("stage"),
    Subcommand::new(
        "am",
        Form::gnu(
            "--3way --abort --allow-empty --binary --committer-date-is-author-date --continue \
         --end-of-options --help --ignore-date --ignore-space-change --ignore-whitespace \
         --interactive --keep --keep-cr --keep-non-patch --message-id --no-3way --no-binary \
         --no-committer-date-is-author-date --no-directory --no-exclude --no-gpg-sign \
         --no-ignore-date --no-ignore-space-change --no-ignore-whitespace --no-include \
         --no-interactive --no-keep --no-keep-cr --no-keep-non-patch --no-message-id \
         --no-patch-format --no-quiet --no-rebasing --no-reject --no-rerere-autoupdate \
         --no-resolvemsg --no-scissors --no-signoff --no-utf8 --no-verify --no-whitespace \
         --quiet --quit --rebasing --reject --rerere-autoupdate --resolved --retry --scissors \
         --signoff --skip --utf8 --verify -3 -b -c -h -i -k -m -n -q -r -s -u",
            "--directory --empty --exclude --include --patch-format --quoted-cr --resolvemsg \
         --whitespace -C -p",
            "--gpg-sign --show-current-patch -S",
        )
        .same(
            "-3=--3way -S=--gpg-sign -b=--binary -c=--scissors -i=--interactive -k=--keep \
         -m=--message-id -n=--no-verify -q=--quiet -r=--resolved -s=--signoff -u=--utf8",
        )
        .roles(&[("--directory", R::Text)])
        .all(R::Read),
    ),
    Subcommand::new(
        "annotate",
        Form::gnu(
            "--color-by-age --color-lines --end-of-options --help --incremental --line-porcelain \
         --minimal --no-abbrev --no-color-by-age --no-color-lines --no-contents \
         --no-ignore-rev --no-ignore-revs-file --no-incremental --no-line-porcelain \
         --no-minimal --no-porcelain --no-progress --no-root --no-score-debug --no-show-email \
         --no-show-name --no-show-number --no-show-stats --porcelain --progress --root \
         --score-debug --show-email --show-name --show-number --show-stats -b -c -e -f -h -l \
         -n -p -s -t -w",
            "--contents --ignore-rev --ignore-revs-file -L -S",
            "--abbrev -C -M",
        )
        .same("-e=--show-email -f=--show-name -n=--show-number -p=--porcelain")
        .roles(&[("-S", R::Read), ("--ignore-revs-file", R::Read), ("--contents", R::Read)])
        .all(R::Read),
    ),
    Subcommand::new(
        "apply",
        Form::gnu(
            "--3way --add --allow-binary-replacement --allow-empty --allow-overlap --apply \
         --binary --cached --check --end-of-options --help --ignore-space-change \
         --ignore-whitespace --inaccurate-eof --index --intent-to-add --no-3way --no-add \
         --no-allow-binary-replacement --no-allow-empty --no-allow-overlap --no-apply \
         --no-binary --no-build-fake-ancestor --no-cached --no-check --no-directory \
         --no-ignore-space-change --no-ignore-whitespace --no-inaccurate-eof --no-index \
         --no-intent-to-add --no-numstat --no-quiet --no-recount --no-reject --no-reverse \
         --no-stat --no-summary --no-unidiff-zero --no-unsafe-paths --no-verbose \
         --no-whitespace --numstat --ours --quiet --recount --reject --reverse --stat \
         --summary --theirs --unidiff-zero --union --unsafe-paths --verbose -3 -N -R -h -q -v \
         -z",
            "--build-fake-ancestor --directory --exclude --include --whitespace -C -p",
            "",
        )
        .same("-3=--3way -N=--intent-to-add -R=--reverse -q=--quiet -v=--verbose")
        .all(R::Read),
    ),
    Subcommand::new(
        "archive",
        Form::gnu(
            "--end-of-options --help --list --no-add-file --no-add-virtual-file --no-exec \
         --no-format --no-list --no-output --no-prefix --no-remote --no-verbose \
         --no-worktree-attributes --verbose --worktree-attributes -NUM -h -l -v",
            "--add-file --add-virtual-file --exec --format --mtime --output --prefix --remote -o",
            "",
        )
        .same("-l=--list -o=--output -v=--verbose")
        .roles(&[
            ("--output", R::Write),
            ("--add-file", R::Read),
            ("--exec", R::Shell),
            ("--remote", R::Remote),
        ]),
    ),
    Subcommand::new("bisect", Form::gnu("--end-of-options --help -h", "", "--term-new")),
    Subcommand::new(
        "bisect start",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect bad",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect good",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect new",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect old",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect skip",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect reset",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect terms",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect visualize",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect view",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect replay",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        )
        .all(R::Read),
    ),
    Subcommand::new(
        "bisect log",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect help",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new(
        "bisect next",
        Form::gnu(
            "--end-of-options --first-parent --help --no-checkout --term-bad --term-good -h",
            "--term-new --term-old",
            "",
        ),
    ),
    Subcommand::new("bisect run", Form::posix("--end-of-options --help -h", "", "").all(R::Command)),
    Subcommand::new(
        "blame",
        Form::gnu(
            "--color-by-age --color-lines --end-of-options --help --incremental --line-porcelain \
         --minimal --no-abbrev --no-color-by-age --no-color-lines --no-contents \
         --no-ignore-rev --no-ignore-revs-file --no-incremental --no-line-porcelain \
         --no-minimal --no-porcelain --no-progress --no-root --no-score-debug --no-show-email \
         --no-show-name --no-show-number --no-show-stats --porcelain --progress --root \
         --score-debug --show-email --show-name --show-number --show-stats -b -c -e -f -h -l \
         -n -p -s -t -w",
            "--contents --ignore-rev --ignore-revs-file -L -S",
            "--abbrev -C -M",
        )
        .same("-e=--show-email -f=--show-name -n=--show-number -p=--porcelain")
        .roles(&[("-S", R::Read), ("--ignore-revs-file", R::Read), ("--contents", R::Read)])
        .all(R::Read),
    ),
    Subcommand::new(
        "branch",
        Form::gnu(
            "--all --copy --create-reflog --delete --edit-description --end-of-options --force \
         --help --ignore-case --list --move --no-abbrev --no-color --no-column --no-copy \
         --no-create-reflog --no-delete --no-edit-description --no-force --no-format \
         --no-ignore-case --no-list --no-move --no-omit-empty --no-points-at --no-quiet \
         --no-recurse-submodules --no-set-upstream --no-set-upstream-to --no-show-current \
         --no-sort --no-track --no-unset-upstream --no-verbose --omit-empty --quiet \
         --recurse-submodules --remotes --set-upstream --show-current --unset-upstream \
         --verbose -C -D -M -a -c -d -f -h -i -l -m -q -r -v",
            "--contains --format --merged --no-contains --no-merged --points-at --set-upstream-to \
         --sort --with --without -u",
            "--abbrev --color --column --track -t",
        )
        .same(
            "-a=--all -c=--copy -d=--delete -f=--force -i=--ignore-case -l=--list -m=--move \
         -q=--quiet -r=--remotes -t=--track -u=--set-upstream-to -v=--verbose",
        ),
    ),
    Subcommand::new(
        "bundle create",
        Form::gnu(
            "--all-progress --all-progress-implied --end-of-options --help --no-all-progress \
         --no-all-progress-implied --no-progress --no-quiet --no-version --progress --quiet \
         -h -q",
            "--version",
            "",
        )
        .same("-q=--quiet")
        .first(&[R::Write], R::Text),
    ),
    Subcommand::new(
        "bundle verify",
        Form::gnu("--end-of-options --help --no-quiet --quiet -h -q", "", "").same("-q=--quiet").all(R::Read),
    ),
    Subcommand::new(
        "bundle list-heads",
        Form::gnu("--end-of-options --help -h", "", "").first(&[R::Read], R::Text),
    ),
    Subcommand::new(
        "bundle unbundle",
        Form::gnu("--end-of-options --help --no-progress --progress -h", "", "").first(&[R::Read], R::Text),
    ),
    Subcommand::new(
        "cat-file",
        Form::gnu(
            "--allow-unknown-type --batch-all-objects --buffer --end-of-options --filters \
         --follow-symlinks --help --mailmap --no-allow-unknown-type --no-buffer \
         --no-follow-symlinks --no-mailmap --no-path --no-unordered --no-use-mailmap --path \
         --textconv --unordered --use-mailmap -Z -e -h -p -s -t -z",
            "",
            "--batch --batch-check --batch-command",
        ),
    ),
    Subcommand::new(
        "check-attr",
        Form::gnu(
            "--all --cached --end-of-options --help --no-all --no-cached --no-source --no-stdin \
         --stdin -a -h -z",
            "--source",
            "",
        )
        .same("-a=--all"),
    ),
    Subcommand::new(
        "check-ignore",
        Form::gnu(
            "--end-of-options --help --index --no-index --no-non-matching --no-quiet --no-stdin \
         --no-verbose --non-matching --quiet --stdin --verbose -h -n -q -v -z",
            "",
            "",
        )
        .same("-n=--non-matching -q=--quiet -v=--verbose"),
    ),
    Subcommand::new("check-ref-format", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "check-mailmap",
        Form::gnu(
            "--end-of-options --help --no-mailmap-blob --no-mailmap-file --no-stdin --stdin -h",
            "--mailmap-blob --mailmap-file",
            "",
        ),
    ),
    Subcommand::new(
        "checkout",
        Form::gnu(
            "--detach --end-of-options --force --guess --help --ignore-other-worktrees \
         --ignore-skip-worktree-bits --merge --no-conflict --no-detach --no-force --no-guess \
         --no-ignore-other-worktrees --no-ignore-skip-worktree-bits --no-merge --no-orphan \
         --no-overlay --no-overwrite-ignore --no-patch --no-pathspec-file-nul \
         --no-pathspec-from-file --no-progress --no-quiet --no-recurse-submodules --no-track \
         --ours --overlay --overwrite-ignore --patch --pathspec-file-nul --progress --quiet \
         --theirs -2 -3 -d -f -h -l -m -p -q",
            "--conflict --orphan --pathspec-from-file -B -b",
            "--recurse-submodules --track -t",
        )
        .same(
            "-2=--ours -3=--theirs -d=--detach -f=--force -m=--merge -p=--patch -q=--quiet \
         -t=--track",
        )
        .roles(&[("--pathspec-from-file", R::List)])
        .all(R::WriteTree)
        .with(&[("--detach --orphan --track -B -b", TEXT)]),
    ),
    Subcommand::new(
        "checkout-index",
        Form::gnu(
            "--all --create --end-of-options --force --help --ignore-skip-worktree-bits --index \
         --no-all --no-create --no-force --no-ignore-skip-worktree-bits --no-index \
         --no-prefix --no-quiet --no-stdin --no-temp --quiet --stdin --temp -a -f -h -n -q -u \
         -z",
            "--prefix --stage",
            "",
        )
        .same("-a=--all -f=--force -n=--no-create -q=--quiet -u=--index")
        .roles(&[("--prefix", R::Write)])
        .all(R::WriteTree),
    ),
    Subcommand::new(
        "cherry",
        Form::gnu("--end-of-options --help --no-abbrev --no-verbose --verbose -h -v", "", "--abbrev")
            .same("-v=--verbose"),
    ),
    Subcommand::new(
        "cherry-pick",
        Form::gnu(
            "--abort --allow-empty --allow-empty-message --commit --continue --edit \
         --end-of-options --ff --help --keep-redundant-commits --no-allow-empty \
         --no-allow-empty-message --no-cleanup --no-commit --no-edit --no-ff --no-gpg-sign \
         --no-keep-redundant-commits --no-mainline --no-rerere-autoupdate --no-signoff \
         --no-strategy --no-strategy-option --quit --rerere-autoupdate --signoff --skip -e -h \
         -n -r -s -x",
            "--cleanup --empty --mainline --strategy --strategy-option -X -m",
            "--gpg-sign -S",
        )
        .same(
            "-S=--gpg-sign -X=--strategy-option -e=--edit -m=--mainline -n=--no-commit \
         -s=--signoff",
        ),
    ),
    Subcommand::new("citool", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "clean",
        Form::gnu(
            "--dry-run --end-of-options --force --help --interactive --no-dry-run --no-force \
         --no-interactive --no-quiet --quiet -X -d -f -h -i -n -q -x",
            "--exclude -e",
            "",
        )
        .same("-e=--exclude -f=--force -i=--interactive -n=--dry-run -q=--quiet")
        .all(R::WriteTree),
    ),
    Subcommand::new(
        "clone",
        Form::gnu(
            "--also-filter-submodules --bare --checkout --dissociate --end-of-options --hardlinks \
         --help --ipv4 --ipv6 --local --mirror --naked --no-also-filter-submodules --no-bare \
         --no-branch --no-bundle-uri --no-checkout --no-config --no-depth --no-dissociate \
         --no-filter --no-hardlinks --no-jobs --no-local --no-mirror --no-naked --no-origin \
         --no-progress --no-quiet --no-recurse-submodules --no-recursive --no-ref-format \
         --no-reference --no-reference-if-able --no-reject-shallow --no-remote-submodules \
         --no-separate-git-dir --no-server-option --no-shallow-exclude --no-shallow-since \
         --no-shallow-submodules --no-shared --no-single-branch --no-sparse --no-tags \
         --no-template --no-upload-pack --no-verbose --progress --quiet --reject-shallow \
         --remote-submodules --shallow-submodules --shared --single-branch --sparse --tags \
         --verbose -4 -6 -h -l -n -q -s -v",
            "--branch --bundle-uri --config --depth --filter --jobs --origin --ref-format \
         --reference --reference-if-able --separate-git-dir --server-option --shallow-exclude \
         --shallow-since --template --upload-pack -b -c -j -o -u",
            "--recurse-submodules --recursive",
        )
        .same(
            "-4=--ipv4 -6=--ipv6 -b=--branch -c=--config -j=--jobs -l=--local -n=--no-checkout \
         -o=--origin -q=--quiet -s=--shared -u=--upload-pack -v=--verbose",
        )
        .roles(&[
            ("--template", R::Opaque),
            ("--reference", R::ReadTree),
            ("--reference-if-able", R::ReadTree),
            ("--upload-pack", R::Shell),
            ("--separate-git-dir", R::Write),
            ("--config", R::Opaque),
            ("--bundle-uri", R::Remote),
        ])
        .first(&[R::Remote, R::Write], R::Text),
    ),
    Subcommand::new(
        "commit",
        Form::gnu(
            "--ahead-behind --all --allow-empty --allow-empty-message --amend --branch --dry-run \
         --edit --end-of-options --fixup --help --include --interactive --long \
         --no-ahead-behind --no-all --no-allow-empty --no-allow-empty-message --no-amend \
         --no-author --no-branch --no-cleanup --no-date --no-dry-run --no-edit --no-file \
         --no-fixup --no-gpg-sign --no-include --no-interactive --no-long --no-message \
         --no-null --no-only --no-patch --no-pathspec-file-nul --no-pathspec-from-file \
         --no-porcelain --no-post-rewrite --no-quiet --no-reedit-message --no-reset-author \
         --no-reuse-message --no-short --no-signoff --no-squash --no-status --no-template \
         --no-untracked-files --no-verbose --no-verify --null --only --patch \
         --pathspec-file-nul --porcelain --post-rewrite --quiet --reset-author --short \
         --signoff --status --verbose --verify -a -e -h -i -n -o -p -q -s -v -z",
            "--author --cleanup --date --file --message --pathspec-from-file --reedit-message \
         --reuse-message --squash --template --trailer -C -F -c -m -t",
            "--gpg-sign --untracked-files -S -u",
        )
        .same(
            "-C=--reuse-message -F=--file -S=--gpg-sign -a=--all -c=--reedit-message -e=--edit \
         -i=--include -m=--message -n=--no-verify -o=--only -p=--patch -q=--quiet \
         -s=--signoff -t=--template -u=--untracked-files -v=--verbose -z=--null",
        )
        .roles(&[("--file", R::Read), ("--template", R::Read), ("--pathspec-from-file", R::List)])
        .all(R::ReadTree),
    ),
    Subcommand::new("commit-graph", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "commit-graph write",
        Form::gnu(
            "--append --changed-paths --end-of-options --help --no-append --no-changed-paths \
         --no-expire-time --no-max-commits --no-max-new-filters --no-object-dir --no-progress \
         --no-reachable --no-size-multiple --no-stdin-commits --no-stdin-packs --progress \
         --reachable --stdin-commits --stdin-packs -h",
            "--expire-time --max-commits --max-new-filters --object-dir --size-multiple",
            "--split",
        ),
    ),
    Subcommand::new(
        "commit-graph verify",
        Form::gnu(
            "--end-of-options --help --no-object-dir --no-progress --no-shallow --progress \
         --shallow -h",
            "--object-dir",
            "",
        ),
    ),
    Subcommand::new(
        "commit-tree",
        Form::gnu("--end-of-options --help --no-gpg-sign -S -h", "-F -m -p", "--gpg-sign")
            .roles(&[("-F", R::Read)]),
    ),
    Subcommand::new(
        "config",
        Form::gnu(
            "--add --all --append --bool --bool-or-int --bool-or-str --edit --end-of-options \
         --expiry-date --fixed-value --get --get-all --get-color --get-colorbool --get-regexp \
         --get-urlmatch --global --help --includes --int --list --local --name-only \
         --no-includes --no-type --null --path --regexp --remove-section --rename-section \
         --replace-all --show-names --show-origin --show-scope --system --unset --unset-all \
         --worktree -e -h -l -z",
            "--blob --comment --default --file --type --url --value -f -t",
            "",
        )
        .same("-e=--edit -f=--file -l=--list")
        .roles(&[("--file", R::Update), ("--blob", R::Text)])
        .first(&[R::Text], R::Opaque)
        .with(&[
            (
                "--get --get-all --get-color --get-colorbool --get-regexp --get-urlmatch --list \
         --remove-section --rename-section --unset --unset-all",
                TEXT,
            ),
            ("--edit", OPAQUE),
        ]),
    ),
    Subcommand::new(
        "config list",
        Form::gnu(
            "--bool --bool-or-int --bool-or-str --end-of-options --expiry-date --global --help \
         --includes --int --local --name-only --no-blob --no-file --no-global --no-includes \
         --no-local --no-name-only --no-null --no-show-names --no-show-origin --no-show-scope \
         --no-system --no-type --no-worktree --null --path --show-names --show-origin \
         --show-scope --system --worktree -h -z",
            "--blob --file --type -f -t",
            "",
        )
        .same("-f=--file -t=--type -z=--null")
        .roles(&[("--file", R::Update)]),
    ),
    Subcommand::new(
        "config get",
        Form::gnu(
            "--all --bool --bool-or-int --bool-or-str --end-of-options --expiry-date \
         --fixed-value --global --help --includes --int --local --name-only --no-all \
         --no-blob --no-default --no-file --no-fixed-value --no-global --no-includes \
         --no-local --no-name-only --no-null --no-regexp --no-show-names --no-show-origin \
         --no-show-scope --no-system --no-type --no-url --no-value --no-worktree --null \
         --path --regexp --show-names --show-origin --show-scope --system --worktree -h -z",
            "--blob --default --file --type --url --value -f -t",
            "",
        )
        .same("-f=--file -t=--type -z=--null")
        .roles(&[("--file", R::Update)]),
    ),
    Subcommand::new(
        "config unset",
        Form::gnu(
            "--all --end-of-options --fixed-value --global --help --local --no-all --no-blob \
         --no-file --no-fixed-value --no-global --no-local --no-system --no-value \
         --no-worktree --system --worktree -h",
            "--blob --file --value -f",
            "",
        )
        .same("-f=--file")
        .roles(&[("--file", R::Update)]),
    ),
    Subcommand::new(
        "config rename-section",
        Form::gnu(
            "--end-of-options --global --help --local --no-blob --no-file --no-global --no-local \
         --no-system --no-worktree --system --worktree -h",
            "--blob --file -f",
            "",
        )
        .same("-f=--file")
        .roles(&[("--file", R::Update)]),
    ),
    Subcommand::new(
        "config remove-section",
        Form::gnu(
            "--end-of-options --global --help --local --no-blob --no-file --no-global --no-local \
         --no-system --no-worktree --system --worktree -h",
            "--blob --file -f",
            "",
        )
        .same("-f=--file")
        .roles(&[("--file", R::Update)]),
    ),
    Subcommand::new(
        "config set",
        Form::gnu(
            "--all --append --bool --bool-or-int --bool-or-str --end-of-options --expiry-date \
         --fixed-value --global --help --int --local --no-all --no-append --no-blob \
         --no-comment --no-file --no-fixed-value --no-global --no-local --no-system --no-type \
         --no-value --no-worktree --path --system --worktree -h",
            "--blob --comment --file --type --value -f -t",
            "",
        )
        .same("-f=--file -t=--type")
        .roles(&[("--file", R::Update)])
        .first(&[R::Text], R::Opaque),
    ),
    Subcommand::new(
        "config edit",
        Form::gnu(
            "--end-of-options --global --help --local --no-blob --no-file --no-global --no-local \
         --no-system --no-worktree --system --worktree -h",
            "--blob --file -f",
            "",
        )
        .same("-f=--file")
        .roles(&[("--file", R::Update)])
        .all(R::Opaque),
    ),
    Subcommand::new(
        "count-objects",
        Form::gnu(
            "--end-of-options --help --human-readable --no-human-readable --no-verbose --verbose \
         -H -h -v",
            "",
            "",
        )
        .same("-H=--human-readable -v=--verbose"),
    ),
    Subcommand::new("credential", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("daemon", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "describe",
        Form::gnu(
            "--all --always --contains --debug --end-of-options --exact-match --first-parent \
         --help --long --no-abbrev --no-all --no-always --no-broken --no-candidates \
         --no-contains --no-debug --no-dirty --no-exact-match --no-exclude --no-first-parent \
         --no-long --no-match --no-tags --tags -h",
            "--candidates --exclude --match",
            "--abbrev --broken --dirty",
        ),
    ),
    Subcommand::new(
        "diff",
        Form::gnu(
            "--base --binary --cached --cc --check --combined-all-paths --compact-summary \
         --cumulative --default-prefix --end-of-options --exit-code --ext-diff \
         --find-copies-harder --follow --full-index --function-context --help --histogram \
         --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol --ignore-space-at-eol \
         --ignore-space-change --indent-heuristic --index --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --merge-base --minimal --name-only \
         --name-status --no-color --no-color-moved --no-color-moved-ws --no-ext-diff \
         --no-function-context --no-indent-heuristic --no-index --no-patch --no-prefix \
         --no-relative --no-rename-empty --no-renames --no-stat --no-summary --no-textconv \
         --numstat --ours --patch --patch-with-raw --patch-with-stat --patience --pickaxe-all \
         --pickaxe-regex --quiet --raw --rename-empty --shortstat --staged --summary --text \
         --textconv --theirs -R -W -a -b -c -h -m -p -r -s -t -u -w -z",
            "--abbrev --anchored --diff-algorithm --diff-filter --dst-prefix --find-object \
         --ignore-matching-lines --inter-hunk-context --line-prefix --max-depth --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --skip-to --src-prefix --stat-count --stat-graph-width --stat-name-width \
         --stat-width --unified --word-diff-regex --ws-error-highlight -G -I -O -S -U -l",
            "--break-rewrites --color --color-moved --color-moved-ws --color-words --diff-merges \
         --dirstat --dirstat-by-file --find-copies --find-renames --ignore-submodules \
         --relative --remerge-diff --stat --submodule --word-diff -B -C -D -M -X",
        )
        .same("-p=--patch -s=--no-patch -u=--patch")
        .roles(&[("--output", R::Write), ("-O", R::Read)])
        .with(&[("--no-index", Operands::all(R::ReadTree))]),
    ),
    Subcommand::new(
        "diff-files",
        Form::gnu(
            "--base --binary --cached --cc --check --combined-all-paths --compact-summary \
         --cumulative --default-prefix --end-of-options --exit-code --ext-diff \
         --find-copies-harder --follow --full-index --function-context --help --histogram \
         --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol --ignore-space-at-eol \
         --ignore-space-change --indent-heuristic --index --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --merge-base --minimal --name-only \
         --name-status --no-color --no-color-moved --no-color-moved-ws --no-ext-diff \
         --no-function-context --no-indent-heuristic --no-index --no-patch --no-prefix \
         --no-relative --no-rename-empty --no-renames --no-stat --no-summary --no-textconv \
         --numstat --ours --patch --patch-with-raw --patch-with-stat --patience --pickaxe-all \
         --pickaxe-regex --quiet --raw --rename-empty --shortstat --staged --summary --text \
         --textconv --theirs -R -W -a -b -c -h -m -p -r -s -t -u -w -z",
            "--anchored --diff-algorithm --diff-filter --dst-prefix --find-object \
         --ignore-matching-lines --inter-hunk-context --line-prefix --max-depth --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --skip-to --src-prefix --stat-count --stat-graph-width --stat-name-width \
         --stat-width --unified --word-diff-regex --ws-error-highlight -G -I -O -S -U -l",
            "--abbrev --break-rewrites --color --color-moved --color-moved-ws --color-words \
         --diff-merges --dirstat --dirstat-by-file --find-copies --find-renames \
         --ignore-submodules --relative --remerge-diff --stat --submodule --word-diff -B -C \
         -D -M -X",
        )
        .same("-p=--patch -s=--no-patch -u=--patch")
        .roles(&[("--output", R::Write), ("-O", R::Read)]),
    ),
    Subcommand::new(
        "diff-index",
        Form::gnu(
            "--base --binary --cached --cc --check --combined-all-paths --compact-summary \
         --cumulative --default-prefix --end-of-options --exit-code --ext-diff \
         --find-copies-harder --follow --full-index --function-context --help --histogram \
         --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol --ignore-space-at-eol \
         --ignore-space-change --indent-heuristic --index --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --merge-base --minimal --name-only \
         --name-status --no-color --no-color-moved --no-color-moved-ws --no-ext-diff \
         --no-function-context --no-indent-heuristic --no-index --no-patch --no-prefix \
         --no-relative --no-rename-empty --no-renames --no-stat --no-summary --no-textconv \
         --numstat --ours --patch --patch-with-raw --patch-with-stat --patience --pickaxe-all \
         --pickaxe-regex --quiet --raw --rename-empty --shortstat --staged --summary --text \
         --textconv --theirs -R -W -a -b -c -h -m -p -r -s -t -u -w -z",
            "--anchored --diff-algorithm --diff-filter --dst-prefix --find-object \
         --ignore-matching-lines --inter-hunk-context --line-prefix --max-depth --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --skip-to --src-prefix --stat-count --stat-graph-width --stat-name-width \
         --stat-width --unified --word-diff-regex --ws-error-highlight -G -I -O -S -U -l",
            "--abbrev --break-rewrites --color --color-moved --color-moved-ws --color-words \
         --diff-merges --dirstat --dirstat-by-file --find-copies --find-renames \
         --ignore-submodules --relative --remerge-diff --stat --submodule --word-diff -B -C \
         -D -M -X",
        )
        .same("-p=--patch -s=--no-patch -u=--patch")
        .roles(&[("--output", R::Write), ("-O", R::Read)]),
    ),
    Subcommand::new(
        "diff-tree",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-encode-email-headers --no-expand-tabs \
         --no-ext-diff --no-function-context --no-graph --no-indent-heuristic --no-index \
         --no-mailmap --no-max-parents --no-merges --no-min-parents --no-notes --no-patch \
         --no-prefix --no-relative --no-rename-empty --no-renames --no-show-signature \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        )
        .roles(&[("--output", R::Write), ("-O", R::Read)]),
    ),
    Subcommand::new(
        "difftool",
        Form::gnu(
            "--base --binary --cached --cc --check --combined-all-paths --compact-summary \
         --cumulative --default-prefix --dir-diff --end-of-options --exit-code --ext-diff \
         --find-copies-harder --follow --full-index --function-context --gui --help \
         --histogram --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol \
         --ignore-space-at-eol --ignore-space-change --indent-heuristic --index \
         --irreversible-delete --ita-invisible-in-index --ita-visible-in-index --merge-base \
         --minimal --name-only --name-status --no-color --no-color-moved --no-color-moved-ws \
         --no-dir-diff --no-ext-diff --no-extcmd --no-function-context --no-gui \
         --no-indent-heuristic --no-index --no-patch --no-prefix --no-prompt --no-relative \
         --no-rename-empty --no-renames --no-stat --no-summary --no-symlinks --no-textconv \
         --no-tool --no-tool-help --no-trust-exit-code --numstat --ours --patch \
         --patch-with-raw --patch-with-stat --patience --pickaxe-all --pickaxe-regex --prompt \
         --quiet --raw --rename-empty --shortstat --staged --summary --symlinks --text \
         --textconv --theirs --tool-help --trust-exit-code -R -W -a -b -c -d -g -h -m -p -r \
         -s -u -w -y -z",
            "--anchored --diff-algorithm --diff-filter --dst-prefix --extcmd --find-object \
         --ignore-matching-lines --inter-hunk-context --line-prefix --max-depth --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --skip-to --src-prefix --stat-count --stat-graph-width --stat-name-width \
         --stat-width --tool --unified --word-diff-regex --ws-error-highlight -G -I -O -S -U \
         -l -t -x",
            "--abbrev --break-rewrites --color --color-moved --color-moved-ws --color-words \
         --diff-merges --dirstat --dirstat-by-file --find-copies --find-renames \
         --ignore-submodules --relative --remerge-diff --stat --submodule --word-diff -B -C \
         -D -M -X",
        )
        .same(
            "-d=--dir-diff -g=--gui -p=--patch -s=--no-patch -t=--tool -u=--patch -x=--extcmd \
         -y=--no-prompt",
        )
        .roles(&[
            ("--extcmd", R::Shell),
            ("--output", R::Write),
            ("-O", R::Read),
            ("--tool", R::Opaque),
        ]),
    ),
    Subcommand::new(
        "fast-export",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --anonymize \
         --author-date-order --basic-regexp --bisect --boundary --cherry --cherry-mark \
         --cherry-pick --children --clear-decorations --count --data --date-order --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --extended-regexp --fake-missing-tagger --first-parent --fixed-strings --follow \
         --full-diff --full-history --full-tree --graph --header --help --ignore-missing \
         --in-commit-order --invert-grep --left-only --left-right --log-size --mailmap \
         --mark-tags --merge --merges --no-abbrev --no-abbrev-commit --no-anonymize \
         --no-commit-id --no-data --no-decorate --no-encode-email-headers --no-expand-tabs \
         --no-export-marks --no-fake-missing-tagger --no-full-tree --no-graph \
         --no-import-marks --no-import-marks-if-exists --no-mailmap --no-mark-tags \
         --no-max-parents --no-merges --no-min-parents --no-notes --no-progress --no-reencode \
         --no-reference-excluded-parents --no-refspec --no-show-original-ids \
         --no-show-signature --no-signed-tags --no-standard-notes --no-tag-of-filtered-object \
         --no-use-done-feature --no-use-mailmap --not --objects --oneline --parents \
         --perl-regexp --quiet --reference-excluded-parents --reflog --regexp-ignore-case \
         --relative-date --remove-empty --reverse --right-only --root --show-notes-by-default \
         --show-original-ids --show-pulls --show-signature --simplify-by-decoration \
         --simplify-merges --single-worktree --source --sparse --standard-notes --stdin \
         --timestamp --topo-order --unpacked --use-done-feature --use-mailmap --walk-reflogs \
         -E -F -NUM -P -c -g -h -i -m -q",
            "--after --anonymize-map --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --encoding --exclude --exclude-hidden --export-marks \
         --filter --format --glob --grep --grep-reflog --import-marks \
         --import-marks-if-exists --max-age --max-count --max-parents --min-age --min-parents \
         --notes-ref --progress --reencode --refspec --signed-tags --since --since-as-filter \
         --skip --tag-of-filtered-object --until -L -n",
            "--ancestry-path --bisect-vars --branches --decorate --expand-tabs --no-walk --notes \
         --objects-edge --pretty --remotes --show-linear-break --show-notes --tags",
        )
        .same("-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -q=--quiet")
        .roles(&[
            ("--export-marks", R::Write),
            ("--import-marks", R::Read),
            ("--import-marks-if-exists", R::Read),
        ]),
    ),
    Subcommand::new(
        "fast-import",
        Form::gnu(
            "--allow-unsafe-features --done --end-of-options --force --help --no-relative-marks \
         --quiet --relative-marks --stats -h",
            "--active-branches --big-file-threshold --cat-blob-fd --date-format --depth \
         --export-marks --export-pack-edges --import-marks --import-marks-if-exists \
         --max-pack-size --rewrite-submodules-from --rewrite-submodules-to",
            "",
        )
        .roles(&[("--export-marks", R::Write), ("--import-marks", R::Read)]),
    ),
    Subcommand::new(
        "fetch",
        Form::gnu(
            "--all --append --atomic --auto-gc --auto-maintenance --dry-run --end-of-options \
         --force --help --ipv4 --ipv6 --keep --multiple --negotiate-only --no-all --no-append \
         --no-atomic --no-auto-gc --no-auto-maintenance --no-deepen --no-depth --no-dry-run \
         --no-filter --no-force --no-jobs --no-keep --no-multiple --no-negotiate-only \
         --no-negotiation-tip --no-porcelain --no-prefetch --no-progress --no-prune \
         --no-prune-tags --no-quiet --no-recurse-submodules --no-recurse-submodules-default \
         --no-server-option --no-set-upstream --no-shallow-exclude --no-shallow-since \
         --no-show-forced-updates --no-stdin --no-submodule-prefix --no-tags \
         --no-update-head-ok --no-update-shallow --no-upload-pack --no-verbose \
         --no-write-commit-graph --no-write-fetch-head --porcelain --prefetch --progress \
         --prune --prune-tags --quiet --refetch --set-upstream --show-forced-updates --stdin \
         --tags --unshallow --update-head-ok --update-shallow --verbose --write-commit-graph \
         --write-fetch-head -4 -6 -P -a -f -h -k -m -n -p -q -t -u -v",
            "--deepen --depth --filter --jobs --negotiation-tip --recurse-submodules-default \
         --refmap --server-option --shallow-exclude --shallow-since --submodule-prefix \
         --upload-pack -j -o",
            "--recurse-submodules",
        )
        .same(
            "-4=--ipv4 -6=--ipv6 -P=--prune-tags -a=--append -f=--force -j=--jobs -k=--keep \
         -m=--multiple -o=--server-option -p=--prune -q=--quiet -t=--tags -u=--update-head-ok \
         -v=--verbose",
        )
        .roles(&[("--upload-pack", R::Shell)])
        .first(&[R::Remote], R::Text),
    ),
    Subcommand::new(
        "fetch-pack",
        Form::gnu(
            "--all --check-self-contained-and-connected --deepen-relative --diag-url \
         --end-of-options --help --include-tag --keep --no-dependents --no-progress --quiet \
         --refetch --stateless-rpc --stdin --thin -h -k -q -v",
            "--deepen --depth --exec --filter --shallow-exclude --shallow-since --upload-pack",
            "",
        )
        .roles(&[("--upload-pack", R::Shell), ("--exec", R::Shell)])
        .first(&[R::Remote], R::Text),
    ),
    Subcommand::new(
        "filter-branch",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --basic-regexp --bisect --boundary --cherry --cherry-mark --cherry-pick --children \
         --clear-decorations --count --date-order --dense --do-walk --encode-email-headers \
         --end-of-options --exclude-first-parent-only --extended-regexp --first-parent \
         --fixed-strings --follow --force --full-diff --full-history --graph --header --help \
         --ignore-missing --in-commit-order --invert-grep --left-only --left-right --log-size \
         --mailmap --merge --merges --no-abbrev --no-abbrev-commit --no-commit-id \
         --no-decorate --no-encode-email-headers --no-expand-tabs --no-graph --no-mailmap \
         --no-max-parents --no-merges --no-min-parents --no-notes --no-show-signature \
         --no-standard-notes --no-use-mailmap --not --objects --oneline --parents \
         --perl-regexp --prune-empty --quiet --reflog --regexp-ignore-case --relative-date \
         --remap-to-ancestor --remove-empty --reverse --right-only --root \
         --show-notes-by-default --show-pulls --show-signature --simplify-by-decoration \
         --simplify-merges --single-worktree --source --sparse --standard-notes --stdin \
         --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM -P -c -f \
         -g -h -i -m -q",
            "--after --author --before --commit-filter --committer --date --decorate-refs \
         --decorate-refs-exclude --encoding --env-filter --exclude --exclude-hidden --filter \
         --format --glob --grep --grep-reflog --index-filter --max-age --max-count \
         --max-parents --min-age --min-parents --msg-filter --notes-ref --original \
         --parent-filter --setup --since --since-as-filter --skip --state-branch \
         --subdirectory-filter --tag-name-filter --tree-filter --until -L -d -n",
            "--ancestry-path --bisect-vars --branches --decorate --expand-tabs --no-walk --notes \
         --objects-edge --pretty --remotes --show-linear-break --show-notes --tags",
        )
        .same("-f=--force -g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -q=--quiet")
        .roles(&[
            ("--setup", R::Shell),
            ("--env-filter", R::Shell),
            ("--tree-filter", R::Shell),
            ("--index-filter", R::Shell),
            ("--parent-filter", R::Shell),
            ("--msg-filter", R::Shell),
            ("--commit-filter", R::Shell),
            ("--tag-name-filter", R::Shell),
            ("-d", R::Write),
            ("--state-branch", R::Text),
        ]),
    ),
    Subcommand::new("filter-repo", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "for-each-ref",
        Form::gnu(
            "--end-of-options --help --ignore-case --include-root-refs --no-color --no-count \
         --no-exclude --no-format --no-ignore-case --no-include-root-refs --no-omit-empty \
         --no-perl --no-points-at --no-python --no-shell --no-sort --no-stdin --no-tcl \
         --omit-empty --perl --python --shell --stdin --tcl -h -p -s",
            "--contains --count --exclude --format --merged --no-contains --no-merged --points-at \
         --sort",
            "--color",
        )
        .same("-p=--perl -s=--shell"),
    ),
    Subcommand::new(
        "for-each-repo",
        Form::posix("--end-of-options --help --keep-going --no-config --no-keep-going -h", "--config", "")
            .all(R::Opaque),
    ),
    Subcommand::new(
        "format-patch",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --basic-regexp --binary --bisect --boundary --cached --check --cherry --cherry-mark \
         --cherry-pick --children --clear-decorations --combined-all-paths --compact-summary \
         --count --cover-letter --cumulative --date-order --default-prefix --dense --do-walk \
         --encode-email-headers --end-of-options --exclude-first-parent-only --exit-code \
         --ext-diff --extended-regexp --find-copies-harder --first-parent --fixed-strings \
         --follow --force-in-body-from --full-diff --full-history --full-index \
         --function-context --graph --header --help --histogram --ignore-all-space \
         --ignore-blank-lines --ignore-cr-at-eol --ignore-if-in-upstream --ignore-missing \
         --ignore-space-at-eol --ignore-space-change --in-commit-order --indent-heuristic \
         --index --invert-grep --irreversible-delete --ita-invisible-in-index \
         --ita-visible-in-index --keep-subject --left-only --left-right --log-size --mailmap \
         --merge --merge-base --merges --minimal --name-only --name-status --no-abbrev \
         --no-abbrev-commit --no-add-header --no-attach --no-base --no-binary --no-cc \
         --no-color --no-color-moved --no-color-moved-ws --no-commit-id \
         --no-cover-from-description --no-cover-letter --no-creation-factor --no-decorate \
         --no-description-file --no-encode-email-headers --no-expand-tabs --no-ext-diff \
         --no-filename-max-length --no-force-in-body-from --no-from --no-function-context \
         --no-graph --no-ignore-if-in-upstream --no-in-reply-to --no-indent-heuristic \
         --no-index --no-interdiff --no-mailmap --no-max-parents --no-merges --no-min-parents \
         --no-notes --no-numbered --no-numbered-files --no-patch --no-prefix --no-progress \
         --no-quiet --no-range-diff --no-relative --no-rename-empty --no-renames \
         --no-reroll-count --no-rfc --no-show-signature --no-signature --no-signature-file \
         --no-signoff --no-standard-notes --no-start-number --no-stat --no-stdout --no-suffix \
         --no-summary --no-textconv --no-thread --no-to --no-use-mailmap --no-zero-commit \
         --not --numbered --numbered-files --numstat --objects --oneline --ours --parents \
         --patch --patch-with-raw --patch-with-stat --patience --perl-regexp --pickaxe-all \
         --pickaxe-regex --progress --quiet --raw --reflog --regexp-ignore-case \
         --relative-date --remove-empty --rename-empty --reverse --right-only --root \
         --shortstat --show-notes-by-default --show-pulls --show-signature --signoff \
         --simplify-by-decoration --simplify-merges --single-worktree --source --sparse \
         --staged --standard-notes --stdin --stdout --summary --text --textconv --theirs \
         --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs --zero-commit -E -F \
         -N -NUM -P -R -W -a -b -c -g -h -i -k -m -p -q -r -s -t -u -w -z",
            "--add-header --after --anchored --author --base --before --cc --committer \
         --cover-from-description --creation-factor --date --decorate-refs \
         --decorate-refs-exclude --description-file --diff-algorithm --diff-filter \
         --dst-prefix --encoding --exclude --exclude-hidden --filename-max-length --filter \
         --find-object --format --glob --grep --grep-reflog --ignore-matching-lines \
         --in-reply-to --inter-hunk-context --interdiff --line-prefix --max-age --max-count \
         --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-directory --output-indicator-context --output-indicator-new \
         --output-indicator-old --range-diff --reroll-count --rotate-to --signature \
         --signature-file --since --since-as-filter --skip --skip-to --src-prefix \
         --start-number --stat-count --stat-graph-width --stat-name-width --stat-width \
         --subject-prefix --suffix --to --unified --until --word-diff-regex \
         --ws-error-highlight -G -I -L -O -S -U -l -n -o -v",
            "--abbrev --ancestry-path --attach --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --from \
         --ignore-submodules --inline --no-walk --notes --objects-edge --pretty --relative \
         --remerge-diff --remotes --rfc --show-linear-break --show-notes --stat --submodule \
         --tags --thread --word-diff -B -C -D -M -X",
        )
        .same(
            "-N=--no-numbered -g=--walk-reflogs -i=--regexp-ignore-case -k=--keep-subject \
         -n=--numbered -o=--output-directory -p=--no-stat -q=--quiet -s=--signoff -u=--patch \
         -v=--reroll-count",
        )
        .roles(&[
            ("--output-directory", R::Write),
            ("--signature-file", R::Read),
            ("--description-file", R::Read),
        ]),
    ),
    Subcommand::new(
        "fsck",
        Form::gnu(
            "--cache --connectivity-only --dangling --end-of-options --full --help --lost-found \
         --name-objects --no-cache --no-connectivity-only --no-dangling --no-full \
         --no-lost-found --no-name-objects --no-progress --no-reflogs --no-root --no-strict \
         --no-tags --no-unreachable --no-verbose --progress --reflogs --root --strict --tags \
         --unreachable --verbose -h -v",
            "",
            "",
        )
        .same("-v=--verbose"),
    ),
    Subcommand::new(
        "gc",
        Form::gnu(
            "--aggressive --auto --cruft --detach --end-of-options --force --help \
         --keep-largest-pack --no-aggressive --no-auto --no-cruft --no-detach --no-force \
         --no-keep-largest-pack --no-prune --no-quiet --quiet -h -q",
            "--max-cruft-size",
            "--prune",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new("get-tar-commit-id", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "grep",
        Form::gnu(
            "--all-match --and --basic-regexp --break --cached --column --count --end-of-options \
         --exclude-standard --ext-grep --extended-regexp --files-with-matches \
         --files-without-match --fixed-strings --full-name --function-context --heading \
         --help --ignore-case --index --invert-match --line-number --name-only \
         --no-after-context --no-all-match --no-basic-regexp --no-before-context --no-break \
         --no-cached --no-color --no-column --no-context --no-count --no-exclude-standard \
         --no-ext-grep --no-extended-regexp --no-files-with-matches --no-files-without-match \
         --no-fixed-strings --no-full-name --no-function-context --no-heading \
         --no-ignore-case --no-index --no-invert-match --no-line-number --no-max-count \
         --no-name-only --no-null --no-only-matching --no-open-files-in-pager \
         --no-perl-regexp --no-quiet --no-recurse-submodules --no-recursive \
         --no-show-function --no-text --no-textconv --no-threads --no-untracked \
         --no-word-regexp --not --null --only-matching --or --perl-regexp --quiet \
         --recurse-submodules --recursive --show-function --text --textconv --untracked \
         --word-regexp -E -F -G -H -I -L -NUM -P -W -a -c -h -i -l -n -o -p -q -r -v -w -z",
            "--after-context --before-context --context --max-count --max-depth --threads -A -B \
         -C -e -f -m",
            "--color --open-files-in-pager -O",
        )
        .same(
            "-A=--after-context -B=--before-context -C=--context -E=--extended-regexp \
         -F=--fixed-strings -G=--basic-regexp -L=--files-without-match \
         -O=--open-files-in-pager -P=--perl-regexp -W=--function-context -a=--text -c=--count \
         -i=--ignore-case -l=--files-with-matches -m=--max-count -n=--line-number \
         -o=--only-matching -p=--show-function -q=--quiet -r=--recursive -v=--invert-match \
         -w=--word-regexp -z=--null",
        )
        .roles(&[("--open-files-in-pager", R::Program), ("-f", R::Read)])
        .with(&[("--no-index --untracked", Operands::all(R::ReadTree).first(&[R::Text]).but_first("-e -f"))]),
    ),
    Subcommand::new(
        "hash-object",
        Form::gnu(
            "--end-of-options --filters --help --literally --no-filters --no-literally --no-path \
         --no-stdin --no-stdin-paths --stdin --stdin-paths -h -w",
            "--path -t",
            "",
        )
        .roles(&[("--path", R::Text)])
        .all(R::Read),
    ),
    Subcommand::new("hook", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("http-fetch", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("http-push", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("imap-send", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "index-pack",
        Form::gnu(
            "--check-self-contained-and-connected --end-of-options --fix-thin --fsck-objects \
         --help --no-rev-index --progress-title --rev-index --stdin --strict --verify \
         --verify-stat --verify-stat-only -h -v",
            "--max-input-size --object-format --threads -o",
            "--index-version --keep --promisor",
        )
        .roles(&[("-o", R::Write)])
        .all(R::Read),
    ),
    Subcommand::new(
        "init",
        Form::gnu(
            "--bare --end-of-options --help --no-bare --no-initial-branch --no-object-format \
         --no-quiet --no-ref-format --no-separate-git-dir --no-template --quiet -h -q",
            "--initial-branch --object-format --ref-format --separate-git-dir --template -b",
            "--shared",
        )
        .same("-b=--initial-branch -q=--quiet")
        .roles(&[("--template", R::Opaque), ("--separate-git-dir", R::Write)])
        .all(R::Write),
    )
    .or("init-db"),
    Subcommand::new("instaweb", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "interpret-trailers",
        Form::gnu(
            "--divider --end-of-options --help --in-place --no-divider --no-if-exists \
         --no-if-missing --no-in-place --no-only-input --no-only-trailers --no-trailer \
         --no-trim-empty --no-unfold --no-where --only-input --only-trailers --parse \
         --trim-empty --unfold -h",
            "--if-exists --if-missing --trailer --where",
            "",
        )
        .all(R::Read)
        .with(&[("--in-place", Operands::all(R::Update))]),
    ),
    Subcommand::new(
        "log",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-decorate-refs --no-decorate-refs-exclude \
         --no-encode-email-headers --no-expand-tabs --no-ext-diff --no-function-context \
         --no-graph --no-indent-heuristic --no-index --no-mailmap --no-max-parents \
         --no-merges --no-min-parents --no-notes --no-patch --no-prefix --no-quiet \
         --no-relative --no-rename-empty --no-renames --no-show-signature --no-source \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        )
        .roles(&[("--output", R::Write), ("-O", R::Read)]),
    )
    .or("whatchanged"),
    Subcommand::new(
        "ls-files",
        Form::gnu(
            "--cached --debug --deduplicate --deleted --directory --empty-directory \
         --end-of-options --eol --error-unmatch --exclude-standard --full-name --help \
         --ignored --killed --modified --no-abbrev --no-cached --no-debug --no-deduplicate \
         --no-deleted --no-directory --no-empty-directory --no-eol --no-error-unmatch \
         --no-exclude-per-directory --no-ignored --no-killed --no-modified --no-others \
         --no-recurse-submodules --no-resolve-undo --no-sparse --no-stage --no-unmerged \
         --no-with-tree --others --recurse-submodules --resolve-undo --sparse --stage \
         --unmerged -c -d -f -h -i -k -m -o -s -t -u -v -z",
            "--exclude --exclude-from --exclude-per-directory --format --with-tree -X -x",
            "--abbrev",
        )
        .same(
            "-X=--exclude-from -c=--cached -d=--deleted -i=--ignored -k=--killed -m=--modified \
         -o=--others -s=--stage -u=--unmerged -x=--exclude",
        )
        .roles(&[("--exclude-from", R::Read)]),
    ),
    Subcommand::new(
        "ls-remote",
        Form::gnu(
            "--branches --end-of-options --exit-code --get-url --heads --help --no-branches \
         --no-exec --no-exit-code --no-get-url --no-heads --no-quiet --no-refs \
         --no-server-option --no-sort --no-symref --no-tags --no-upload-pack --quiet --refs \
         --symref --tags -b -h -q -t",
            "--exec --server-option --sort --upload-pack -o",
            "",
        )
        .same("-b=--branches -h=--heads -o=--server-option -q=--quiet -t=--tags")
        .roles(&[("--upload-pack", R::Shell)])
        .first(&[R::Remote], R::Text),
    ),
    Subcommand::new(
        "ls-tree",
        Form::gnu(
            "--end-of-options --full-name --full-tree --help --long --name-only --name-status \
         --no-abbrev --no-full-name --no-full-tree --object-only -d -h -l -r -t -z",
            "--format",
            "--abbrev",
        )
        .same("-l=--long"),
    ),
    Subcommand::new(
        "mailinfo",
        Form::gnu(
            "--end-of-options --help --inbody-headers --message-id --no-inbody-headers \
         --no-message-id --no-scissors --scissors -b -h -k -m -n -u",
            "--encoding --quoted-cr",
            "",
        )
        .same("-m=--message-id")
        .all(R::Write),
    ),
    Subcommand::new(
        "mailsplit",
        Form::gnu("--end-of-options --help --keep-cr --mboxrd -b -h", "-d -f -o", "")
            .roles(&[("-o", R::Write)])
            .all(R::Read),
    ),
    Subcommand::new("maintenance", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "maintenance run",
        Form::gnu(
            "--auto --detach --end-of-options --help --no-auto --no-detach --no-quiet \
         --no-schedule --quiet -h",
            "--schedule --task",
            "",
        ),
    ),
    Subcommand::new("maintenance start", Form::gnu("--end-of-options --help -h", "--scheduler", "")),
    Subcommand::new("maintenance stop", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "maintenance register",
        Form::gnu("--end-of-options --help --no-config-file -h", "--config-file", ""),
    ),
    Subcommand::new(
        "maintenance unregister",
        Form::gnu("--end-of-options --force --help --no-config-file --no-force -f -h", "--config-file", "")
            .same("-f=--force"),
    ),
    Subcommand::new(
        "merge",
        Form::gnu(
            "--abort --allow-unrelated-histories --autostash --commit --continue --edit \
         --end-of-options --ff --ff-only --help --no-abort --no-allow-unrelated-histories \
         --no-autostash --no-cleanup --no-commit --no-continue --no-edit --no-ff \
         --no-gpg-sign --no-into-name --no-log --no-message --no-overwrite-ignore \
         --no-progress --no-quiet --no-quit --no-rerere-autoupdate --no-signoff --no-squash \
         --no-stat --no-strategy --no-strategy-option --no-summary --no-verbose --no-verify \
         --no-verify-signatures --overwrite-ignore --progress --quiet --quit \
         --rerere-autoupdate --signoff --squash --stat --summary --verbose --verify \
         --verify-signatures -e -h -n -q -v",
            "--cleanup --file --into-name --message --strategy --strategy-option -F -X -m -s",
            "--gpg-sign --log -S",
        )
        .same(
            "-F=--file -S=--gpg-sign -X=--strategy-option -e=--edit -m=--message -q=--quiet \
         -s=--strategy -v=--verbose",
        )
        .roles(&[("--file", R::Read), ("--strategy", R::Opaque)]),
    ),
    Subcommand::new(
        "merge-base",
        Form::gnu(
            "--all --end-of-options --fork-point --help --independent --is-ancestor --no-all \
         --octopus -a -h",
            "",
            "",
        )
        .same("-a=--all"),
    ),
    Subcommand::new(
        "merge-file",
        Form::gnu(
            "--diff3 --end-of-options --help --no-diff3 --no-marker-size --no-object-id --no-ours \
         --no-quiet --no-stdout --no-theirs --no-union --no-zdiff3 --object-id --ours --quiet \
         --stdout --theirs --union --zdiff3 -h -p -q",
            "--diff-algorithm --marker-size -L",
            "",
        )
        .same("-p=--stdout -q=--quiet")
        .operands(Operands::all(R::Read).first(&[R::Update])),
    ),
    Subcommand::new(
        "merge-tree",
        Form::gnu(
            "--allow-unrelated-histories --end-of-options --help --messages --name-only \
         --no-merge-base --no-messages --no-strategy-option --stdin --trivial-merge \
         --write-tree -h -z",
            "--merge-base --strategy-option -X",
            "",
        )
        .same("-X=--strategy-option"),
    ),
    Subcommand::new("merge-index", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "mergetool",
        Form::gnu(
            "--end-of-options --gui --help --no-gui --no-prompt --prompt --tool-help -g -h -y",
            "--tool -O -t",
            "",
        )
        .same("-t=--tool")
        .roles(&[("--tool", R::Opaque), ("-O", R::Read)])
        .all(R::Opaque),
    ),
    Subcommand::new("mktag", Form::gnu("--end-of-options --help --no-strict --strict -h", "", "")),
    Subcommand::new(
        "mktree",
        Form::gnu("--batch --end-of-options --help --missing --no-batch --no-missing -h -z", "", ""),
    ),
    Subcommand::new("multi-pack-index", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "mv",
        Form::gnu(
            "--dry-run --end-of-options --force --help --no-dry-run --no-force --no-sparse \
         --no-verbose --sparse --verbose -f -h -k -n -v",
            "",
            "",
        )
        .same("-f=--force -n=--dry-run -v=--verbose")
        .operands(Operands::all(R::MoveTree).last(R::Put)),
    ),
    Subcommand::new(
        "name-rev",
        Form::gnu(
            "--all --always --annotate-stdin --end-of-options --help --name-only --no-all \
         --no-always --no-annotate-stdin --no-exclude --no-name-only --no-peel-tag --no-refs \
         --no-stdin --no-tags --no-undefined --peel-tag --stdin --tags --undefined -h",
            "--exclude --refs",
            "",
        ),
    ),
    Subcommand::new("notes", Form::gnu("--end-of-options --help --no-ref -h", "--ref", "")),
    Subcommand::new(
        "notes add",
        Form::gnu(
            "--allow-empty --end-of-options --force --help --no-allow-empty --no-force \
         --no-separator --no-stripspace --stripspace -f -h",
            "--file --message --reedit-message --reuse-message -C -F -c -m",
            "--separator",
        )
        .same("-C=--reuse-message -F=--file -c=--reedit-message -f=--force -m=--message")
        .roles(&[("--file", R::Read)]),
    ),
    Subcommand::new(
        "notes append",
        Form::gnu(
            "--allow-empty --end-of-options --help --no-allow-empty --no-separator \
         --no-stripspace --stripspace -h",
            "--file --message --reedit-message --reuse-message -C -F -c -m",
            "--separator",
        )
        .same("-C=--reuse-message -F=--file -c=--reedit-message -m=--message")
        .roles(&[("--file", R::Read)]),
    ),
    Subcommand::new(
        "notes edit",
        Form::gnu(
            "--allow-empty --end-of-options --help --no-allow-empty --no-separator \
         --no-stripspace --stripspace -h",
            "--file --message --reedit-message --reuse-message -C -F -c -m",
            "--separator",
        )
        .same("-C=--reuse-message -F=--file -c=--reedit-message -m=--message")
        .roles(&[("--file", R::Read)]),
    ),
    Subcommand::new("notes list", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "notes copy",
        Form::gnu(
            "--end-of-options --force --help --no-for-rewrite --no-force --no-stdin --stdin -f -h",
            "--for-rewrite",
            "",
        )
        .same("-f=--force"),
    ),
    Subcommand::new("notes show", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "notes merge",
        Form::gnu(
            "--abort --commit --end-of-options --help --no-quiet --no-strategy --no-verbose \
         --quiet --verbose -h -q -v",
            "--strategy -s",
            "",
        )
        .same("-q=--quiet -s=--strategy -v=--verbose"),
    ),
    Subcommand::new(
        "notes remove",
        Form::gnu(
            "--end-of-options --help --ignore-missing --no-ignore-missing --no-stdin --stdin -h",
            "",
            "",
        ),
    ),
    Subcommand::new(
        "notes prune",
        Form::gnu("--dry-run --end-of-options --help --no-dry-run --no-verbose --verbose -h -n -v", "", "")
            .same("-n=--dry-run -v=--verbose"),
    ),
    Subcommand::new("notes get-ref", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("p4", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("svn", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("cvsserver", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "pack-objects",
        Form::gnu(
            "--all --all-progress --all-progress-implied --cruft --delta-base-offset \
         --delta-islands --end-of-options --exclude-promisor-objects --help --honor-pack-keep \
         --include-tag --incremental --indexed-objects --keep-true-parents --keep-unreachable \
         --local --no-all-progress --no-all-progress-implied --no-compression --no-cruft \
         --no-cruft-expiration --no-delta-base-offset --no-delta-islands --no-depth \
         --no-exclude-promisor-objects --no-filter --no-honor-pack-keep --no-include-tag \
         --no-incremental --no-keep-pack --no-keep-true-parents --no-keep-unreachable \
         --no-local --no-non-empty --no-pack-loose-unreachable --no-progress --no-quiet \
         --no-reuse-delta --no-reuse-object --no-revs --no-shallow --no-sparse \
         --no-stdin-packs --no-stdout --no-thin --no-threads --no-unpack-unreachable \
         --no-uri-protocol --no-use-bitmap-index --no-window --no-write-bitmap-index \
         --no-write-bitmap-index-quiet --non-empty --pack-loose-unreachable --progress \
         --quiet --reflog --reuse-delta --reuse-object --revs --shallow --sparse \
         --stdin-packs --stdout --thin --unpacked --use-bitmap-index --write-bitmap-index \
         --write-bitmap-index-quiet -h -q",
            "--compression --depth --filter --index-version --keep-pack --max-pack-size --missing \
         --threads --uri-protocol --window --window-memory",
            "--cruft-expiration --unpack-unreachable",
        )
        .same("-q=--quiet")
        .all(R::Write),
    ),
    Subcommand::new(
        "pack-refs",
        Form::gnu(
            "--all --auto --end-of-options --help --no-all --no-auto --no-exclude --no-include \
         --no-prune --prune -h",
            "--exclude --include",
            "",
        ),
    ),
    Subcommand::new(
        "patch-id",
        Form::gnu("--end-of-options --help --stable --unstable --verbatim -h", "", ""),
    ),
    Subcommand::new(
        "prune",
        Form::gnu(
            "--dry-run --end-of-options --exclude-promisor-objects --help --no-dry-run \
         --no-exclude-promisor-objects --no-expire --no-progress --no-verbose --progress \
         --verbose -h -n -v",
            "--expire",
            "",
        )
        .same("-n=--dry-run -v=--verbose"),
    ),
    Subcommand::new(
        "prune-packed",
        Form::gnu("--dry-run --end-of-options --help --no-dry-run --no-quiet --quiet -h -n -q", "", "")
            .same("-n=--dry-run -q=--quiet"),
    ),
    Subcommand::new(
        "pull",
        Form::gnu(
            "--all --allow-unrelated-histories --append --autostash --commit --dry-run --edit \
         --end-of-options --ff --ff-only --force --help --ipv4 --ipv6 --keep --no-all \
         --no-allow-unrelated-histories --no-append --no-autostash --no-cleanup --no-commit \
         --no-deepen --no-depth --no-dry-run --no-edit --no-ff --no-force --no-gpg-sign \
         --no-ipv4 --no-ipv6 --no-jobs --no-keep --no-log --no-negotiation-tip --no-progress \
         --no-prune --no-quiet --no-rebase --no-recurse-submodules --no-server-option \
         --no-set-upstream --no-shallow-exclude --no-shallow-since --no-show-forced-updates \
         --no-signoff --no-squash --no-stat --no-strategy --no-strategy-option --no-summary \
         --no-tags --no-update-shallow --no-upload-pack --no-verbose --no-verify \
         --no-verify-signatures --progress --prune --quiet --set-upstream \
         --show-forced-updates --squash --stat --summary --tags --unshallow --update-shallow \
         --verbose --verify --verify-signatures -4 -6 -a -f -h -k -n -p -q -t -v",
            "--cleanup --deepen --depth --negotiation-tip --refmap --server-option \
         --shallow-exclude --shallow-since --strategy --strategy-option --upload-pack -X -o \
         -s",
            "--gpg-sign --jobs --log --rebase --recurse-submodules --signoff -S -j -r",
        )
        .same(
            "-4=--ipv4 -6=--ipv6 -S=--gpg-sign -X=--strategy-option -a=--append -f=--force \
         -j=--jobs -k=--keep -o=--server-option -p=--prune -q=--quiet -r=--rebase \
         -s=--strategy -t=--tags -v=--verbose",
        )
        .roles(&[("--upload-pack", R::Shell), ("--strategy", R::Opaque)])
        .first(&[R::Remote], R::Text),
    ),
    Subcommand::new(
        "push",
        Form::gnu(
            "--all --atomic --branches --delete --dry-run --end-of-options --follow-tags --force \
         --force-if-includes --help --ipv4 --ipv6 --mirror --no-all --no-atomic --no-branches \
         --no-delete --no-dry-run --no-exec --no-follow-tags --no-force \
         --no-force-if-includes --no-force-with-lease --no-mirror --no-porcelain \
         --no-progress --no-prune --no-push-option --no-quiet --no-receive-pack \
         --no-recurse-submodules --no-repo --no-set-upstream --no-signed --no-tags --no-thin \
         --no-verbose --no-verify --porcelain --progress --prune --quiet --set-upstream \
         --tags --thin --verbose --verify -4 -6 -d -f -h -n -q -u -v",
            "--exec --push-option --receive-pack --recurse-submodules --repo -o",
            "--force-with-lease --signed",
        )
        .same(
            "-4=--ipv4 -6=--ipv6 -d=--delete -f=--force -n=--dry-run -o=--push-option -q=--quiet \
         -u=--set-upstream -v=--verbose",
        )
        .roles(&[("--receive-pack", R::Shell), ("--exec", R::Shell), ("--repo", R::Remote)])
        .operands(TEXT.first(&[R::Remote]).but_first("--repo")),
    ),
    Subcommand::new("quiltimport", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new(
        "range-diff",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --dual-color --encode-email-headers --end-of-options \
         --exclude-first-parent-only --exit-code --ext-diff --extended-regexp \
         --find-copies-harder --first-parent --fixed-strings --follow --full-diff \
         --full-history --full-index --function-context --graph --header --help --histogram \
         --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol --ignore-missing \
         --ignore-space-at-eol --ignore-space-change --in-commit-order --indent-heuristic \
         --index --invert-grep --irreversible-delete --ita-invisible-in-index \
         --ita-visible-in-index --left-only --left-right --log-size --mailmap --merge \
         --merge-base --merges --minimal --name-only --name-status --no-abbrev \
         --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws --no-commit-id \
         --no-compact-summary --no-creation-factor --no-decorate --no-dual-color \
         --no-encode-email-headers --no-exit-code --no-expand-tabs --no-ext-diff \
         --no-find-copies-harder --no-follow --no-full-index --no-function-context --no-graph \
         --no-ignore-matching-lines --no-indent-heuristic --no-index --no-left-only \
         --no-mailmap --no-max-parents --no-merges --no-min-parents --no-notes --no-patch \
         --no-prefix --no-quiet --no-relative --no-rename-empty --no-renames --no-right-only \
         --no-show-signature --no-standard-notes --no-stat --no-summary --no-text \
         --no-textconv --no-use-mailmap --not --numstat --objects --oneline --ours --parents \
         --patch --patch-with-raw --patch-with-stat --patience --perl-regexp --pickaxe-all \
         --pickaxe-regex --quiet --raw --reflog --regexp-ignore-case --relative-date \
         --remove-empty --rename-empty --reverse --right-only --root --shortstat \
         --show-notes-by-default --show-pulls --show-signature --simplify-by-decoration \
         --simplify-merges --single-worktree --source --sparse --staged --standard-notes \
         --stdin --summary --text --textconv --theirs --timestamp --topo-order --unpacked \
         --use-mailmap --walk-reflogs -E -F -NUM -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t \
         -u -w -z",
            "--after --anchored --author --before --color-moved-ws --committer --creation-factor \
         --date --decorate-refs --decorate-refs-exclude --diff-algorithm --diff-filter \
         --dst-prefix --encoding --exclude --exclude-hidden --filter --find-object --format \
         --glob --grep --grep-reflog --ignore-matching-lines --inter-hunk-context \
         --line-prefix --max-age --max-count --max-depth --max-parents --min-age \
         --min-parents --notes-ref --output --output-indicator-context --output-indicator-new \
         --output-indicator-old --rotate-to --since --since-as-filter --skip --skip-to \
         --src-prefix --stat-count --stat-graph-width --stat-name-width --stat-width \
         --unified --until --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-words --decorate --diff-merges --dirstat --dirstat-by-file \
         --expand-tabs --find-copies --find-renames --ignore-submodules --no-walk --notes \
         --objects-edge --pretty --relative --remerge-diff --remotes --show-linear-break \
         --show-notes --stat --submodule --tags --word-diff -B -C -D -M -X",
        )
        .same(
            "-B=--break-rewrites -C=--find-copies -D=--irreversible-delete \
         -I=--ignore-matching-lines -M=--find-renames -U=--unified -W=--function-context \
         -X=--dirstat -a=--text -b=--ignore-space-change -g=--walk-reflogs \
         -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet -s=--no-patch \
         -u=--patch -w=--ignore-all-space",
        ),
    ),
    Subcommand::new(
        "read-tree",
        Form::gnu(
            "--aggressive --debug-unpack --dry-run --empty --end-of-options --help \
         --no-aggressive --no-debug-unpack --no-dry-run --no-empty --no-quiet \
         --no-recurse-submodules --no-reset --no-sparse-checkout --no-super-prefix \
         --no-trivial --no-verbose --quiet --reset --sparse-checkout --trivial --verbose -h \
         -i -m -n -q -u -v",
            "--exclude-per-directory --index-output --prefix --super-prefix",
            "--recurse-submodules",
        )
        .same("-n=--dry-run -q=--quiet -v=--verbose")
        .roles(&[("--prefix", R::Text), ("--index-output", R::Write)]),
    ),
    Subcommand::new(
        "rebase",
        Form::gnu(
            "--abort --allow-empty-message --apply --autosquash --autostash \
         --committer-date-is-author-date --continue --edit-todo --end-of-options --ff \
         --force-rebase --fork-point --help --ignore-date --ignore-whitespace --interactive \
         --keep-base --keep-empty --merge --no-allow-empty-message --no-autosquash \
         --no-autostash --no-committer-date-is-author-date --no-exec --no-ff \
         --no-force-rebase --no-fork-point --no-gpg-sign --no-ignore-date \
         --no-ignore-whitespace --no-keep-base --no-keep-empty --no-onto --no-preserve-merges \
         --no-quiet --no-reapply-cherry-picks --no-rebase-merges --no-rerere-autoupdate \
         --no-reschedule-failed-exec --no-reset-author-date --no-root --no-signoff --no-stat \
         --no-strategy --no-strategy-option --no-update-refs --no-verbose --no-verify \
         --no-whitespace --preserve-merges --quiet --quit --reapply-cherry-picks \
         --rerere-autoupdate --reschedule-failed-exec --reset-author-date --root \
         --show-current-patch --signoff --skip --stat --update-refs --verbose --verify -f -h \
         -i -k -m -n -p -q -v",
            "--empty --exec --onto --strategy --strategy-option --whitespace -C -X -s -x",
            "--gpg-sign --rebase-merges -S -r",
        )
        .same(
            "-S=--gpg-sign -X=--strategy-option -f=--force-rebase -i=--interactive \
         -k=--keep-empty -m=--merge -n=--no-stat -p=--preserve-merges -q=--quiet \
         -r=--rebase-merges -s=--strategy -v=--verbose -x=--exec",
        )
        .roles(&[("--exec", R::Shell), ("--strategy", R::Opaque)]),
    ),
    Subcommand::new(
        "receive-pack",
        Form::gnu(
            "--advertise-refs --end-of-options --help --http-backend-info-refs \
         --no-advertise-refs --no-http-backend-info-refs --no-quiet \
         --no-reject-thin-pack-for-testing --no-stateless-rpc --quiet \
         --reject-thin-pack-for-testing --stateless-rpc -h -q",
            "",
            "",
        )
        .same("-q=--quiet")
        .all(R::WriteTree),
    ),
    Subcommand::new(
        "upload-pack",
        Form::gnu(
            "--advertise-refs --end-of-options --help --http-backend-info-refs \
         --no-advertise-refs --no-http-backend-info-refs --no-stateless-rpc --no-strict \
         --no-timeout --stateless-rpc --strict -h",
            "--timeout",
            "",
        )
        .all(R::ReadTree),
    ),
    Subcommand::new("upload-archive", Form::gnu("--end-of-options --help -h", "", "").all(R::ReadTree)),
    Subcommand::new("shell", Form::gnu("--end-of-options --help -h", "-c", "").all(R::Opaque)),
    Subcommand::new(
        "reflog",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-encode-email-headers --no-expand-tabs \
         --no-ext-diff --no-function-context --no-graph --no-indent-heuristic --no-index \
         --no-mailmap --no-max-parents --no-merges --no-min-parents --no-notes --no-patch \
         --no-prefix --no-relative --no-rename-empty --no-renames --no-show-signature \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        ),
    ),
    Subcommand::new(
        "reflog show",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-encode-email-headers --no-expand-tabs \
         --no-ext-diff --no-function-context --no-graph --no-indent-heuristic --no-index \
         --no-mailmap --no-max-parents --no-merges --no-min-parents --no-notes --no-patch \
         --no-prefix --no-relative --no-rename-empty --no-renames --no-show-signature \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        ),
    ),
    Subcommand::new("reflog list", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "reflog expire",
        Form::gnu(
            "--all --dry-run --end-of-options --help --no-all --no-dry-run --no-rewrite \
         --no-single-worktree --no-stale-fix --no-updateref --no-verbose --rewrite \
         --single-worktree --stale-fix --updateref --verbose -h -n",
            "--expire --expire-unreachable",
            "",
        )
        .same("-n=--dry-run"),
    ),
    Subcommand::new(
        "reflog delete",
        Form::gnu(
            "--dry-run --end-of-options --help --no-dry-run --no-rewrite --no-updateref \
         --no-verbose --rewrite --updateref --verbose -h -n",
            "",
            "",
        )
        .same("-n=--dry-run"),
    ),
    Subcommand::new("reflog exists", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "reflog drop",
        Form::gnu(
            "--clear-decorations --end-of-options --help --mailmap --no-decorate \
         --no-decorate-refs --no-decorate-refs-exclude --no-mailmap --no-quiet --no-source \
         --no-use-mailmap --quiet --source --use-mailmap -h -q",
            "--decorate-refs --decorate-refs-exclude -L",
            "--decorate",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "remote",
        Form::gnu("--end-of-options --help --no-verbose --verbose -h -v", "", "").same("-v=--verbose"),
    ),
    Subcommand::new(
        "remote rename",
        Form::gnu("--end-of-options --help --no-progress --progress -h", "", ""),
    ),
    Subcommand::new(
        "remote set-head",
        Form::gnu("--auto --delete --end-of-options --help --no-auto --no-delete -a -d -h", "", "")
            .same("-a=--auto -d=--delete"),
    ),
    Subcommand::new("remote set-branches", Form::gnu("--add --end-of-options --help --no-add -h", "", "")),
    Subcommand::new(
        "remote get-url",
        Form::gnu("--all --end-of-options --help --no-all --no-push --push -h", "", ""),
    ),
    Subcommand::new("remote show", Form::gnu("--end-of-options --help -h -n", "", "")),
    Subcommand::new(
        "remote prune",
        Form::gnu("--dry-run --end-of-options --help --no-dry-run -h -n", "", "").same("-n=--dry-run"),
    ),
    Subcommand::new(
        "remote update",
        Form::gnu("--end-of-options --help --no-prune --prune -h -p", "", "").same("-p=--prune"),
    ),
    Subcommand::new(
        "remote add",
        Form::gnu(
            "--end-of-options --fetch --help --no-fetch --no-master --no-mirror --no-tags \
         --no-track --tags -f -h",
            "--master --track -m -t",
            "--mirror",
        )
        .same("-f=--fetch -m=--master -t=--track")
        .first(&[R::Text], R::Remote),
    ),
    Subcommand::new("remote remove", Form::gnu("--end-of-options --help -h", "", "")).or("remote rm"),
    Subcommand::new(
        "remote set-url",
        Form::gnu("--add --delete --end-of-options --help --no-add --no-delete --no-push --push -h", "", "")
            .first(&[R::Text], R::Remote),
    ),
    Subcommand::new(
        "repack",
        Form::gnu(
            "--cruft --delta-islands --end-of-options --help --keep-unreachable --local \
         --no-cruft --no-cruft-expiration --no-delta-islands --no-depth --no-expire-to \
         --no-filter --no-filter-to --no-geometric --no-keep-pack --no-keep-unreachable \
         --no-local --no-pack-kept-objects --no-quiet --no-threads --no-unpack-unreachable \
         --no-window --no-window-memory --no-write-bitmap-index --no-write-midx \
         --pack-kept-objects --quiet --write-bitmap-index --write-midx -A -F -a -b -d -f -h \
         -i -k -l -m -n -q",
            "--cruft-expiration --depth --expire-to --filter --filter-to --geometric --keep-pack \
         --max-cruft-size --max-pack-size --threads --unpack-unreachable --window \
         --window-memory -g",
            "",
        )
        .same(
            "-b=--write-bitmap-index -g=--geometric -i=--delta-islands -k=--keep-unreachable \
         -l=--local -m=--write-midx -q=--quiet",
        ),
    ),
    Subcommand::new(
        "replace",
        Form::gnu(
            "--convert-graft-file --delete --edit --end-of-options --force --graft --help --list \
         --no-force --no-format --no-raw --raw -d -e -f -g -h -l",
            "--format",
            "",
        )
        .same("-d=--delete -e=--edit -f=--force -g=--graft -l=--list"),
    ),
    Subcommand::new(
        "replay",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --basic-regexp --bisect --boundary --cherry --cherry-mark --cherry-pick --children \
         --clear-decorations --contained --count --date-order --dense --do-walk \
         --encode-email-headers --end-of-options --exclude-first-parent-only \
         --extended-regexp --first-parent --fixed-strings --follow --full-diff --full-history \
         --graph --header --help --ignore-missing --in-commit-order --invert-grep --left-only \
         --left-right --log-size --mailmap --merge --merges --no-abbrev --no-abbrev-commit \
         --no-advance --no-commit-id --no-contained --no-decorate --no-encode-email-headers \
         --no-expand-tabs --no-graph --no-mailmap --no-max-parents --no-merges \
         --no-min-parents --no-notes --no-onto --no-show-signature --no-standard-notes \
         --no-use-mailmap --not --objects --oneline --parents --perl-regexp --quiet --reflog \
         --regexp-ignore-case --relative-date --remove-empty --reverse --right-only --root \
         --show-notes-by-default --show-pulls --show-signature --simplify-by-decoration \
         --simplify-merges --single-worktree --source --sparse --standard-notes --stdin \
         --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM -P -c -g \
         -h -i -m -q",
            "--advance --after --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --encoding --exclude --exclude-hidden --filter --format \
         --glob --grep --grep-reflog --max-age --max-count --max-parents --min-age \
         --min-parents --notes-ref --onto --since --since-as-filter --skip --until -L -n",
            "--ancestry-path --bisect-vars --branches --decorate --expand-tabs --no-walk --notes \
         --objects-edge --pretty --remotes --show-linear-break --show-notes --tags",
        )
        .same("-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -q=--quiet"),
    ),
    Subcommand::new("request-pull", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "rerere",
        Form::gnu("--end-of-options --help --no-rerere-autoupdate --rerere-autoupdate -h", "", ""),
    ),
    Subcommand::new("history", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("backfill", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "reset",
        Form::gnu(
            "--end-of-options --hard --help --intent-to-add --keep --merge --mixed \
         --no-intent-to-add --no-patch --no-pathspec-file-nul --no-pathspec-from-file \
         --no-quiet --no-recurse-submodules --no-refresh --patch --pathspec-file-nul --quiet \
         --refresh --soft -N -h -p -q",
            "--pathspec-from-file",
            "--recurse-submodules",
        )
        .same("-N=--intent-to-add -p=--patch -q=--quiet")
        .roles(&[("--pathspec-from-file", R::List)]),
    ),
    Subcommand::new(
        "restore",
        Form::gnu(
            "--end-of-options --help --ignore-skip-worktree-bits --ignore-unmerged --merge \
         --no-conflict --no-ignore-skip-worktree-bits --no-ignore-unmerged --no-merge \
         --no-overlay --no-patch --no-pathspec-file-nul --no-pathspec-from-file --no-progress \
         --no-quiet --no-recurse-submodules --no-source --no-staged --no-worktree --ours \
         --overlay --patch --pathspec-file-nul --progress --quiet --staged --theirs \
         --worktree -2 -3 -S -W -h -m -p -q",
            "--conflict --pathspec-from-file --source -s",
            "--recurse-submodules",
        )
        .same(
            "-2=--ours -3=--theirs -S=--staged -W=--worktree -m=--merge -p=--patch -q=--quiet \
         -s=--source",
        )
        .roles(&[("--pathspec-from-file", R::List)])
        .all(R::WriteTree)
        .with(&[("--worktree", Operands::all(R::WriteTree)), ("--staged", TEXT)]),
    ),
    Subcommand::new(
        "rev-list",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --basic-regexp --bisect --boundary --cherry --cherry-mark --cherry-pick --children \
         --clear-decorations --count --date-order --dense --do-walk --encode-email-headers \
         --end-of-options --exclude-first-parent-only --extended-regexp --first-parent \
         --fixed-strings --follow --full-diff --full-history --graph --header --help \
         --ignore-missing --in-commit-order --invert-grep --left-only --left-right --log-size \
         --mailmap --merge --merges --no-abbrev --no-abbrev-commit --no-commit-id \
         --no-decorate --no-encode-email-headers --no-expand-tabs --no-graph --no-mailmap \
         --no-max-parents --no-merges --no-min-parents --no-notes --no-show-signature \
         --no-standard-notes --no-use-mailmap --not --objects --oneline --parents \
         --perl-regexp --quiet --reflog --regexp-ignore-case --relative-date --remove-empty \
         --reverse --right-only --root --show-notes-by-default --show-pulls --show-signature \
         --simplify-by-decoration --simplify-merges --single-worktree --source --sparse \
         --standard-notes --stdin --timestamp --topo-order --unpacked --use-mailmap \
         --walk-reflogs -E -F -NUM -P -c -g -h -i -m -q",
            "--after --author --before --committer --date --decorate-refs --decorate-refs-exclude \
         --encoding --exclude --exclude-hidden --filter --format --glob --grep --grep-reflog \
         --max-age --max-count --max-parents --min-age --min-parents --notes-ref --since \
         --since-as-filter --skip --until -L -n",
            "--ancestry-path --bisect-vars --branches --decorate --expand-tabs --no-walk --notes \
         --objects-edge --pretty --remotes --show-linear-break --show-notes --tags",
        )
        .same("-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -q=--quiet"),
    ),
    Subcommand::new(
        "rev-parse",
        Form::gnu(
            "--absolute-git-dir --all --end-of-options --flags --git-common-dir --git-dir --help \
         --is-bare-repository --is-inside-git-dir --is-inside-work-tree \
         --is-shallow-repository --keep-dashdash --local-env-vars --no-flags --no-revs --not \
         --parseopt --quiet --revs-only --shared-index-path --show-cdup --show-prefix \
         --show-ref-format --show-superproject-working-tree --show-toplevel --sq --sq-quote \
         --stop-at-non-option --stuck-long --symbolic --symbolic-full-name --verify -h -q",
            "--after --before --default --disambiguate --exclude --exclude-hidden --git-path \
         --glob --path-format --prefix --resolve-git-dir --since --until",
            "--abbrev-ref --branches --output-object-format --remotes --short \
         --show-object-format --tags",
        ),
    ),
    Subcommand::new(
        "revert",
        Form::gnu(
            "--abort --commit --continue --edit --end-of-options --help --no-cleanup --no-commit \
         --no-edit --no-gpg-sign --no-mainline --no-reference --no-rerere-autoupdate \
         --no-signoff --no-strategy --no-strategy-option --quit --reference \
         --rerere-autoupdate --signoff --skip -e -h -n -r -s",
            "--cleanup --mainline --strategy --strategy-option -X -m",
            "--gpg-sign -S",
        )
        .same(
            "-S=--gpg-sign -X=--strategy-option -e=--edit -m=--mainline -n=--no-commit \
         -s=--signoff",
        ),
    ),
    Subcommand::new(
        "rm",
        Form::gnu(
            "--cached --dry-run --end-of-options --force --help --ignore-unmatch --no-cached \
         --no-dry-run --no-force --no-ignore-unmatch --no-pathspec-file-nul \
         --no-pathspec-from-file --no-quiet --no-sparse --pathspec-file-nul --quiet --sparse \
         -f -h -n -q -r",
            "--pathspec-from-file",
            "",
        )
        .same("-f=--force -n=--dry-run -q=--quiet")
        .roles(&[("--pathspec-from-file", R::List)])
        .all(R::WriteTree)
        .with(&[("--cached", TEXT)]),
    ),
    Subcommand::new(
        "send-email",
        Form::gnu(
            "--annotate --cc-cover --chain-reply-to --compose --dry-run --dump-aliases \
         --end-of-options --force --format-patch --help --mailmap --no-annotate --no-bcc \
         --no-cc --no-cc-cover --no-chain-reply-to --no-format-patch --no-header-cmd \
         --no-mailmap --no-signed-off-by-cc --no-smtp-auth --no-suppress-from --no-thread \
         --no-to --no-to-cover --no-validate --no-xmailer --quiet --signed-off-by-cc \
         --suppress-from --thread --to-cover --translate-aliases --validate --xmailer -h",
            "--8bit-encoding --batch-size --bcc --cc --cc-cmd --compose-encoding --confirm \
         --envelope-sender --from --header-cmd --identity --in-reply-to --relogin-delay \
         --reply-to --sendmail-cmd --smtp-auth --smtp-debug --smtp-domain --smtp-encryption \
         --smtp-server --smtp-server-option --smtp-server-port --smtp-ssl-cert-path \
         --smtp-user --subject --suppress-cc --to --to-cmd --transfer-encoding",
            "--smtp-pass --smtp-ssl",
        )
        .roles(&[
            ("--sendmail-cmd", R::Shell),
            ("--to-cmd", R::Shell),
            ("--cc-cmd", R::Shell),
            ("--header-cmd", R::Shell),
            ("--smtp-server", R::Opaque),
        ])
        .all(R::Read),
    ),
    Subcommand::new(
        "send-pack",
        Form::gnu(
            "--all --atomic --dry-run --end-of-options --force --force-if-includes --help \
         --helper-status --mirror --no-all --no-atomic --no-dry-run --no-exec --no-force \
         --no-force-if-includes --no-force-with-lease --no-helper-status --no-mirror \
         --no-progress --no-push-option --no-quiet --no-receive-pack --no-remote --no-signed \
         --no-stateless-rpc --no-stdin --no-thin --no-verbose --progress --quiet \
         --stateless-rpc --stdin --thin --verbose -f -h -n -q -v",
            "--exec --push-option --receive-pack --remote",
            "--force-with-lease --signed",
        )
        .same("-f=--force -n=--dry-run -q=--quiet -v=--verbose")
        .roles(&[("--receive-pack", R::Shell), ("--exec", R::Shell)])
        .first(&[R::Remote], R::Text),
    ),
    Subcommand::new(
        "shortlog",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --basic-regexp --bisect --boundary --cherry --cherry-mark --cherry-pick --children \
         --clear-decorations --count --date-order --dense --do-walk --email \
         --encode-email-headers --end-of-options --exclude-first-parent-only \
         --extended-regexp --first-parent --fixed-strings --follow --full-diff --full-history \
         --graph --header --help --ignore-missing --in-commit-order --invert-grep --left-only \
         --left-right --log-size --mailmap --merge --merges --no-abbrev --no-abbrev-commit \
         --no-commit-id --no-committer --no-decorate --no-email --no-encode-email-headers \
         --no-expand-tabs --no-graph --no-group --no-mailmap --no-max-parents --no-merges \
         --no-min-parents --no-notes --no-numbered --no-show-signature --no-standard-notes \
         --no-summary --no-use-mailmap --not --numbered --objects --oneline --parents \
         --perl-regexp --quiet --reflog --regexp-ignore-case --relative-date --remove-empty \
         --reverse --right-only --root --show-notes-by-default --show-pulls --show-signature \
         --simplify-by-decoration --simplify-merges --single-worktree --source --sparse \
         --standard-notes --stdin --summary --timestamp --topo-order --unpacked --use-mailmap \
         --walk-reflogs -E -F -NUM -P -c -e -g -h -i -m -q -s",
            "--after --author --before --committer --date --decorate-refs --decorate-refs-exclude \
         --encoding --exclude --exclude-hidden --filter --format --glob --grep --grep-reflog \
         --group --max-age --max-count --max-parents --min-age --min-parents --notes-ref \
         --since --since-as-filter --skip --until -L -n",
            "--ancestry-path --bisect-vars --branches --decorate --expand-tabs --no-walk --notes \
         --objects-edge --pretty --remotes --show-linear-break --show-notes --tags -w",
        )
        .same(
            "-c=--committer -e=--email -g=--walk-reflogs -i=--regexp-ignore-case -n=--numbered \
         -q=--quiet -s=--summary",
        ),
    ),
    Subcommand::new(
        "show",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-decorate-refs --no-decorate-refs-exclude \
         --no-encode-email-headers --no-expand-tabs --no-ext-diff --no-function-context \
         --no-graph --no-indent-heuristic --no-index --no-mailmap --no-max-parents \
         --no-merges --no-min-parents --no-notes --no-patch --no-prefix --no-quiet \
         --no-relative --no-rename-empty --no-renames --no-show-signature --no-source \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        )
        .roles(&[("--output", R::Write), ("-O", R::Read)]),
    ),
    Subcommand::new(
        "show-branch",
        Form::gnu(
            "--all --current --date-order --end-of-options --help --independent --list \
         --merge-base --name --no-all --no-color --no-current --no-independent --no-list \
         --no-merge-base --no-more --no-name --no-remotes --no-sha1-name --no-sparse \
         --no-topics --remotes --sha1-name --sparse --topics --topo-order -a -h -r",
            "",
            "--color --more --reflog -g",
        )
        .same("-a=--all -g=--reflog -r=--remotes"),
    ),
    Subcommand::new(
        "show-index",
        Form::gnu("--end-of-options --help --no-object-format -h", "--object-format", ""),
    ),
    Subcommand::new(
        "show-ref",
        Form::gnu(
            "--branches --dereference --end-of-options --exists --head --heads --help --no-abbrev \
         --no-branches --no-dereference --no-exists --no-hash --no-head --no-heads --no-quiet \
         --no-tags --no-verify --quiet --tags --verify -d -h -q",
            "",
            "--abbrev --exclude-existing --hash -s",
        )
        .same("-d=--dereference -q=--quiet -s=--hash"),
    ),
    Subcommand::new("sparse-checkout", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("sparse-checkout list", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "sparse-checkout init",
        Form::gnu("--cone --end-of-options --help --no-cone --no-sparse-index --sparse-index -h", "", ""),
    ),
    Subcommand::new(
        "sparse-checkout set",
        Form::gnu(
            "--cone --end-of-options --help --no-cone --no-sparse-index --skip-checks \
         --sparse-index --stdin -h",
            "",
            "",
        ),
    ),
    Subcommand::new("sparse-checkout add", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("sparse-checkout reapply", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("sparse-checkout disable", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "sparse-checkout check-rules",
        Form::gnu("--cone --end-of-options --help --no-cone --no-rules-file -h -z", "--rules-file", ""),
    ),
    Subcommand::new(
        "stash",
        Form::gnu(
            "--all --end-of-options --help --include-untracked --keep-index --no-keep-index \
         --patch --pathspec-file-nul --quiet --staged -S -a -h -k -p -q -u",
            "--message --pathspec-from-file -m",
            "",
        )
        .same("-a=--all -m=--message -p=--patch -u=--include-untracked"),
    ),
    Subcommand::new(
        "stash push",
        Form::gnu(
            "--all --end-of-options --help --include-untracked --keep-index --no-all \
         --no-include-untracked --no-keep-index --no-message --no-patch \
         --no-pathspec-file-nul --no-pathspec-from-file --no-quiet --no-staged --patch \
         --pathspec-file-nul --quiet --staged -S -a -h -k -p -q -u",
            "--message --pathspec-from-file -m",
            "",
        )
        .same(
            "-S=--staged -a=--all -k=--keep-index -m=--message -p=--patch -q=--quiet \
         -u=--include-untracked",
        )
        .roles(&[("--pathspec-from-file", R::List)])
        .all(R::WriteTree),
    ),
    Subcommand::new(
        "stash save",
        Form::gnu(
            "--all --end-of-options --help --include-untracked --keep-index --no-all \
         --no-include-untracked --no-keep-index --no-message --no-patch --no-quiet \
         --no-staged --patch --quiet --staged -S -a -h -k -p -q -u",
            "--message -m",
            "",
        )
        .same(
            "-S=--staged -a=--all -k=--keep-index -m=--message -p=--patch -q=--quiet \
         -u=--include-untracked",
        ),
    ),
    Subcommand::new(
        "stash pop",
        Form::gnu("--end-of-options --help --index --no-index --no-quiet --quiet -h -q", "", "")
            .same("-q=--quiet"),
    ),
    Subcommand::new(
        "stash apply",
        Form::gnu("--end-of-options --help --index --no-index --no-quiet --quiet -h -q", "", "")
            .same("-q=--quiet"),
    ),
    Subcommand::new(
        "stash drop",
        Form::gnu("--end-of-options --help --no-quiet --quiet -h -q", "", "").same("-q=--quiet"),
    ),
    Subcommand::new(
        "stash list",
        Form::gnu(
            "--abbrev-commit --all --all-match --alternate-refs --always --author-date-order \
         --base --basic-regexp --binary --bisect --boundary --cached --cc --check --cherry \
         --cherry-mark --cherry-pick --children --clear-decorations --combined-all-paths \
         --compact-summary --count --cumulative --date-order --default-prefix --dense \
         --do-walk --encode-email-headers --end-of-options --exclude-first-parent-only \
         --exit-code --ext-diff --extended-regexp --find-copies-harder --first-parent \
         --fixed-strings --follow --full-diff --full-history --full-index --function-context \
         --graph --header --help --histogram --ignore-all-space --ignore-blank-lines \
         --ignore-cr-at-eol --ignore-missing --ignore-space-at-eol --ignore-space-change \
         --in-commit-order --indent-heuristic --index --invert-grep --irreversible-delete \
         --ita-invisible-in-index --ita-visible-in-index --left-only --left-right --log-size \
         --mailmap --merge --merge-base --merges --minimal --name-only --name-status \
         --no-abbrev --no-abbrev-commit --no-color --no-color-moved --no-color-moved-ws \
         --no-commit-id --no-decorate --no-encode-email-headers --no-expand-tabs \
         --no-ext-diff --no-function-context --no-graph --no-indent-heuristic --no-index \
         --no-mailmap --no-max-parents --no-merges --no-min-parents --no-notes --no-patch \
         --no-prefix --no-relative --no-rename-empty --no-renames --no-show-signature \
         --no-standard-notes --no-stat --no-summary --no-textconv --no-use-mailmap --not \
         --numstat --objects --oneline --ours --parents --patch --patch-with-raw \
         --patch-with-stat --patience --perl-regexp --pickaxe-all --pickaxe-regex --quiet \
         --raw --reflog --regexp-ignore-case --relative-date --remove-empty --rename-empty \
         --reverse --right-only --root --shortstat --show-notes-by-default --show-pulls \
         --show-signature --simplify-by-decoration --simplify-merges --single-worktree \
         --source --sparse --staged --standard-notes --stdin --summary --text --textconv \
         --theirs --timestamp --topo-order --unpacked --use-mailmap --walk-reflogs -E -F -NUM \
         -P -R -W -a -b -c -g -h -i -m -p -q -r -s -t -u -w -z",
            "--after --anchored --author --before --committer --date --decorate-refs \
         --decorate-refs-exclude --diff-algorithm --diff-filter --dst-prefix --encoding \
         --exclude --exclude-hidden --filter --find-object --format --glob --grep \
         --grep-reflog --ignore-matching-lines --inter-hunk-context --line-prefix --max-age \
         --max-count --max-depth --max-parents --min-age --min-parents --notes-ref --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --since --since-as-filter --skip --skip-to --src-prefix --stat-count \
         --stat-graph-width --stat-name-width --stat-width --unified --until \
         --word-diff-regex --ws-error-highlight -G -I -L -O -S -U -l -n",
            "--abbrev --ancestry-path --bisect-vars --branches --break-rewrites --color \
         --color-moved --color-moved-ws --color-words --decorate --diff-merges --dirstat \
         --dirstat-by-file --expand-tabs --find-copies --find-renames --ignore-submodules \
         --no-walk --notes --objects-edge --pretty --relative --remerge-diff --remotes \
         --show-linear-break --show-notes --stat --submodule --tags --word-diff -B -C -D -M \
         -X",
        )
        .same(
            "-g=--walk-reflogs -i=--regexp-ignore-case -n=--max-count -p=--patch -q=--quiet \
         -s=--no-patch -u=--patch",
        ),
    ),
    Subcommand::new("stash clear", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("stash branch", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("stash create", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "stash store",
        Form::gnu("--end-of-options --help --no-message --no-quiet --quiet -h -q", "--message -m", "")
            .same("-m=--message -q=--quiet"),
    ),
    Subcommand::new(
        "stash show",
        Form::gnu(
            "--base --binary --cached --cc --check --combined-all-paths --compact-summary \
         --cumulative --default-prefix --end-of-options --exit-code --ext-diff \
         --find-copies-harder --follow --full-index --function-context --help --histogram \
         --ignore-all-space --ignore-blank-lines --ignore-cr-at-eol --ignore-space-at-eol \
         --ignore-space-change --include-untracked --indent-heuristic --index \
         --irreversible-delete --ita-invisible-in-index --ita-visible-in-index --merge-base \
         --minimal --name-only --name-status --no-color --no-color-moved --no-color-moved-ws \
         --no-ext-diff --no-function-context --no-include-untracked --no-indent-heuristic \
         --no-index --no-patch --no-prefix --no-relative --no-rename-empty --no-renames \
         --no-stat --no-summary --no-textconv --numstat --only-untracked --ours --patch \
         --patch-with-raw --patch-with-stat --patience --pickaxe-all --pickaxe-regex --quiet \
         --raw --rename-empty --shortstat --staged --summary --text --textconv --theirs -R -W \
         -a -b -c -h -m -p -r -s -t -u -w -z",
            "--anchored --diff-algorithm --diff-filter --dst-prefix --find-object \
         --ignore-matching-lines --inter-hunk-context --line-prefix --max-depth --output \
         --output-indicator-context --output-indicator-new --output-indicator-old --rotate-to \
         --skip-to --src-prefix --stat-count --stat-graph-width --stat-name-width \
         --stat-width --unified --word-diff-regex --ws-error-highlight -G -I -O -S -U -l",
            "--abbrev --break-rewrites --color --color-moved --color-moved-ws --color-words \
         --diff-merges --dirstat --dirstat-by-file --find-copies --find-renames \
         --ignore-submodules --relative --remerge-diff --stat --submodule --word-diff -B -C \
         -D -M -X",
        )
        .same("-p=--patch -s=--no-patch -u=--include-untracked"),
    ),
    Subcommand::new(
        "status",
        Form::gnu(
            "--ahead-behind --branch --end-of-options --help --long --no-ahead-behind --no-branch \
         --no-column --no-ignore-submodules --no-ignored --no-long --no-null --no-porcelain \
         --no-renames --no-short --no-show-stash --no-untracked-files --no-verbose --null \
         --renames --short --show-stash --verbose -b -h -s -v -z",
            "",
            "--column --find-renames --ignore-submodules --ignored --porcelain --untracked-files \
         -M -u",
        )
        .same("-M=--find-renames -b=--branch -s=--short -u=--untracked-files -v=--verbose -z=--null"),
    ),
    Subcommand::new(
        "stripspace",
        Form::gnu("--comment-lines --end-of-options --help --strip-comments -c -h -s", "", "")
            .same("-c=--comment-lines -s=--strip-comments"),
    ),
    Subcommand::new(
        "switch",
        Form::gnu(
            "--detach --discard-changes --end-of-options --force --guess --help \
         --ignore-other-worktrees --merge --no-conflict --no-create --no-detach \
         --no-discard-changes --no-force --no-force-create --no-guess \
         --no-ignore-other-worktrees --no-merge --no-orphan --no-overwrite-ignore \
         --no-progress --no-quiet --no-recurse-submodules --no-track --overwrite-ignore \
         --progress --quiet -d -f -h -m -q",
            "--conflict --create --force-create --orphan -C -c",
            "--recurse-submodules --track -t",
        )
        .same(
            "-C=--force-create -c=--create -d=--detach -f=--force -m=--merge -q=--quiet \
         -t=--track",
        ),
    ),
    Subcommand::new(
        "symbolic-ref",
        Form::gnu(
            "--delete --end-of-options --help --no-delete --no-quiet --no-recurse --no-short \
         --quiet --recurse --short -d -h -q",
            "-m",
            "",
        )
        .same("-d=--delete -q=--quiet"),
    ),
    Subcommand::new(
        "tag",
        Form::gnu(
            "--annotate --create-reflog --delete --edit --end-of-options --force --help \
         --ignore-case --list --no-annotate --no-cleanup --no-color --no-column \
         --no-create-reflog --no-edit --no-file --no-force --no-format --no-ignore-case \
         --no-local-user --no-omit-empty --no-points-at --no-sign --no-sort --omit-empty \
         --sign --verify -a -d -e -f -h -i -l -s -v",
            "--cleanup --contains --file --format --local-user --merged --message --no-contains \
         --no-merged --points-at --sort --trailer --with --without -F -m -u",
            "--color --column -n",
        )
        .same(
            "-F=--file -a=--annotate -d=--delete -e=--edit -f=--force -i=--ignore-case -l=--list \
         -m=--message -s=--sign -u=--local-user -v=--verify",
        )
        .roles(&[("--file", R::Read)]),
    ),
    Subcommand::new(
        "submodule",
        Form::gnu("--cached --end-of-options --help --quiet -h -q", "", "").same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule add",
        Form::gnu(
            "--cached --dissociate --end-of-options --force --help --no-progress --progress \
         --quiet -f -h -q",
            "--branch --depth --name --ref-format --reference -b",
            "",
        )
        .same("-b=--branch -f=--force -q=--quiet")
        .roles(&[("--reference", R::ReadTree)])
        .first(&[R::Remote, R::Write], R::Text),
    ),
    Subcommand::new(
        "submodule update",
        Form::gnu(
            "--cached --checkout --dissociate --end-of-options --force --help --init --merge \
         --no-fetch --no-recommend-shallow --no-single-branch --progress --quiet --rebase \
         --recommend-shallow --recursive --remote --require-init --single-branch -N -f -h -m \
         -q -r",
            "--depth --filter --jobs --reference -j",
            "",
        )
        .same("-f=--force -j=--jobs -q=--quiet")
        .roles(&[("--reference", R::ReadTree)]),
    ),
    Subcommand::new(
        "submodule foreach",
        Form::posix("--end-of-options --help --quiet --recursive -h -q", "", "").all(R::JoinedShell),
    ),
    Subcommand::new(
        "submodule status",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule init",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule deinit",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule sync",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule absorbgitdirs",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule set-branch",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule set-url",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new(
        "submodule summary",
        Form::gnu(
            "--all --cached --default --dissociate --end-of-options --files --for-status --force \
         --help --quiet --recursive -d -f -h -q",
            "--branch --summary-limit -b -n",
            "",
        )
        .same("-q=--quiet"),
    ),
    Subcommand::new("unpack-file", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("unpack-objects", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "update-index",
        Form::gnu(
            "--add --again --assume-unchanged --clear-resolve-undo --end-of-options \
         --force-remove --force-untracked-cache --force-write-index --fsmonitor \
         --fsmonitor-valid --help --ignore-missing --ignore-skip-worktree-entries \
         --ignore-submodules --index-info --info-only --no-add --no-assume-unchanged \
         --no-force-remove --no-force-untracked-cache --no-force-write-index --no-fsmonitor \
         --no-fsmonitor-valid --no-ignore-missing --no-ignore-skip-worktree-entries \
         --no-ignore-submodules --no-index-version --no-info-only --no-remove --no-replace \
         --no-show-index-version --no-skip-worktree --no-split-index \
         --no-test-untracked-cache --no-unmerged --no-untracked-cache --no-verbose \
         --really-refresh --refresh --remove --replace --show-index-version --skip-worktree \
         --split-index --stdin --test-untracked-cache --unmerged --unresolve \
         --untracked-cache --verbose -g -h -q -z",
            "--cacheinfo --chmod --index-version",
            "",
        )
        .same("-g=--again")
        .roles(&[("--cacheinfo", R::Text)])
        .all(R::ReadTree),
    ),
    Subcommand::new(
        "update-ref",
        Form::gnu(
            "--create-reflog --deref --end-of-options --help --no-create-reflog --no-deref \
         --no-stdin --stdin -d -h -z",
            "-m",
            "",
        ),
    ),
    Subcommand::new(
        "update-server-info",
        Form::gnu("--end-of-options --force --help --no-force -f -h", "", "").same("-f=--force"),
    ),
    Subcommand::new("var", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "verify-commit",
        Form::gnu("--end-of-options --help --no-raw --no-verbose --raw --verbose -h -v", "", "")
            .same("-v=--verbose"),
    ),
    Subcommand::new(
        "verify-pack",
        Form::gnu(
            "--end-of-options --help --no-object-format --no-stat-only --no-verbose --stat-only \
         --verbose -h -s -v",
            "--object-format",
            "",
        )
        .same("-s=--stat-only -v=--verbose"),
    ),
    Subcommand::new(
        "verify-tag",
        Form::gnu(
            "--end-of-options --help --no-format --no-raw --no-verbose --raw --verbose -h -v",
            "--format",
            "",
        )
        .same("-v=--verbose"),
    ),
    Subcommand::new(
        "write-tree",
        Form::gnu(
            "--end-of-options --help --ignore-cache-tree --missing-ok --no-ignore-cache-tree \
         --no-missing-ok --no-prefix -h",
            "--prefix",
            "",
        ),
    ),
    Subcommand::new(
        "version",
        Form::gnu("--build-options --end-of-options --help --no-build-options -h", "", ""),
    ),
    Subcommand::new(
        "help",
        Form::gnu(
            "--aliases --all --config --config-for-completion --config-sections-for-completion \
         --developer-interfaces --end-of-options --exclude-guides --external-commands \
         --guides --help --info --man --no-aliases --no-exclude-guides --no-external-commands \
         --no-info --no-man --no-verbose --no-web --user-interfaces --verbose --web -a -c -g \
         -h -i -m -v -w",
            "",
            "",
        )
        .same("-a=--all -c=--config -g=--guides -i=--info -m=--man -v=--verbose -w=--web")
        .all(R::Text),
    ),
    Subcommand::new(
        "fmt-merge-msg",
        Form::gnu(
            "--end-of-options --help --no-file --no-into-name --no-log --no-message --no-summary \
         -h",
            "--file --into-name --message -F -m",
            "--log --summary",
        )
        .same("-F=--file -m=--message")
        .roles(&[("--file", R::Read)]),
    ),
    Subcommand::new("worktree", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "worktree add",
        Form::gnu(
            "--checkout --detach --end-of-options --force --guess-remote --help --lock \
         --no-checkout --no-detach --no-force --no-guess-remote --no-lock --no-orphan \
         --no-quiet --no-reason --no-track --orphan --quiet --track -d -f -h -q",
            "--reason -B -b",
            "",
        )
        .same("-d=--detach -f=--force -q=--quiet")
        .first(&[R::Write], R::Text),
    ),
    Subcommand::new(
        "worktree list",
        Form::gnu(
            "--end-of-options --help --no-expire --no-porcelain --no-verbose --porcelain \
         --verbose -h -v -z",
            "--expire",
            "",
        )
        .same("-v=--verbose"),
    ),
    Subcommand::new("worktree lock", Form::gnu("--end-of-options --help --no-reason -h", "--reason", "")),
    Subcommand::new(
        "worktree prune",
        Form::gnu(
            "--dry-run --end-of-options --help --no-dry-run --no-expire --no-verbose --verbose -h \
         -n -v",
            "--expire",
            "",
        )
        .same("-n=--dry-run -v=--verbose"),
    ),
    Subcommand::new("worktree repair", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new("worktree unlock", Form::gnu("--end-of-options --help -h", "", "")),
    Subcommand::new(
        "worktree move",
        Form::gnu("--end-of-options --force --help --no-force -f -h", "", "")
            .same("-f=--force")
            .operands(Operands::all(R::MoveTree).last(R::Write)),
    ),
    Subcommand::new(
        "worktree remove",
        Form::gnu("--end-of-options --force --help --no-force -f -h", "", "")
            .same("-f=--force")
            .all(R::WriteTree),
    ),
    Subcommand::new("lfs", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("flow", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("gui", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
    Subcommand::new("scalar", Form::gnu("--end-of-options --help -h", "", "").all(R::Opaque)),
];
