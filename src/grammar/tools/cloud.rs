//! Programs that change what is elsewhere, or what a machine has installed and runs: infrastructure, clouds,
//! services, packages, databases. Most have subcommands by the hundred, whose words are the leading ones.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    TERRAFORM,
    TERRAGRUNT,
    PULUMI,
    HELM,
    AWS,
    GCLOUD,
    FLY,
    GH,
    VAULT,
    ANSIBLE,
    ANSIBLE_PLAYBOOK,
    SYSTEMCTL,
    SERVICE,
    JOURNALCTL,
    APT,
    APT_CACHE,
    DPKG,
    DNF,
    BREW,
    PSQL,
    PG_DUMP,
    MYSQL,
    SQLITE,
    REDIS_CLI,
    MONGOSH,
    KILL,
    RPM,
];

/// Go's options: a value is joined by `=` or is the next word.
const fn terraform(flags: &'static str, values: &'static str) -> Form {
    Form::one_dash(flags, values, "")
}

const TERRAFORM_PLAN: Form = terraform(
    "-auto-approve -compact-warnings -destroy -detailed-exitcode -help -input -json \
         -legacy -lock -no-color -refresh -refresh-only",
    "-backup -exclude -exclude-file -generate-config-out -lock-timeout -out -parallelism \
         -replace -show-sensitive -state -state-out -target -target-file -var -var-file",
)
.roles(&[
    ("-var-file", Role::Read),
    ("-state", Role::Update),
    ("-state-out", Role::Write),
    ("-backup", Role::Write),
    ("-out", Role::Write),
    ("-generate-config-out", Role::Write),
])
.all(Role::Read);

const TERRAFORM_STATE: Form = terraform(
    "-allow-missing -dry-run -force -help -ignore-remote-version -input -json -lock \
         -no-color -raw -show-sensitive",
    "-backup -backup-out -config -id -lock-timeout -module -parallelism -provider -state \
         -state-out -var -var-file",
)
.roles(&[
    ("-state", Role::Update),
    ("-state-out", Role::Write),
    ("-backup", Role::Write),
    ("-backup-out", Role::Write),
    ("-var-file", Role::Read),
    ("-config", Role::ReadTree),
]);

const TERRAFORM: Tool = Tool::with(
    &["terraform", "tofu"],
    terraform("-h -help -v -version", "-chdir").roles(&[("-chdir", Role::Folder)]),
    &[
        Subcommand::new("apply", TERRAFORM_PLAN),
        Subcommand::new("plan", TERRAFORM_PLAN),
        Subcommand::new("destroy", TERRAFORM_PLAN),
        Subcommand::new("refresh", TERRAFORM_PLAN),
        Subcommand::new(
            "init",
            terraform(
                "-backend -force-copy -get -help -ignore-remote-version -input -json -lock \
         -migrate-state -no-color -reconfigure -upgrade",
                "-backend-config -from-module -lock-timeout -lockfile -plugin-dir -test-directory \
         -var -var-file",
            )
            .roles(&[
                ("-backend-config", Role::ReadInside),
                ("-plugin-dir", Role::Opaque),
                ("-from-module", Role::Remote),
                ("-var-file", Role::Read),
            ]),
        ),
        Subcommand::new(
            "validate",
            terraform("-help -json -no-color -no-tests", "-test-directory -var -var-file"),
        ),
        Subcommand::new(
            "fmt",
            terraform("-check -diff -help -list -no-color -recursive -write", "").all(Role::WriteTree),
        ),
        Subcommand::new(
            "show",
            terraform("-help -json -no-color -show-sensitive", "-var -var-file").all(Role::Read),
        ),
        Subcommand::new("output", TERRAFORM_STATE),
        Subcommand::new("import", TERRAFORM_STATE),
        Subcommand::new("taint", TERRAFORM_STATE),
        Subcommand::new("untaint", TERRAFORM_STATE),
        Subcommand::new("console", TERRAFORM_STATE),
        Subcommand::new(
            "graph",
            terraform("-draw-cycles -help", "-module-depth -plan -type").roles(&[("-plan", Role::Read)]),
        ),
        Subcommand::new("get", terraform("-help -json -no-color -update", "-test-directory")),
        Subcommand::new("force-unlock", terraform("-force -help", "")),
        Subcommand::new("login", terraform("-help", "")),
        Subcommand::new("logout", terraform("-help", "")),
        Subcommand::new("version", terraform("-help -json", "")),
        Subcommand::new("modules", terraform("-help -json", "")),
        Subcommand::new("providers", terraform("-help", "-test-directory")),
        Subcommand::new(
            "providers lock",
            terraform("-enable-plugin-cache -help", "-fs-mirror -net-mirror -platform")
                .roles(&[("-fs-mirror", Role::ReadTree)]),
        ),
        Subcommand::new("providers mirror", terraform("-help -lock-file", "-platform").all(Role::Write)),
        Subcommand::new("providers schema", terraform("-help -json", "")),
        Subcommand::new("state list", TERRAFORM_STATE),
        Subcommand::new("state show", TERRAFORM_STATE),
        Subcommand::new("state pull", TERRAFORM_STATE),
        Subcommand::new("state push", TERRAFORM_STATE.all(Role::Read)),
        Subcommand::new("state mv", TERRAFORM_STATE),
        Subcommand::new("state rm", TERRAFORM_STATE),
        Subcommand::new(
            "state replace-provider",
            terraform("-auto-approve -help -ignore-remote-version -lock", "-backup -lock-timeout -state"),
        ),
        Subcommand::new(
            "test",
            terraform(
                "-help -json -no-color -verbose",
                "-cloud-run -filter -junit-xml -operation-parallelism -parallelism -test-directory \
         -var -var-file",
            )
            .roles(&[("-junit-xml", Role::Write), ("-var-file", Role::Read)]),
        ),
        Subcommand::new("workspace list", TERRAFORM_STATE),
        Subcommand::new("workspace show", TERRAFORM_STATE),
        Subcommand::new("workspace new", TERRAFORM_STATE),
        Subcommand::new("workspace select", terraform("-help -or-create", "")),
        Subcommand::new("workspace delete", TERRAFORM_STATE),
        Subcommand::new("metadata functions", terraform("-help -json", "")),
    ],
);

const TERRAGRUNT: Tool = Tool::with(
    &["terragrunt"],
    Form::one_dash(
        "-all -auto-approve -compact-warnings -destroy -detailed-exitcode -graph -help -input \
         -json -lock -migrate-state -no-auto-approve -no-auto-init -no-auto-retry -no-color \
         -non-interactive -queue-ignore-errors -queue-include-external -reconfigure -refresh \
         -refresh-only -terragrunt-include-external-dependencies -terragrunt-no-auto-approve \
         -terragrunt-no-auto-init -terragrunt-non-interactive -upgrade -version",
        "-backend-config -chdir -config -download-dir -iam-role -inputs-debug -lock-timeout \
         -log-level -out -parallelism -queue-exclude-dir -queue-include-dir -replace -source \
         -state -target -terragrunt-config -terragrunt-download-dir -terragrunt-exclude-dir \
         -terragrunt-iam-role -terragrunt-include-dir -terragrunt-log-level \
         -terragrunt-parallelism -terragrunt-source -terragrunt-tfpath \
         -terragrunt-working-dir -tf-path -var -var-file -working-dir",
        "",
    )
    .roles(&[
        ("-chdir", Role::Folder),
        ("-working-dir", Role::Folder),
        ("-terragrunt-working-dir", Role::Folder),
        ("-terragrunt-config", Role::Opaque),
        ("-config", Role::Opaque),
        ("-terragrunt-source", Role::Opaque),
        ("-source", Role::Opaque),
        ("-terragrunt-tfpath", Role::Program),
        ("-tf-path", Role::Program),
        ("-var-file", Role::Read),
        ("-out", Role::Write),
        ("-state", Role::Update),
    ]),
    &[Subcommand::new("exec", Form::leading("", "", "").all(Role::Command))],
)
.anywhere()
.open();

const PULUMI: Tool = Tool::with(
    &["pulumi"],
    Form::plain(
        "--continue-on-error --debug --diff --disable-integrity-checking --emoji \
         --exclude-protected --expect-no-changes --force --fully-qualify-stack-names --help \
         --json --logflow --logtostderr --non-interactive --path --plaintext \
         --preserve-config --preview-only --refresh --remove --run-program --secret \
         --show-config --show-full-output --show-reads --show-replacement-steps --show-sames \
         --show-secrets --skip-preview --suppress-outputs --suppress-permalink \
         --target-dependents --yes -d -e -f -h -j -r -v -y",
        "--attach-debugger --backend-url --color --config --config-file --cwd --exclude \
         --exec-agent --exec-kind --execute --file --import-file --memprofilerate --message \
         --parallel --plan --policy-pack --policy-pack-config --profiling --replace \
         --save-plan --secrets-provider --stack --target --target-replace --tracing --verbose \
         -C -c -m -p -s -t",
        "",
    )
    .same(
        "-C=--cwd -c=--config -d=--debug -f=--force -m=--message -p=--parallel -r=--refresh \
         -s=--stack -t=--target -y=--yes",
    )
    .roles(&[
        ("--cwd", Role::Folder),
        ("--config-file", Role::Read),
        ("--policy-pack", Role::Opaque),
        ("--policy-pack-config", Role::Read),
        ("--save-plan", Role::Write),
        ("--plan", Role::Read),
        ("--file", Role::Update),
        ("--import-file", Role::Write),
    ]),
    &[
        Subcommand::new(
            "env run",
            Form::leading("--help --interactive -h -i", "--duration --file --format --lifetime -f -l", "")
                .first(&[Role::Text], Role::Command),
        ),
        Subcommand::new("plugin run", Form::leading("", "--kind", "").all(Role::Opaque)),
        Subcommand::new(
            "import",
            Form::plain(
                "--generate-code --protect --skip-preview",
                "--file --from --out --parent --properties --provider -f -o",
                "",
            )
            .same("-f=--file -o=--out")
            .roles(&[("--out", Role::Write), ("--file", Role::Read)])
            .all(Role::Text),
        ),
    ],
)
.anywhere()
.open();

const HELM: Tool = Tool::with(
    &[
        "helm",
        "helmfile",
        "kustomize",
        "flux",
        "argocd",
        "istioctl",
        "eksctl",
        "kubeadm",
        "kops",
        "velero",
        "k9s",
        "skopeo",
        "crane",
        "oras",
        "cosign",
        "stern",
    ],
    Form::plain(
        "--all --all-namespaces --atomic --cleanup-on-fail --create-namespace --debug \
         --dependency-update --deployed --devel --disable-openapi-validation --enable-dns \
         --failed --force --force-conflicts --force-replace --generate-name --help \
         --hide-notes --hide-secret --ignore-not-found --include-crds \
         --insecure-skip-tls-verify --install --is-upgrade --keep-history --no-headers \
         --no-hooks --pass-credentials --pending --plain-http --prov --quiet --recreate-pods \
         --release-name --render-subchart-notes --replace --reset-then-reuse-values \
         --reset-values --reuse-values --reverse --revisions --rollback-on-failure --short \
         --show-desc --show-resources --skip-crds --skip-schema-validation --skip-tests \
         --strict --superseded --take-ownership --uninstalled --uninstalling --untar \
         --validate --verify --versions --wait --wait-for-jobs --with-subcharts -A -a -d -g \
         -h -i -q",
        "--api-versions --app-version --args --burst-limit --ca-file --cert-file --color \
         --content-cache --description --destination --environment --file --filter \
         --helm-binary --history-max --key --key-file --keyring --kube-apiserver \
         --kube-as-group --kube-as-user --kube-ca-file --kube-context --kube-tls-server-name \
         --kube-token --kube-version --kubeconfig --labels --max --name-template --namespace \
         --offset --output --output-dir --passphrase-file --password --post-renderer \
         --post-renderer-args --qps --registry-config --repo --repository-cache \
         --repository-config --revision --selector --set --set-file --set-json --set-literal \
         --set-string --show-only --sign-key --state-values-file --state-values-set --timeout \
         --untardir --username --values --version -e -f -l -m -n -o -s -t",
        "--cascade --dry-run",
    )
    .same(
        "-A=--all-namespaces -a=--all -e=--environment -f=--values -i=--install -l=--selector \
         -n=--namespace -o=--output",
    )
    .roles(&[
        ("--values", Role::Read),
        ("--set-file", Role::ReadInside),
        ("--kubeconfig", Role::Opaque),
        ("--post-renderer", Role::Program),
        ("--kube-ca-file", Role::Read),
        ("--ca-file", Role::Read),
        ("--cert-file", Role::Read),
        ("--key-file", Role::Read),
        ("--keyring", Role::Read),
        ("--output-dir", Role::Write),
        ("--destination", Role::Write),
        ("--untardir", Role::Write),
        ("--registry-config", Role::Read),
        ("--repository-config", Role::Update),
        ("--file", Role::Opaque),
        ("--helm-binary", Role::Program),
        ("--state-values-file", Role::Read),
    ]),
    &[
        Subcommand::new("plugin", Form::plain("", "", "").all(Role::Opaque)),
        Subcommand::new("plugin list", Form::plain("", "", "")).or("plugin ls"),
        Subcommand::new("template", Form::plain("", "", "").first(&[Role::Text], Role::ReadTree)),
        Subcommand::new("lint", Form::plain("", "", "").all(Role::ReadTree)),
        Subcommand::new("package", Form::plain("--sign -u", "", "").all(Role::ReadTree)),
        Subcommand::new("create", Form::plain("", "--starter -p", "").all(Role::Write)),
    ],
)
.anywhere()
.open();

const AWS: Tool = Tool::with(
    &["aws", "awslocal", "aws2"],
    Form::gnu(
        "--cli-auto-prompt --debug --delete --dry-run --dryrun --exact-timestamps \
         --follow-symlinks --force --force-glacier-transfer --human-readable \
         --ignore-glacier-warnings --no-cli-auto-prompt --no-cli-pager --no-dry-run \
         --no-follow-symlinks --no-guess-mime-type --no-paginate --no-progress \
         --no-sign-request --no-skip-final-snapshot --no-verify-ssl --only-show-errors \
         --quiet --recursive --size-only --skip-final-snapshot --summarize --version",
        "--acl --ca-bundle --cache-control --cli-binary-format --cli-connect-timeout \
         --cli-input-json --cli-input-yaml --cli-read-timeout --color --content-type \
         --endpoint-url --exclude --expected-size --expires --grants --include --max-items \
         --metadata --metadata-directive --output --page-size --profile --query --region \
         --request-payer --source-region --sse --starting-token --storage-class",
        "--generate-cli-skeleton",
    )
    .roles(&[
        ("--ca-bundle", Role::Read),
        ("--cli-input-json", Role::ReadInside),
        ("--cli-input-yaml", Role::ReadInside),
        ("--endpoint-url", Role::Remote),
    ]),
    &[
        Subcommand::new("s3 cp", S3).or("s3 sync"),
        Subcommand::new("s3 mv", S3.operands(Operands::all(Role::CopyFrom).last(Role::CopyTo))),
        Subcommand::new("s3 rm", S3.all(Role::Remote)),
        Subcommand::new("s3 ls", S3.all(Role::Remote)),
        Subcommand::new("s3 rb", S3.all(Role::Remote)).or("s3 mb|s3 presign"),
        Subcommand::new(
            "ssm start-session",
            Form::gnu("", "--document-name --parameters --reason --target", "").all(Role::Text),
        ),
        Subcommand::new("configure export-credentials", Form::gnu("", "--format", "")),
    ],
)
.anywhere()
.open();

const S3: Form = Form::gnu("", "", "").operands(Operands::all(Role::CopyFrom).last(Role::CopyTo));

const GCLOUD: Tool = Tool::with(
    &[
        "gcloud",
        "bq",
        "az",
        "doctl",
        "linode-cli",
        "hcloud",
        "oci",
        "ibmcloud",
        "scw",
        "aliyun",
        "tccli",
        "openstack",
        "vultr-cli",
        "exo",
    ],
    Form::gnu(
        "--all --async --debug --force --help --log-http --no-prompt --no-user-output-enabled \
         --no-wait --only-show-errors --quiet --recursive --user-output-enabled --verbose \
         --version --yes -h -q -y",
        "--access-token --access-token-file --account --api-url --billing-project --cluster \
         --config --configuration --context --filter --flags-file --format --ids \
         --impersonate-service-account --instance --interactive --limit --location --name \
         --output --page-size --project --query --region --resource-group --service --sort-by \
         --subscription --trace-token --vault-name --verbosity --zone -c -g -n -o -s -t -z",
        "",
    )
    .same("-g=--resource-group -n=--name -o=--output -q=--quiet -y=--yes -z=--zone")
    .roles(&[
        ("--flags-file", Role::Read),
        ("--access-token-file", Role::Read),
        ("--config", Role::Opaque),
    ]),
    &[
        Subcommand::new(
            "compute ssh",
            Form::gnu(
                "--dry-run --force-key-file-overwrite --internal-ip --plain --tunnel-through-iap",
                "--command --container --ssh-flag --ssh-key-expiration --ssh-key-expire-after \
         --ssh-key-file --strict-host-key-checking --worker",
                "",
            )
            .roles(&[
                ("--command", Role::RemoteJoinedShell),
                ("--ssh-flag", Role::Opaque),
                ("--ssh-key-file", Role::Read),
            ])
            .first(&[Role::Remote], Role::RemoteCommand),
        ),
        Subcommand::new(
            "compute scp",
            Form::gnu(
                "--compress --dry-run --internal-ip --plain --recurse --tunnel-through-iap",
                "--port --scp-flag --ssh-key-file",
                "",
            )
            .roles(&[("--scp-flag", Role::Opaque)])
            .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
        ),
        Subcommand::new(
            "storage cp",
            Form::gnu("--continue-on-error --no-clobber --preserve-posix -R -n -r", "", "")
                .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
        )
        .or("storage mv|storage rsync"),
    ],
)
.anywhere()
.open();

const FLY: Tool = Tool::with(
    &["fly", "flyctl"],
    Form::plain("--debug --help --verbose --version -h", "--access-token -t", ""),
    &[Subcommand::new(
        "ssh console",
        Form::plain(
            "--help --pty --quiet --select -h -q -s",
            "--address --app --command --config --container --machine --org --region --user -A -C -a -c -o -r -u",
            "",
        )
        .same("-A=--address -C=--command -a=--app -c=--config -o=--org -r=--region -u=--user")
        .roles(&[("--command", Role::RemoteJoinedShell)]),
    )],
)
.anywhere()
.open();

const GH: Tool = Tool::with(
    &["gh", "glab", "hub", "tea"],
    Form::plain(
        "--admin --approve --archived --auto --cleanup-tag --clobber --clone --comment \
         --comments --confirm --debug --delete-branch --disable-auto --draft --dry-run \
         --editor --exit-status --failed --fill --fill-first --fill-verbose --force \
         --force-with-lease --fork --generate-notes --help --include --insecure-storage \
         --internal --latest --log --log-failed --merge --name-only --no-archived \
         --no-maintainer-edit --no-repos --paginate --patch --prerelease --private --public \
         --rebase --remove --request-changes --silent --skip-existing --slurp --squash --undo \
         --verbose --verify-tag --version --watch --web --with-token --yes -P -a -c -d -e -f \
         -h -i -m -p -r -s -w -y",
        "--add-assignee --add-label --add-reviewer --app --assignee --attempt --author \
         --author-email --base --body --body-file --branch --cache --codespace --color \
         --commit --description --dir --discussion-category --env --event --field --filename \
         --git-protocol --group --head --header --homepage --hostname --input --job --jq \
         --json --label --language --limit --log-level --machine --match-head-commit \
         --message --method --milestone --name --notes --notes-file --notes-start-tag --org \
         --output --pattern --per-page --preview --project --raw-field --reason --ref \
         --remote --remote-name --remove-assignee --remove-label --remove-reviewer --repo \
         --reviewer --scopes --search --source --state --subject --tag --target --template \
         --title --topic --user --visibility --workflow -A -B -D -F -H -L -O -R -S -T -V -X \
         -b -g -j -k -l -n -o -q -t -u",
        "",
    )
    .same("-F=--body-file -R=--repo -f=--force")
    .roles(&[
        ("--body-file", Role::Read),
        ("--notes-file", Role::Read),
        ("--input", Role::Read),
        ("--output", Role::Write),
        ("--dir", Role::Write),
        ("--source", Role::ReadTree),
    ]),
    &[
        Subcommand::new(
            "api",
            Form::plain(
                "--include --paginate --silent --slurp --verbose -i",
                "--cache --field --header --hostname --input --jq --method --preview --raw-field \
         --template -F -H -X -f -p -q -t",
                "",
            )
            .same("-F=--field -H=--header -X=--method -f=--raw-field -p=--preview -q=--jq -t=--template")
            .roles(&[("--field", Role::ReadIfForm), ("--input", Role::Read)]),
        ),
        Subcommand::new("extension", Form::plain("", "", "").all(Role::Opaque)).or("ext|extensions"),
        Subcommand::new("alias", Form::plain("", "", "").all(Role::Opaque)),
        Subcommand::new("alias list", Form::plain("", "", "")),
        Subcommand::new("config set", Form::plain("", "--host -h", "").first(&[Role::Text], Role::Opaque)),
        Subcommand::new(
            "repo clone",
            Form::plain("", "--upstream-remote-name -u", "")
                .first(&[Role::Remote, Role::Write], Role::Opaque),
        ),
        Subcommand::new(
            "gist create",
            Form::plain("--public --web -p -w", "--desc --filename -d -f", "").all(Role::Read),
        )
        .or("gist new"),
        Subcommand::new(
            "gist edit",
            Form::plain("", "--add --desc --filename --remove -a -d -f -r", "").all(Role::Opaque),
        ),
        Subcommand::new(
            "release create",
            Form::plain(
                "--draft --fail-on-no-commits --generate-notes --latest --notes-from-tag --prerelease \
         --verify-tag -d -p",
                "--discussion-category --notes --notes-file --notes-start-tag --target --title -F -n \
         -t",
                "",
            )
            .same("-F=--notes-file")
            .roles(&[("--notes-file", Role::Read)])
            .first(&[Role::Text], Role::Read),
        ),
        Subcommand::new("release upload", Form::plain("--clobber", "", "").first(&[Role::Text], Role::Read)),
        Subcommand::new(
            "secret set",
            Form::plain(
                "--no-repos-selected --no-store --user -u",
                "--app --body --env --env-file --org --repos --visibility -a -b -e -f -o -r -v",
                "",
            )
            .same("-f=--env-file")
            .roles(&[("--env-file", Role::Read)]),
        ),
        Subcommand::new(
            "variable set",
            Form::plain("", "--body --env --env-file --org --repos --visibility -b -e -f -o -r -v", "")
                .same("-f=--env-file")
                .roles(&[("--env-file", Role::Read)]),
        ),
        Subcommand::new("ssh-key add", Form::plain("", "--title --type -t", "").all(Role::Read))
            .or("gpg-key add"),
        Subcommand::new("codespace ssh", Form::plain("", "", "").all(Role::RemoteJoinedShell)).or("cs ssh"),
        Subcommand::new(
            "codespace cp",
            Form::plain("--expand --recursive -e -r", "--codespace --profile -c -p", "")
                .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
        )
        .or("cs cp"),
    ],
)
.anywhere()
.open();

const VAULT: Tool = Tool::with(
    &["vault", "bao", "consul", "nomad", "packer", "boundary", "waypoint"],
    Form::one_dash(
        "-auto-approve -base64 -color -debug -delete -detach -detailed -force -help -json \
         -keys -machine-readable -no-color -no-store -output-curl-string -output-policy \
         -purge -recurse -stdin -timestamp-ui -tls-skip-verify -verbose -version -yes",
        "-address -agent-address -alloc -ca-cert -ca-file -ca-path -cas -client-cert \
         -client-key -datacenter -except -field -format -group -header -http-addr -job \
         -method -mfa -mount -namespace -node -non-interactive -ns -on-error -only \
         -parallel-builds -path -policy-override -region -service -stale -t -task \
         -tls-server-name -token -token-file -ttl -type -unlock-key -var -var-file -wrap-ttl",
        "",
    )
    .roles(&[
        ("-ca-cert", Role::Read),
        ("-ca-file", Role::Read),
        ("-client-cert", Role::Read),
        ("-client-key", Role::Read),
        ("-token-file", Role::Read),
        ("-var-file", Role::Read),
    ]),
    &[
        Subcommand::new(
            "exec",
            Form::one_dash(
                "-i -shell -verbose",
                "-job -node -prefix -service -tag -task -wait -wait-repl",
                "",
            )
            .all(Role::Opaque),
        )
        .or("alloc exec"),
        Subcommand::new(
            "lock",
            Form::one_dash("-child-exit-code -pass-stdin -shell", "-monitor-retry -n -name -timeout", "")
                .first(&[Role::Text], Role::JoinedShell),
        ),
        Subcommand::new("watch", Form::one_dash("", "", "").all(Role::Opaque)),
        Subcommand::new("agent", Form::one_dash("-dev", "", "").all(Role::Opaque)),
        Subcommand::new(
            "server",
            Form::one_dash("-dev", "-config -dev-listen-address -dev-root-token-id", "").all(Role::Opaque),
        ),
        Subcommand::new("ssh", Form::one_dash("", "-mode -mount-point -role", "").all(Role::Opaque)),
        Subcommand::new(
            "build",
            Form::one_dash(
                "-color -debug -force -machine-readable -timestamp-ui -warn-on-undeclared-var",
                "-except -on-error -only -parallel-builds -var -var-file",
                "",
            )
            .all(Role::Opaque),
        ),
        Subcommand::new("kv put", Form::one_dash("", "", "").first(&[Role::Text], Role::ReadIfForm))
            .or("write|kv patch"),
        Subcommand::new("job run", Form::one_dash("", "", "").all(Role::Read))
            .or("job plan|plan|validate|fmt|inspect"),
        Subcommand::new("policy write", Form::one_dash("", "", "").first(&[Role::Text], Role::Read)),
    ],
)
.anywhere()
.open();

const ANSIBLE: Tool = Tool::new(
    &["ansible", "ansible-console", "ansible-pull"],
    ANSIBLE_FORM.roles(ANSIBLE_ROLES).all(Role::Text),
);

const ANSIBLE_PLAYBOOK: Tool =
    Tool::new(&["ansible-playbook"], ANSIBLE_FORM.roles(PLAYBOOK_ROLES).all(Role::CodeFile(Language::Other)));

const ANSIBLE_FORM: Form = Form::gnu(
    "--ask-become-pass --ask-pass --ask-vault-pass --ask-vault-password --become --check \
         --diff --flush-cache --force-handlers --help --list-hosts --list-tags --list-tasks \
         --one-line --step --syntax-check --verbose --version -C -D -J -K -b -h -k -o -v",
    "--args --background --become-method --become-password-file --become-user --checkout \
         --connection --connection-password-file --directory --extra-vars --forks --inventory \
         --inventory-file --key-file --limit --module-name --module-path --playbook-dir \
         --poll --private-key --scp-extra-args --sftp-extra-args --skip-tags \
         --ssh-common-args --ssh-extra-args --start-at-task --tags --task-timeout --timeout \
         --tree --url --user --vault-id --vault-pass-file --vault-password-file -B -M -P -T \
         -U -a -c -d -e -f -i -l -m -t -u",
    "",
)
.same(
    "--inventory-file=--inventory --key-file=--private-key \
         --vault-pass-file=--vault-password-file -M=--module-path -a=--args -c=--connection \
         -e=--extra-vars -i=--inventory -l=--limit -m=--module-name -t=--tags",
);

/// A playbook and its inventory are the project's, as a makefile is.
const PLAYBOOK_ROLES: &[(&str, Role)] = &[
    ("--args", Role::Opaque),
    ("--extra-vars", Role::ReadIfAt),
    ("--inventory", Role::CodeFile(Language::Other)),
    ("--module-path", Role::Opaque),
    ("--private-key", Role::Read),
    ("--vault-password-file", Role::Opaque),
    ("--become-password-file", Role::Opaque),
    ("--connection-password-file", Role::Opaque),
    ("--ssh-common-args", Role::Opaque),
    ("--ssh-extra-args", Role::Opaque),
    ("--scp-extra-args", Role::Opaque),
    ("--sftp-extra-args", Role::Opaque),
];

const ANSIBLE_ROLES: &[(&str, Role)] = &[
    ("--args", Role::Opaque),
    ("--extra-vars", Role::ReadIfAt),
    ("--inventory", Role::Opaque),
    ("--module-path", Role::Opaque),
    ("--private-key", Role::Read),
    ("--vault-password-file", Role::Opaque),
    ("--become-password-file", Role::Opaque),
    ("--connection-password-file", Role::Opaque),
    ("--ssh-common-args", Role::Opaque),
    ("--ssh-extra-args", Role::Opaque),
    ("--scp-extra-args", Role::Opaque),
    ("--sftp-extra-args", Role::Opaque),
];

const SYSTEMCTL: Tool = Tool::with(
    &["systemctl"],
    Form::gnu(
        "--after --all --before --dry-run --fail --failed --firmware-setup --force --full \
         --global --help --marked --mkdir --no-ask-password --no-block --no-legend --no-pager \
         --no-reload --no-wall --no-warn --now --plain --quiet --read-only --recursive \
         --reverse --runtime --show-transaction --show-types --stdin --system --user --value \
         --version --wait --with-dependencies -T -a -f -h -i -l -q -r",
        "--boot-loader-entry --boot-loader-menu --check-inhibitors --drop-in --host --image \
         --job-mode --kill-value --kill-who --kill-whom --legend --lines --machine --message \
         --output --preset-mode --property --reboot-argument --root --signal --state \
         --timestamp --type --what --when -H -M -P -n -o -p -s -t",
        "",
    )
    .same(
        "-H=--host -M=--machine -P=--property -f=--force -n=--lines -o=--output -p=--property \
         -q=--quiet -s=--signal -t=--type",
    )
    .roles(&[("--root", Role::Opaque), ("--image", Role::Opaque)]),
    &[
        Subcommand::new("edit", Form::gnu("", "", "").all(Role::Opaque)),
        Subcommand::new("link", Form::gnu("", "", "").all(Role::Opaque)),
        Subcommand::new("enable", Form::gnu("", "", "").all(Role::Text)).or("reenable"),
        Subcommand::new("set-environment", Form::gnu("", "", "").all(Role::Opaque)).or("import-environment"),
        Subcommand::new("switch-root", Form::gnu("", "", "").all(Role::Opaque)),
        Subcommand::new("bind", Form::gnu("", "", "").all(Role::Opaque)).or("mount-image"),
    ],
)
.anywhere()
.open();

const SERVICE: Tool = Tool::new(
    &[
        "service",
        "rc-service",
        "invoke-rc.d",
        "update-rc.d",
        "chkconfig",
        "rc-update",
        "launchctl",
        "initctl",
        "sv",
    ],
    Form::gnu("--force --full-restart --help --quiet --status-all --version -f -h", "", ""),
);

const JOURNALCTL: Tool = Tool::new(
    &["journalctl", "dmesg", "loginctl", "hostnamectl", "timedatectl", "localectl", "resolvectl"],
    Form::gnu(
        "--all --catalog --ctime --decode --disk-usage --dmesg --dump-catalog --fields \
         --flush --follow --force --full --header --help --human --list-boots --list-catalog \
         --merge --no-ask-password --no-full --no-hostname --no-pager --no-tail --pager-end \
         --quiet --relinquish-var --reverse --rotate --setup-keys --show-cursor \
         --smart-relinquish-var --sync --system --update-catalog --user --utc --verify \
         --version -C -H -N -T -a -c -d -e -f -h -k -l -m -q -r -w -x",
        "--after-cursor --cursor --cursor-file --directory --facility --field --file --grep \
         --identifier --image --interval --level --machine --namespace --output \
         --output-fields --priority --property --root --since --unit --until --user-unit \
         --vacuum-files --vacuum-size --vacuum-time --verify-key -D -F -M -S -U -g -i -o -p \
         -t -u",
        "--boot --case-sensitive --lines -b -n",
    )
    .same("-D=--directory")
    .roles(&[
        ("--directory", Role::ReadTree),
        ("--cursor-file", Role::Update),
        ("--file", Role::Read),
        ("--root", Role::ReadTree),
    ]),
);

const APT: Tool = Tool::with(
    &["apt", "apt-get", "aptitude", "nala"],
    Form::gnu(
        "--all-names --all-versions --allow-change-held-packages --allow-downgrades \
         --allow-insecure-repositories --allow-releaseinfo-change --allow-remove-essential \
         --allow-unauthenticated --arch-only --assume-no --assume-yes --auto-remove \
         --autoremove --build --compile --dependencies --diff-only --download --download-only \
         --dry-run --dsc-only --fix-broken --fix-missing --fix-policy --force-yes --full \
         --help --ignore-hold --ignore-missing --indep-only --install-recommends \
         --install-suggests --installed --just-print --list-cleanup --manual-installed \
         --names-only --no-act --no-auto-remove --no-download --no-install-recommends \
         --no-install-suggests --no-list-cleanup --no-remove --no-upgrade --only-source \
         --only-upgrade --print-uris --purge --quiet --recon --reinstall --remove \
         --show-progress --show-upgraded --simulate --tar-only --trivial-only --upgradable \
         --upgrade --verbose --verbose-versions --version --with-new-pkgs --yes -F -P -V -Z \
         -b -d -f -h -m -n -q -r -s -u -v -y",
        "--build-profiles --config-file --default-release --format --host-architecture \
         --option --solver --target-release --with-source -a -c -o -t",
        "",
    )
    .same(
        "--assume-yes=--yes --default-release=--target-release --just-print=--dry-run \
         --no-act=--dry-run --simulate=--dry-run -c=--config-file -o=--option -q=--quiet \
         -s=--dry-run -t=--target-release -y=--yes",
    )
    .roles(&[("--option", Role::Opaque), ("--config-file", Role::Opaque), ("--with-source", Role::Read)]),
    &[
        Subcommand::new("changelog", Form::gnu("", "", "")),
        Subcommand::new("edit-sources", Form::gnu("", "", "").all(Role::Opaque)),
        Subcommand::new("download", Form::gnu("", "", "").all(Role::Text)),
    ],
)
.anywhere()
.open();

const APT_CACHE: Tool = Tool::new(
    &["apt-cache", "apt-mark", "apt-file", "apt-config", "dpkg-query", "apt-cdrom"],
    Form::gnu(
        "--all-names --all-versions --full --generate --help --important --installed --list \
         --listfiles --load-avail --names-only --no-pager --quiet --recurse --search --show \
         --status --version -F -I -L -S -W -a -f -g -h -i -l -n -q -s -v -x",
        "--admindir --config-file --format --option --pkg-cache --root --showformat \
         --src-cache -c -o -p -t",
        "",
    )
    .same("-c=--config-file -o=--option")
    .roles(&[
        ("--option", Role::Opaque),
        ("--config-file", Role::Opaque),
        ("--admindir", Role::Opaque),
        ("--root", Role::Opaque),
    ]),
);

const DPKG: Tool = Tool::new(
    &["dpkg", "dpkg-deb"],
    Form::gnu(
        "--add-architecture --audit --auto-deconfigure --build --changelog --checksig \
         --clear-avail --clear-selections --compare-versions --configure --contents --control \
         --ctrl-tarfile --dry-run --erase --extract --field --force --force-all \
         --force-depends --foreign-architectures --forget-old-unavail --fsys-tarfile \
         --get-selections --hash --help --import --info --install --list --listfiles \
         --merge-avail --no-act --no-debsig --no-pager --no-triggers --nodeps --noscripts \
         --predep-package --print-architecture --print-avail --print-foreign-architectures \
         --provides --purge --query --quiet --record-avail --recursive --remove \
         --remove-architecture --replacepkgs --requires --robot --scripts --search \
         --selected-only --set-selections --simulate --skip-same-version --status --test \
         --triggers --triggers-only --unpack --update-avail --upgrade --verify --version \
         --vextract --whatprovides --yet-to-unpack -? -A -B -C -E -F -G -I -L -O -P -R -S -U \
         -V -X -a -b -c -e -f -h -i -l -p -q -r -s -u -v -x",
        "--abort-after --admindir --debug --ignore-depends --instdir --log --path-exclude \
         --path-include --post-invoke --pre-invoke --root --status-fd --status-logger \
         --verify-format -D -Z -z",
        "--force- --refuse-",
    )
    .same(
        "-D=--debug -L=--listfiles -P=--purge -S=--search -i=--install -l=--list -r=--remove \
         -s=--status",
    )
    .roles(&[
        ("--root", Role::Opaque),
        ("--instdir", Role::Opaque),
        ("--admindir", Role::Opaque),
        ("--pre-invoke", Role::Shell),
        ("--post-invoke", Role::Shell),
        ("--status-logger", Role::Shell),
        ("--log", Role::Write),
    ])
    .all(Role::Read),
);

const DNF: Tool = Tool::with(
    &["dnf", "yum", "microdnf", "zypper", "tdnf", "dnf5"],
    Form::gnu(
        "--allowerasing --assumeno --assumeyes --auto-agree-with-licenses --best --bugfix \
         --cacheonly --debugsolver --downloadonly --dry-run --enhancement --force \
         --gpg-auto-import-keys --help --newpackage --no-gpg-checks --no-recommends \
         --no-refresh --noautoremove --nobest --nodocs --nogpgcheck --non-interactive \
         --noplugins --obsoletes --quiet --refresh --security --skip-broken --verbose \
         --version -4 -6 -C -b -h -n -q -v -y",
        "--advisory --bz --color --comment --config --cve --debuglevel --destdir --disable \
         --disableexcludes --disableplugin --disablerepo --downloaddir --enable \
         --enableplugin --enablerepo --errorlevel --exclude --excludepkgs --forcearch --from \
         --installroot --randomwait --releasever --repo --repofrompath --repoid --root \
         --rpmverbosity --sec-severity --setopt -R -c -d -e -x",
        "",
    )
    .same("-c=--config -y=--assumeyes")
    .roles(&[
        ("--config", Role::Opaque),
        ("--setopt", Role::Opaque),
        ("--installroot", Role::Opaque),
        ("--root", Role::Opaque),
        ("--repofrompath", Role::Opaque),
        ("--destdir", Role::Write),
        ("--downloaddir", Role::Write),
    ]),
    &[Subcommand::new("shell", Form::gnu("", "", "").all(Role::Opaque))],
)
.anywhere()
.open();

const BREW: Tool = Tool::with(
    &[
        "brew",
        "port",
        "pacman",
        "yay",
        "paru",
        "apk",
        "emerge",
        "xbps-install",
        "pkg",
        "pkg_add",
        "choco",
        "scoop",
        "winget",
        "snap",
    ],
    Form::gnu(
        "--HEAD --accept-package-agreements --accept-source-agreements --all \
         --build-from-source --cask --casks --classic --cleanup --debug --dry-run --exact \
         --force --force-bottle --formula --formulae --global --greedy --help \
         --ignore-dependencies --include-test --installed --json --needed --no-cache \
         --no-quarantine --noconfirm --overwrite --purge --query --quiet --recursive \
         --refresh --remove --search --silent --simulate --sync --sysupgrade --update \
         --update-cache --upgrade --verbose --version --yes --zap -1 -Q -R -S -U -V -a -c -d \
         -e -f -h -i -l -n -p -q -r -s -u -v -w -y",
        "--arch --cachedir --channel --config --dbpath --gpgdir --hookdir --id --ignore \
         --keys-dir --prune --repositories-file --repository --root --source --virtual -X -t",
        "",
    )
    .same("-f=--force -n=--dry-run -y=--yes")
    .roles(&[
        ("--root", Role::Opaque),
        ("--config", Role::Opaque),
        ("--hookdir", Role::Opaque),
        ("--dbpath", Role::Opaque),
        ("--repositories-file", Role::Read),
        ("--keys-dir", Role::Opaque),
    ]),
    &[
        Subcommand::new("sh", Form::gnu("--ruby -r", "--cmd --env -c", "").all(Role::Opaque))
            .or("irb|ruby|shellenv|bundle|edit|services|prof|tests|run|exec"),
        Subcommand::new(
            "bundle check",
            Form::gnu("--no-upgrade --verbose -v", "--file", "")
                .roles(&[("--file", Role::Opaque)])
                .all(Role::Opaque),
        )
        .or("bundle list"),
    ],
)
.anywhere()
.open();

const PSQL: Tool = Tool::new(
    &["psql", "pgcli"],
    Form::gnu(
        "--csv --echo-all --echo-errors --echo-hidden --echo-queries --expanded \
         --field-separator-zero --html --list --no-align --no-password --no-psqlrc \
         --no-readline --password --quiet --record-separator-zero --single-line --single-step \
         --single-transaction --tuples-only --version -0 -1 -? -A -E -H -S -V -W -X -a -b -e \
         -l -n -q -s -t -w -x -z",
        "--command --dbname --field-separator --file --host --log-file --output --port --pset \
         --record-separator --set --table-attr --username --variable -F -L -P -R -T -U -c -d \
         -f -h -o -p -v",
        "--help",
    )
    .same(
        "--variable=--set -L=--log-file -U=--username -c=--command -d=--dbname -f=--file \
         -h=--host -o=--output -p=--port -v=--set",
    )
    .roles(&[
        ("--command", Role::Code(Language::Sql)),
        ("--file", Role::CodeFile(Language::Sql)),
        ("--output", Role::WriteOrPipe),
        ("--log-file", Role::Write),
        ("--host", Role::Remote),
    ]),
);

const PG_DUMP: Tool = Tool::new(
    &[
        "pg_dump",
        "pg_dumpall",
        "pg_restore",
        "pg_basebackup",
        "createdb",
        "dropdb",
        "createuser",
        "dropuser",
        "vacuumdb",
        "reindexdb",
        "clusterdb",
    ],
    Form::gnu(
        "--all --analyze --blobs --clean --column-inserts --create --createdb --data-only \
         --disable-triggers --echo --enable-row-security --exit-on-error --force --full \
         --globals-only --gzip --help --if-exists --inserts --interactive --list --no-acl \
         --no-blobs --no-comments --no-owner --no-password --no-privileges --no-sync \
         --password --progress --pwprompt --roles-only --schema-only --single-transaction \
         --strict-names --verbose --version -1 -? -B -C -I -O -P -R -V -W -a -b -c -e -g -i \
         -q -s -v -w -x -z",
        "--checkpoint --compress --database --dbname --encoding --exclude-database \
         --exclude-schema --exclude-table --exclude-table-data --extra-float-digits --file \
         --format --function --host --index --jobs --label --locale --lock-wait-timeout \
         --maintenance-db --owner --pgdata --port --role --rows-per-insert --schema --section \
         --snapshot --superuser --table --tablespace --template --trigger --use-list \
         --username --wal-method --waldir -D -E -F -L -N -S -T -U -X -Z -d -f -h -j -l -n -o \
         -p -r -t",
        "",
    )
    .same(
        "-D=--pgdata -F=--format -L=--use-list -U=--username -d=--dbname -f=--file -h=--host \
         -p=--port",
    )
    .roles(&[
        ("--file", Role::Write),
        ("--use-list", Role::Read),
        ("--pgdata", Role::Write),
        ("--host", Role::Remote),
    ])
    .all(Role::Text),
);

const MYSQL: Tool = Tool::new(
    &["mysql", "mariadb", "mycli"],
    Form::gnu(
        "--auto-rehash --batch --binary-as-hex --column-names --column-type-info --comments \
         --compress --disable-pager --disable-tee --enable-cleartext-plugin --force \
         --get-server-public-key --help --html --i-am-a-dummy --ignore-spaces --line-numbers \
         --named-commands --no-auto-rehash --no-beep --no-defaults --no-pager --one-database \
         --print-defaults --quick --raw --reconnect --safe-updates --sandbox --show-warnings \
         --sigint-ignore --silent --skip-column-names --skip-line-numbers --skip-reconnect \
         --skip-ssl --table --unbuffered --verbose --version --vertical --wait --xml -? -A -B \
         -C -E -G -H -I -L -N -U -V -W -X -b -c -f -i -m -n -o -q -r -s -t -v -w",
        "--bind-address --character-sets-dir --connect-timeout --database --default-auth \
         --default-character-set --defaults-extra-file --defaults-file \
         --defaults-group-suffix --delimiter --execute --host --init-command \
         --init-command-add --login-path --max-allowed-packet --net-buffer-length \
         --plugin-dir --port --prompt --protocol --server-public-key-path --socket --ssl-ca \
         --ssl-capath --ssl-cert --ssl-cipher --ssl-key --ssl-mode --tee --tls-version --user \
         -D -O -P -R -S -e -h -u",
        "-# --debug --debug-check --debug-info --local-infile --pager --password --ssl \
         --ssl-verify-server-cert --syslog -T -p",
    )
    .same("-D=--database -P=--port -S=--socket -e=--execute -h=--host -p=--password -u=--user")
    .roles(&[
        ("--execute", Role::Code(Language::Sql)),
        ("--init-command", Role::Code(Language::Sql)),
        ("--init-command-add", Role::Code(Language::Sql)),
        ("--pager", Role::Shell),
        ("--tee", Role::Write),
        ("--defaults-file", Role::Opaque),
        ("--defaults-extra-file", Role::Opaque),
        ("--plugin-dir", Role::Opaque),
        ("--ssl-ca", Role::Read),
        ("--ssl-cert", Role::Read),
        ("--ssl-key", Role::Read),
        ("--host", Role::Remote),
    ]),
);

const SQLITE: Tool = Tool::new(
    &["sqlite3", "sqlite", "duckdb", "litecli"],
    Form::one_dash(
        "-A -append -ascii -bail -batch -box -column -csv -deserialize -echo -header -help \
         -html -interactive -json -jsonlines -line -list -markdown -memtrace -multiplex \
         -no-stdin -nofollow -noheader -quote -readonly -safe -stats -table -tabs -unredacted \
         -unsafe-testing -unsigned -version -vfstrace -zip",
        "-c -cmd -escape -f -heap -hexkey -init -key -lookaside*2 -maxsize -mmap -newline \
         -nonce -nullvalue -pagecache*2 -s -separator -textkey -vfs",
        "",
    )
    .roles(&[
        ("-cmd", Role::Code(Language::Sql)),
        ("-c", Role::Code(Language::Sql)),
        ("-s", Role::Code(Language::Sql)),
        ("-f", Role::CodeFile(Language::Sql)),
        ("-init", Role::CodeFile(Language::Sql)),
    ])
    .first(&[Role::Update], Role::Code(Language::Sql)),
);

const REDIS_CLI: Tool = Tool::new(
    &["redis-cli", "valkey-cli", "keydb-cli"],
    Form::leading(
        "--askpass --bigkeys --csv --help --hotkeys --insecure --json --latency \
         --latency-dist --latency-history --ldb --ldb-sync-mode --memkeys --no-auth-warning \
         --no-raw --pipe --quoted-input --quoted-json --raw --replica --scan --slave --stat \
         --tls --verbose --version -2 -3 -c -e -v -x",
        "--cacert --cacertdir --cert --count --cursor --eval --functions-rdb \
         --intrinsic-latency --key --keystats-samples --lru-test --memkeys-samples --pass \
         --pattern --pipe-timeout --quoted-pattern --rdb --show-pushes --sni --tls-ciphers \
         --tls-ciphersuites --top --user -D -X -a -d -h -i -n -p -r -s -t -u",
        "",
    )
    .roles(&[
        ("--cacert", Role::Read),
        ("--cacertdir", Role::ReadTree),
        ("--cert", Role::Read),
        ("--key", Role::Read),
        ("--rdb", Role::Write),
        ("--functions-rdb", Role::Write),
        ("--eval", Role::CodeFile(Language::Lua)),
        ("-u", Role::Remote),
        ("-h", Role::Remote),
    ]),
);

const MONGOSH: Tool = Tool::new(
    &["mongosh", "mongo"],
    Form::plain(
        "--help --ipv6 --no-retryWrites --nodb --norc --quiet --retryWrites --shell \
         --skipStartupWarnings --ssl --tls --tlsAllowInvalidCertificates \
         --tlsAllowInvalidHostnames --tlsUseSystemCA --verbose --version -h",
        "--apiStrict --apiVersion --authenticationDatabase --authenticationMechanism \
         --awsIamSessionToken --browser --cryptSharedLibPath --eval --file \
         --gssapiServiceName --host --oidcRedirectUri --password --port \
         --sspiHostnameCanonicalization --sspiRealmOverride --tlsCAFile --tlsCRLFile \
         --tlsCertificateKeyFile --tlsCertificateKeyFilePassword --tlsCertificateSelector \
         --tlsDisabledProtocols --tlsFIPSMode --username -f -p -u",
        "--json",
    )
    .same("-f=--file -p=--password -u=--username")
    .roles(&[
        ("--file", Role::CodeFile(Language::Node)),
        ("--eval", Role::Code(Language::Node)),
        ("--tlsCertificateKeyFile", Role::Read),
        ("--tlsCAFile", Role::Read),
        ("--browser", Role::Shell),
        ("--cryptSharedLibPath", Role::Opaque),
    ])
    .first(&[Role::Remote], Role::CodeFile(Language::Node)),
);

const KILL: Tool = Tool::new(
    &["kill", "pkill", "killall", "pgrep", "skill", "killall5", "xkill"],
    Form::of(
        Style::Plain,
        "--all --count --echo --exact --full --help --ignore-case --interactive --inverse \
         --lightweight --list --list-full --list-name --newest --oldest --quiet --regexp \
         --require-handler --table --verbose --version --wait -A -ABRT -ALRM -CHLD -CONT -H \
         -HUP -I -INT -KILL -L -NUM -PIPE -QUIT -SIGCONT -SIGHUP -SIGINT -SIGKILL -SIGQUIT \
         -SIGSTOP -SIGTERM -SIGUSR1 -SIGUSR2 -STOP -TERM -USR1 -USR2 -V -WINCH -a -c -e -f -i \
         -l -o -r -v -w -x -z",
        "--cgroup --context --delimiter --env --euid --group --ns --nslist --older \
         --older-than --parent --pgroup --pid --pidfile --process-group --queue --runstates \
         --session --signal --terminal --timeout*2 --uid --user --younger-than -F -G -O -P -U \
         -d -g -n -p -q -s -t -u -y",
        "",
    )
    .same("-F=--pidfile -s=--signal")
    .roles(&[("--pidfile", Role::Read)])
    .all(Role::Text),
);

const RPM: Tool = Tool::new(
    &["rpm", "rpmbuild", "rpmdb", "rpm2cpio", "rpmkeys"],
    Form::gnu(
        "--all --allfiles --allmatches --badreloc --changelog --changes --checksig \
         --configfiles --conflicts --docfiles --dump --dupes --erase --excludeartifacts \
         --excludedocs --file --force --freshen --hash --help --ignorearch --ignoreos \
         --ignoresize --import --info --initdb --install --justdb --last --list --nodeps \
         --nodigest --nofiledigest --nomanifest --noorder --noplugins --nopost --nopostun \
         --nopre --nopreun --noscripts --nosignature --notriggers --oldpackage --package \
         --percent --provides --query --querytags --quiet --rebuilddb --recommends \
         --reinstall --replacefiles --replacepkgs --requires --scripts --showrc --state \
         --suggests --test --triggers --upgrade --verify --version --whatprovides \
         --whatrequires --xml -F -K -R -U -V -a -c -d -e -f -g -h -i -l -p -q -s -v",
        "--buildroot --dbpath --define --eval --excludepath --load --macros --pipe --prefix \
         --qf --queryformat --rcfile --relocate --root --target --undefine -D -E -r",
        "",
    )
    .same("-D=--define -E=--eval -U=--upgrade -e=--erase -i=--install -r=--root")
    .roles(&[
        ("--define", Role::Opaque),
        ("--eval", Role::Opaque),
        ("--load", Role::Opaque),
        ("--macros", Role::Opaque),
        ("--rcfile", Role::Opaque),
        ("--root", Role::Opaque),
        ("--dbpath", Role::Opaque),
        ("--queryformat", Role::Opaque),
        ("--pipe", Role::Shell),
    ])
    .all(Role::Read),
);
