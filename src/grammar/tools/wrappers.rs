//! Programs that run another one, here and with the same words: `sudo`, `env`, `timeout` and their kin.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    SUDO, SUDOEDIT, DOAS, PKEXEC, RUN0, ENV, NICE, NOHUP, SETSID, TIMEOUT, TIME, STDBUF, IONICE, TASKSET,
    CHRT, PRLIMIT, UCLAMPSET, CHOOM, CORESCHED, FLOCK, SETLOCK, SETPRIV, UNSHARE, NSENTER, CHROOT, SETARCH,
    LINUX64, ARCH, STRACE, LTRACE, PERF, VALGRIND, HYPERFINE, XARGS, PARALLEL, WATCH, ENTR, WATCHEXEC,
    NODEMON,
];

/// The first operands are its own, the command is behind them.
const fn behind(own: &'static [Role]) -> Operands {
    Operands::all(Role::Command).first(own)
}

const TEXT: Operands = Operands::all(Role::Text);
const JOINED: Operands = Operands::all(Role::JoinedShell);
const NO_OPTIONS: Form = Form::posix("--help --version -V -h", "", "").all(Role::Command);

/// Runs its operands, and has no options of note.
const fn bare(names: &'static [&'static str]) -> Tool {
    Tool::new(names, NO_OPTIONS)
}

const SUDO: Tool = Tool::new(
    &["sudo", "sudo-rs"],
    Form::of(
        Style::Assigning,
        "--askpass --background --bell --edit --help --list --login --no-update \
         --non-interactive --preserve-groups --remove-timestamp --reset-timestamp --set-home \
         --shell --stdin --validate --version -A -B -E -H -K -N -P -S -V -b -e -i -k -l -n -s \
         -v",
        "--chdir --chroot --close-from --command-timeout --group --host --other-user --prompt \
         --role --type --user -C -D -R -T -U -g -h -p -r -t -u",
        "--preserve-env",
    )
    .same(
        "-A=--askpass -B=--bell -C=--close-from -D=--chdir -E=--preserve-env -H=--set-home \
         -K=--remove-timestamp -N=--no-update -P=--preserve-groups -R=--chroot -S=--stdin \
         -T=--command-timeout -U=--other-user -V=--version -b=--background -e=--edit \
         -g=--group -h=--host -i=--login -k=--reset-timestamp -l=--list -n=--non-interactive \
         -p=--prompt -r=--role -s=--shell -t=--type -u=--user -v=--validate",
    )
    .roles(&[("--chdir", Role::Folder), ("--chroot", Role::Opaque)])
    .all(Role::AssignmentsThenCommand)
    .with(&[
        ("--edit", Operands::all(Role::Update)),
        ("--list --remove-timestamp --validate", TEXT),
        ("--login --shell", JOINED),
    ]),
);

const SUDOEDIT: Tool = Tool::new(
    &["sudoedit"],
    Form::gnu(
        "--askpass --bell --non-interactive --reset-timestamp --stdin -A -B -S -k -n",
        "--chdir --chroot --close-from --command-timeout --group --host --prompt --role \
         --type --user -C -D -R -T -g -h -p -r -t -u",
        "",
    )
    .same("-D=--chdir")
    .roles(&[("--chdir", Role::Folder)])
    .all(Role::Update),
);

const DOAS: Tool = Tool::new(
    &["doas"],
    Form::posix("-L -n -s", "-C -a -u", "").roles(&[("-C", Role::Opaque)]).all(Role::Command).with(&[
        ("-L", TEXT),
        ("-C", TEXT),
        ("-s", JOINED),
    ]),
);

const PKEXEC: Tool = Tool::new(
    &["pkexec"],
    Form::posix("--disable-internal-agent --help --keep-cwd --version", "--user", "").all(Role::Command),
);

const RUN0: Tool = Tool::new(
    &["run0"],
    Form::posix(
        "--help --lightweight --no-ask-password --pipe --pty --pty-late --same-root-dir \
         --slice-inherit --version -V -h",
        "--background --chdir --description --group --machine --nice --property --setenv \
         --shell-prompt-prefix --slice --unit --user --via-shell -D -g -u",
        "",
    )
    .same("-D=--chdir")
    .roles(&[("--chdir", Role::Folder), ("--setenv", Role::Assignment), ("--property", Role::Opaque)])
    .all(Role::Command),
);

const ENV: Tool = Tool::new(
    &["env"],
    Form::posix(
        "- --debug --help --ignore-environment --list-signal-handling --null --version -0 -i \
         -v",
        "--argv0 --chdir --split-string --unset -C -P -S -a -u",
        "--block-signal --default-signal --ignore-signal",
    )
    .same(
        "-=--ignore-environment -C=--chdir -S=--split-string -i=--ignore-environment \
         -u=--unset -v=--debug",
    )
    .roles(&[("--chdir", Role::Folder), ("--split-string", Role::SplitCommand)])
    .all(Role::AssignmentsThenCommand),
);

const NICE: Tool =
    Tool::new(&["nice"], Form::posix("--help --version -NUM", "--adjustment -n", "").all(Role::Command));

const NOHUP: Tool = bare(&["nohup", "eatmydata", "catchsegv", "noglob", "nocorrect", "winpty"]);

const SETSID: Tool = Tool::new(
    &["setsid"],
    Form::posix("--ctty --fork --help --version --wait -V -c -f -h -w", "", "").all(Role::Command),
);

const TIMEOUT: Tool = Tool::new(
    &["timeout"],
    Form::posix(
        "--foreground --help --preserve-status --verbose --version -f -p -v",
        "--kill-after --signal -k -s",
        "",
    )
    .operands(behind(&[Role::Text])),
);

const TIME: Tool = Tool::new(
    &["time"],
    Form::posix(
        "--append --help --portability --quiet --verbose --version -V -a -h -l -p -q -v",
        "--format --output -f -o",
        "",
    )
    .same("-o=--output")
    .roles(&[("--output", Role::Write)])
    .all(Role::Command),
);

const STDBUF: Tool = Tool::new(
    &["stdbuf"],
    Form::posix("--help --version", "--error --input --output -e -i -o", "").all(Role::Command),
);

const IONICE: Tool = Tool::new(
    &["ionice"],
    Form::posix(
        "--help --ignore --version -V -h -t",
        "--class --classdata --pgid --pid --uid -P -c -n -p -u",
        "",
    )
    .same("-P=--pgid -p=--pid -u=--uid")
    .all(Role::Command)
    .with(&[("--pgid --pid --uid", TEXT)]),
);

const TASKSET: Tool = Tool::new(
    &["taskset"],
    Form::posix("--all-tasks --cpu-list --help --pid --version -V -a -c -h -p", "", "")
        .same("-p=--pid")
        .operands(behind(&[Role::Text]))
        .with(&[("--pid", TEXT)]),
);

const CHRT: Tool = Tool::new(
    &["chrt"],
    Form::posix(
        "--all-tasks --batch --deadline --ext --fifo --help --idle --max --other --pid \
         --reset-on-fork --rr --verbose --version -R -V -a -b -d -e -f -h -i -m -o -p -r -v",
        "--sched-deadline --sched-period --sched-runtime -D -P -T",
        "",
    )
    .same("-m=--max -p=--pid")
    .operands(behind(&[Role::Text]))
    .with(&[("--max --pid", TEXT)]),
);

const PRLIMIT: Tool = Tool::new(
    &["prlimit"],
    Form::posix(
        "--help --noheadings --raw --verbose --version -V -h",
        "--output --pid -o -p",
        "--as --core --cpu --data --fsize --locks --memlock --msgqueue --nice --nofile \
         --nproc --rss --rtprio --rttime --sigpending --stack -c -d -e -f -i -l -m -n -q -r \
         -s -t -u -v -x -y",
    )
    .same("-p=--pid")
    .all(Role::Command)
    .with(&[("--pid", TEXT)]),
);

const UCLAMPSET: Tool = Tool::new(
    &["uclampset"],
    Form::posix(
        "--all-tasks --help --reset-on-fork --system --verbose --version -R -V -a -h -s -v",
        "--pid -M -m -p",
        "",
    )
    .same("-p=--pid -s=--system")
    .all(Role::Command)
    .with(&[("--pid --system", TEXT)]),
);

const CHOOM: Tool = Tool::new(
    &["choom"],
    Form::posix("--help --version -V -h", "--adjust --pid -n -p", "")
        .same("-p=--pid")
        .all(Role::Command)
        .with(&[("--pid", TEXT)]),
);

const CORESCHED: Tool = Tool::new(
    &["coresched"],
    Form::posix("--help --verbose --version -V -h -v", "--dest --dest-type --source -d -s -t", "")
        .first(&[], Role::Command),
);

const FLOCK: Tool = Tool::new(
    &["flock"],
    Form::posix(
        "--close --exclusive --fcntl --help --nb --no-fork --nonblock --shared --unlock \
         --verbose --version -F -V -e -h -n -o -s -u -x",
        "--conflict-exit-code --timeout --wait -E -w",
        "",
    )
    .first(&[Role::Write], Role::CommandOrDashC),
);

const SETLOCK: Tool =
    Tool::new(&["setlock"], Form::posix("-N -X -n -x", "", "").first(&[Role::Write], Role::Command));

const SETPRIV: Tool = Tool::new(
    &["setpriv"],
    Form::posix(
        "--clear-groups --dump --help --init-groups --keep-groups --list-caps --nnp \
         --no-new-privs --reset-env --version -V -d -h",
        "--ambient-caps --apparmor-profile --bounding-set --egid --euid --groups --inh-caps \
         --landlock-access --landlock-rule --pdeathsig --ptracer --regid --reuid --rgid \
         --ruid --seccomp-filter --securebits --selinux-label",
        "",
    )
    .same("-d=--dump")
    .all(Role::Command)
    .with(&[("--dump --list-caps", TEXT)]),
);

const UNSHARE: Tool = Tool::new(
    &["unshare"],
    Form::posix(
        "--fork --forward-signals --help --keep-caps --map-auto --map-current-user \
         --map-root-user --map-subids --version -V -c -f -h -r",
        "--boottime --map-group --map-groups --map-user --map-users --monotonic --owner \
         --propagation --root --setgid --setgroups --setuid --wd -G -R -S -w",
        "--cgroup --ipc --kill-child --load-interp --mount --mount-binfmt --mount-proc --net \
         --pid --time --user --uts -C -T -U -i -l -m -n -p -u",
    )
    .same("-R=--root -l=--load-interp -w=--wd")
    .roles(&[("--wd", Role::Folder), ("--root", Role::Opaque), ("--load-interp", Role::Opaque)])
    .all(Role::Command),
);

const NSENTER: Tool = Tool::new(
    &["nsenter"],
    Form::posix(
        "--all --env --follow-context --help --join-cgroup --keep-caps --no-fork \
         --preserve-credentials --user-parent --version -F -V -Z -a -c -e -h",
        "--net-socket --setgid --setuid --target -G -N -S -t",
        "--cgroup --ipc --mount --net --pid --root --time --user --uts --wd -C -T -U -i -m -n \
         -p -r -u -w",
    )
    .same("-r=--root -w=--wd")
    .roles(&[("--wd", Role::Folder), ("--root", Role::Opaque)])
    .all(Role::Command),
);

const CHROOT: Tool = Tool::new(
    &["chroot"],
    Form::posix("--help --skip-chdir --version", "--groups --userspec -G -g -u", "")
        .first(&[Role::Opaque], Role::Command),
);

const SETARCH: Tool = Tool::new(
    &["setarch"],
    Form::of(Style::Second, SETARCH_FLAGS, "--show -p", "").operands(behind(&[Role::Text])),
);

const SETARCH_FLAGS: &str = "--32bit --3gb --4gb --addr-compat-layout \
         --addr-no-randomize --fdpic-funcptrs --help --list --mmap-page-zero \
         --read-implies-exec --short-inode --sticky-timeouts --uname-2.6 --verbose --version \
         --whole-seconds -3 -B -F -I -L -R -S -T -V -X -Z -h -v";

const LINUX64: Tool = Tool::new(
    &["linux32", "linux64", "i386", "x86_64", "uname26"],
    Form::posix(SETARCH_FLAGS, "", "").all(Role::Command),
);

const ARCH: Tool = Tool::new(
    &["arch"],
    Form::one_dash("-32 -64 -arm64 -arm64e -c -h -help -i386 -version -x86_64 -x86_64h", "-arch -d -e", "")
        .roles(&[("-e", Role::Assignment)])
        .all(Role::Command),
);

const STRACE: Tool = Tool::new(
    &["strace"],
    Form::posix(
        "--arg-names --debug --failed-only --follow-forks --help --instruction-pointer \
         --no-abbrev --output-append-mode --output-separately --seccomp-bpf --stack-trace \
         --stack-traces --successful-only --summary --summary-only --summary-wall-clock \
         --syscall-number --version -A -C -D -F -N -T -V -Y -Z -c -d -f -h -i -k -n -q -r -t \
         -v -w -x -y -z",
        "--abbrev --argv0 --attach --columns --const-print-style --decode-pids --detach-on \
         --env --fault --inject --interruptible --kvm --output --raw --read --signal \
         --stack-trace-frame-limit --status --string-limit --summary-columns \
         --summary-sort-by --summary-syscall-overhead --trace --trace-fds --trace-path --user \
         --verbose --write -E -I -O -P -S -U -X -a -b -e -o -p -s -u",
        "--absolute-timestamps --always-show-pid --daemonize --decode-fds --quiet \
         --relative-timestamps --secontext --silence --silent --strings-in-hex \
         --syscall-times --timestamps --tips",
    )
    .same("-E=--env -o=--output")
    .roles(&[("--env", Role::Assignment), ("--output", Role::WriteOrPipe)])
    .all(Role::Command),
);

const LTRACE: Tool = Tool::new(
    &["ltrace"],
    Form::posix(
        "--demangle --help --no-signals --version -C -L -S -T -V -b -c -f -h -i -r -t",
        "--align --config --debug --indent --library --output --where -A -D -F -a -e -l -n -o \
         -p -s -u -w -x",
        "",
    )
    .same("-F=--config -o=--output")
    .roles(&[("--output", Role::Write), ("--config", Role::Read)])
    .all(Role::Command),
);

const PERF: Tool = Tool::with(
    &["perf"],
    Form::posix(
        "--debug --help --no-pager --paginate --version -h -p -v",
        "--buildid-dir --exec-path --html-path",
        "",
    ),
    &[
        Subcommand::new("record", PERF_RECORD),
        Subcommand::new("stat", PERF_STAT),
        Subcommand::new(
            "trace",
            Form::posix(
                "--all-cpus --errno-summary --force --summary --time --verbose --with-summary -F -S \
         -T -a -f -i -q -s -v",
                "--cpu --duration --event --expr --max-stack --output --pid --tid --uid -C -G -e -m \
         -o -p -t -u",
                "--call-graph",
            )
            .same("-o=--output")
            .roles(&[("--output", Role::Write)])
            .all(Role::Command),
        ),
        Subcommand::new(
            "report",
            Form::posix("", "--input -i", "").same("-i=--input").roles(&[("--input", Role::Read)]),
        ),
        Subcommand::new("list", Form::posix("", "", "")),
    ],
);

const PERF_RECORD: Form = Form::posix(
    "--all-cpus --all-kernel --all-user --branch-any --data --group --no-buffering \
         --no-buildid --no-buildid-cache --no-inherit --no-samples --overwrite --period \
         --quiet --raw-samples --stat --timestamp --verbose --weight -B -N -P -R -S -T -W -a \
         -b -d -g -i -n -q -s -v",
    "--branch-filter --call-graph --cgroup --clockid --count --cpu --delay --event \
         --filter --freq --max-size --mmap-pages --output --pid --realtime --tid --uid -C -D \
         -F -G -c -e -j -k -m -o -p -r -t -u",
    "--compression-level --intr-regs --switch-output -I -z",
)
.same("-o=--output")
.roles(&[("--output", Role::Write)])
.all(Role::Command);

const PERF_STAT: Form = Form::posix(
    "--all-cpus --append --big-num --detailed --group --no-aggr --no-big-num --no-inherit \
         --null --per-core --per-node --per-socket --per-thread --sync --topdown --verbose -A \
         -B -S -a -d -g -i -n -v",
    "--cgroup --cpu --delay --event --field-separator --filter --interval-print --log-fd \
         --metrics --output --pid --post --pre --repeat --tid --timeout -C -D -G -I -M -e -o \
         -p -r -t -x",
    "",
)
.same("-o=--output")
.roles(&[("--output", Role::Write), ("--post", Role::Shell), ("--pre", Role::Shell)])
.all(Role::Command);

const VALGRIND: Tool = Tool::new(
    &["valgrind"],
    Form::posix(
        "--help --help-debug --quiet --verbose --version -h -q -s -v",
        "",
        "--branch-sim --cache-sim --cachegrind-out-file --callgrind-out-file \
         --child-silent-after-fork --collect-jumps --demangle --dhat-out-file --dump-instr \
         --error-exitcode --error-limit --errors-for-leak-kinds --fair-sched \
         --gen-suppressions --keep-debuginfo --leak-check --leak-resolution --log-fd --log-file \
         --log-socket --main-stacksize --massif-out-file --max-stackframe --num-callers \
         --read-var-info --show-error-list --show-leak-kinds --show-reachable --sim-hints \
         --suppressions --time-stamp --tool --trace-children --trace-children-skip --track-fds \
         --track-origins --undef-value-errors --vgdb \
         --vgdb-error --xml --xml-fd --xml-file",
    )
    .roles(&[
        ("--log-file", Role::Write),
        ("--xml-file", Role::Write),
        ("--suppressions", Role::Read),
        ("--callgrind-out-file", Role::Write),
        ("--cachegrind-out-file", Role::Write),
        ("--massif-out-file", Role::Write),
        ("--dhat-out-file", Role::Write),
    ])
    .all(Role::Command),
);

const HYPERFINE: Tool = Tool::new(
    &["hyperfine"],
    Form::plain(
        "--help --ignore-failure --no-shell --show-output --version -N -V -h -i",
        "--cleanup --command-name --conclude --export-asciidoc --export-csv --export-json \
         --export-markdown --export-orgmode --input --max-runs --min-benchmarking-time \
         --min-runs --output --parameter-list*2 --parameter-scan*3 --parameter-step-size \
         --prepare --reference --reference-name --runs --setup --shell --sort --style \
         --time-unit --warmup -C -D -L*2 -M -P*3 -S -c -m -n -p -r -s -u -w",
        "",
    )
    .same("-C=--conclude -S=--shell -c=--cleanup -p=--prepare -s=--setup")
    .roles(&[
        ("--setup", Role::Shell),
        ("--prepare", Role::Shell),
        ("--conclude", Role::Shell),
        ("--cleanup", Role::Shell),
        ("--reference", Role::Shell),
        ("--shell", Role::Program),
        ("--input", Role::Read),
        ("--output", Role::Write),
        ("--export-asciidoc", Role::Write),
        ("--export-csv", Role::Write),
        ("--export-json", Role::Write),
        ("--export-markdown", Role::Write),
        ("--export-orgmode", Role::Write),
    ])
    .all(Role::Shell),
);

const XARGS: Tool = Tool::new(
    &["xargs"],
    Form::posix(
        "--exit --help --interactive --no-run-if-empty --null --open-tty --show-limits \
         --verbose --version -0 -o -p -r -t -x",
        "--arg-file --delimiter --max-args --max-chars --max-procs --process-slot-var -E -I \
         -J -L -P -R -S -a -d -n -s",
        "--eof --max-lines --replace -e -i -l",
    )
    .same(
        "-0=--null -P=--max-procs -a=--arg-file -d=--delimiter -i=--replace -n=--max-args \
         -r=--no-run-if-empty",
    )
    .roles(&[("--arg-file", Role::List)])
    .all(Role::Command),
);

const PARALLEL: Tool = Tool::new(
    &["parallel"],
    Form::posix(
        "--bar --bg --cat --cf --citation --cleanup --color --color-failed --colour \
         --compress --csv --dry-run --embed --eta --fg --fifo --filter-hosts --gnu --group \
         --help --interactive --keep-order --keeporder --latest-line --lb --line-buffer \
         --linebuffer --link --ll --minversion --no-notice --no-run-if-empty --noswap --null \
         --number-of-cores --number-of-cpus --pipe --pipe-part --pipepart --plain --plus \
         --progress --quote --resume --resume-failed --retry-failed --round --round-robin \
         --semaphore --shuf --silent --skip-first-line --spreadstdin --tag --total \
         --total-jobs --tty --ungroup --verbose --version --will-cite --xapply --xargs -0 -1 \
         -V -X -h -k -m -p -q -r -t -u -x",
        "--arg-file --arg-file-sep --arg-sep --basefile --bf --block --block-size \
         --block-timeout --bner --bnr --bt --colsep --compress-program --ctagstring \
         --decompress-program --delay --delimiter --dnr --env --er --halt --halt-on-error \
         --header --hgrp --hostgroups --id --joblog --jobs --limit --load --max-args \
         --max-chars --max-line-length-allowed --max-procs --max-replace-args --memfree \
         --memsuspend --nice --output-as-files --process-slot-var --profile --recend \
         --recstart --res --results --retries --return --rpl --semaphorename --seqreplace \
         --shell-quote --slf --sqlmaster --sqlworker --ssh --sshlogin --sshloginfile \
         --tagstring --tempdir --template --termseq --tf --timeout --tmpdir --tmpl \
         --transferfile --trc --trim --wait --wc --wd --workdir -C -E -I -J -L -N -P -S -U -a \
         -d -j -n -s",
        "--eof --max-lines --replace -e -i -l",
    )
    .same(
        "--res=--results --tmpdir=--tempdir --wd=--workdir -I=--replace -S=--sshlogin \
         -a=--arg-file -i=--replace",
    )
    .roles(&[
        ("--arg-file", Role::List),
        ("--sshlogin", Role::Opaque),
        ("--sshloginfile", Role::Opaque),
        ("--ssh", Role::Opaque),
        ("--profile", Role::Opaque),
        ("-J", Role::Opaque),
        ("--limit", Role::Shell),
        ("--rpl", Role::Code(Language::Perl)),
        ("--compress-program", Role::Shell),
        ("--decompress-program", Role::Shell),
        ("--joblog", Role::Write),
        ("--results", Role::Write),
        ("--tempdir", Role::Write),
        ("--workdir", Role::Folder),
        ("--basefile", Role::Read),
        ("--sqlmaster", Role::Opaque),
        ("--sqlworker", Role::Opaque),
    ])
    .all(Role::JoinedShell),
);

const WATCH: Tool = Tool::new(
    &["watch"],
    Form::posix(
        "--beep --chgexit --color --errexit --exec --follow --help --no-color --no-rerun \
         --no-title --no-wrap --precise --version -C -b -c -e -f -g -h -p -r -t -v -w -x",
        "--equexit --interval --shotsdir -n -q -s",
        "--differences -d",
    )
    .same("-s=--shotsdir -x=--exec")
    .roles(&[("--shotsdir", Role::Write)])
    .all(Role::JoinedShell)
    .with(&[("--exec", Operands::all(Role::Command))]),
);

const ENTR: Tool = Tool::new(
    &["entr"],
    Form::posix("-a -c -d -n -p -r -s -x -z", "", "")
        .all(Role::Command)
        .with(&[("-s", Operands::all(Role::Shell))]),
);

const WATCHEXEC: Tool = Tool::new(
    &["watchexec"],
    Form::posix(
        "--bell --clear --help --ignore-nothing --no-default-ignore --no-discover-ignore \
         --no-environment --no-global-ignore --no-meta --no-process-group --no-project-ignore \
         --no-shell --no-vcs-ignore --notify --only-emit-events --postpone --print-events \
         --quiet --restart --stdin-quit --timings --verbose --version -1 -N -V -c -h -n -p -q \
         -r -v",
        "--argfile --color --debounce --delay-run --emit-events-to --env --exts --filter \
         --filter-file --filter-prog --fs-events --ignore --ignore-file --log-file \
         --map-signal --on-busy-update --project-origin --shell --signal --stop-signal \
         --stop-timeout --watch --watch-file --watch-non-recursive --workdir --wrap-process \
         -E -F -W -d -e -f -i -j -o -s -w",
        "--poll",
    )
    .same("-E=--env -F=--watch-file -j=--filter-prog -n=--no-shell")
    .roles(&[
        ("--filter-prog", Role::Opaque),
        ("--shell", Role::Opaque),
        ("--env", Role::Assignment),
        ("--workdir", Role::Folder),
        ("--filter-file", Role::Read),
        ("--ignore-file", Role::Read),
    ])
    .all(Role::JoinedShell)
    .with(&[("--no-shell", Operands::all(Role::Command))]),
);

const NODEMON: Tool = Tool::new(
    &["nodemon"],
    Form::leading(
        "--dump --legacy-watch --no-stdin --on-change-only --quiet --spawn --verbose -C -H -I \
         -L -Q -T -V -h -q -s -v",
        "--config --cwd --delay --exec --ext --ignore --on-crash --script --signal --watch -d \
         -e -i -w -x",
        "",
    )
    .same("-x=--exec")
    .roles(&[("--exec", Role::Shell), ("--config", Role::Opaque), ("--cwd", Role::Folder)])
    .first(&[Role::CodeFile(Language::Node)], Role::Text)
    .with(&[("--exec", Operands::all(Role::Opaque))]),
);
