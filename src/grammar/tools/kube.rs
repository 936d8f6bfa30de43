//! kubectl, and its kin: what runs in a pod runs elsewhere, what the options name is here.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::tool::Role as R;

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[KUBECTL];

const KUBECTL: Tool = Tool::with(&["kubectl", "oc", "kubecolor"], GLOBAL, SUBCOMMANDS).anywhere().open();

const GLOBAL: Form = Form::plain(
    "--add-dir-header --alsologtostderr --disable-compression --help \
         --insecure-skip-tls-verify --match-server-version --warnings-as-errors -h",
    "--as --as-group --as-uid --cache-dir --certificate-authority --client-certificate \
         --client-key --cluster --context --kubeconfig --kuberc --log-dir \
         --log-flush-frequency --namespace --password --profile --profile-output \
         --request-timeout --server --stderrthreshold --tls-server-name --token --user \
         --username --v --vmodule -n -s -v",
    "",
)
.same("-n=--namespace -s=--server -v=--v")
.roles(&[
    ("--cache-dir", R::Write),
    ("--certificate-authority", R::Read),
    ("--client-certificate", R::Read),
    ("--client-key", R::Read),
    ("--kubeconfig", R::Opaque),
    ("--profile-output", R::Write),
]);

const SUBCOMMANDS: &[Subcommand] = &[
    Subcommand::new(
        "create",
        Form::plain(
            "--allow-missing-template-keys --edit --help --recursive --save-config \
         --show-managed-fields --windows-line-endings -R -h",
            "--field-manager --filename --kustomize --output --raw --selector --template -f -k -l \
         -o",
            "--dry-run --validate",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[
            ("--filename", R::Read),
            ("--kustomize", R::ReadTree),
            ("--raw", R::Text),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "create clusterrole",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--aggregation-rule --field-manager --non-resource-url --output --resource \
         --resource-name --template --verb -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create clusterrolebinding",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--clusterrole --field-manager --group --output --serviceaccount --template --user -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create configmap",
        Form::plain(
            "--allow-missing-template-keys --append-hash --help --save-config \
         --show-managed-fields -h",
            "--field-manager --from-env-file --from-file --from-literal --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[
            ("--from-env-file", R::Read),
            ("--from-file", R::ReadInside),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "create cronjob",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --image --output --restart --schedule --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create deployment",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --image --output --port --replicas --template -o -r",
            "--dry-run --validate",
        )
        .same("-o=--output -r=--replicas")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create ingress",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--annotation --class --default-backend --field-manager --output --rule --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create job",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --from --image --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create namespace",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create poddisruptionbudget",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --max-unavailable --min-available --output --selector --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create priorityclass",
        Form::plain(
            "--allow-missing-template-keys --global-default --help --save-config \
         --show-managed-fields -h",
            "--description --field-manager --output --preemption-policy --template --value -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create quota",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --hard --output --scopes --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create role",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --output --resource --resource-name --template --verb -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create rolebinding",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--clusterrole --field-manager --group --output --role --serviceaccount --template \
         --user -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new("create secret", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "create secret docker-registry",
        Form::plain(
            "--allow-missing-template-keys --append-hash --help --save-config \
         --show-managed-fields -h",
            "--docker-email --docker-password --docker-server --docker-username --field-manager \
         --from-file --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--from-file", R::ReadInside), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "create secret generic",
        Form::plain(
            "--allow-missing-template-keys --append-hash --help --save-config \
         --show-managed-fields -h",
            "--field-manager --from-env-file --from-file --from-literal --output --template \
         --type -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[
            ("--from-env-file", R::Read),
            ("--from-file", R::ReadInside),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "create secret tls",
        Form::plain(
            "--allow-missing-template-keys --append-hash --help --save-config \
         --show-managed-fields -h",
            "--cert --field-manager --key --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--cert", R::Read), ("--key", R::Read), ("--template", R::Text)]),
    ),
    Subcommand::new("create service", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "create service clusterip",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--clusterip --field-manager --output --tcp --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create service externalname",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--external-name --field-manager --output --tcp --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create service loadbalancer",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --output --tcp --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create service nodeport",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --node-port --output --tcp --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create serviceaccount",
        Form::plain(
            "--allow-missing-template-keys --help --save-config --show-managed-fields -h",
            "--field-manager --output --template -o",
            "--dry-run --validate",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "create token",
        Form::plain(
            "--allow-missing-template-keys --help --show-managed-fields -h",
            "--audience --bound-object-kind --bound-object-name --bound-object-uid --duration \
         --output --template -o",
            "",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "expose",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --save-config --show-managed-fields \
         -R -h",
            "--cluster-ip --external-ip --field-manager --filename --kustomize --labels \
         --load-balancer-ip --name --output --override-type --overrides --port --protocol \
         --selector --session-affinity --target-port --template --type -f -k -l -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--labels -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "run",
        Form::plain(
            "--allow-missing-template-keys --attach --command --expose --force --help \
         --leave-stdin-open --privileged --quiet --recursive --rm --save-config \
         --show-managed-fields --stdin --tty --wait -R -h -i -q -t",
            "--annotations --env --field-manager --filename --grace-period --image \
         --image-pull-policy --kustomize --labels --output --override-type --overrides \
         --pod-running-timeout --port --restart --template --timeout -f -k -l -o",
            "--cascade --dry-run",
        )
        .same(
            "-R=--recursive -f=--filename -i=--stdin -k=--kustomize -l=--labels -o=--output \
         -q=--quiet -t=--tty",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)])
        .first(&[R::Text], R::RemoteCommand),
    ),
    Subcommand::new("set", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "set env",
        Form::plain(
            "--all --allow-missing-template-keys --help --list --local --overwrite --recursive \
         --resolve --show-managed-fields -R -h",
            "--containers --env --field-manager --filename --from --keys --kustomize --output \
         --prefix --selector --template -c -e -f -k -l -o",
            "--dry-run",
        )
        .same(
            "-R=--recursive -c=--containers -e=--env -f=--filename -k=--kustomize -l=--selector \
         -o=--output",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "set image",
        Form::plain(
            "--all --allow-missing-template-keys --help --local --recursive --show-managed-fields \
         -R -h",
            "--field-manager --filename --kustomize --output --selector --template -f -k -l -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "set resources",
        Form::plain(
            "--all --allow-missing-template-keys --help --local --recursive --show-managed-fields \
         -R -h",
            "--containers --field-manager --filename --kustomize --limits --output --requests \
         --selector --template -c -f -k -l -o",
            "--dry-run",
        )
        .same(
            "-R=--recursive -c=--containers -f=--filename -k=--kustomize -l=--selector \
         -o=--output",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "set selector",
        Form::plain(
            "--all --allow-missing-template-keys --help --local --recursive --show-managed-fields \
         -R -h",
            "--field-manager --filename --output --resource-version --template -f -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -o=--output")
        .roles(&[("--filename", R::Read), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "set serviceaccount",
        Form::plain(
            "--all --allow-missing-template-keys --help --local --recursive --show-managed-fields \
         -R -h",
            "--field-manager --filename --kustomize --output --template -f -k -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "set subject",
        Form::plain(
            "--all --allow-missing-template-keys --help --local --recursive --show-managed-fields \
         -R -h",
            "--field-manager --filename --group --kustomize --output --selector --serviceaccount \
         --template --user -f -k -l -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "explain",
        Form::plain("--help --recursive -h", "--api-version --output -o", "").same("-o=--output"),
    ),
    Subcommand::new(
        "get",
        Form::plain(
            "--all-namespaces --allow-missing-template-keys --help --ignore-not-found \
         --no-headers --output-watch-events --recursive --server-print --show-kind \
         --show-labels --show-managed-fields --watch --watch-only -A -R -h -w",
            "--chunk-size --field-selector --filename --kustomize --label-columns --output --raw \
         --selector --sort-by --subresource --template -L -f -k -l -o",
            "",
        )
        .same(
            "-A=--all-namespaces -L=--label-columns -R=--recursive -f=--filename -k=--kustomize \
         -l=--selector -o=--output -w=--watch",
        )
        .roles(&[
            ("--filename", R::Read),
            ("--kustomize", R::ReadTree),
            ("--raw", R::Text),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "edit",
        Form::plain(
            "--allow-missing-template-keys --help --output-patch --recursive --save-config \
         --show-managed-fields --windows-line-endings -R -h",
            "--field-manager --filename --kustomize --output --subresource --template -f -k -o",
            "--validate",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)])
        .all(R::Opaque),
    ),
    Subcommand::new(
        "delete",
        Form::plain(
            "--all --all-namespaces --force --help --ignore-not-found --interactive --now \
         --recursive --wait -A -R -h -i",
            "--field-selector --filename --grace-period --kustomize --output --raw --selector \
         --timeout -f -k -l -o",
            "--cascade --dry-run",
        )
        .same(
            "-A=--all-namespaces -R=--recursive -f=--filename -i=--interactive -k=--kustomize \
         -l=--selector -o=--output",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--raw", R::Text)]),
    ),
    Subcommand::new("rollout", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "rollout history",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--filename --kustomize --output --revision --selector --template -f -k -l -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "rollout pause",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--field-manager --filename --kustomize --output --selector --template -f -k -l -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "rollout restart",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--field-manager --filename --kustomize --output --selector --template -f -k -l -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "rollout resume",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--field-manager --filename --kustomize --output --selector --template -f -k -l -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "rollout status",
        Form::plain(
            "--help --recursive --watch -R -h -w",
            "--filename --kustomize --revision --selector --timeout -f -k -l",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -w=--watch")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree)]),
    ),
    Subcommand::new(
        "rollout undo",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--filename --kustomize --output --selector --template --to-revision -f -k -l -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "scale",
        Form::plain(
            "--all --allow-missing-template-keys --help --recursive --show-managed-fields -R -h",
            "--current-replicas --filename --kustomize --output --replicas --resource-version \
         --selector --template --timeout -f -k -l -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "autoscale",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --save-config --show-managed-fields \
         -R -h",
            "--cpu-percent --field-manager --filename --kustomize --max --min --name --output \
         --template -f -k -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new("certificate", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "certificate approve",
        Form::plain(
            "--allow-missing-template-keys --force --help --recursive --show-managed-fields -R -h",
            "--filename --kustomize --output --template -f -k -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "certificate deny",
        Form::plain(
            "--allow-missing-template-keys --force --help --recursive --show-managed-fields -R -h",
            "--filename --kustomize --output --template -f -k -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new("cluster-info", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "cluster-info dump",
        Form::plain(
            "--all-namespaces --allow-missing-template-keys --help --show-managed-fields -A -h",
            "--namespaces --output --output-directory --pod-running-timeout --template -o",
            "",
        )
        .same("-A=--all-namespaces -o=--output")
        .roles(&[("--output-directory", R::Write), ("--template", R::Text)]),
    ),
    Subcommand::new("top", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "top node",
        Form::plain(
            "--help --no-headers --show-capacity --use-protocol-buffers -h",
            "--selector --sort-by -l",
            "",
        )
        .same("-l=--selector"),
    ),
    Subcommand::new(
        "top pod",
        Form::plain(
            "--all-namespaces --containers --help --no-headers --sum --use-protocol-buffers -A -h",
            "--field-selector --selector --sort-by -l",
            "",
        )
        .same("-A=--all-namespaces -l=--selector"),
    ),
    Subcommand::new("cordon", Form::plain("--help -h", "--selector -l", "--dry-run").same("-l=--selector")),
    Subcommand::new("uncordon", Form::plain("--help -h", "--selector -l", "--dry-run").same("-l=--selector")),
    Subcommand::new(
        "drain",
        Form::plain(
            "--delete-emptydir-data --disable-eviction --force --help --ignore-daemonsets -h",
            "--chunk-size --grace-period --pod-selector --selector --skip-wait-for-delete-timeout \
         --timeout -l",
            "--dry-run",
        )
        .same("-l=--selector"),
    ),
    Subcommand::new(
        "taint",
        Form::plain(
            "--all --allow-missing-template-keys --help --overwrite --show-managed-fields -h",
            "--field-manager --output --selector --template -l -o",
            "--dry-run --validate",
        )
        .same("-l=--selector -o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "describe",
        Form::plain(
            "--all-namespaces --help --recursive --show-events -A -R -h",
            "--chunk-size --filename --kustomize --selector -f -k -l",
            "",
        )
        .same("-A=--all-namespaces -R=--recursive -f=--filename -k=--kustomize -l=--selector")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree)]),
    ),
    Subcommand::new(
        "logs",
        Form::plain(
            "--all-containers --all-pods --follow --help --ignore-errors \
         --insecure-skip-tls-verify-backend --prefix --previous --timestamps -f -h -p",
            "--container --limit-bytes --max-log-requests --pod-running-timeout --selector \
         --since --since-time --tail -c -l",
            "",
        )
        .same("-c=--container -f=--follow -l=--selector -p=--previous"),
    ),
    Subcommand::new(
        "attach",
        Form::plain("--help --quiet --stdin --tty -h -i -q -t", "--container --pod-running-timeout -c", "")
            .same("-c=--container -i=--stdin -q=--quiet -t=--tty"),
    ),
    Subcommand::new(
        "exec",
        Form::plain(
            "--help --quiet --stdin --tty -h -i -q -t",
            "--container --filename --pod-running-timeout -c -f",
            "",
        )
        .same("-c=--container -f=--filename -i=--stdin -q=--quiet -t=--tty")
        .roles(&[("--filename", R::Read)])
        .operands(Operands::all(R::RemoteCommand).first(&[R::Text]).but_first("--filename")),
    ),
    Subcommand::new("port-forward", Form::plain("--help -h", "--address --pod-running-timeout", "")),
    Subcommand::new(
        "proxy",
        Form::plain(
            "--append-server-path --disable-filter --help -h",
            "--accept-hosts --accept-paths --address --api-prefix --keepalive --port \
         --reject-methods --reject-paths --unix-socket --www --www-prefix -P -p -u -w",
            "",
        )
        .same("-P=--www-prefix -p=--port -u=--unix-socket -w=--www")
        .roles(&[("--www", R::ReadTree)]),
    ),
    Subcommand::new(
        "cp",
        Form::plain("--help --no-preserve -h", "--container --retries -c", "")
            .same("-c=--container")
            .operands(Operands::all(R::CopyFrom).last(R::CopyTo)),
    ),
    Subcommand::new("auth", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "auth can-i",
        Form::plain("--all-namespaces --help --list --no-headers --quiet -A -h -q", "--subresource", "")
            .same("-A=--all-namespaces -q=--quiet"),
    ),
    Subcommand::new(
        "auth reconcile",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --remove-extra-permissions \
         --remove-extra-subjects --show-managed-fields -R -h",
            "--filename --kustomize --output --template -f -k -o",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "auth whoami",
        Form::plain(
            "--allow-missing-template-keys --help --show-managed-fields -h",
            "--output --template -o",
            "",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "debug",
        Form::plain(
            "--arguments-only --attach --help --keep-annotations --keep-init-containers \
         --keep-labels --keep-liveness --keep-readiness --keep-startup --quiet --replace \
         --same-node --share-processes --stdin --tty -h -i -q -t",
            "--container --copy-to --custom --env --filename --image --image-pull-policy \
         --profile --set-image --target -c -f",
            "",
        )
        .same("-c=--container -f=--filename -i=--stdin -q=--quiet -t=--tty")
        .roles(&[("--custom", R::Read), ("--filename", R::Read)])
        .first(&[R::Text], R::RemoteCommand),
    ),
    Subcommand::new(
        "events",
        Form::plain(
            "--all-namespaces --allow-missing-template-keys --help --no-headers \
         --show-managed-fields --watch -A -h -w",
            "--chunk-size --for --output --template --types -o",
            "",
        )
        .same("-A=--all-namespaces -o=--output -w=--watch")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new(
        "diff",
        Form::plain(
            "--force-conflicts --help --prune --recursive --server-side --show-managed-fields -R \
         -h",
            "--concurrency --field-manager --filename --kustomize --prune-allowlist --selector -f \
         -k -l",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree)])
        .all(R::Text),
    ),
    Subcommand::new(
        "apply",
        Form::plain(
            "--all --allow-missing-template-keys --force --force-conflicts --help --openapi-patch \
         --overwrite --prune --recursive --server-side --show-managed-fields --wait -R -h",
            "--field-manager --filename --grace-period --kustomize --output --prune-allowlist \
         --selector --subresource --template --timeout -f -k -l -o",
            "--cascade --dry-run --validate",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "apply edit-last-applied",
        Form::plain(
            "--allow-missing-template-keys --help --recursive --show-managed-fields \
         --windows-line-endings -R -h",
            "--field-manager --filename --kustomize --output --template -f -k -o",
            "--validate",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)])
        .all(R::Opaque),
    ),
    Subcommand::new(
        "apply set-last-applied",
        Form::plain(
            "--allow-missing-template-keys --create-annotation --help --show-managed-fields -h",
            "--filename --output --template -f -o",
            "--dry-run",
        )
        .same("-f=--filename -o=--output")
        .roles(&[("--filename", R::Read), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "apply view-last-applied",
        Form::plain(
            "--all --help --recursive -R -h",
            "--filename --kustomize --output --selector -f -k -l -o",
            "",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree)]),
    ),
    Subcommand::new(
        "patch",
        Form::plain(
            "--allow-missing-template-keys --help --local --recursive --show-managed-fields -R -h",
            "--field-manager --filename --kustomize --output --patch --patch-file --subresource \
         --template --type -f -k -o -p",
            "--dry-run",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output -p=--patch")
        .roles(&[
            ("--filename", R::Read),
            ("--kustomize", R::ReadTree),
            ("--patch-file", R::Read),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "replace",
        Form::plain(
            "--allow-missing-template-keys --force --help --recursive --save-config \
         --show-managed-fields --wait -R -h",
            "--field-manager --filename --grace-period --kustomize --output --raw --subresource \
         --template --timeout -f -k -o",
            "--cascade --dry-run --validate",
        )
        .same("-R=--recursive -f=--filename -k=--kustomize -o=--output")
        .roles(&[
            ("--filename", R::Read),
            ("--kustomize", R::ReadTree),
            ("--raw", R::Text),
            ("--template", R::Text),
        ]),
    ),
    Subcommand::new(
        "wait",
        Form::plain(
            "--all --all-namespaces --allow-missing-template-keys --help --local --recursive \
         --show-managed-fields -A -R -h",
            "--field-selector --filename --for --output --selector --template --timeout -f -l -o",
            "",
        )
        .same("-A=--all-namespaces -R=--recursive -f=--filename -l=--selector -o=--output")
        .roles(&[("--filename", R::Read), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "kustomize",
        Form::plain(
            "--as-current-user --enable-alpha-plugins --enable-helm --helm-debug --help --network \
         -h",
            "--env --helm-api-versions --helm-command --helm-kube-version --load-restrictor \
         --mount --network-name --output -e -o",
            "",
        )
        .same("-e=--env -o=--output")
        .all(R::ReadTree),
    ),
    Subcommand::new(
        "label",
        Form::plain(
            "--all --all-namespaces --allow-missing-template-keys --help --list --local \
         --overwrite --recursive --show-managed-fields -A -R -h",
            "--field-manager --field-selector --filename --kustomize --output --resource-version \
         --selector --template -f -k -l -o",
            "--dry-run",
        )
        .same(
            "-A=--all-namespaces -R=--recursive -f=--filename -k=--kustomize -l=--selector \
         -o=--output",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new(
        "annotate",
        Form::plain(
            "--all --all-namespaces --allow-missing-template-keys --help --list --local \
         --overwrite --recursive --show-managed-fields -A -R -h",
            "--field-manager --field-selector --filename --kustomize --output --resource-version \
         --selector --template -f -k -l -o",
            "--dry-run",
        )
        .same(
            "-A=--all-namespaces -R=--recursive -f=--filename -k=--kustomize -l=--selector \
         -o=--output",
        )
        .roles(&[("--filename", R::Read), ("--kustomize", R::ReadTree), ("--template", R::Text)]),
    ),
    Subcommand::new("completion", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "api-resources",
        Form::plain(
            "--cached --help --namespaced --no-headers -h",
            "--api-group --categories --output --sort-by --verbs -o",
            "",
        )
        .same("-o=--output"),
    ),
    Subcommand::new("api-versions", Form::plain("--help -h", "", "")),
    Subcommand::new("config", Form::plain("--help -h", "", "")),
    Subcommand::new("config current-context", Form::plain("--help -h", "", "")),
    Subcommand::new("config delete-cluster", Form::plain("--help -h", "", "")),
    Subcommand::new("config delete-context", Form::plain("--help -h", "", "")),
    Subcommand::new("config delete-user", Form::plain("--help -h", "", "")),
    Subcommand::new("config get-clusters", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "config get-contexts",
        Form::plain("--help --no-headers -h", "--output -o", "").same("-o=--output"),
    ),
    Subcommand::new("config get-users", Form::plain("--help -h", "", "")),
    Subcommand::new("config rename-context", Form::plain("--help -h", "", "")),
    Subcommand::new("config set", Form::plain("--help --set-raw-bytes -h", "", "")),
    Subcommand::new(
        "config set-cluster",
        Form::plain(
            "--embed-certs --help --insecure-skip-tls-verify -h",
            "--certificate-authority --proxy-url --server --tls-server-name",
            "",
        )
        .roles(&[("--certificate-authority", R::Read)]),
    ),
    Subcommand::new(
        "config set-context",
        Form::plain("--current --help -h", "--cluster --namespace --user", ""),
    ),
    Subcommand::new(
        "config set-credentials",
        Form::plain(
            "--embed-certs --exec-provide-cluster-info --help -h",
            "--auth-provider --auth-provider-arg --client-certificate --client-key \
         --exec-api-version --exec-arg --exec-command --exec-env --exec-interactive-mode \
         --password --token --username",
            "",
        )
        .roles(&[
            ("--client-certificate", R::Read),
            ("--client-key", R::Read),
            ("--exec-command", R::Opaque),
        ]),
    ),
    Subcommand::new("config unset", Form::plain("--help -h", "", "")),
    Subcommand::new("config use-context", Form::plain("--help -h", "", "")),
    Subcommand::new(
        "config view",
        Form::plain(
            "--allow-missing-template-keys --flatten --help --merge --minify --raw \
         --show-managed-fields -h",
            "--output --template -o",
            "",
        )
        .same("-o=--output")
        .roles(&[("--template", R::Text)]),
    ),
    Subcommand::new("plugin", Form::plain("--help -h", "", "").all(R::Opaque)),
    Subcommand::new("plugin list", Form::plain("--help --name-only -h", "", "")),
    Subcommand::new("version", Form::plain("--client --help -h", "--output -o", "").same("-o=--output")),
];
