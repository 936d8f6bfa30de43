//! Settings that programs take on their command lines, as far as they run nothing and move no trust.

use super::words::words;

words! {
    /// Settings of ssh, in small letters, that say how it reaches a server and what it shows. Those that name a program
    /// or a library, or lead to other settings, are not among them.
    SSH = [
        "addkeystoagent",
        "addressfamily",
        "batchmode",
        "bindaddress",
        "bindinterface",
        "casignaturealgorithms",
        "challengeresponseauthentication",
        "checkhostip",
        "ciphers",
        "clearallforwardings",
        "compression",
        "connectionattempts",
        "connecttimeout",
        "controlmaster",
        "controlpersist",
        "dynamicforward",
        "escapechar",
        "exitonforwardfailure",
        "fingerprinthash",
        "forkafterauthentication",
        "forwardagent",
        "forwardx11",
        "forwardx11timeout",
        "forwardx11trusted",
        "gatewayports",
        "gssapiauthentication",
        "gssapidelegatecredentials",
        "hashknownhosts",
        "hostbasedauthentication",
        "hostkeyalgorithms",
        "hostkeyalias",
        "hostname",
        "identitiesonly",
        "ipqos",
        "kbdinteractiveauthentication",
        "kexalgorithms",
        "localforward",
        "loglevel",
        "macs",
        "nohostauthenticationforlocalhost",
        "numberofpasswordprompts",
        "passwordauthentication",
        "port",
        "preferredauthentications",
        "pubkeyacceptedalgorithms",
        "pubkeyacceptedkeytypes",
        "pubkeyauthentication",
        "rekeylimit",
        "remoteforward",
        "requesttty",
        "sendenv",
        "serveralivecountmax",
        "serveraliveinterval",
        "stdinnull",
        "stricthostkeychecking",
        "tcpkeepalive",
        "updatehostkeys",
        "user",
        "verifyhostkeydns",
        "visualhostkey",
    ]
}

words! {
    /// What is given to `mount -o` that says how a file system is used, and not what else is put over it.
    MOUNT = [
        "async",
        "atime",
        "auto",
        "barrier",
        "codepage",
        "compress",
        "defaults",
        "dirsync",
        "discard",
        "dmask",
        "errors",
        "fmask",
        "gid",
        "hard",
        "intr",
        "iocharset",
        "iversion",
        "lazytime",
        "mode",
        "nfsvers",
        "noatime",
        "noauto",
        "nobarrier",
        "nodev",
        "nodiratime",
        "noexec",
        "nofail",
        "nolock",
        "nosuid",
        "ntfs-3g",
        "port",
        "proto",
        "quota",
        "reconnect",
        "relatime",
        "remount",
        "retrans",
        "retry",
        "ro",
        "rsize",
        "rw",
        "size",
        "soft",
        "strictatime",
        "sync",
        "tcp",
        "timeo",
        "udp",
        "uid",
        "umask",
        "utf8",
        "vers",
        "wsize",
    ]
}

/// What a setting of ssh does, by its key.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum SshSetting {
    /// Nothing but how a server is reached.
    Harmless,
    /// Its value is a file that is read.
    Reads,
    /// Its value is a file in which keys are looked up and noted.
    Updates,
    /// It may run a program, or it is not known.
    Opaque,
}

/// What the setting of ssh with this key does.
#[must_use]
pub fn ssh(key: &str) -> SshSetting {
    let key = key.to_ascii_lowercase();
    match key.as_str() {
        "identityfile" | "certificatefile" | "globalknownhostsfile" => SshSetting::Reads,
        "userknownhostsfile" => SshSetting::Updates,
        _ if SSH.contains(&key) => SshSetting::Harmless,
        _ => SshSetting::Opaque,
    }
}

/// Whether all of a list of `mount -o` runs nothing and puts nothing else in a folder's place.
#[must_use]
pub fn is_harmless_mount(list: &str) -> bool {
    list.split(',').all(|one| {
        let name = one.split('=').next().unwrap_or_default();
        MOUNT.contains(name) || !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit())
    })
}
