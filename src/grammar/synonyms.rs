//! Words of programs that mean the same: names of subcommands, and of the kinds of things that they act on.

/// What means the same to one program.
#[derive(Clone, Copy, Debug)]
pub struct Synonyms {
    /// The programs, separated by blanks.
    programs: &'static str,
    /// Sets of subcommands, separated by `=`: `container rm=rm`.
    subcommands: &'static [&'static str],
    /// Sets of kinds, separated by blanks. A kind may be joined to a name: `ns/prod`.
    kinds: &'static [&'static str],
}

const SYNONYMS: &[Synonyms] = &[
    Synonyms { programs: "kubectl oc", subcommands: &[], kinds: KINDS },
    Synonyms { programs: "docker podman nerdctl", subcommands: CONTAINERS, kinds: &[] },
    Synonyms {
        programs: "helm",
        subcommands: &["uninstall=delete=del=un", "install=i", "list=ls", "dependency=dep"],
        kinds: &[],
    },
    Synonyms {
        programs: "npm",
        subcommands: &[
            "install=i=add=in=ins=inst=insta=instal=isnt=isnta=isntal=isntall",
            "uninstall=un=unlink=remove=rm=r",
            "ci=clean-install=ic=install-clean=isntall-clean",
            "update=up=upgrade=udpate",
            "run=run-script=rum=urn",
            "test=t=tst",
            "exec=x",
            "access=author=owner",
        ],
        kinds: &[],
    },
    Synonyms { programs: "pnpm", subcommands: &["install=i", "remove=rm=uninstall=un"], kinds: &[] },
    Synonyms { programs: "cargo", subcommands: &["build=b", "run=r", "test=t", "remove=rm"], kinds: &[] },
    Synonyms { programs: "pulumi", subcommands: &["up=update", "destroy=down=dn"], kinds: &[] },
    Synonyms { programs: "brew", subcommands: &["uninstall=remove=rm"], kinds: &[] },
];

/// Kinds of Kubernetes: those of `kubectl api-resources`, with their short names.
const KINDS: &[&str] = &[
    "ns namespace namespaces",
    "po pod pods",
    "svc service services",
    "deploy deployment deployments deployments.apps deployment.apps",
    "sts statefulset statefulsets statefulsets.apps statefulset.apps",
    "ds daemonset daemonsets daemonsets.apps daemonset.apps",
    "rs replicaset replicasets replicasets.apps replicaset.apps",
    "rc replicationcontroller replicationcontrollers",
    "job jobs jobs.batch job.batch",
    "cj cronjob cronjobs cronjobs.batch cronjob.batch",
    "cm configmap configmaps",
    "secret secrets",
    "sa serviceaccount serviceaccounts",
    "no node nodes",
    "pv persistentvolume persistentvolumes",
    "pvc persistentvolumeclaim persistentvolumeclaims",
    "ing ingress ingresses ingresses.networking.k8s.io",
    "netpol networkpolicy networkpolicies",
    "hpa horizontalpodautoscaler horizontalpodautoscalers",
    "pdb poddisruptionbudget poddisruptionbudgets",
    "sc storageclass storageclasses",
    "crd crds customresourcedefinition customresourcedefinitions",
    "pc priorityclass priorityclasses",
    "quota resourcequota resourcequotas",
    "limits limitrange limitranges",
    "ep endpoints",
    "ev event events",
    "role roles",
    "rolebinding rolebindings",
    "clusterrole clusterroles",
    "clusterrolebinding clusterrolebindings",
];

/// The groups of subcommands that also stand without their group.
const CONTAINERS: &[&str] = &[
    "container attach=attach",
    "container commit=commit",
    "container cp=cp",
    "container create=create",
    "container diff=diff",
    "container exec=exec",
    "container export=export",
    "container kill=kill",
    "container logs=logs",
    "container ls=ps=container list=container ps",
    "container pause=pause",
    "container port=port",
    "container rename=rename",
    "container restart=restart",
    "container rm=rm=container remove",
    "container run=run",
    "container start=start",
    "container stats=stats",
    "container stop=stop",
    "container top=top",
    "container unpause=unpause",
    "container update=update",
    "container wait=wait",
    "image build=build=builder build=buildx build",
    "image history=history",
    "image import=import",
    "image load=load",
    "image ls=images=image list",
    "image pull=pull",
    "image push=push",
    "image rm=rmi=image remove",
    "image save=save",
    "image tag=tag",
    "volume rm=volume remove",
    "volume ls=volume list",
    "network rm=network remove",
    "network ls=network list",
    "system info=info",
    "system events=events",
];

/// The sets of subcommands of `program`.
pub fn subcommands(program: &str) -> impl Iterator<Item = &'static str> {
    of(program).into_iter().flat_map(|synonyms| synonyms.subcommands).copied()
}

/// The set of kinds of `program` that has `word`, separated by blanks.
#[must_use]
pub fn kinds(program: &str, word: &str) -> Option<&'static str> {
    of(program)?.kinds.iter().copied().find(|set| set.split(' ').any(|kind| kind == word))
}

fn of(program: &str) -> Option<&'static Synonyms> {
    SYNONYMS.iter().find(|synonyms| synonyms.programs.split(' ').any(|name| name == program))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_word_is_in_two_sets_of_one_program() {
        for synonyms in SYNONYMS {
            let names = synonyms.subcommands.iter().flat_map(|set| set.split('='));
            for words in
                [names.collect::<Vec<_>>(), synonyms.kinds.iter().flat_map(|set| set.split(' ')).collect()]
            {
                let distinct: BTreeSet<_> = words.iter().collect();
                assert_eq!(distinct.len(), words.len(), "{}", synonyms.programs);
            }
        }
    }

    #[test]
    fn a_kind_is_known_by_each_of_its_names() {
        assert_eq!(kinds("kubectl", "ns"), Some("ns namespace namespaces"));
        assert_eq!(kinds("kubectl", "namespaces"), kinds("oc", "ns"));
        assert_eq!((kinds("kubectl", "prod"), kinds("docker", "ns")), (None, None));
        assert!(subcommands("podman").any(|set| set == "image rm=rmi=image remove"));
    }
}
