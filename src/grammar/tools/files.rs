//! Programs that copy, move, make, change and remove files, and list folders.

use super::entry::{Form, Operands, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    CP, MV, LN, LINK, INSTALL, RM, RMDIR, TRASH, MKDIR, MKFIFO, MKNOD, MKTEMP, TOUCH, TRUNCATE, SHRED, CHOWN,
    CHMOD, CHATTR, SETFACL, SETFATTR, DD, TEE, SPONGE, VIPE, SPLIT, CSPLIT, LS, TREE, STAT, READLINK, DU, DF,
    FILE, FIND, FD, MOUNT, RENAME,
];

const CP: Tool = Tool::new(
    &["cp"],
    Form::gnu(
        "--archive --attributes-only --copy-contents --debug --dereference --force --help \
         --interactive --keep-directory-symlink --link --no-clobber --no-dereference \
         --no-target-directory --one-file-system --parents --path --recursive \
         --remove-destination --strip-trailing-slashes --symbolic-link --verbose --version -H \
         -L -N -P -R -T -X -Z -a -b -c -d -f -i -l -n -p -r -s -u -v -x",
        "--no-preserve --sparse --suffix --target-directory -S -t",
        "--backup --context --preserve --reflink --update",
    )
    .same(
        "-R=--recursive -T=--no-target-directory -a=--archive -f=--force -l=--link \
         -n=--no-clobber -r=--recursive -s=--symbolic-link -t=--target-directory",
    )
    .roles(&[("--target-directory", Role::Put)])
    .operands(Operands::all(Role::Read).last(Role::Put).but_last("--target-directory"))
    .with(&[(
        "--archive --recursive",
        Operands::all(Role::ReadTree).last(Role::Put).but_last("--target-directory"),
    )]),
);

const MV: Tool = Tool::new(
    &["mv"],
    Form::gnu(
        "--context --debug --exchange --force --help --interactive --no-clobber --no-copy \
         --no-target-directory --strip-trailing-slashes --verbose --version -T -Z -b -f -h -i \
         -n -u -v",
        "--suffix --target-directory -S -t",
        "--backup --update",
    )
    .same("-T=--no-target-directory -f=--force -n=--no-clobber -t=--target-directory")
    .roles(&[("--target-directory", Role::Put)])
    .operands(Operands::all(Role::MoveTree).last(Role::Put).but_last("--target-directory")),
);

const LN: Tool = Tool::new(
    &["ln"],
    Form::gnu(
        "--directory --force --help --interactive --logical --no-dereference \
         --no-target-directory --physical --relative --symbolic --verbose --version -F -L -P \
         -T -b -d -f -h -i -n -r -s -v -w",
        "--suffix --target-directory -S -t",
        "--backup",
    )
    .same("-T=--no-target-directory -f=--force -s=--symbolic -t=--target-directory")
    .roles(&[("--target-directory", Role::Link)])
    .operands(Operands::all(Role::ReadTree).last(Role::Link).but_last("--target-directory")),
);

const LINK: Tool = Tool::new(
    &["link"],
    Form::posix("--help --version", "", "").operands(Operands::all(Role::ReadTree).last(Role::Link)),
);

const INSTALL: Tool = Tool::new(
    &["install"],
    Form::gnu(
        "--compare --debug --directory --help --no-target-directory --preserve-context \
         --preserve-timestamps --strip --verbose --version -C -D -T -U -Z -b -c -d -p -s -v",
        "--group --mode --owner --strip-program --suffix --target-directory -S -g -m -o -t",
        "--backup --context",
    )
    .same("-T=--no-target-directory -d=--directory -s=--strip -t=--target-directory")
    .roles(&[("--target-directory", Role::Put), ("--strip-program", Role::Program)])
    .operands(Operands::all(Role::Read).last(Role::Put).but_last("--target-directory"))
    .with(&[("--directory", Operands::all(Role::Write))]),
);

const RM: Tool = Tool::new(
    &["rm"],
    Form::gnu(
        "--dir --force --help --no-preserve-root --one-file-system --recursive --verbose \
         --version -I -P -R -W -d -f -i -r -v -x",
        "",
        "--interactive --preserve-root",
    )
    .same("-R=--recursive -d=--dir -f=--force -r=--recursive -v=--verbose")
    .all(Role::Write)
    .with(&[("--recursive", Operands::all(Role::RemoveTree))]),
);

const RMDIR: Tool = Tool::new(
    &["rmdir", "unlink"],
    Form::gnu("--help --ignore-fail-on-non-empty --parents --verbose --version -p -v", "", "")
        .all(Role::Write),
);

const TRASH: Tool = Tool::new(
    &["trash", "trash-put", "rmtrash", "srm", "wipe", "trash-rm"],
    Form::gnu(
        "--directory --force --help --interactive-once --recursive --verbose --version -F -I \
         -R -Y -c -d -e -f -i -l -q -r -s -v -y",
        "--trash-dir -P -Q -S",
        "",
    )
    .same("-R=--recursive -r=--recursive")
    .all(Role::WriteTree),
);

const MKDIR: Tool = Tool::new(
    &["mkdir"],
    Form::gnu("--help --parents --verbose --version -Z -p -v", "--mode -m", "--context")
        .same("-m=--mode -p=--parents")
        .all(Role::Write),
);

const MKFIFO: Tool =
    Tool::new(&["mkfifo"], Form::gnu("--help --version -Z", "--mode -m", "--context").all(Role::Write));

const MKNOD: Tool = Tool::new(
    &["mknod"],
    Form::gnu("--help --version -Z", "--mode -m", "--context").first(&[Role::Write], Role::Text),
);

const MKTEMP: Tool = Tool::new(
    &["mktemp"],
    Form::gnu("--directory --dry-run --help --quiet --version -d -q -t -u", "--suffix -p", "--tmpdir")
        .same("-p=--tmpdir")
        .roles(&[("--tmpdir", Role::Write)])
        .all(Role::Write),
);

const TOUCH: Tool = Tool::new(
    &["touch"],
    Form::gnu(
        "--help --no-create --no-dereference --version -a -c -f -h -m",
        "--date --reference --time -A -d -r -t",
        "",
    )
    .same("-r=--reference")
    .roles(&[("--reference", Role::Text)])
    .all(Role::Write),
);

const TRUNCATE: Tool = Tool::new(
    &["truncate", "fallocate"],
    Form::gnu(
        "--collapse-range --dig-holes --help --insert-range --io-blocks --keep-size \
         --no-create --posix --punch-hole --verbose --version --zero-range -c -d -i -n -o -p \
         -v -x -z",
        "--length --offset --reference --size -l -r -s",
        "",
    )
    .all(Role::Write),
);

const SHRED: Tool = Tool::new(
    &["shred"],
    Form::gnu(
        "--exact --force --help --verbose --version --zero -f -u -v -x -z",
        "--iterations --random-source --size -n -s",
        "--remove",
    )
    .same("-f=--force -u=--remove")
    .roles(&[("--random-source", Role::Read)])
    .all(Role::Write),
);

const RIGHTS: &str = "--changes --dereference --help --no-dereference \
         --no-preserve-root --preserve-root --quiet --recursive --silent --verbose --version \
         -H -L -P -R -c -f -h -v";

const CHANGES_RIGHTS: Form = Form::gnu(RIGHTS, "--from --reference", "")
    .same("-R=--recursive")
    .operands(Operands::all(Role::Write).first(&[Role::Text]).but_first("--reference"))
    .with(&[("--recursive", Operands::all(Role::WriteTree).first(&[Role::Text]).but_first("--reference"))]);

const CHOWN: Tool = Tool::new(&["chown", "chgrp"], CHANGES_RIGHTS);

/// Modes such as `-x` look like options; they are taken for the mode.
const CHMOD: Tool = Tool::new(
    &["chmod"],
    Form::gnu(
        "--changes --dereference --help --no-dereference --no-preserve-root --preserve-root \
         --quiet --recursive --silent --verbose --version -H -L -P -R -c -f -h -v",
        "--reference",
        "-X -a -g -o -r -s -t -u -w -x",
    )
    .same("-R=--recursive")
    .operands(CHMOD_WORDS)
    .with(&[(
        "--recursive",
        Operands::all(Role::WriteTree)
            .first(&[Role::Text])
            .but_first("--reference -X -a -g -o -r -s -t -u -w -x"),
    )]),
);

const CHMOD_WORDS: Operands =
    Operands::all(Role::Write).first(&[Role::Text]).but_first("--reference -X -a -g -o -r -s -t -u -w -x");

const CHATTR: Tool = Tool::new(
    &["chattr", "chflags", "lsattr"],
    Form::gnu("-A -C -D -E -F -H -L -P -R -S -T -V -a -c -d -e -f -h -i -j -m -s -t -u -x", "-p -v", "+")
        .operands(Operands::all(Role::WriteTree)),
);

const SETFACL: Tool = Tool::new(
    &["setfacl"],
    Form::gnu(
        "--default --help --logical --mask --no-mask --physical --recursive --remove-all \
         --remove-default --test --version -L -P -R -b -d -h -k -n -v",
        "--modify --modify-file --remove --remove-file --restore --set --set-file -M -X -m -s \
         -x",
        "",
    )
    .same("-M=--modify-file -R=--recursive -X=--remove-file -m=--modify -x=--remove")
    .roles(&[
        ("--modify-file", Role::Read),
        ("--remove-file", Role::Read),
        ("--set-file", Role::Read),
        ("--restore", Role::Opaque),
    ])
    .all(Role::Write)
    .with(&[("--recursive", Operands::all(Role::WriteTree))]),
);

const SETFATTR: Tool = Tool::new(
    &["setfattr", "xattr", "setcap", "chcon", "restorecon"],
    Form::gnu(
        "--help --no-dereference --recursive --verbose --version -F -H -L -P -R -T -c -d -h \
         -l -p -q -r -s -v -w -z",
        "--name --range --reference --remove --restore --role --type --user --value -n -t -u \
         -x",
        "",
    )
    .all(Role::WriteTree),
);

const DD: Tool = Tool::new(
    &["dd", "dcfldd", "ddrescue"],
    Form::of(
        Style::Pairs,
        "--help --version",
        "",
        "bs= cbs= conv= count= hash= hashlog= ibs= if= iflag= iseek= obs= of= oflag= oseek= \
         seek= skip= status= statusinterval=",
    )
    .roles(&[("if=", Role::Read), ("of=", Role::Write), ("hashlog=", Role::Write)])
    .all(Role::Opaque),
);

const TEE: Tool = Tool::new(
    &["tee"],
    Form::gnu("--append --help --ignore-interrupts --version -a -i -p", "", "--output-error")
        .same("-a=--append")
        .all(Role::Write),
);

const SPONGE: Tool = Tool::new(&["sponge"], Form::gnu("-a -h", "", "").all(Role::Write));

const VIPE: Tool = Tool::new(
    &["vipe", "vidir", "visudo", "vipw", "vigr"],
    Form::gnu("--verbose -I -O -P -V -c -h -q -s", "--suffix -f -x", "").all(Role::Opaque),
);

const SPLIT: Tool = Tool::new(
    &["split"],
    Form::gnu(
        "--elide-empty-files --help --unbuffered --verbose --version -NUM -d -e -u -x",
        "--additional-suffix --bytes --filter --line-bytes --lines --number --separator \
         --suffix-length -C -a -b -l -n -t",
        "--hex-suffixes --numeric-suffixes",
    )
    .roles(&[("--filter", Role::Shell)])
    .first(&[Role::Read, Role::Write], Role::Text),
);

const CSPLIT: Tool = Tool::new(
    &["csplit"],
    Form::gnu(
        "--elide-empty-files --help --keep-files --quiet --silent --suppress-matched \
         --version -k -q -s -z",
        "--digits --prefix --suffix-format -b -f -n",
        "",
    )
    .same("-f=--prefix")
    .roles(&[("--prefix", Role::Write)])
    .first(&[Role::Read], Role::Text),
);

const LS: Tool = Tool::new(
    &["ls", "dir", "vdir", "exa", "eza", "lsd"],
    Form::gnu(
        "--all --almost-all --author --context --dereference --dereference-command-line \
         --dereference-command-line-symlink-to-dir --directory --dired --escape --file-type \
         --full-time --git --group-directories-first --header --help --hide-control-chars \
         --human-readable --icons --ignore-backups --inode --kibibytes --literal --long \
         --no-group --numeric-uid-gid --quote-name --recursive --reverse --show-control-chars \
         --si --size --tree --version --zero -1 -@ -A -B -C -D -F -G -H -L -N -O -Q -R -S -U \
         -X -Z -a -b -c -d -e -f -g -h -i -k -l -m -n -o -p -q -r -s -t -u -v -x",
        "--block-size --format --hide --ignore --indicator-style --level --quoting-style \
         --sort --tabsize --time --time-style --width -I -T -w",
        "--classify --color --colour --hyperlink",
    )
    .same("-R=--recursive -a=--all -l=--long"),
);

const TREE: Tool = Tool::new(
    &["tree"],
    Form::plain(
        "--all --device --dirsfirst --du --filesfirst --fromfile --fromtabfile --gitignore \
         --help --hintro --houtro --ignore-case --info --inodes --matchdirs --metafirst \
         --nolinks --noreport --prune --si --version -A -C -D -F -J -N -Q -R -S -U -X -a -c \
         -d -f -g -h -i -l -n -p -q -r -s -t -u -v -x",
        "--charset --filelimit --gitfile --infofile --sort --timefmt -H -I -L -P -T -o",
        "",
    )
    .roles(&[("-o", Role::Write), ("--gitfile", Role::Read), ("--infofile", Role::Read)])
    .with(&[("--fromfile --fromtabfile", Operands::all(Role::Read))]),
);

const STAT: Tool = Tool::new(
    &["stat"],
    Form::gnu(
        "--dereference --file-system --help --terse --version -F -L -f -l -n -q -r -s -t -x",
        "--cached --format --printf -c",
        "",
    ),
);

const READLINK: Tool = Tool::new(
    &["readlink", "realpath", "basename", "dirname", "pathchk", "namei"],
    Form::gnu(
        "--canonicalize --canonicalize-existing --canonicalize-missing --help --logical \
         --long --modes --multiple --no-newline --no-symlinks --owners --physical \
         --portability --quiet --silent --strip --verbose --version --zero -E -L -P -a -e -f \
         -l -m -n -o -p -q -s -v -x -z",
        "--relative-base --relative-to --suffix",
        "",
    ),
);

const DU: Tool = Tool::new(
    &["du", "dust", "ncdu", "duf", "gdu"],
    Form::gnu(
        "--all --apparent-size --bytes --count-links --dereference --dereference-args --help \
         --human-readable --inodes --no-dereference --null --one-file-system --separate-dirs \
         --si --summarize --total --version -0 -A -D -H -L -P -S -a -b -c -h -k -l -m -n -q \
         -r -s -x",
        "--block-size --exclude --exclude-from --files0-from --max-depth --threshold \
         --time-style -B -I -X -d -t",
        "--time",
    )
    .same("-X=--exclude-from")
    .roles(&[("--exclude-from", Role::Read), ("--files0-from", Role::Read)]),
);

const DF: Tool = Tool::new(
    &["df", "lsblk", "findmnt", "blkid", "lsof", "free", "fuser"],
    Form::gnu(
        "--all --bytes --fs --help --human-readable --inodes --json --local --no-sync --paths \
         --portability --print-type --si --sync --total --version -H -J -O -P -T -a -b -c -d \
         -f -h -i -k -l -m -n -p -s -u -v",
        "--block-size --exclude-type --type -B -o -t -x",
        "--output",
    ),
);

const FILE: Tool = Tool::new(
    &["file"],
    Form::gnu(
        "--apple --brief --checking-printout --compile --debug --dereference --extension \
         --help --keep-going --list --mime --mime-encoding --mime-type --no-buffer \
         --no-dereference --no-pad --no-sandbox --preserve-date --print0 --raw \
         --special-files --uncompress --uncompress-noreport --version -0 -C -E -I -L -N -S -Z \
         -b -c -d -h -i -k -l -n -p -r -s -v -z",
        "--exclude --exclude-quiet --files-from --magic-file --parameter --separator -F -P -e \
         -f -m",
        "",
    )
    .same("-f=--files-from -m=--magic-file")
    .roles(&[("--files-from", Role::Read), ("--magic-file", Role::Read)])
    .all(Role::Read),
);

const FIND: Tool =
    Tool::new(&["find"], Form::posix("-E -H -L -P -X -d -s -x", "-D -f", "-O").all(Role::ReadTree));

const FD: Tool = Tool::new(
    &["fd", "fdfind"],
    Form::plain(
        "--absolute-path --case-sensitive --fixed-strings --follow --full-path --glob \
         --has-results --help --hidden --ignore --ignore-case --list-details --mount \
         --no-follow --no-global-ignore-file --no-hidden --no-ignore --no-ignore-parent \
         --no-ignore-vcs --no-require-git --one-file-system --print0 --prune --quiet --regex \
         --relative-path --require-git --show-errors --unrestricted --version --xdev -0 -1 -F \
         -H -I -L -V -a -g -h -i -l -p -q -s -u",
        "--and --base-directory --batch-size --change-newer-than --change-older-than \
         --changed-before --changed-within --color --exact-depth --exclude --exec \
         --exec-batch --extension --format --gen-completions --ignore-file --max-buffer-time \
         --max-depth --max-results --maxdepth --min-depth --mindepth --newer --older --owner \
         --path-separator --search-path --size --threads --type -E -S -X -c -d -e -j -o -t -x",
        "--hyperlink --strip-cwd-prefix",
    )
    .same("-H=--hidden -I=--no-ignore -X=--exec-batch -u=--unrestricted -x=--exec")
    .roles(&[
        ("--exec", Role::Command),
        ("--exec-batch", Role::Command),
        ("--ignore-file", Role::Read),
        ("--base-directory", Role::Folder),
    ]),
);

const MOUNT: Tool = Tool::new(
    &[
        "mount",
        "umount",
        "losetup",
        "mkfs",
        "mkswap",
        "swapon",
        "swapoff",
        "fsck",
        "parted",
        "fdisk",
        "sfdisk",
        "cryptsetup",
        "wipefs",
        "blkdiscard",
        "mke2fs",
        "tune2fs",
        "resize2fs",
        "sshfs",
        "fusermount",
        "pivot_root",
    ],
    Form::gnu(
        "--all --bind --detach --detach-all --fake --find --force --fork --help --lazy \
         --make-private --make-rprivate --make-rshared --make-rslave --make-shared \
         --make-slave --move --partscan --rbind --read-only --recursive --show --verbose \
         --version -A -B -D -F -M -P -R -V -a -c -d -f -h -i -j -l -n -q -r -s -v -w",
        "--fstab --label --namespace --offset --options --sizelimit --source --target --types \
         --uuid -L -N -O -T -U -o -t",
        "",
    )
    .same("-o=--options")
    .roles(&[("--options", Role::MountOptions), ("--fstab", Role::Read), ("-T", Role::Opaque)])
    .all(Role::Update),
);

const RENAME: Tool = Tool::new(
    &["rename", "prename", "file-rename", "perl-rename"],
    Form::gnu(
        "--all --filename --force --fullpath --help --interactive --last --man --no-act \
         --no-overwrite --nono --nopath --null --path --symlink --verbose --version -0 -N -V \
         -a -d -f -h -i -l -n -o -s -u -v",
        "--expression -E -e",
        "",
    )
    .roles(&[
        ("-e", Role::Code(Language::Perl)),
        ("-E", Role::Code(Language::Perl)),
        ("--expression", Role::Code(Language::Perl)),
    ])
    .operands(
        Operands::all(Role::Write).first(&[Role::Code(Language::Perl)]).but_first("--expression -E -e"),
    ),
);
