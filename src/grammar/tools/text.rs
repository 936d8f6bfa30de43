//! Programs that read files and print something of them: text, searches, comparisons, sums.

use super::entry::{Form, Operands, Tool};
use crate::grammar::tool::Role;

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    CAT, TAC, NL, REV, HEAD, WC, CUT, PASTE, COMM, JOIN, FOLD, EXPAND, PR, PTX, TSORT, COLUMN, UNIQ, SORT,
    SHUF, TR, ECHO, SEQ, OD, XXD, STRINGS, LOOK, BAT, LESS, DIFF, PATCH, GREP, RG, AG, SUMS, BASE64, ICONV,
    DOS2UNIX, XMLLINT, XSLTPROC, MORE, HEXDUMP, CMP, DIFF3, SDIFF,
];

const TEXT: Operands = Operands::all(Role::Text);
const SEARCH: Operands = Operands::all(Role::Read).first(&[Role::Text]).but_first("--file --regexp");
const SEARCH_TREE: Operands = Operands::all(Role::ReadTree).first(&[Role::Text]).but_first("--file --regexp");

const CAT: Tool = Tool::new(
    &["cat"],
    Form::gnu(
        "--help --number --number-nonblank --show-all --show-ends --show-nonprinting \
         --show-tabs --squeeze-blank --version -A -E -T -b -e -l -n -s -t -u -v",
        "",
        "",
    )
    .all(Role::Read),
);

const TAC: Tool = Tool::new(
    &["tac"],
    Form::gnu("--before --help --regex --version -b -r", "--separator -s", "").all(Role::Read),
);

const NL: Tool = Tool::new(
    &["nl"],
    Form::gnu(
        "--help --no-renumber --version -p",
        "--body-numbering --footer-numbering --header-numbering --join-blank-lines \
         --line-increment --number-format --number-separator --number-width \
         --section-delimiter --starting-line-number -b -d -f -h -i -l -n -s -v -w",
        "",
    )
    .all(Role::Read),
);

const REV: Tool = Tool::new(&["rev"], Form::gnu("--help --version --zero -0 -V -h", "", "").all(Role::Read));

const HEAD: Tool = Tool::new(
    &["head", "tail"],
    Form::gnu(
        "--help --quiet --retry --silent --verbose --version --zero-terminated -F -NUM -f -q \
         -r -v -z",
        "--bytes --lines --max-unchanged-stats --pid --sleep-interval -b -c -n -s",
        "+ --follow",
    )
    .all(Role::Read),
);

const WC: Tool = Tool::new(
    &["wc"],
    Form::gnu(
        "--bytes --chars --help --libxo --lines --max-line-length --version --words -L -c -l \
         -m -w",
        "--files0-from --total",
        "",
    )
    .all(Role::Read)
    .roles(&[("--files0-from", Role::Read)]),
);

const CUT: Tool = Tool::new(
    &["cut"],
    Form::gnu(
        "--complement --help --only-delimited --version --zero-terminated -n -s -w -z",
        "--bytes --characters --delimiter --fields --output-delimiter -b -c -d -f",
        "",
    )
    .all(Role::Read),
);

const PASTE: Tool = Tool::new(
    &["paste"],
    Form::gnu("--help --serial --version --zero-terminated -s -z", "--delimiters -d", "").all(Role::Read),
);

const COMM: Tool = Tool::new(
    &["comm"],
    Form::gnu(
        "--check-order --help --nocheck-order --total --version --zero-terminated -1 -2 -3 -i \
         -z",
        "--output-delimiter",
        "",
    )
    .all(Role::Read),
);

const JOIN: Tool = Tool::new(
    &["join"],
    Form::gnu(
        "--check-order --header --help --ignore-case --nocheck-order --version \
         --zero-terminated -i -z",
        "-1 -2 -a -e -j -o -t -v",
        "",
    )
    .all(Role::Read),
);

const FOLD: Tool = Tool::new(
    &["fold", "fmt"],
    Form::gnu(
        "--bytes --characters --crown-margin --help --spaces --split-only --tagged-paragraph \
         --uniform-spacing --version -NUM -b -c -m -n -s -t -u",
        "--goal --prefix --width -d -g -l -p -w",
        "",
    )
    .all(Role::Read),
);

const EXPAND: Tool = Tool::new(
    &["expand", "unexpand"],
    Form::gnu("--all --first-only --help --initial --version -NUM -a -i", "--tabs -t", "").all(Role::Read),
);

const PR: Tool = Tool::new(
    &["pr"],
    Form::gnu(
        "--across --double-space --form-feed --help --join-lines --merge --no-file-warnings \
         --omit-header --omit-pagination --show-control-chars --show-nonprinting --version -F \
         -J -NUM -T -a -c -d -f -m -r -t -v",
        "--columns --date-format --first-line-number --header --indent --length --page-width \
         --pages --width -D -N -W -h -l -o -w",
        "+ --expand-tabs --number-lines --output-tabs --sep-string --separator -S -e -i -n -s",
    )
    .all(Role::Read),
);

const PTX: Tool = Tool::new(
    &["ptx"],
    Form::gnu(
        "--auto-reference --copyright --help --ignore-case --references --right-side-refs \
         --traditional --typeset-mode --version -A -C -G -O -R -T -f -r -t",
        "--break-file --flag-truncation --format --gap-size --ignore-file --macro-name \
         --only-file --sentence-regexp --width --word-regexp -F -M -S -W -b -g -i -o -w",
        "",
    )
    .roles(&[
        ("-b", Role::Read),
        ("--break-file", Role::Read),
        ("-i", Role::Read),
        ("--ignore-file", Role::Read),
        ("-o", Role::Read),
        ("--only-file", Role::Read),
    ])
    .first(&[Role::Read, Role::Write], Role::Read)
    .with(&[("-r", Operands::all(Role::Read))]),
);

const TSORT: Tool = Tool::new(&["tsort"], Form::gnu("--help --version -w", "", "").all(Role::Read));

const COLUMN: Tool = Tool::new(
    &["column", "colrm", "ul"],
    Form::gnu(
        "--fillrows --help --json --keep-empty-lines --noheadings --table \
         --table-header-repeat --table-noheadings --version -I -J -L -V -d -e -h -t -x",
        "--columns --input-separator --output-separator --output-width --separator \
         --table-column --table-columns --table-columns-limit --table-hide --table-name \
         --table-noextreme --table-order --table-right --table-truncate --table-wrap --tree \
         --tree-id --tree-parent -C -E -H -N -O -R -S -T -W -c -i -l -m -n -o -p -r -s",
        "",
    )
    .all(Role::Read),
);

const UNIQ: Tool = Tool::new(
    &["uniq"],
    Form::gnu(
        "--count --help --ignore-case --repeated --unique --version --zero-terminated -D -NUM \
         -c -d -i -u -z",
        "--check-chars --skip-chars --skip-fields -f -s -w",
        "--all-repeated --group",
    )
    .first(&[Role::Read, Role::Write], Role::Text),
);

const SORT: Tool = Tool::new(
    &["sort"],
    Form::gnu(
        "--debug --dictionary-order --general-numeric-sort --help --human-numeric-sort \
         --ignore-case --ignore-leading-blanks --ignore-nonprinting --merge --mmap \
         --month-sort --numeric-sort --random-sort --reverse --stable --unique --version \
         --version-sort --zero-terminated -C -M -R -V -b -d -f -g -h -i -m -n -r -s -u -z",
        "--batch-size --buffer-size --compress-program --field-separator --files0-from --key \
         --output --parallel --random-source --sort --temporary-directory -S -T -k -o -t",
        "--check -c",
    )
    .all(Role::Read)
    .same("-T=--temporary-directory -o=--output")
    .roles(&[
        ("--output", Role::Write),
        ("--compress-program", Role::Program),
        ("--files0-from", Role::List),
        ("--random-source", Role::Read),
        ("--temporary-directory", Role::Write),
    ]),
);

const SHUF: Tool = Tool::new(
    &["shuf"],
    Form::gnu(
        "--echo --help --repeat --version --zero-terminated -e -r -z",
        "--head-count --input-range --output --random-seed --random-source -i -n -o",
        "",
    )
    .all(Role::Read)
    .same("-e=--echo -o=--output")
    .roles(&[("--output", Role::Write), ("--random-source", Role::Read)])
    .with(&[("--echo", TEXT)]),
);

const TR: Tool = Tool::new(
    &["tr"],
    Form::gnu(
        "--complement --delete --help --squeeze-repeats --truncate-set1 --version -C -c -d -s \
         -t -u",
        "",
        "",
    )
    .all(Role::Text),
);

const ECHO: Tool =
    Tool::new(&["echo", "printf", "true", "false"], Form::leading("-E -e -n", "", "").all(Role::Text));

const SEQ: Tool = Tool::new(
    &["seq", "numfmt", "expr", "factor", "yes"],
    Form::gnu(
        "--debug --equal-width --grouping --help --version --zero-terminated -w -z",
        "--delimiter --field --format --from --from-unit --invalid --padding --round \
         --separator --suffix --to --to-unit --unit-separator -d -f -s",
        "--header -NUM",
    )
    .all(Role::Text),
);

const OD: Tool = Tool::new(
    &["od"],
    Form::gnu(
        "--canonical --help --no-squeezing --one-byte-char --one-byte-hex --one-byte-octal \
         --output-duplicates --traditional --two-bytes-decimal --two-bytes-hex \
         --two-bytes-octal --version -B -C -D -F -H -I -O -X -a -b -c -d -e -f -h -i -l -o -s \
         -v -x",
        "--address-radix --endian --format --length --read-bytes --skip --skip-bytes -A -N -S \
         -j -n -t",
        "--color --strings --width -L -w",
    )
    .all(Role::Read),
);

const XXD: Tool = Tool::new(
    &["xxd"],
    Form::one_dash(
        "-C -E -EBCDIC -a -autoskip -b -bits -capitalize -d -e -h -help -i -include -p -plain \
         -postscript -ps -r -revert -t -u -v -version",
        "-R -c -cols -g -groupsize -l -len -n -name -o -s -seek",
        "",
    )
    .first(&[Role::Read, Role::Write], Role::Text),
);

const STRINGS: Tool = Tool::new(
    &["strings"],
    Form::gnu(
        "--all --data --help --include-all-whitespace --print-file-name --version -NUM -V -a \
         -d -f -h -o -v -w",
        "--bytes --encoding --output-separator --radix --target --unicode -T -U -e -n -s -t",
        "",
    )
    .all(Role::Read),
);

const LOOK: Tool = Tool::new(
    &["look"],
    Form::gnu("--alphanum --alternative --help --ignore-case --version -V -a -d -f -h", "--terminate -t", "")
        .first(&[Role::Text, Role::Read], Role::Text),
);

const BAT: Tool = Tool::new(
    &["bat", "batcat", "hexyl", "pygmentize", "glow", "mdcat"],
    Form::plain(
        "--acknowledgements --cache-dir --chop-long-lines --config-dir --config-file \
         --diagnostic --diff --force-colorization --help --list-languages --list-themes \
         --no-config --no-custom-assets --no-paging --number --plain --set-terminal-title \
         --show-all --squeeze-blank --unbuffered --version -A -L -P -V -d -f -h -n -p -u",
        "--base --binary --block-size --border --bytes --character-table --color \
         --color-scheme --completion --decorations --diff-context --display-offset \
         --file-name --group-size --highlight-line --ignored-suffix --italic-text --language \
         --length --line-range --map-syntax --nonprintable-notation --pager --paging --panels \
         --skip --squeeze-limit --strip-ansi --style --tabs --terminal-width --theme \
         --theme-dark --theme-light --wrap -B -H -S -c -l -m -o -r -s",
        "",
    )
    .all(Role::Read)
    .roles(&[("--pager", Role::Opaque)]),
);

const LESS: Tool = Tool::new(
    &["less", "most", "pg"],
    Form::gnu(
        "--CLEAR-SCREEN --HILITE-SEARCH --HILITE-UNREAD --IGNORE-CASE --LINE-NUMBERS \
         --LONG-PROMPT --MOUSE --QUIET --QUIT-AT-EOF --RAW-CONTROL-CHARS --SEARCH-SKIP-SCREEN \
         --SILENT --UNDERLINE-SPECIAL --auto-buffers --chop-long-lines --clear-screen --dumb \
         --exit-follow-on-close --file-size --follow-name --force --help --hilite-search \
         --hilite-unread --ignore-case --incsearch --line-numbers --long-prompt --mouse \
         --no-histdups --no-init --no-keypad --no-lessopen --quiet --quit-at-eof \
         --quit-if-one-screen --quit-on-intr --raw-control-chars --save-marks \
         --search-skip-screen --silent --squeeze-blank-lines --status-column --tilde \
         --underline-special --use-backslash --use-color --version -? -A -B -C -E -F -G -I -J \
         -K -L -M -N -NUM -Q -R -S -U -V -W -X -a -c -d -e -f -g -i -l -m -n -q -r -s -u -v \
         -w -~",
        "-# --LOG-FILE --buffers --color --header --jump-target --lesskey-file --lesskey-src \
         --line-num-width --log-file --max-back-scroll --max-forw-scroll --pattern --prompt \
         --quotes --rscroll --shift --status-col-width --tabs --tag --tag-file --wheel-lines \
         --window -D -O -P -T -b -h -j -k -o -p -t -x -y -z",
        "+",
    )
    .all(Role::Read)
    .same("-O=--LOG-FILE -T=--tag-file -k=--lesskey-file -o=--log-file -p=--pattern")
    .roles(&[
        ("--log-file", Role::Write),
        ("--LOG-FILE", Role::Write),
        ("--lesskey-file", Role::Opaque),
        ("--lesskey-src", Role::Opaque),
        ("+", Role::Opaque),
        ("--pattern", Role::Text),
        ("--tag-file", Role::Read),
    ]),
);

const DIFF: Tool = Tool::new(
    &["diff", "colordiff", "wdiff", "dwdiff", "icdiff", "difft", "delta"],
    Form::gnu(
        "--brief --easy-only --ed --expand-tabs --help --ignore-all-space \
         --ignore-blank-lines --ignore-case --ignore-file-name-case --ignore-space-change \
         --ignore-tab-expansion --ignore-trailing-space --initial-tab --left-column --merge \
         --minimal --new-file --no-dereference --no-ignore-file-name-case --normal \
         --overlap-only --paginate --print-bytes --quiet --rcs --recursive \
         --report-identical-files --show-all --show-c-function --show-overlap --side-by-side \
         --silent --speed-large-files --strip --strip-trailing-cr --suppress-blank-empty \
         --suppress-common-lines --text --unidirectional-new-file --verbose --version -1 -2 \
         -3 -A -B -E -H -N -NUM -P -T -Z -a -b -c -d -e -f -i -l -m -n -p -q -r -s -t -u -v \
         -w -y",
        "--bytes --changed-group-format --diff-program --exclude --exclude-from --from-file \
         --horizon-lines --ifdef --ignore-initial --ignore-matching-lines --label \
         --line-format --new-group-format --new-line-format --old-group-format \
         --old-line-format --output --palette --show-function-line --starting-file --tabsize \
         --to-file --unchanged-group-format --unchanged-line-format --width -C -D -F -I -L -S \
         -U -W -X -o -x",
        "--color --context --unified",
    )
    .all(Role::Read)
    .same("-X=--exclude-from -o=--output -r=--recursive")
    .roles(&[
        ("--exclude-from", Role::Read),
        ("--from-file", Role::Read),
        ("--to-file", Role::Read),
        ("--diff-program", Role::Opaque),
        ("--output", Role::Write),
    ])
    .with(&[("--recursive", Operands::all(Role::ReadTree))]),
);

const PATCH: Tool = Tool::new(
    &["patch"],
    Form::gnu(
        "--backup --backup-if-mismatch --batch --binary --context --dry-run --ed \
         --follow-symlinks --force --forward --help --ignore-whitespace \
         --no-backup-if-mismatch --normal --posix --quiet --remove-empty-files --reverse \
         --set-time --set-utc --silent --unified --verbose --version -E -N -R -T -Z -b -c -e \
         -f -l -n -s -t -u -v",
        "--basename-prefix --debug --directory --fuzz --get --ifdef --input --output --prefix \
         --quoting-style --read-only --reject-file --reject-format --strip --suffix \
         --version-control -B -D -F -V -Y -d -g -i -o -p -r -x -z",
        "--merge",
    )
    .same("-d=--directory -i=--input -o=--output -r=--reject-file")
    .roles(&[
        ("--directory", Role::Folder),
        ("--input", Role::Read),
        ("--output", Role::Write),
        ("--reject-file", Role::Write),
    ])
    .first(&[Role::Update, Role::Read], Role::Text),
);

const GREP: Tool = Tool::new(
    &[
        "grep", "egrep", "fgrep", "zgrep", "bzgrep", "xzgrep", "ugrep", "rgrep", "zstdgrep", "zegrep",
        "zfgrep",
    ],
    Form::gnu(
        "--basic-regexp --binary --byte-offset --count --dereference-recursive \
         --extended-regexp --files-with-matches --files-without-match --fixed-strings --help \
         --ignore-case --initial-tab --invert-match --line-buffered --line-number \
         --line-regexp --no-filename --no-group-separator --no-ignore-case --no-messages \
         --null --null-data --only-matching --perl-regexp --quiet --recursive --silent --text \
         --unix-byte-offsets --version --with-filename --word-regexp -E -F -G -H -I -J -L \
         -NUM -O -P -R -S -T -U -V -X -Z -a -b -c -h -i -l -n -o -p -q -r -s -u -v -w -x -y \
         -z",
        "--after-context --before-context --binary-files --context --devices --directories \
         --exclude --exclude-dir --exclude-from --file --group-separator --include --label \
         --max-count --regexp -A -B -C -D -d -e -f -m",
        "--color --colour",
    )
    .same("-R=--dereference-recursive -d=--directories -e=--regexp -f=--file -r=--recursive")
    .roles(&[("--file", Role::Read), ("--exclude-from", Role::Read)])
    .operands(SEARCH)
    .with(&[("--dereference-recursive --directories --recursive", SEARCH_TREE)]),
);

const RG: Tool = Tool::new(
    &["rg"],
    Form::plain(
        "--auto-hybrid-regex --binary --block-buffered --byte-offset --case-sensitive \
         --column --count --count-matches --crlf --debug --files --files-with-matches \
         --files-without-match --fixed-strings --follow --glob-case-insensitive --heading \
         --help --hidden --ignore --ignore-case --ignore-file-case-insensitive --ignore-vcs \
         --include-zero --invert-match --json --line-buffered --line-number --line-regexp \
         --max-columns-preview --messages --mmap --multiline --multiline-dotall \
         --no-auto-hybrid-regex --no-binary --no-column --no-config --no-context-separator \
         --no-filename --no-follow --no-heading --no-hidden --no-ignore --no-ignore-dot \
         --no-ignore-exclude --no-ignore-files --no-ignore-global --no-ignore-messages \
         --no-ignore-parent --no-ignore-vcs --no-json --no-line-number --no-messages \
         --no-mmap --no-multiline --no-pcre2 --no-require-git --no-stats --no-text --no-trim \
         --no-unicode --null --null-data --one-file-system --only-matching --passthrough \
         --passthru --pcre2 --pcre2-version --pretty --print0 --quiet --search-zip \
         --smart-case --sort-files --stats --stop-on-nonmatch --text --trace --trim \
         --type-list --unicode --unrestricted --version --vimgrep --with-filename \
         --word-regexp -. -0 -F -H -I -L -N -P -S -U -V -a -b -c -h -i -l -n -o -p -q -s -u \
         -v -w -x -z",
        "--after-context --before-context --color --colors --context --context-separator \
         --dfa-size-limit --encoding --engine --field-context-separator \
         --field-match-separator --file --generate --glob --hostname-bin --hyperlink-format \
         --iglob --ignore-file --max-columns --max-count --max-depth --max-filesize \
         --maxdepth --path-separator --pre --pre-glob --regex-size-limit --regexp --replace \
         --sort --sortr --threads --type --type-add --type-clear --type-not -A -B -C -E -M -T \
         -d -e -f -g -j -m -r -t",
        "",
    )
    .same("-.=--hidden -a=--text -e=--regexp -f=--file -g=--glob -u=--unrestricted")
    .roles(&[
        ("--file", Role::Read),
        ("--ignore-file", Role::Read),
        ("--pre", Role::Program),
        ("--hostname-bin", Role::Program),
    ])
    .operands(
        Operands::all(Role::ReadVisibleTree)
            .first(&[Role::Text])
            .but_first("--file --files --regexp --type-list"),
    )
    .with(&[(
        "--hidden --no-ignore --no-ignore-dot --no-ignore-exclude --no-ignore-files \
         --no-ignore-global --no-ignore-parent --no-ignore-vcs --unrestricted",
        Operands::all(Role::ReadTree).first(&[Role::Text]).but_first("--file --files --regexp --type-list"),
    )]),
);

const AG: Tool = Tool::new(
    &["ag", "ack"],
    Form::plain(
        "--ackmate --all-text --all-types --break --case-sensitive --cc --color --column \
         --count --cpp --css --filename --files-with-matches --files-without-matches --follow \
         --go --group --heading --help --hidden --html --ignore-case --invert-match --java \
         --js --json --literal --md --no-numbers --no-recurse --nobreak --nocolor --noenv \
         --nofilename --nogroup --noheading --nopager --numbers --only-matching --parallel \
         --passthrough --passthru --perl --php --print-all-files --print0 --python --recurse \
         --ruby --rust --search-binary --search-files --search-zip --shell --silent \
         --skip-vcs-ignores --smart-case --stats --ts --unrestricted --version --vimgrep \
         --word-regexp --yaml -0 -1 -D -F -H -L -Q -R -S -U -V -a -c -f -h -i -k -l -n -o -r \
         -s -t -u -v -w -x -z",
        "--ackrc --after --after-context --and --before --before-context --context --depth \
         --file-search-regex --files-from --ignore --ignore-dir --match --max-count --not \
         --or --output --pager --path-to-agignore --path-to-ignore --proximate --range-end \
         --range-start --type --type-add --type-set --width --workers -A -B -C -G -W -g -m -p",
        "",
    )
    .same("-p=--path-to-ignore -u=--unrestricted")
    .roles(&[
        ("--pager", Role::Opaque),
        ("--ackrc", Role::Opaque),
        ("--files-from", Role::List),
        ("--output", Role::Opaque),
        ("--path-to-ignore", Role::Read),
    ])
    .operands(Operands::all(Role::ReadVisibleTree).first(&[Role::Text]).but_first("--match"))
    .with(&[
        ("-g", Operands::all(Role::ReadVisibleTree)),
        (
            "--all-types --hidden --unrestricted",
            Operands::all(Role::ReadTree).first(&[Role::Text]).but_first("--match"),
        ),
    ]),
);

const SUMS: Tool = Tool::new(
    &[
        "md5sum",
        "sha1sum",
        "sha224sum",
        "sha256sum",
        "sha384sum",
        "sha512sum",
        "b2sum",
        "b3sum",
        "cksum",
        "sum",
        "shasum",
        "md5",
        "xxhsum",
        "xxh64sum",
        "xxh128sum",
        "crc32",
        "sha1",
        "sha256",
        "sha512",
        "rhash",
    ],
    Form::gnu(
        "--BITS --UNIVERSAL --base64 --binary --check --debug --help --ignore-missing \
         --no-names --portable --quiet --raw --status --strict --tag --text --version --warn \
         --zero -0 -B -L -P -U -b -c -p -q -r -s -t -w -x -z",
        "--algorithm --length --num-threads -a -l",
        "",
    )
    .all(Role::Read),
);

const BASE64: Tool = Tool::new(
    &["base64", "base32", "basenc"],
    Form::gnu(
        "--base16 --base2lsbf --base2msbf --base32 --base32hex --base58 --base64 --base64url \
         --decode --help --ignore-garbage --version --z85 -D -d",
        "--break --input --output --wrap -b -o -w",
        "",
    )
    .all(Role::Read)
    .same("-o=--output")
    .roles(&[("--output", Role::Write), ("--input", Role::Read)]),
);

const ICONV: Tool = Tool::new(
    &["iconv", "recode", "uconv"],
    Form::gnu(
        "--help --list --silent --verbose --version -c -l -s",
        "--from-code --output --to-code -f -o -t",
        "",
    )
    .all(Role::Read)
    .same("-o=--output")
    .roles(&[("--output", Role::Write)]),
);

const DOS2UNIX: Tool = Tool::new(
    &["dos2unix", "unix2dos", "mac2unix", "unix2mac"],
    Form::gnu(
        "--add-bom --ascii --follow-symlink --force --help --iso --keep-bom --keepdate \
         --newfile --quiet --remove-bom --replace-symlink --safe --skip-symlink --to-stdout \
         --verbose --version -1252 -437 -7 -850 -F -L -O -R -S -V -b -e -f -h -k -l -m -n -q \
         -r -s -u -v",
        "--convmode --display-enc -D -c -d",
        "--info -i",
    )
    .operands(Operands::all(Role::Update))
    .with(&[("--newfile -n", Operands::all(Role::Write))]),
);

const XMLLINT: Tool = Tool::new(
    &["xmllint"],
    Form::one_dash(
        "-auto -c14n -catalogs -compress -copy -debug -dropdtd -dtdattr -format -html \
         -htmlout -huge -insert -loaddtd -memory -noblanks -nocdata -nodefdtd -noent -nonet \
         -noout -nowarning -nsclean -postvalid -push -quiet -recover -sax -shell -stream \
         -timing -valid -version -xinclude -xmlout",
        "-dtdvalid -dtdvalidfpi -encode -maxmem -o -output -path -pattern -pretty -relaxng \
         -schema -schematron -testIO -xpath",
        "",
    )
    .all(Role::Read)
    .roles(&[
        ("-o", Role::Write),
        ("-output", Role::Write),
        ("-schema", Role::Read),
        ("-relaxng", Role::Read),
        ("-dtdvalid", Role::Read),
        ("-schematron", Role::Read),
    ]),
);

const XSLTPROC: Tool = Tool::new(
    &["xsltproc"],
    Form::one_dash(
        "-V -catalogs -debug -dumpextensions -html -load-trace -nodict -nodtdattr -nonet \
         -noout -norman -novalid -nowrite -profile -repeat -timing -v -verbose -version \
         -xinclude -xincludestyle",
        "-encoding -huge -maxdepth -maxparserdepth -maxvars -o -output -param*2 -path \
         -seed-rand -stringparam*2 -writesubtree",
        "",
    )
    .all(Role::Read)
    .roles(&[("-o", Role::Write), ("-output", Role::Write), ("-writesubtree", Role::Write)]),
);

const MORE: Tool = Tool::new(
    &["more"],
    Form::gnu(
        "--clean-print --exit-on-eof --help --logical --no-pause --plain --print-over \
         --silent --squeeze --version -NUM -V -c -d -e -f -h -i -l -p -s -u",
        "--lines -P -n -t",
        "+",
    )
    .roles(&[("+", Role::StartAt)])
    .all(Role::Read),
);

const HEXDUMP: Tool = Tool::new(
    &["hexdump", "hd"],
    Form::gnu(
        "--canonical --help --no-squeezing --one-byte-char --one-byte-hex --one-byte-octal \
         --two-bytes-decimal --two-bytes-hex --two-bytes-octal --version -C -V -X -b -c -d -h \
         -o -v -x",
        "--format --format-file --length --skip -e -f -n -s",
        "--color -L",
    )
    .same("-f=--format-file")
    .roles(&[("--format-file", Role::Read)])
    .all(Role::Read),
);

const CMP: Tool = Tool::new(
    &["cmp"],
    Form::gnu(
        "--help --print-bytes --quiet --silent --verbose --version -b -h -l -s -v -x -z",
        "--bytes --ignore-initial -i -n",
        "",
    )
    .first(&[Role::Read, Role::Read], Role::Text),
);

const DIFF3: Tool = Tool::new(
    &["diff3"],
    Form::gnu(
        "--easy-only --ed --help --initial-tab --merge --overlap-only --show-all \
         --show-overlap --strip-trailing-cr --text --version -3 -A -E -T -X -a -e -i -m -v -x",
        "--diff-program --label -L",
        "",
    )
    .roles(&[("--diff-program", Role::Program)])
    .all(Role::Read),
);

const SDIFF: Tool = Tool::new(
    &["sdiff"],
    Form::gnu(
        "--expand-tabs --help --ignore-all-space --ignore-blank-lines --ignore-case \
         --ignore-space-change --ignore-tab-expansion --ignore-trailing-space --left-column \
         --minimal --speed-large-files --strip-trailing-cr --suppress-common-lines --text \
         --version -B -E -H -W -Z -a -b -d -i -l -s -t -v",
        "--diff-program --ignore-matching-lines --output --tabsize --width -I -o -w",
        "",
    )
    .same("-o=--output")
    .roles(&[("--output", Role::Write), ("--diff-program", Role::Program)])
    .all(Role::Read),
);
