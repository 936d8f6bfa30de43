//! Programs that start another one as a service, a daemon, in a sandbox, in a terminal or as another user.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::Role;

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    SU,
    RUNUSER,
    SG,
    GOSU,
    CAPSH,
    SYSTEMD_RUN,
    SYSTEMD_INHIBIT,
    SYSTEMD_CAT,
    SYSTEMD_NSPAWN,
    MACHINECTL,
    START_STOP_DAEMON,
    DAEMONIZE,
    CPULIMIT,
    TRICKLE,
    CGEXEC,
    NUMACTL,
    DBUS_RUN_SESSION,
    DBUS_LAUNCH,
    XVFB_RUN,
    TINI,
    DUMB_INIT,
    BUSYBOX,
    LD_SO,
    FIREJAIL,
    BWRAP,
    FAKEROOT,
    FAKETIME,
    PROOT,
    PROXYCHAINS,
    TORSOCKS,
    UNBUFFER,
    CHRONIC,
    IFNE,
    RLWRAP,
    CAFFEINATE,
    LOGSAVE,
    RUNCON,
    ENVDIR,
    SOFTLIMIT,
    CHPST,
    NQ,
    TSP,
    TS,
    RETRY,
    SCRIPT,
    SCRIPTLIVE,
    AT,
    CRONTAB,
    RUN_PARTS,
    OPENVT,
    XTERM,
    TERMINALS,
];

const TEXT: Operands = Operands::all(Role::Text);

const SU: Tool = Tool::new(
    &["su"],
    Form::gnu(
        "- --fast --help --login --no-pty --preserve-environment --pty --version -P -T -V -f \
         -h -l -m -p",
        "--command --group --session-command --shell --supp-group --whitelist-environment -G \
         -c -g -s -w",
        "",
    )
    .same("-=--login -c=--command -l=--login -s=--shell")
    .roles(&[("--command", Role::Shell), ("--session-command", Role::Shell), ("--shell", Role::Program)])
    .first(&[Role::Text, Role::ShellFile], Role::Text),
);

const RUNUSER: Tool = Tool::new(
    &["runuser"],
    Form::gnu(
        "- --fast --help --login --no-pty --preserve-environment --pty --version -P -T -V -f \
         -h -l -m -p",
        "--command --group --session-command --shell --supp-group --user \
         --whitelist-environment -G -c -g -s -u -w",
        "",
    )
    .same("-=--login -c=--command -l=--login -s=--shell -u=--user")
    .roles(&[("--command", Role::Shell), ("--session-command", Role::Shell), ("--shell", Role::Program)])
    .first(&[Role::Text, Role::ShellFile], Role::Text)
    .with(&[("--user", Operands::all(Role::Command))]),
);

const SG: Tool =
    Tool::new(&["sg", "newgrp"], Form::posix("- -l", "", "").first(&[Role::Text], Role::CommandOrDashC));

const GOSU: Tool = Tool::new(
    &["gosu", "su-exec", "setuidgid", "s6-setuidgid"],
    Form::posix("--help --version", "", "").first(&[Role::Text], Role::Command),
);

const CAPSH: Tool = Tool::new(
    &["capsh"],
    Form::of(
        Style::Plain,
        "--current --help --license --modes --noamb --noenv --print --quiet --strict",
        "",
        "--addamb --cap-uid --caps --chroot --decode --delamb --drop --forkfor --gid --groups \
         --has-a --has-b --has-i --has-p --iab --inh --inmode --is-gid --is-uid --keep \
         --killit --mode --secbits --shell --supports --uid --user",
    )
    .roles(&[("--chroot", Role::Opaque), ("--shell", Role::Opaque)])
    .all(Role::Opaque),
);

const SYSTEMD_RUN: Tool = Tool::new(
    &["systemd-run"],
    Form::posix(
        "--collect --help --ignore-failure --no-ask-password --no-block --no-pager \
         --on-clock-change --on-timezone-change --pipe --pty --pty-late --quiet \
         --remain-after-exit --same-dir --same-root-dir --scope --send-sighup --shell \
         --slice-inherit --system --user --verbose --version --wait -G -P -S -T -d -h -q -r \
         -t -v",
        "--background --capsule --description --expand-environment --gid --host --job-mode \
         --json --machine --nice --on-active --on-boot --on-calendar --on-startup \
         --on-unit-active --on-unit-inactive --path-property --property --service-type \
         --setenv --slice --socket-property --timer-property --uid --unit --working-directory \
         -C -E -H -M -p -u",
        "",
    )
    .same(
        "-E=--setenv -G=--collect -H=--host -M=--machine -P=--pipe -S=--shell -d=--same-dir \
         -p=--property -q=--quiet -r=--remain-after-exit -t=--pty -u=--unit",
    )
    .roles(&[
        ("--setenv", Role::Assignment),
        ("--property", Role::Opaque),
        ("--timer-property", Role::Opaque),
        ("--path-property", Role::Opaque),
        ("--socket-property", Role::Opaque),
        ("--working-directory", Role::Folder),
    ])
    .all(Role::Command)
    .with(&[("--host --machine", Operands::all(Role::RemoteCommand))]),
);

const SYSTEMD_INHIBIT: Tool = Tool::new(
    &["systemd-inhibit"],
    Form::posix(
        "--help --list --no-ask-password --no-legend --no-pager --version -h",
        "--mode --what --who --why",
        "",
    )
    .all(Role::Command)
    .with(&[("--list", TEXT)]),
);

const SYSTEMD_CAT: Tool = Tool::new(
    &["systemd-cat"],
    Form::posix(
        "--help --version -h",
        "--identifier --level-prefix --namespace --priority --stderr-priority -p -t",
        "",
    )
    .all(Role::Command),
);

const SYSTEMD_NSPAWN: Tool = Tool::new(
    &["systemd-nspawn"],
    Form::posix(
        "--as-pid2 --boot --cleanup --ephemeral --help --keep-unit --network-veth \
         --private-network --private-users-chown --quiet --read-only --register \
         --suppress-sync --version -P -U -a -b -h -n -q -x",
        "--ambient-capability --bind --bind-ro --bind-user --capability --chdir --console \
         --cpu-affinity --directory --drop-capability --hostname --image --inaccessible \
         --kill-signal --link-journal --load-credential --machine --network-bridge \
         --network-interface --network-ipvlan --network-macvlan --network-namespace-path \
         --network-veth-extra --network-zone --no-new-privileges --oci-bundle \
         --oom-score-adjust --overlay --overlay-ro --personality --pivot-root --port \
         --property --rlimit --root-hash --selinux-context --set-credential --setenv \
         --settings --slice --system-call-filter --template --tmpfs --user --uuid -D -E -M -S \
         -i -j -p -u",
        "--private-users --volatile",
    )
    .roles(&[("-D", Role::Opaque), ("-i", Role::Opaque), ("--bind", Role::ReadInside)])
    .all(Role::RemoteCommand),
);

const MACHINECTL: Tool = Tool::with(
    &["machinectl"],
    Form::posix(
        "--all --force --full --help --mkdir --no-ask-password --no-legend --no-pager --now \
         --quiet --read-only --version -a -h -l -q",
        "--format --host --kill-who --kill-whom --lines --machine --max-addresses --output \
         --property --runner --setenv --signal --uid --verify -E -H -M -n -o -p -s",
        "",
    )
    .roles(&[("-E", Role::Assignment), ("--setenv", Role::Assignment)]),
    &[
        Subcommand::new(
            "shell",
            Form::posix("--quiet -q", "--setenv --uid -E", "").first(&[Role::Text], Role::RemoteCommand),
        ),
        Subcommand::new("login", Form::posix("", "", "")),
        Subcommand::new(
            "copy-to",
            Form::plain("--force", "", "").first(&[Role::Text, Role::ReadTree], Role::Text),
        ),
        Subcommand::new(
            "copy-from",
            Form::plain("--force", "", "").first(&[Role::Text, Role::Text], Role::WriteTree),
        ),
        Subcommand::new("list", Form::plain("", "", "")),
        Subcommand::new("status", Form::plain("", "", "")),
        Subcommand::new("show", Form::plain("", "", "")),
        Subcommand::new("start", Form::plain("", "", "")),
        Subcommand::new("stop", Form::plain("", "", "").all(Role::Text)).or("poweroff|terminate|reboot|kill"),
        Subcommand::new("remove", Form::plain("", "", "")),
    ],
);

const START_STOP_DAEMON: Tool = Tool::new(
    &["start-stop-daemon"],
    Form::gnu(
        "--background --help --make-pidfile --no-close --notify-await --oknodo --quiet \
         --remove-pidfile --start --status --stop --test --verbose --version -C -H -K -S -T \
         -V -b -h -m -o -q -t -v",
        "--chdir --chroot --chuid --exec --group --iosched --name --nicelevel \
         --notify-timeout --output --pid --pidfile --ppid --procsched --retry --signal \
         --startas --umask --user -I -N -O -P -R -a -c -d -g -k -n -p -r -s -u -x",
        "",
    )
    .same("-O=--output -a=--startas -d=--chdir -p=--pidfile -r=--chroot -x=--exec")
    .roles(&[
        ("--startas", Role::Opaque),
        ("--exec", Role::Opaque),
        ("--pidfile", Role::Write),
        ("--output", Role::Write),
        ("--chdir", Role::Folder),
        ("--chroot", Role::Opaque),
    ]),
);

const DAEMONIZE: Tool = Tool::new(
    &["daemonize"],
    Form::posix("-a -v", "-E -c -e -l -o -p -u", "")
        .roles(&[
            ("-c", Role::Folder),
            ("-e", Role::Write),
            ("-o", Role::Write),
            ("-p", Role::Write),
            ("-l", Role::Write),
            ("-E", Role::Assignment),
        ])
        .all(Role::Command),
);

const CPULIMIT: Tool = Tool::new(
    &["cpulimit"],
    Form::posix(
        "--background --foreground --help --include-children --kill --lazy --monitor-forks \
         --quiet --restore --verbose -b -f -h -i -k -m -q -r -v -z",
        "--cpu --exe --limit --path --pid --signal -P -c -e -l -p -s",
        "",
    )
    .all(Role::Command),
);

const TRICKLE: Tool = Tool::new(
    &["trickle"],
    Form::posix("-V -h -s -v", "-L -P -d -l -n -t -u -w", "")
        .roles(&[("-P", Role::Opaque)])
        .all(Role::Command),
);

const CGEXEC: Tool =
    Tool::new(&["cgexec"], Form::posix("--help --sticky -b -h -r", "-g", "").all(Role::Command));

const NUMACTL: Tool = Tool::new(
    &["numactl"],
    Form::posix(
        "--all --balancing --dump --dump-nodes --hardware --help --huge --localalloc --show \
         --strict --touch --version -H -V -a -b -l -s -t",
        "--cpubind --cpunodebind --file --interleave --length --membind --offset \
         --physcpubind --preferred --preferred-many --shm --shmid --shmmode \
         --weighted-interleave -C -I -L -M -N -P -S -f -i -m -o -p -w",
        "",
    )
    .same("-S=--shm -f=--file")
    .roles(&[("--shm", Role::Write), ("--file", Role::Write)])
    .all(Role::Command),
);

const DBUS_RUN_SESSION: Tool = Tool::new(
    &["dbus-run-session"],
    Form::posix("--help --version -h", "--config-file --dbus-daemon", "")
        .roles(&[("--config-file", Role::Opaque), ("--dbus-daemon", Role::Program)])
        .all(Role::Command),
);

const DBUS_LAUNCH: Tool = Tool::new(
    &["dbus-launch"],
    Form::posix(
        "--auto-syntax --binary-syntax --close-stderr --csh-syntax --exit-with-session \
         --exit-with-x11 --help --sh-syntax --version",
        "",
        "--autolaunch --config-file",
    )
    .roles(&[("--config-file", Role::Opaque)])
    .all(Role::Command),
);

const XVFB_RUN: Tool = Tool::new(
    &["xvfb-run"],
    Form::posix(
        "--auto-servernum --help --listen-tcp -a -h -l",
        "--auth-file --error-file --server-args --server-num --wait --xauth-protocol -e -f -n \
         -p -s -w",
        "",
    )
    .same("-e=--error-file -f=--auth-file -s=--server-args")
    .roles(&[("--error-file", Role::Write), ("--auth-file", Role::Write), ("--server-args", Role::Opaque)])
    .all(Role::Command),
);

const TINI: Tool = Tool::new(
    &["tini", "tini-static", "catatonit", "docker-init"],
    Form::posix("--version -L -P -g -h -s -v -w", "-e -p", "").all(Role::Command),
);

const DUMB_INIT: Tool = Tool::new(
    &["dumb-init"],
    Form::posix("--help --single-child --verbose --version -V -c -h -v", "--rewrite -r", "")
        .all(Role::Command),
);

const BUSYBOX: Tool = Tool::new(
    &["busybox", "toybox", "coreutils", "uutils"],
    Form::posix("--help --list --list-full --long --version", "--install", "--coreutils-prog")
        .roles(&[("--install", Role::Opaque), ("--coreutils-prog", Role::Opaque)])
        .all(Role::Command),
);

const LD_SO: Tool = Tool::new(
    &["ld.so"],
    Form::posix(
        "--help --inhibit-cache --list --list-diagnostics --list-tunables --verify --version",
        "--argv0 --audit --glibc-hwcaps-mask --glibc-hwcaps-prepend --inhibit-rpath \
         --library-path --preload",
        "",
    )
    .roles(&[("--preload", Role::Opaque), ("--audit", Role::Opaque), ("--library-path", Role::Opaque)])
    .all(Role::Command),
);

const FIREJAIL: Tool = Tool::new(
    &["firejail"],
    Form::leading(
        "--allow-debuggers --allusers --apparmor --appimage --build --caps --debug \
         --deterministic-exit-code --deterministic-shutdown --disable-mnt --dnstrace --help \
         --icmptrace --ipc-namespace --keep-config-pulse --keep-dev-shm --keep-var-tmp --list \
         --machine-id --memory-deny-write-execute --net-print --netfilter --netlock \
         --nettrace --no3d --nodbus --nodvd --nogroups --noinput --nonewprivs --noprinters \
         --noprofile --noroot --nosound --notv --nou2f --novideo --overlay --overlay-tmpfs \
         --private --private-cache --private-cwd --private-dev --private-tmp --quiet \
         --seccomp --snitrace --tab --top --trace --tracelog --tree --version --writable-etc \
         --writable-run-user --writable-var --writable-var-log --x11 -? -c -h",
        "",
        "--bind --blacklist --caps.drop --caps.keep --chroot --cpu --dbus-system --dbus-user \
         --dns --env --hostname --hosts-file --ignore --include --interface --ip --ip6 --mac \
         --mkdir --mkfile --mtu --name --net --netns --nice --noblacklist --nowhitelist \
         --output --output-stderr --private-bin --private-etc --private-home --private-lib \
         --private-opt --private-srv --profile --protocol --read-only --read-write \
         --rlimit-as --rlimit-cpu --rlimit-fsize --rlimit-nofile --rlimit-nproc --rmenv \
         --seccomp.drop --seccomp.keep --shell --timeout --tmpfs --umask --whitelist",
    )
    .roles(&[
        ("--profile", Role::Opaque),
        ("--chroot", Role::Opaque),
        ("--include", Role::Opaque),
        ("--env", Role::Assignment),
        ("--bind", Role::Opaque),
        ("--output", Role::Write),
        ("--output-stderr", Role::Write),
        ("--mkfile", Role::Write),
        ("--mkdir", Role::Write),
    ])
    .all(Role::Command),
);

const BWRAP: Tool = Tool::new(
    &["bwrap"],
    Form::leading(
        "--as-pid-1 --assert-userns-disabled --clearenv --die-with-parent --disable-userns \
         --help --new-session --share-net --unshare-all --unshare-cgroup --unshare-cgroup-try \
         --unshare-ipc --unshare-net --unshare-pid --unshare-user --unshare-user-try \
         --unshare-uts --version",
        "--add-seccomp-fd --args --argv0 --bind*2 --bind-data*2 --bind-fd*2 --bind-try*2 \
         --block-fd --cap-add --cap-drop --chdir --chmod*2 --dev --dev-bind*2 \
         --dev-bind-try*2 --dir --exec-label --file*2 --file-label --gid --hostname --info-fd \
         --json-status-fd --lock-file --mqueue --overlay*3 --overlay-src --perms --pidns \
         --proc --remount-ro --ro-bind*2 --ro-bind-data*2 --ro-bind-fd*2 --ro-bind-try*2 \
         --ro-overlay --seccomp --setenv*2 --size --symlink*2 --sync-fd --tmp-overlay --tmpfs \
         --uid --unsetenv --userns --userns-block-fd --userns2",
        "",
    )
    .roles(&[
        ("--args", Role::Opaque),
        ("--chdir", Role::Folder),
        ("--bind", Role::Opaque),
        ("--bind-try", Role::Opaque),
        ("--dev-bind", Role::Text),
        ("--ro-bind", Role::Text),
        ("--symlink", Role::Opaque),
        ("--file", Role::Opaque),
    ])
    .all(Role::Command),
);

const FAKEROOT: Tool = Tool::new(
    &["fakeroot", "fakeroot-sysv", "fakeroot-tcp"],
    Form::posix("--help --unknown-is-real --version -h -u -v", "--faked --faked-path --lib -b -i -l -s", "")
        .same("-l=--lib")
        .roles(&[
            ("--lib", Role::Opaque),
            ("--faked", Role::Program),
            ("-s", Role::Write),
            ("-i", Role::Read),
        ])
        .all(Role::Command),
);

const FAKETIME: Tool = Tool::new(
    &["faketime"],
    Form::posix("--exclude-monotonic --help --version -f -m", "--date-prog -p", "")
        .roles(&[("--date-prog", Role::Program)])
        .first(&[Role::Text], Role::Command),
);

const PROOT: Tool = Tool::new(
    &["proot"],
    Form::posix(
        "--help --kill-on-exit --link2symlink --root-id --version -0 -V -h -l",
        "--bind --change-id --cwd --kernel-release --mount --pwd --qemu --rootfs --verbose -R \
         -S -b -i -k -m -q -r -v -w",
        "",
    )
    .roles(&[("-r", Role::Opaque), ("-R", Role::Opaque), ("-S", Role::Opaque), ("-q", Role::Opaque)])
    .all(Role::Command),
);

const PROXYCHAINS: Tool = Tool::new(
    &["proxychains", "proxychains4", "proxychains-ng"],
    Form::posix("-q", "-f", "").roles(&[("-f", Role::Opaque)]).all(Role::Command),
);

const TORSOCKS: Tool = Tool::new(
    &["torsocks", "torify", "tsocks"],
    Form::posix(
        "--debug --help --isolate --quiet --shell --version -d -h -i -q -v",
        "--address --pass --port --user -P -a -p -u",
        "",
    )
    .all(Role::Command),
);

const UNBUFFER: Tool = Tool::new(&["unbuffer"], Form::posix("-p", "", "").all(Role::Command));

const CHRONIC: Tool = Tool::new(&["chronic"], Form::posix("-e -v", "", "").all(Role::Command));

const IFNE: Tool = Tool::new(&["ifne"], Form::posix("-n", "", "").all(Role::Command));

const RLWRAP: Tool = Tool::new(
    &["rlwrap"],
    Form::posix(
        "--always-readline --case-insensitive --complete-filenames --help --no-children \
         --no-warnings --one-shot --pass-sigint-as-sigterm --polling --remember --renice \
         --version -A -I -N -R -W -a -c -h -i -n -o -r -u -v",
        "--break-chars --command-name --extra-char-after-completion --file --filter \
         --forget-matching --history-filename --history-format --history-no-dupes --histsize \
         --logfile --multi-line --multi-line-ext --only-cook --pre-given --quote-characters \
         --set-term-name --substitute-prompt --wait-before-prompt -C -D -F -G -H -M -O -P -S \
         -b -e -f -g -l -m -q -s -t -w -z",
        "--ansi-colour-aware --mirror-arguments --prompt-colour -d -p",
    )
    .same("-H=--history-filename -l=--logfile -z=--filter")
    .roles(&[("--filter", Role::Opaque), ("--logfile", Role::Write), ("--history-filename", Role::Write)])
    .all(Role::Command),
);

const CAFFEINATE: Tool =
    Tool::new(&["caffeinate"], Form::posix("-d -i -m -s -u", "-t -w", "").all(Role::Command));

const LOGSAVE: Tool =
    Tool::new(&["logsave"], Form::posix("-a -s -v", "", "").first(&[Role::Write], Role::Command));

const RUNCON: Tool = Tool::new(
    &["runcon"],
    Form::posix("--compute --help --version -c", "--range --role --type --user -l -r -t -u", "")
        .all(Role::Opaque),
);

const ENVDIR: Tool =
    Tool::new(&["envdir", "s6-envdir"], Form::posix("-f -i", "", "").first(&[Role::Opaque], Role::Command));

const SOFTLIMIT: Tool = Tool::new(
    &["softlimit", "s6-softlimit"],
    Form::posix("-H -h", "-a -c -d -f -l -m -o -p -r -s -t", "").all(Role::Command),
);

const CHPST: Tool = Tool::new(
    &["chpst"],
    Form::posix("-0 -1 -2 -P -V -v", "-/ -C -L -U -b -c -d -e -f -l -m -n -o -p -r -t -u", "")
        .roles(&[
            ("-e", Role::Opaque),
            ("-/", Role::Opaque),
            ("-C", Role::Folder),
            ("-l", Role::Write),
            ("-L", Role::Write),
        ])
        .all(Role::Command),
);

const NQ: Tool = Tool::new(&["nq"], Form::posix("-c -q -t -w", "", "").all(Role::Command));

const TSP: Tool = Tool::new(
    &["tsp"],
    Form::posix(
        "-A -B -C -E -K -V -d -f -g -h -l -m -n -q -z",
        "-D -L -N -O -U -W -X",
        "-S -a -c -i -k -o -p -r -s -t -u -w",
    )
    .all(Role::Command),
);

/// Two programs have this name: the task spooler, and the one of moreutils that stamps lines.
const TS: Tool = Tool::new(
    &["ts"],
    Form::posix("-B -C -E -K -V -d -f -g -h -l -m -n", "-D -L -N -U", "-S -c -i -k -o -p -r -s -t -u -w")
        .all(Role::Command),
);

const RETRY: Tool = Tool::new(
    &["retry"],
    Form::posix(
        "--help --verbose --version -V -h -v",
        "--delay --fail --max --message --min --sleep --times --tries --until --until-success \
         --while -d -m -s -t -u -x",
        "",
    )
    .roles(&[
        ("-x", Role::Opaque),
        ("--fail", Role::Opaque),
        ("--until", Role::Text),
        ("--while", Role::Text),
    ])
    .all(Role::Command),
);

const SCRIPT: Tool = Tool::new(
    &["script"],
    Form::gnu(
        "--append --flush --force --help --quiet --return --version -V -a -e -f -h -q",
        "--command --echo --log-in --log-io --log-out --log-timing --logging-format \
         --output-limit -B -E -I -O -T -c -m -o",
        "--timing -t",
    )
    .same("-B=--log-io -I=--log-in -O=--log-out -T=--log-timing -c=--command -t=--timing")
    .roles(&[
        ("--log-in", Role::Write),
        ("--log-out", Role::Write),
        ("--log-io", Role::Write),
        ("--log-timing", Role::Write),
        ("--timing", Role::Write),
        ("--command", Role::Shell),
    ])
    // Behind `--`, newer ones (and those of BSD behind the file) run a command.
    .first(&[Role::Write], Role::Command),
);

const SCRIPTLIVE: Tool = Tool::new(
    &["scriptlive"],
    Form::gnu(
        "--help --version -V -h",
        "--command --divisor --log-in --log-io --log-timing --maxdelay --timing -B -I -T -c \
         -d -m -t",
        "",
    )
    .all(Role::Opaque),
);

const AT: Tool = Tool::new(
    &["at", "batch"],
    Form::gnu("-M -V -b -c -d -l -m -r -v", "-f -o -q -t -u", "")
        .roles(&[("-f", Role::ShellFile)])
        .all(Role::Text),
);

const CRONTAB: Tool = Tool::new(
    &["crontab"],
    Form::gnu("-T -V -e -i -l -n -r -s", "-c -u -x", "").all(Role::Opaque).with(&[("-l -r", TEXT)]),
);

const RUN_PARTS: Tool = Tool::new(
    &["run-parts"],
    Form::gnu(
        "--debug --exit-on-error --help --list --lsbsysinit --new-session --report --reverse \
         --stdin --test --verbose --version -V -d -h -v",
        "--arg --regex --umask -a -u",
        "",
    )
    .all(Role::Opaque),
);

const OPENVT: Tool = Tool::new(
    &["openvt"],
    Form::posix(
        "--exec --force --help --login --switch --user --verbose --version --wait -V -e -f -h \
         -l -s -u -v -w",
        "--console -c",
        "",
    )
    .all(Role::Command),
);

const XTERM: Tool = Tool::new(
    &["xterm", "uxterm", "lxterm", "rxvt", "urxvt", "x-terminal-emulator", "aterm", "eterm", "st"],
    Form::one_dash(
        "-bc -fullscreen -hold -iconic -ls -maximized -rv -sb -wf",
        "-S -T -b -bd -bg -class -cr -display -fa -fg -fn -fs -geometry -lc -n -name -sl \
         -title -tn -u -w -xrm",
        "",
    )
    .roles(&[("-xrm", Role::Opaque)])
    .all(Role::Opaque),
);

const TERMINALS: Tool = Tool::new(
    &[
        "xfce4-terminal",
        "gnome-terminal",
        "konsole",
        "alacritty",
        "kitty",
        "terminator",
        "tilix",
        "mate-terminal",
        "lxterminal",
        "foot",
        "wezterm",
        "qterminal",
        "sakura",
        "terminology",
        "ghostty",
        "kgx",
        "ptyxis",
        "cool-retro-term",
    ],
    Form::one_dash("", "", "").all(Role::Opaque),
);
