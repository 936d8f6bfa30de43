//! Programs that run another one, or copy files, on another machine or in a container.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::Role;

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    SSH,
    SCP,
    SFTP,
    SSH_COPY_ID,
    SSHPASS,
    MOSH,
    RSH,
    COMPOSE_PROGRAM,
    DOCKER,
    LXC,
    LXC_ATTACH,
    VAGRANT,
    RSYNC,
];

const TEXT: Operands = Operands::all(Role::Text);

const SSH: Tool = Tool::new(
    &["ssh", "autossh", "slogin"],
    Form::of(
        Style::Second,
        "-4 -6 -A -C -G -K -M -N -T -V -X -Y -a -f -g -k -n -q -s -t -v -x -y",
        "-B -D -E -F -I -J -L -O -P -Q -R -S -W -b -c -e -i -l -m -o -p -w",
        "",
    )
    .roles(&[
        ("-E", Role::Write),
        ("-F", Role::Opaque),
        ("-I", Role::Opaque),
        ("-i", Role::Read),
        ("-o", Role::SshSetting),
    ])
    .first(&[Role::Remote], Role::RemoteJoinedShell),
);

const SCP: Tool = Tool::new(
    &["scp"],
    Form::gnu("-1 -2 -3 -4 -6 -A -B -C -O -R -T -p -q -r -s -v", "-D -F -J -P -S -X -c -i -l -o", "")
        .roles(&[
            ("-D", Role::Opaque),
            ("-F", Role::Opaque),
            ("-i", Role::Read),
            ("-o", Role::SshSetting),
            ("-S", Role::Opaque),
        ])
        .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
);

const SFTP: Tool = Tool::new(
    &["sftp"],
    Form::gnu("-1 -2 -4 -6 -A -C -N -a -f -p -q -r -v", "-B -D -F -J -P -R -S -X -b -c -i -l -o -s", "")
        .roles(&[
            ("-b", Role::Opaque),
            ("-D", Role::Opaque),
            ("-F", Role::Opaque),
            ("-i", Role::Read),
            ("-o", Role::SshSetting),
            ("-S", Role::Opaque),
            ("-s", Role::Opaque),
        ])
        .first(&[Role::Remote], Role::Put),
);

const SSH_COPY_ID: Tool = Tool::new(
    &["ssh-copy-id"],
    Form::gnu("-? -f -h -n -s -x", "-F -i -o -p -t", "")
        .roles(&[("-i", Role::Read), ("-F", Role::Opaque), ("-o", Role::SshSetting)])
        .all(Role::Remote),
);

const SSHPASS: Tool = Tool::new(
    &["sshpass"],
    Form::posix("-V -h -v", "-P -d -f -p", "-e").roles(&[("-f", Role::Read)]).all(Role::Command),
);

const MOSH: Tool = Tool::new(
    &["mosh"],
    Form::posix(
        "--help --init --local --no-init --no-ssh-pty --predict-overwrite --ssh-pty --version \
         -4 -6 -a -n -o -v",
        "--bind-server --client --experimental-remote-ip --family --port --predict --server \
         --ssh -p",
        "",
    )
    .roles(&[("--client", Role::Opaque), ("--ssh", Role::Opaque), ("--server", Role::Text)])
    .first(&[Role::Remote], Role::RemoteCommand),
);

const RSH: Tool = Tool::new(
    &["rsh", "rlogin", "remsh"],
    Form::of(Style::Second, "-4 -6 -8 -E -K -L -d -n", "-P -R -b -e -f -g -l -t -u -w -x", "")
        .roles(&[("-R", Role::Text)])
        .first(&[Role::Remote], Role::RemoteJoinedShell),
);

/// What `run` and `create` of docker and podman have.
const RUN: Form = Form::leading(
    "--detach --disable-content-trust --env-host --help --http-proxy --init --interactive \
         --no-healthcheck --no-hostname --no-hosts --oom-kill-disable --passwd --privileged \
         --publish-all --quiet --read-only --read-only-tmpfs --replace --rm --rmi --rootfs \
         --sig-proxy --tls-verify --tty --unsetenv-all --use-api-socket -P -d -i -q -t",
    "--add-host --annotation --arch --attach --authfile --blkio-weight \
         --blkio-weight-device --cap-add --cap-drop --cert-dir --cgroup-conf --cgroup-parent \
         --cgroupns --cgroups --chrootdirs --cidfile --conmon-pidfile --cpu-count \
         --cpu-percent --cpu-period --cpu-quota --cpu-rt-period --cpu-rt-runtime --cpu-shares \
         --cpus --cpuset-cpus --cpuset-mems --creds --decryption-key --detach-keys --device \
         --device-cgroup-rule --device-read-bps --device-read-iops --device-write-bps \
         --device-write-iops --dns --dns-opt --dns-option --dns-search --domainname \
         --entrypoint --env --env-file --env-merge --expose --gidmap --gpus --group-add \
         --group-entry --health-cmd --health-interval --health-log-destination \
         --health-on-failure --health-retries --health-start-interval --health-start-period \
         --health-timeout --hooks-dir --hostname --hostuser --image-volume --init-ctr \
         --init-path --io-maxbandwidth --io-maxiops --ip --ip6 --ipc --isolation \
         --kernel-memory --label --label-file --link --link-local-ip --log-driver --log-opt \
         --mac-address --memory --memory-reservation --memory-swap --memory-swappiness \
         --mount --name --net --net-alias --network --network-alias --oom-score-adj --os \
         --passwd-entry --personality --pid --pidfile --pids-limit --platform --pod \
         --pod-id-file --preserve-fd --preserve-fds --publish --pull --rdt-class --requires \
         --restart --retry --retry-delay --runtime --sdnotify --seccomp-policy --secret \
         --security-opt --shm-size --shm-size-systemd --stop-signal --stop-timeout \
         --storage-opt --subgidname --subuidname --sysctl --systemd --timeout --tmpfs --tz \
         --uidmap --ulimit --umask --unsetenv --user --userns --uts --variant --volume \
         --volume-driver --volumes-from --workdir -a -c -e -h -l -m -p -u -v -w",
    "",
)
.same(
    "--dns-opt=--dns-option --net=--network --net-alias=--network-alias -P=--publish-all \
         -a=--attach -c=--cpu-shares -d=--detach -e=--env -h=--hostname -i=--interactive \
         -l=--label -m=--memory -p=--publish -q=--quiet -t=--tty -u=--user -v=--volume \
         -w=--workdir",
)
.roles(&[
    ("--cidfile", Role::Write),
    ("--pidfile", Role::Write),
    ("--conmon-pidfile", Role::Write),
    ("--pod-id-file", Role::Read),
    ("--entrypoint", Role::RemoteProgram),
    ("--env-file", Role::Read),
    ("--label-file", Role::Read),
    ("--authfile", Role::Read),
    ("--device", Role::ReadInside),
    ("--volume", Role::ReadInside),
    ("--mount", Role::ReadInside),
    ("--hooks-dir", Role::Opaque),
    ("--init-path", Role::Opaque),
    ("--runtime", Role::Opaque),
])
.first(&[Role::Text], Role::RemoteCommand);

const EXEC: Form = Form::leading(
    "--detach --help --interactive --latest --no-session --privileged --tty -d -i -l -t",
    "--cidfile --detach-keys --env --env-file --preserve-fd --preserve-fds --user \
         --workdir -e -u -w",
    "",
)
.same("-d=--detach -e=--env -i=--interactive -l=--latest -t=--tty -u=--user -w=--workdir")
.roles(&[("--env-file", Role::Read), ("--cidfile", Role::Read)])
.first(&[Role::Text], Role::RemoteCommand)
.with(&[("--latest", Operands::all(Role::RemoteCommand))]);

const BUILD: Form = Form::plain(
    "--all-platforms --check --compress --debug --disable-content-trust --force-rm --help \
         --inherit-labels --layers --load --logsplit --no-cache --no-hosts --omit-history \
         --pull --push --quiet --rm --skip-unused-stages --squash --squash-all --stdin \
         --tls-verify -D -q",
    "--add-host --allow --annotation --arch --attest --authfile --build-arg \
         --build-arg-file --build-context --builder --cache-from --cache-to --call --cap-add \
         --cap-drop --cert-dir --cgroup-parent --cpu-period --cpu-quota --cpu-shares \
         --cpuset-cpus --cpuset-mems --creds --device --dns --dns-option --dns-search --env \
         --file --format --from --hooks-dir --http-proxy --identity-label --ignorefile \
         --iidfile --ipc --isolation --jobs --label --logfile --manifest --memory \
         --memory-swap --metadata-file --network --no-cache-filter --os --os-feature \
         --os-version --output --pid --platform --policy --progress --provenance --retry \
         --retry-delay --runtime --runtime-flag --sbom --secret --security-opt --shm-size \
         --sign-by --squash-with --ssh --tag --target --timestamp --ulimit --unsetenv \
         --unsetlabel --userns --uts --variant --volume -c -f -m -o -t -v",
    "",
)
.same(
    "-D=--debug -c=--cpu-shares -f=--file -m=--memory -o=--output -q=--quiet -t=--tag \
         -v=--volume",
)
.roles(&[
    ("--file", Role::Read),
    ("--output", Role::Opaque),
    ("--secret", Role::ReadInside),
    ("--ssh", Role::ReadInside),
    ("--iidfile", Role::Write),
    ("--metadata-file", Role::Write),
    ("--build-context", Role::ReadInside),
    ("--build-arg-file", Role::Read),
    ("--authfile", Role::Read),
    ("--hooks-dir", Role::Opaque),
    ("--logfile", Role::Write),
    ("--volume", Role::ReadInside),
    ("--ignorefile", Role::Read),
    ("--cache-to", Role::Opaque),
    ("--runtime", Role::Opaque),
])
.all(Role::ReadTree);

/// Subcommands whose words are names, and that read and write nothing here.
const NAMES: Form = Form::plain(
    "--all --all-tags --attach --attachable --config-only --depend --detach --details \
         --digests --disable-content-trust --follow --force --get-login --help --human \
         --ignore --in-use --ingress --interactive --internal --ipv6 --last --latest --link \
         --no-prune --no-stdin --no-stream --no-trunc --pretty --quiet --sig-proxy --size \
         --stream --time --timestamps --tls-verify --tree --until --verbose --volumes -a -c \
         -d -f -i -l -m -n -q -s -t -v",
    "--alias --author --aux-address --change --cpus --detach-keys --driver --filter \
         --format --gateway --hostname --ip --ip-range --ipam-driver --ipam-opt --label \
         --limit --memory --message --name --opt --platform --restart --scope --signal \
         --since --sort --stop-timeout --subnet --tail --timeout --type",
    "",
)
.same("-a=--all -f=--force -q=--quiet");

/// `logs`, where `-f` and `-n` mean something else.
const LOGS: Form = Form::plain(
    "--color --details --follow --help --latest --names --no-color --no-log-prefix \
         --timestamps -f -l -t",
    "--index --since --tail --until -n",
    "",
)
.same("-f=--follow -n=--tail");

/// `ps`, `images`, whose `-f` is a filter.
const LIST: Form = Form::plain(
    "--all --digests --external --help --history --latest --no-trunc --noheading --ns \
         --orphans --pod --quiet --services --size --sync --tree -a -l -p -q -s",
    "--filter --format --last --sort --status --watch -f -n -w",
    "",
)
.same("-f=--filter");

const COPY: Form =
    Form::plain("--all --archive --follow-link --overwrite --pause --quiet -L -a -q", "--index", "")
        .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo));

/// The options that stand before any subcommand of compose.
const COMPOSE: Form = Form::leading(
    "--all-resources --compatibility --dry-run --help --in-pod --no-ansi --no-interpolate \
         --verbose --version -h -v",
    "--ansi --env-file --file --host --parallel --podman-args --podman-path --profile \
         --progress --project-directory --project-name --tlscacert --tlscert --tlskey \
         --workdir -H -f -p",
    "",
)
.same("-H=--host -f=--file -p=--project-name")
.roles(&[
    ("--file", Role::Read),
    ("--env-file", Role::Read),
    ("--project-directory", Role::Folder),
    ("--podman-path", Role::Program),
]);

const COMPOSE_RUN: Form = Form::leading(
    "--build --detach --help --interactive --no-TTY --no-deps --no-log-prefix --no-tty \
         --quiet --quiet-build --quiet-pull --remove-orphans --rm --service-ports \
         --use-aliases -P -T -d -i -q",
    "--cap-add --cap-drop --entrypoint --env --env-from-file --label --name --publish \
         --pull --user --volume --workdir -e -l -p -u -v -w",
    "",
)
.same(
    "-T=--no-TTY -d=--detach -e=--env -l=--label -p=--publish -u=--user -v=--volume \
         -w=--workdir",
)
.roles(&[
    ("--entrypoint", Role::RemoteProgram),
    ("--volume", Role::ReadInside),
    ("--env-from-file", Role::Read),
])
.first(&[Role::Text], Role::RemoteCommand);

const COMPOSE_EXEC: Form = Form::leading(
    "--detach --help --interactive --no-TTY --no-tty --privileged --tty -T -d -i -t",
    "--env --index --user --workdir -e -u -w",
    "",
)
.same("-T=--no-TTY -d=--detach -e=--env -u=--user -w=--workdir")
.first(&[Role::Text], Role::RemoteCommand);

const COMPOSE_UP: Form = Form::plain(
    "--abort-on-container-exit --abort-on-container-failure --always-recreate-deps \
         --attach-dependencies --build --detach --force-recreate --help --menu --no-build \
         --no-color --no-deps --no-log-prefix --no-recreate --no-start --quiet-build \
         --quiet-pull --remove-orphans --renew-anon-volumes --rmi-all --timestamps --volumes \
         --wait --watch --yes -V -d -q -v -w -y",
    "--attach --exit-code-from --no-attach --pull --rmi --scale --timeout --wait-timeout \
         -t",
    "",
)
.same("-V=--renew-anon-volumes -d=--detach -t=--timeout -v=--volumes");

const COMPOSE_BUILD: Form = Form::plain(
    "--check --compress --force-rm --help --no-cache --no-rm --parallel --print --pull \
         --push --quiet --with-dependencies -q",
    "--build-arg --builder --memory --progress --provenance --sbom --ssh -m",
    "",
);

const COMPOSE_OTHER: Form = Form::plain(
    "--all --dry-run --environment --force --hash-all --help --ignore-pull-failures \
         --ignore-push-failures --images --include-deps --json --networks --no-consistency \
         --no-deps --no-interpolate --no-normalize --no-path-resolution --profiles --quiet \
         --resolve-image-digests --services --stop --volumes -a -f -q -s -v",
    "--filter --format --hash --index --output --policy --protocol --signal --since \
         --timeout --until -o -t",
    "",
)
.same("-f=--force -o=--output -v=--volumes")
.roles(&[("--output", Role::Write)]);

const COMPOSE_PROGRAM: Tool = Tool::with(
    &["docker-compose", "podman-compose"],
    COMPOSE,
    &[
        Subcommand::new("run", COMPOSE_RUN),
        Subcommand::new("exec", COMPOSE_EXEC),
        Subcommand::new("up", COMPOSE_UP).or("create"),
        Subcommand::new("down", COMPOSE_UP),
        Subcommand::new("build", COMPOSE_BUILD),
        Subcommand::new("cp", COPY),
        Subcommand::new("logs", LOGS),
        Subcommand::new("ps", LIST).or("ls"),
        Subcommand::new("config", COMPOSE_OTHER).or("convert"),
        Subcommand::new("rm", COMPOSE_OTHER),
        Subcommand::new("pull", COMPOSE_OTHER),
        Subcommand::new("push", COMPOSE_OTHER),
        Subcommand::new("start", COMPOSE_OTHER),
        Subcommand::new("stop", COMPOSE_OTHER),
        Subcommand::new("restart", COMPOSE_OTHER),
        Subcommand::new("kill", COMPOSE_OTHER),
        Subcommand::new("pause", COMPOSE_OTHER),
        Subcommand::new("unpause", COMPOSE_OTHER),
        Subcommand::new("port", COMPOSE_OTHER),
        Subcommand::new("top", COMPOSE_OTHER),
        Subcommand::new("images", COMPOSE_OTHER),
        Subcommand::new("events", COMPOSE_OTHER),
        Subcommand::new("version", COMPOSE_OTHER),
    ],
);

const DOCKER: Tool = Tool::with(
    &["docker", "podman", "nerdctl", "docker-cli", "finch"],
    Form::leading(
        "--cdi-spec-dirs --debug --debug-full --experimental --help --insecure-registry \
         --noout --remote --syslog --tls --tlsverify --transient-store --version -D -r -v",
        "--address --cgroup-manager --cni-netconfpath --cni-path --config --conmon \
         --connection --context --data-root --events-backend --hooks-dir --host --hosts-dir \
         --identity --imagestore --log-level --module --namespace --network-cmd-path \
         --network-config-dir --out --registries-conf --root --runroot --runtime \
         --runtime-flag --snapshotter --ssh --storage-driver --storage-opt --tlscacert \
         --tlscert --tlskey --tmpdir --url --volumepath -H -a -c -l -n",
        "",
    )
    .same("-D=--debug -H=--host -c=--context -l=--log-level -n=--namespace")
    .roles(&[
        ("--host", Role::Remote),
        ("--config", Role::Opaque),
        ("--conmon", Role::Opaque),
        ("--hooks-dir", Role::Opaque),
        ("--network-cmd-path", Role::Opaque),
        ("--cni-path", Role::Opaque),
        ("--runtime", Role::Opaque),
        ("--module", Role::Opaque),
        ("--identity", Role::Read),
        ("--tlscacert", Role::Read),
        ("--tlscert", Role::Read),
        ("--tlskey", Role::Read),
        ("--out", Role::Write),
    ]),
    &[
        Subcommand::new("run", RUN).or("container run"),
        Subcommand::new("create", RUN).or("container create"),
        Subcommand::new("exec", EXEC).or("container exec"),
        Subcommand::new("build", BUILD).or("image build|buildx build|builder build|buildx b"),
        Subcommand::new("cp", COPY).or("container cp"),
        Subcommand::new("ps", LIST).or("container ls|container list|container ps|ls"),
        Subcommand::new("images", LIST).or("image ls|image list"),
        Subcommand::new("volume ls", LIST).or("volume list"),
        Subcommand::new("network ls", LIST).or("network list"),
        Subcommand::new("logs", LOGS).or("container logs"),
        Subcommand::new("rm", NAMES).or("container rm|container remove"),
        Subcommand::new("rmi", NAMES).or("image rm|image remove"),
        Subcommand::new("kill", Form::plain("--all --help --latest -a -l", "--cidfile --signal -s", ""))
            .or("container kill"),
        Subcommand::new("stop", STOP).or("container stop"),
        Subcommand::new("restart", STOP).or("container restart"),
        Subcommand::new("start", NAMES).or("container start"),
        Subcommand::new("pause", NAMES).or("container pause"),
        Subcommand::new("unpause", NAMES).or("container unpause"),
        Subcommand::new("wait", NAMES).or("container wait"),
        Subcommand::new("top", NAMES).or("container top"),
        Subcommand::new("stats", NAMES).or("container stats"),
        Subcommand::new("diff", NAMES).or("container diff"),
        Subcommand::new("port", NAMES).or("container port"),
        Subcommand::new("rename", NAMES).or("container rename"),
        Subcommand::new("attach", NAMES).or("container attach"),
        Subcommand::new("update", NAMES).or("container update"),
        Subcommand::new("inspect", Form::plain("--help --latest --size -l -s", "--format --type -f", ""))
            .or("container inspect|image inspect|network inspect|volume inspect|system inspect"),
        Subcommand::new("pull", NAMES).or("image pull"),
        Subcommand::new("push", NAMES).or("image push"),
        Subcommand::new("tag", NAMES).or("image tag"),
        Subcommand::new("untag", NAMES).or("image untag"),
        Subcommand::new("history", NAMES).or("image history"),
        Subcommand::new("search", LIST),
        Subcommand::new("info", LIST).or("system info"),
        Subcommand::new("version", LIST),
        Subcommand::new("events", LIST).or("system events"),
        Subcommand::new("container prune", PRUNE),
        Subcommand::new("image prune", PRUNE),
        Subcommand::new("volume prune", PRUNE),
        Subcommand::new("network prune", PRUNE),
        Subcommand::new("system prune", PRUNE),
        Subcommand::new("builder prune", PRUNE).or("buildx prune"),
        Subcommand::new("system df", Form::plain("--verbose -v", "--format", "")),
        Subcommand::new("volume create", Form::plain("", "--driver --label --name --opt -d -o", "")),
        Subcommand::new("volume rm", NAMES).or("volume remove"),
        Subcommand::new(
            "network create",
            Form::plain(
                "--attachable --config-only --ingress --internal --ipv4 --ipv6",
                "--aux-address --config-from --driver --gateway --ip-range --ipam-driver --ipam-opt \
         --label --opt --scope --subnet -d -o",
                "",
            ),
        ),
        Subcommand::new("network rm", NAMES).or("network remove"),
        Subcommand::new("network connect", NAMES),
        Subcommand::new("network disconnect", NAMES),
        Subcommand::new(
            "save",
            Form::plain(
                "--compress --multi-image-archive --quiet --uncompressed -m -q",
                "--format --output --platform -o",
                "",
            )
            .same("-o=--output")
            .roles(&[("--output", Role::Write)]),
        )
        .or("image save"),
        Subcommand::new(
            "export",
            Form::plain("", "--output -o", "").same("-o=--output").roles(&[("--output", Role::Write)]),
        )
        .or("container export"),
        Subcommand::new(
            "load",
            Form::plain("--quiet -q", "--input --platform -i", "")
                .same("-i=--input")
                .roles(&[("--input", Role::Read)]),
        )
        .or("image load"),
        Subcommand::new(
            "import",
            Form::plain(
                "--quiet -q",
                "--arch --change --message --os --platform --signature-policy --variant -c -m",
                "",
            )
            .first(&[Role::Read], Role::Text),
        )
        .or("image import"),
        Subcommand::new(
            "commit",
            Form::plain(
                "--include-volumes --pause --quiet --squash -p -q -s",
                "--author --change --format --iidfile --message -a -c -f -m",
                "",
            )
            .roles(&[("--iidfile", Role::Write)]),
        )
        .or("container commit"),
        Subcommand::new(
            "login",
            Form::plain(
                "--get-login --password-stdin --tls-verify --verbose -v",
                "--authfile --cert-dir --compat-auth-file --password --secret --username -p -u",
                "",
            )
            .roles(&[("--authfile", Role::Update)]),
        ),
        Subcommand::new(
            "logout",
            Form::plain("--all -a", "--authfile", "").roles(&[("--authfile", Role::Update)]),
        ),
        Subcommand::new("context ls", LIST).or("context list"),
        Subcommand::new("context use", NAMES),
        Subcommand::new("context show", NAMES),
        Subcommand::new("compose", COMPOSE),
        Subcommand::new("compose run", COMPOSE_RUN),
        Subcommand::new("compose exec", COMPOSE_EXEC),
        Subcommand::new("compose up", COMPOSE_UP).or("compose create"),
        Subcommand::new("compose down", COMPOSE_UP),
        Subcommand::new("compose build", COMPOSE_BUILD),
        Subcommand::new("compose cp", COPY),
        Subcommand::new("compose logs", LOGS),
        Subcommand::new("compose ps", LIST).or("compose ls"),
        Subcommand::new("compose config", COMPOSE_OTHER).or("compose convert"),
        Subcommand::new("compose rm", COMPOSE_OTHER),
        Subcommand::new("compose pull", COMPOSE_OTHER),
        Subcommand::new("compose push", COMPOSE_OTHER),
        Subcommand::new("compose start", COMPOSE_OTHER),
        Subcommand::new("compose stop", COMPOSE_OTHER),
        Subcommand::new("compose restart", COMPOSE_OTHER),
        Subcommand::new("compose kill", COMPOSE_OTHER),
        Subcommand::new("compose top", COMPOSE_OTHER),
        Subcommand::new("compose images", COMPOSE_OTHER),
        Subcommand::new("compose version", COMPOSE_OTHER),
    ],
);

const PRUNE: Form = Form::plain(
    "--all --build --external --force --verbose --volumes -a -f",
    "--filter --keep-storage --max-used-space --min-free-space --reserved-space",
    "",
)
.same("-a=--all -f=--force");

const STOP: Form = Form::plain(
    "--all --help --ignore --latest --running -a -i -l",
    "--cidfile --filter --signal --time --timeout -f -s -t",
    "",
);

const LXC: Tool = Tool::with(
    &["lxc", "incus"],
    Form::leading(
        "--debug --force-local --help --quiet --sub-commands --verbose --version -h -q -v",
        "--project",
        "",
    ),
    &[
        Subcommand::new(
            "exec",
            Form::leading(
                "--disable-stdin --force-interactive --force-noninteractive -T -n -t",
                "--cwd --env --group --mode --user",
                "",
            )
            .first(&[Role::Text], Role::RemoteCommand),
        ),
        Subcommand::new(
            "file push",
            Form::plain("--create-dirs --recursive -p -r", "--gid --mode --uid", "")
                .operands(Operands::all(Role::ReadTree).last(Role::Text)),
        ),
        Subcommand::new(
            "file pull",
            Form::plain("--create-dirs --recursive -p -r", "", "").operands(TEXT.last(Role::Put)),
        ),
        Subcommand::new("list", Form::plain("--all-projects --fast", "--columns --format -c -f", "")),
        Subcommand::new("start", NAMES),
        Subcommand::new("stop", NAMES),
        Subcommand::new("delete", NAMES),
        Subcommand::new("info", NAMES),
    ],
);

const LXC_ATTACH: Tool = Tool::new(
    &["lxc-attach"],
    Form::posix(
        "--clear-env --elevated-privileges --help --keep-env --quiet --remount-sys-proc \
         --version -R -e -h -q",
        "--arch --context --gid --keep-var --logfile --logpriority --lxcpath --name \
         --namespaces --pty-log --rcfile --set-var --uid -L -P -a -c -f -g -l -n -o -s -u -v",
        "",
    )
    .roles(&[("-L", Role::Write), ("-f", Role::Opaque), ("-o", Role::Write)])
    .all(Role::RemoteCommand),
);

const VAGRANT: Tool = Tool::with(
    &["vagrant"],
    Form::plain(
        "--color --debug --debug-timestamp --help --machine-readable --no-color --no-tty \
         --timestamp --version -h -v",
        "",
        "",
    ),
    &[
        Subcommand::new(
            "ssh",
            Form::plain("--no-tty --plain --tty -T -p -t", "--command -c", "")
                .same("-c=--command")
                .roles(&[("--command", Role::RemoteJoinedShell)])
                .all(Role::Opaque),
        ),
        Subcommand::new(
            "winrm",
            Form::plain("--elevated -e", "--command --shell -c -s", "")
                .roles(&[("-c", Role::RemoteJoinedShell), ("--command", Role::RemoteJoinedShell)]),
        ),
        Subcommand::new(
            "up",
            Form::plain(
                "--destroy-on-error --install-provider --no-destroy-on-error --no-parallel \
         --no-provision --parallel --provision",
                "--provider --provision-with",
                "",
            )
            .all(Role::Opaque),
        ),
        Subcommand::new("status", Form::plain("", "", "")),
        Subcommand::new("halt", Form::plain("--force -f", "", "")),
        Subcommand::new(
            "destroy",
            Form::plain("--force --graceful --no-parallel --parallel -f -g", "", "").same("-f=--force"),
        ),
    ],
);

const RSYNC: Tool = Tool::new(
    &["rsync"],
    Form::gnu(
        "--8-bit-output --acls --append --append-verify --archive --atimes --backup \
         --blocking-io --checksum --compress --copy-devices --copy-dirlinks --copy-links \
         --copy-unsafe-links --crtimes --cvs-exclude --daemon --del --delay-updates --delete \
         --delete-after --delete-before --delete-delay --delete-during --delete-excluded \
         --delete-missing-args --devices --dirs --dry-run --executability --existing \
         --fake-super --force --from0 --fsync --fuzzy --group --hard-links --help \
         --human-readable --i-r --ignore-errors --ignore-existing --ignore-missing-args \
         --ignore-non-existing --ignore-times --inc-recursive --inplace --insecure-links \
         --ipv4 --ipv6 --itemize-changes --keep-dirlinks --links --list-only --mkpath \
         --munge-links --no-D --no-R --no-W --no-compress --no-detach --no-devices --no-g \
         --no-group --no-i-r --no-implied-dirs --no-inc-recursive --no-links --no-motd --no-o \
         --no-owner --no-p --no-perms --no-progress --no-r --no-recursive --no-relative \
         --no-specials --no-t --no-times --no-whole-file --numeric-ids --old-args --old-d \
         --old-dirs --omit-dir-times --omit-link-times --one-file-system --open-noatime \
         --owner --partial --perms --preallocate --progress --protect-args --prune-empty-dirs \
         --quiet --recursive --relative --remove-source-files --safe-links --secluded-args \
         --size-only --sparse --specials --stats --super --times --trust-sender --update \
         --verbose --version --whole-file --write-devices --xattrs -0 -4 -6 -8 -A -C -D -E -F \
         -H -I -J -K -L -N -O -P -R -S -U -V -W -X -a -b -c -d -g -h -i -k -l -m -n -o -p -q \
         -r -s -t -u -v -x -y -z",
        "--address --backup-dir --block-size --bwlimit --cc --checksum-choice --checksum-seed \
         --chmod --chown --compare-dest --compress-choice --compress-level --compress-threads \
         --config --contimeout --copy-as --copy-dest --debug --dparam --early-input --exclude \
         --exclude-from --files-from --filter --groupmap --iconv --include --include-from \
         --info --link-dest --log-file --log-file-format --log-format --max-alloc \
         --max-delete --max-size --min-size --modify-window --only-write-batch --out-format \
         --outbuf --partial-dir --password-file --port --protocol --read-batch \
         --remote-option --rsh --rsync-path --skip-compress --sockopts --stderr --stop-after \
         --stop-at --suffix --temp-dir --timeout --usermap --write-batch --zc --zl \
         --zstd-dict --zt -@ -B -M -T -e -f",
        "",
    )
    .same(
        "--del=--delete --delete-after=--delete --delete-before=--delete \
         --delete-delay=--delete --delete-during=--delete -M=--remote-option -T=--temp-dir \
         -a=--archive -e=--rsh -f=--filter -n=--dry-run -r=--recursive -v=--verbose \
         -z=--compress",
    )
    .roles(&[
        ("--rsh", Role::SplitCommand),
        ("--rsync-path", Role::Shell),
        ("--remote-option", Role::Opaque),
        ("--config", Role::Opaque),
        ("--dparam", Role::Opaque),
        ("--files-from", Role::List),
        ("--exclude-from", Role::Read),
        ("--include-from", Role::Read),
        ("--password-file", Role::Read),
        ("--early-input", Role::Read),
        ("--filter", Role::Text),
        ("--log-file", Role::Write),
        ("--backup-dir", Role::Write),
        ("--partial-dir", Role::Write),
        ("--temp-dir", Role::Write),
        ("--write-batch", Role::Write),
        ("--only-write-batch", Role::Write),
        ("--read-batch", Role::Read),
        ("--compare-dest", Role::ReadTree),
        ("--copy-dest", Role::ReadTree),
        ("--link-dest", Role::ReadTree),
    ])
    .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
);
