//! Programs that pack and unpack, encrypt, and move files over the network.

use super::entry::{Form, Operands, Subcommand, Tool};
use crate::grammar::options::Style;
use crate::grammar::tool::{Language, Role};

/// Every program of this family.
pub(super) const TOOLS: &[Tool] = &[
    TAR, CPIO, ZIP, UNZIP, GZIP, ZCAT, SEVEN_ZIP, AR, READELF, OPENSSL, GPG, AGE, SSH_KEYGEN, SSH_ADD, CURL,
    WGET, ARIA2C, NC, SOCAT, PANDOC, GIST, GSUTIL, CONVERT, BSDTAR, XZ, ZSTD,
];

const TEXT: Operands = Operands::all(Role::Text);

const TAR: Tool = Tool::new(
    &["tar", "star"],
    Form::of(
        Style::Bundled,
        "--absolute-names --acls --anchored --append --auto-compress --bzip2 --catenate \
         --check-device --check-links --clamp-mtime --compare --compress --concatenate \
         --confirmation --create --delay-directory-restore --delete --dereference --diff \
         --disable-copyfile --exclude-backups --exclude-caches --exclude-caches-all \
         --exclude-caches-under --exclude-vcs --exclude-vcs-ignores --extract --force-local \
         --full-time --get --gunzip --gzip --hard-dereference --help --ignore-case \
         --ignore-command-error --ignore-failed-read --ignore-zeros --incremental \
         --interactive --keep-directory-symlink --keep-newer-files --keep-old-files --list \
         --lzip --lzma --lzop --mac-metadata --multi-volume --no-acls --no-anchored \
         --no-auto-compress --no-check-device --no-delay-directory-restore --no-ignore-case \
         --no-ignore-command-error --no-mac-metadata --no-null --no-overwrite-dir \
         --no-recursion --no-same-owner --no-same-permissions --no-seek --no-selinux \
         --no-unquote --no-verbatim-files-from --no-wildcards --no-wildcards-match-slash \
         --no-xattrs --null --numeric-owner --old-archive --one-file-system --overwrite \
         --overwrite-dir --portability --posix --preserve-order --preserve-permissions \
         --read-full-records --recursion --recursive-unlink --remove-files --restrict \
         --same-order --same-owner --same-permissions --seek --selinux --show-defaults \
         --show-omitted-dirs --show-snapshot-field-ranges --show-stored-names \
         --show-transformed-names --skip-old-files --sparse --test-label --to-stdout --touch \
         --uncompress --ungzip --unlink-first --unquote --update --usage --utc \
         --verbatim-files-from --verbose --verify --version --wildcards \
         --wildcards-match-slash --xattrs --xz --zstd -0 -1 -2 -3 -4 -5 -6 -7 -? -A -B -G -J \
         -M -O -P -R -S -U -W -Z -a -c -d -h -i -j -k -l -m -n -o -p -q -r -s -t -u -v -w -x \
         -y -z",
        "--add-file --after-date --blocking-factor --checkpoint-action --directory --exclude \
         --exclude-from --exclude-ignore --exclude-ignore-recursive --exclude-tag \
         --exclude-tag-all --exclude-tag-under --file --files-from --format --gid --gname \
         --group --group-map --hole-detection --include --index-file --info-script --label \
         --level --listed-incremental --mode --mtime --new-volume-script --newer \
         --newer-mtime --no-quote-chars --options --owner --owner-map --passphrase \
         --pax-option --quote-chars --quoting-style --record-size --rmt-command --rsh-command \
         --sort --sparse-version --starting-file --strip-components --suffix --tape-length \
         --to-command --transform --uid --uname --use-compress-program --volno-file --warning \
         --xattrs-exclude --xattrs-include --xform -C -F -H -I -K -L -N -T -V -X -b -f -g",
        "--atime-preserve --backup --block-number --checkpoint --occurrence --one-top-level \
         --totals",
    )
    .same(
        "--compare=--diff --concatenate=--catenate --get=--extract \
         --new-volume-script=--info-script --xform=--transform -A=--catenate -C=--directory \
         -F=--info-script -I=--use-compress-program -O=--to-stdout -P=--absolute-names \
         -T=--files-from -X=--exclude-from -c=--create -d=--diff -f=--file \
         -g=--listed-incremental -r=--append -t=--list -u=--update -x=--extract",
    )
    .roles(&[
        ("--file", Role::Update),
        ("--directory", Role::Folder),
        ("--files-from", Role::List),
        ("--exclude-from", Role::Read),
        ("--use-compress-program", Role::SplitCommand),
        ("--info-script", Role::Shell),
        ("--rsh-command", Role::Program),
        ("--rmt-command", Role::Shell),
        ("--to-command", Role::Shell),
        ("--checkpoint-action", Role::Opaque),
        ("--transform", Role::Text),
        ("--index-file", Role::Write),
        ("--listed-incremental", Role::Update),
        ("--volno-file", Role::Update),
        ("--add-file", Role::ReadTree),
    ])
    .all(Role::ReadTree)
    .with(&[("--delete --diff --extract --list", TEXT)]),
);

const CPIO: Tool = Tool::new(
    &["cpio", "pax"],
    Form::gnu(
        "--absolute-filenames --append --create --dereference --device-independent --dot \
         --extract --force-local --help --link --list --make-directories \
         --no-absolute-filenames --no-preserve-owner --nonmatching --null --numeric-uid-gid \
         --only-verify-crc --pass-through --preserve-modification-time --quiet --reproducible \
         --reset-access-time --sparse --swap --swap-bytes --swap-halfwords --to-stdout \
         --unconditional --usage --verbose --version -0 -1 -A -B -J -L -S -V -X -Z -a -b -c \
         -d -f -i -j -k -l -m -n -o -p -r -s -t -u -v -w -z",
        "--block-size --directory --file --format --io-size --message --owner --pattern-file \
         --rsh-command --warning -C -D -E -F -H -I -M -O -R -x",
        "",
    )
    .same("-D=--directory -E=--pattern-file -F=--file")
    .roles(&[
        ("--directory", Role::Folder),
        ("--file", Role::Update),
        ("-I", Role::Read),
        ("-O", Role::Write),
        ("--pattern-file", Role::Read),
        ("--rsh-command", Role::Program),
    ])
    .all(Role::Opaque)
    .with(&[("--pass-through -p", Operands::all(Role::WriteTree))]),
);

const ZIP: Tool = Tool::new(
    &["zip", "zipcloak", "zipnote", "zipsplit"],
    Form::plain(
        "--adjust-sfx --archive-clear --archive-set --copy-entries --delete \
         --difference-archive --encrypt --filesync --fix --fixfix --freshen --from-crlf \
         --grow --help --junk-paths --junk-sfx --latest-time --license --move --must-match \
         --names-stdin --no-dir-entries --no-extra --quiet --recurse-paths --recurse-patterns \
         --show-files --symlinks --system-hidden --test --to-crlf --update --verbose \
         --version --zip-comment -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -@ -A -C -D -DF -F -FF -FS -J \
         -L -MM -NUM -R -S -T -U -V -X -a -c -d -e -f -g -h -j -k -l -ll -m -o -p -q -r -sd \
         -sf -u -v -w -y -z",
        "--before-date --compression-method --exclude --from-date --include --logfile-path \
         --out --output-file --password --split-size --suffixes --temp-path --unzip-command \
         -O -P -TT -UN -Z -b -i -lf -n -s -t -tt -x",
        "",
    )
    .same(
        "--out=--output-file --test=-T -O=--output-file -TT=--unzip-command -b=--temp-path \
         -d=--delete -lf=--logfile-path -m=--move -r=--recurse-paths",
    )
    .roles(&[
        ("--unzip-command", Role::Shell),
        ("--output-file", Role::Write),
        ("--temp-path", Role::Write),
        ("--logfile-path", Role::Write),
    ])
    .first(&[Role::Update], Role::ReadTree)
    .with(&[
        ("--move", Operands::all(Role::MoveTree).first(&[Role::Update])),
        ("--delete", TEXT.first(&[Role::Update])),
    ]),
);

const UNZIP: Tool = Tool::new(
    &["unzip", "zipinfo", "funzip", "unrar", "unar", "lsar"],
    Form::plain(
        "--help -/ -1 -2 -: -B -C -D -J -K -L -M -N -S -T -U -V -W -X -Z -^ -a -b -c -f -h -j \
         -l -m -n -o -p -q -r -s -t -u -v -y -z",
        "-I -O -P -d -x",
        "",
    )
    .roles(&[("-d", Role::Write)])
    .first(&[Role::Read], Role::Text),
);

const COMPRESS_FLAGS: &str = "--adapt --ascii --best --check --compress \
         --compress-literals --content-size --decompress --exclude-compressed --extreme \
         --fast --favor-decSpeed --force --help --ignore-check --info-memory --keep --license \
         --list --long-help --multiple --name --no-adjust --no-check --no-compress-literals \
         --no-content-size --no-dictID --no-name --no-progress --no-sparse --no-warn \
         --progress --quiet --recursive --rm --robot --rsyncable --silent --single-stream \
         --single-thread --small --sparse --stdout --synchronous --test --to-stdout --ultra \
         --uncompress --verbose --version -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -C -H -L -N -NUM -Q \
         -R -V -a -c -d -e -f -h -i -k -l -m -n -q -r -s -t -v -z";

/// They replace the file, and write another beside it.
const GZIP: Tool = Tool::new(
    &[
        "gzip",
        "gunzip",
        "bzip2",
        "bunzip2",
        "compress",
        "uncompress",
        "pigz",
        "unpigz",
        "pbzip2",
        "pixz",
        "lzip",
        "plzip",
        "lzop",
        "brotli",
    ],
    Form::gnu(
        COMPRESS_FLAGS,
        "--bits --block-list --block-size --blocksize --delta --filelist --filters \
         --flush-timeout --format --jobs --memlimit --memlimit-compress --memlimit-decompress \
         --memory --output --output-dir-flat --output-dir-mirror --patch-from --processes \
         --quality --suffix --threads --window -B -D -E -M -P -S -T -b -g -o -p -w",
        "--arm --arm64 --auto-threads --fast-level --files --files0 --long --lzma1 --lzma2 \
         --size-hint --stream-size --target-compressed-block-size --train --x86",
    )
    .same("--list=-l --stdout=-c --test=-t --to-stdout=-c -o=--output")
    .roles(&[
        ("--output", Role::Write),
        ("-D", Role::Read),
        ("--patch-from", Role::Read),
        ("--filelist", Role::List),
        ("--files", Role::List),
        ("--files0", Role::List),
        ("--output-dir-flat", Role::Write),
        ("--output-dir-mirror", Role::Write),
    ])
    .all(Role::MoveTree)
    .with(&[("-c -l -t", Operands::all(Role::ReadTree))]),
);

const ZCAT: Tool = Tool::new(
    &[
        "zcat", "gzcat", "bzcat", "xzcat", "lzcat", "zstdcat", "lz4cat", "zless", "zmore", "bzless",
        "xzless", "lzless", "zdiff", "zcmp", "xzdiff", "bzdiff",
    ],
    Form::gnu(
        "--force --help --quiet --stdout --version -L -V -c -d -f -h -k -l -n -q -r -t -v",
        "--memlimit --suffix --threads -M -S -T",
        "",
    )
    .all(Role::Read),
);

const SEVEN_ZIP: Tool = Tool::new(
    &["7z", "7za", "7zr", "7zz", "p7zip", "rar"],
    Form::one_dash(
        "-aoa -aos -aot -aou -bd -r -sdel -slt -snh -sni -snl -sns -spf -ssc -stl -y",
        "",
        "-ai -an -ao -ax -bb -bs -i -m -md -mhe -mmt -ms -mx -o -p -r- -r0 -scs -sfx -si -so \
         -t -tzip -u -v -w -x",
    )
    .roles(&[("-o", Role::Write), ("-w", Role::Write), ("-i", Role::Opaque), ("-x", Role::Text)])
    .first(&[Role::Text, Role::Update], Role::ReadTree),
);

const AR: Tool = Tool::new(
    &["ar", "gcc-ar", "llvm-ar"],
    Form::of(
        Style::Bundled,
        "--help --thin --version -D -M -N -O -P -S -T -U -V -a -b -c -d -f -i -l -m -o -p -q \
         -r -s -t -u -v -x",
        "--output --plugin --record-libdeps --target",
        "",
    )
    .roles(&[("--plugin", Role::Opaque), ("--output", Role::Write)])
    .first(&[Role::Update], Role::Read),
);

const READELF: Tool = Tool::new(
    &["readelf", "nm", "objdump", "size", "addr2line", "otool", "c++filt"],
    Form::gnu(
        "--all --all-headers --archive-headers --debug-syms --defined-only --demangle-all \
         --disassemble-all --dyn-syms --dynamic --dynamic-reloc --dynamic-syms --extern-only \
         --file-header --full-contents --headers --help --line-numbers --no-demangle \
         --no-sort --notes --numeric-sort --print-size --private-headers --program-headers \
         --reloc --relocs --reverse-sort --section-headers --sections --segments --size-sort \
         --source --symbols --syms --totals --undefined-only --version --wide -A -B -C -D -E \
         -F -G -I -L -P -R -S -T -U -V -W -X -a -c -d -e -f -g -h -i -l -n -o -p -r -s -t -u \
         -v -w -x -z",
        "--architecture --disassembler-options --exe --plugin --section --start-address \
         --stop-address --target -M -O -b -j -m",
        "--debug-dump --demangle --disassemble --dwarf --format --hex-dump --radix \
         --string-dump",
    )
    .roles(&[("--plugin", Role::Opaque)])
    .all(Role::Read),
);

const OPENSSL: Tool = Tool::new(
    &["openssl"],
    Form::one_dash(
        "-1 -4 -6 -A -CAcreateserial -P -a -aes-128-cbc -aes-192-cbc -aes-256-cbc \
         -aes-256-ctr -aes128 -aes192 -aes256 -alias -base64 -batch -binary -brief -bundle -c \
         -ca -cacerts -check -clcerts -crlf -d -dates -debug -decrypt -des3 -dtls -dtls1 \
         -dtls1_2 -e -elapsed -email -encrypt -enddate -export -fingerprint -hash -help -hex \
         -ign_eof -issuer -legacy -list -md5 -modulus -msg -new -no_ign_eof -no_public \
         -no_ssl3 -no_tls1 -no_tls1_1 -no_tls1_2 -no_tls1_3 -nocerts -nocrypt -nodes -noenc \
         -nokeys -noout -nopad -nosalt -ocsp_uri -p -pbkdf2 -pubin -pubkey -pubout -purpose \
         -quiet -r -rawin -req -salt -serial -sha1 -sha256 -sha384 -sha512 -showcerts -ssl3 \
         -startdate -state -status -subject -text -tls1 -tls1_1 -tls1_2 -tls1_3 -topk8 \
         -traditional -utf8 -v -verbose -verify_return_error -x509 -z",
        "-CA -CAfile -CAkey -CApath -CAserial -CRLfile -CSP -K -S -accept -addext -algorithm \
         -alpn -bits -bytes -caname -cert -certfile -certopt -cipher -ciphersuites -config \
         -connect -content -curve -curves -days -dcert -dhparam -digest -dkey -engine -evp \
         -extensions -extfile -from -group -groups -hmac -host -in -infile -inform -inkey \
         -iter -iv -k -kdf -kdfopt -key -keyform -keylogfile -keyout -kfile -mac -macopt -md \
         -multi -naccept -name -nameopt -newkey -not_after -not_before -num -oid -out -outdir \
         -outform -paramfile -pass -passin -passout -password -peerkey -pkeyopt -port -primes \
         -propquery -provider -provider-path -proxy -prverify -rand -recip -reqexts -reqopt \
         -reqout -respout -revoke -seconds -servername -sess_in -sess_out -set_serial \
         -sigalgs -sign -signature -signer -sigopt -spkac -ss_cert -starttls -subj -to \
         -trusted -untrusted -url -verify -writerand",
        "",
    )
    .roles(&[
        ("-in", Role::Read),
        ("-out", Role::Write),
        ("-inkey", Role::Read),
        ("-key", Role::Read),
        ("-keyout", Role::Write),
        ("-cert", Role::Read),
        ("-certfile", Role::Read),
        ("-CA", Role::Read),
        ("-CAkey", Role::Read),
        ("-CAfile", Role::Read),
        ("-CApath", Role::ReadTree),
        ("-CAserial", Role::Update),
        ("-config", Role::Opaque),
        ("-extfile", Role::Read),
        ("-passin", Role::Opaque),
        ("-passout", Role::Opaque),
        ("-pass", Role::Opaque),
        ("-kfile", Role::Read),
        ("-engine", Role::Opaque),
        ("-provider", Role::Opaque),
        ("-provider-path", Role::Opaque),
        ("-sign", Role::Read),
        ("-verify", Role::Read),
        ("-prverify", Role::Read),
        ("-signature", Role::Read),
        ("-paramfile", Role::Read),
        ("-rand", Role::Read),
        ("-writerand", Role::Write),
        ("-trusted", Role::Read),
        ("-untrusted", Role::Read),
        ("-sess_in", Role::Read),
        ("-sess_out", Role::Write),
        ("-keylogfile", Role::Write),
        ("-respout", Role::Write),
        ("-reqout", Role::Write),
        ("-signer", Role::Read),
        ("-recip", Role::Read),
        ("-content", Role::Read),
        ("-spkac", Role::Read),
        ("-revoke", Role::Read),
        ("-outdir", Role::Write),
        ("-dhparam", Role::Read),
        ("-peerkey", Role::Read),
    ])
    .first(&[Role::Text], Role::Read),
);

const GPG: Tool = Tool::new(
    &["gpg", "gpg2", "gpgv", "gpgsm"],
    Form::gnu(
        "--allow-secret-key-import --always-trust --armor --armour --ask-cert-level \
         --auto-key-import --auto-key-retrieve --batch --card-edit --card-status \
         --change-passphrase --change-pin --check-signatures --check-sigs --check-trustdb \
         --clear-sign --clearsign --dearmor --decrypt --decrypt-files \
         --default-recipient-self --delete-key --delete-keys --delete-secret-and-public-key \
         --delete-secret-key --delete-secret-keys --desig-revoke --detach-sign \
         --disable-dirmngr --disable-dsa2 --disable-large-rsa --dry-run --dump-options \
         --edit-card --edit-key --enable-dsa2 --enable-large-rsa --enarmor --encrypt \
         --encrypt-files --expert --export --export-ownertrust --export-secret-keys \
         --export-secret-subkeys --export-ssh-key --fast-import --fetch-keys --fingerprint \
         --full-gen-key --full-generate-key --gen-key --gen-prime --gen-random --gen-revoke \
         --generate-designated-revocation --generate-key --generate-revocation --help \
         --ignore-time-conflict --import --import-ownertrust --include-key-block \
         --interactive --list-config --list-keys --list-packets --list-public-keys \
         --list-secret-keys --list-signatures --list-sigs --locate-external-keys \
         --locate-keys --lsign-key --multifile --no --no-ask-cert-level --no-auto-key-import \
         --no-auto-key-locate --no-auto-key-retrieve --no-batch --no-default-keyring \
         --no-default-recipient --no-encrypt-to --no-options --no-symkey-cache --no-tty \
         --no-utf8-strings --no-verbose --openpgp --passwd --print-md --print-mds \
         --quick-add-key --quick-add-uid --quick-gen-key --quick-generate-key \
         --quick-lsign-key --quick-revoke-sig --quick-revoke-uid --quick-set-expire \
         --quick-set-primary-uid --quick-sign-key --quiet --rebuild-keydb-caches \
         --receive-keys --recv-keys --refresh-keys --rfc4880 --search-keys --send-keys \
         --show-keys --sign --sign-key --skip-verify --store --symmetric --textmode \
         --throw-keyids --unwrap --update-trustdb --utf8-strings --verbose --verify \
         --verify-files --version --warranty --with-colons --with-fingerprint --with-keygrip \
         --with-subkey-fingerprint --yes -K -a -b -c -d -e -h -i -k -n -q -s -t -v -w",
        "--agent-program --attribute-fd --attribute-file --auto-key-locate \
         --bzip2-compress-level --cert-digest-algo --cert-notation --chunk-size --cipher-algo \
         --command-fd --command-file --comment --compliance --compress-algo --compress-level \
         --debug --debug-level --default-cert-level --default-key --default-new-key-algo \
         --default-preference-list --default-recipient --digest-algo --dirmngr-program \
         --display-charset --encrypt-to --exec-path --export-options --faked-system-time \
         --group --hidden-encrypt-to --hidden-recipient --hidden-recipient-file --homedir \
         --import-options --key-origin --keyid-format --keyring --keyserver \
         --keyserver-options --limit-card-insert-tries --list-options --local-user --log-file \
         --logger-fd --logger-file --max-output --min-cert-level --options --output \
         --override-session-key --passphrase --passphrase-fd --passphrase-file \
         --passphrase-repeat --personal-cipher-preferences --personal-compress-preferences \
         --personal-digest-preferences --photo-viewer --pinentry-mode --primary-keyring \
         --recipient --recipient-file --request-origin --s2k-cipher-algo --s2k-count \
         --s2k-digest-algo --s2k-mode --secret-keyring --set-filename --set-notation \
         --sig-notation --sig-policy-url --status-fd --status-file --tofu-policy \
         --trust-model --trustdb-name --trusted-key --try-secret-key --ungroup \
         --verify-options --weak-digest -N -R -o -r -u -z",
        "",
    )
    .same(
        "-K=--list-secret-keys -a=--armor -b=--detach-sign -c=--symmetric -d=--decrypt \
         -e=--encrypt -k=--list-keys -o=--output -r=--recipient -s=--sign -u=--local-user",
    )
    .roles(&[
        ("--output", Role::Write),
        ("--homedir", Role::Opaque),
        ("--keyring", Role::Update),
        ("--primary-keyring", Role::Update),
        ("--secret-keyring", Role::Update),
        ("--trustdb-name", Role::Update),
        ("--options", Role::Opaque),
        ("--status-file", Role::Write),
        ("--logger-file", Role::Write),
        ("--log-file", Role::Write),
        ("--attribute-file", Role::Write),
        ("--passphrase-file", Role::Read),
        ("--recipient-file", Role::Read),
        ("--hidden-recipient-file", Role::Read),
        ("--command-file", Role::Read),
        ("--agent-program", Role::Program),
        ("--dirmngr-program", Role::Program),
        ("--photo-viewer", Role::Shell),
        ("--exec-path", Role::Opaque),
    ])
    .all(Role::Read),
);

const AGE: Tool = Tool::new(
    &["age", "rage", "age-keygen", "rage-keygen", "minisign", "signify"],
    Form::plain(
        "--armor --decrypt --encrypt --help --passphrase --version -C -G -S -V -W -a -d -e -f \
         -p -pq -q -y",
        "--identity --max-work-factor --output --recipient --recipients-file -P -R -c -i -j \
         -m -o -r -s -t -x",
        "",
    )
    .same("-R=--recipients-file -i=--identity -o=--output")
    .roles(&[
        ("--recipients-file", Role::Read),
        ("--identity", Role::Read),
        ("--output", Role::Write),
        ("-m", Role::Read),
        ("-s", Role::Read),
        ("-x", Role::Update),
        ("-j", Role::Opaque),
    ])
    .all(Role::Read),
);

const SSH_KEYGEN: Tool = Tool::new(
    &["ssh-keygen"],
    Form::gnu(
        "-A -B -H -K -L -Q -U -c -e -g -h -i -k -l -p -q -u -v -y",
        "-C -D -E -F -I -J -M -N -O -P -R -S -T -V -W -Y -Z -a -b -f -j -m -n -r -s -t -w -x \
         -z",
        "",
    )
    .roles(&[
        ("-f", Role::Update),
        ("-D", Role::Opaque),
        ("-w", Role::Opaque),
        ("-s", Role::Read),
        ("-T", Role::Write),
        ("-O", Role::Text),
    ])
    .all(Role::Update),
);

const SSH_ADD: Tool = Tool::new(
    &["ssh-add", "ssh-agent", "ssh-keyscan"],
    Form::posix("-4 -6 -C -D -H -K -L -X -c -d -k -l -q -v -x", "-E -P -S -T -a -e -f -h -p -s -t", "")
        .roles(&[
            ("-s", Role::Opaque),
            ("-e", Role::Opaque),
            ("-P", Role::Opaque),
            ("-S", Role::Opaque),
            ("-f", Role::Read),
        ])
        .all(Role::Opaque),
);

const CURL: Tool = Tool::new(
    &["curl"],
    Form::plain(
        "-# --anyauth --append --basic --ca-native --cert-status --compressed \
         --compressed-ssh --create-dirs --crlf --digest --disable --disable-eprt \
         --disable-epsv --disallow-username-in-url --doh-cert-status --doh-insecure \
         --doh-no-insecure --fail --fail-early --fail-with-body --false-start --form-escape \
         --ftp-create-dirs --ftp-pasv --ftp-pret --ftp-skip-pasv-ip --ftp-ssl-ccc \
         --ftp-ssl-control --get --globoff --haproxy-protocol --head --http0.9 --http1.0 \
         --http1.1 --http2 --http2-prior-knowledge --http3 --http3-only \
         --ignore-content-length --include --insecure --ipv4 --ipv6 --junk-session-cookies \
         --list-only --location --location-trusted --mail-rcpt-allowfails --manual --metalink \
         --mptcp --negotiate --netrc --netrc-optional --next --no-alpn --no-buffer \
         --no-clobber --no-compressed --no-fail --no-insecure --no-keepalive --no-location \
         --no-netrc --no-npn --no-parallel --no-progress-meter --no-sessionid --no-silent \
         --no-verbose --ntlm --ntlm-wb --parallel --parallel-immediate --path-as-is --post301 \
         --post302 --post303 --progress-bar --proxy-anyauth --proxy-basic --proxy-ca-native \
         --proxy-digest --proxy-http2 --proxy-insecure --proxy-negotiate --proxy-ntlm \
         --proxy-ssl-allow-beast --proxy-ssl-auto-client-cert --proxy-tlsv1 --proxytunnel \
         --raw --remote-header-name --remote-name --remote-name-all --remote-time \
         --remove-on-error --retry-all-errors --retry-connrefused --sasl-ir --show-error \
         --show-headers --silent --skip-existing --socks5-basic --socks5-gssapi \
         --socks5-gssapi-nec --ssl --ssl-allow-beast --ssl-auto-client-cert --ssl-no-revoke \
         --ssl-reqd --ssl-revoke-best-effort --sslv2 --sslv3 --styled-output \
         --suppress-connect-headers --tcp-fastopen --tcp-nodelay --tftp-no-options --tlsv1 \
         --tlsv1.0 --tlsv1.1 --tlsv1.2 --tlsv1.3 --tr-encoding --trace-ids --trace-time \
         --use-ascii --verbose --version --xattr -0 -1 -2 -3 -4 -6 -: -B -G -I -J -L -M -N -O \
         -R -S -V -Z -a -f -g -h -i -j -k -l -n -p -q -s -v",
        "--abstract-unix-socket --alt-svc --aws-sigv4 --cacert --capath --cert --cert-type \
         --ciphers --config --connect-timeout --connect-to --continue-at --cookie \
         --cookie-jar --create-file-mode --crlfile --curves --data --data-ascii --data-binary \
         --data-raw --data-urlencode --delegation --dns-interface --dns-ipv4-addr \
         --dns-ipv6-addr --dns-servers --doh-url --dump-header --ech --egd-file --engine \
         --etag-compare --etag-save --expect100-timeout --form --form-string --ftp-account \
         --ftp-alternative-to-user --ftp-method --ftp-port --ftp-ssl-ccc-mode \
         --happy-eyeballs-timeout-ms --haproxy-clientip --header --hostpubmd5 --hostpubsha256 \
         --hsts --interface --ip-tos --ipfs-gateway --json --keepalive-cnt --keepalive-time \
         --key --key-type --krb --libcurl --limit-rate --local-port --login-options \
         --mail-auth --mail-from --mail-rcpt --max-filesize --max-redirs --max-time \
         --netrc-file --noproxy --oauth2-bearer --output --output-dir --parallel-max --pass \
         --pinnedpubkey --preproxy --proto --proto-default --proto-redir --proxy \
         --proxy-cacert --proxy-capath --proxy-cert --proxy-cert-type --proxy-ciphers \
         --proxy-crlfile --proxy-header --proxy-key --proxy-key-type --proxy-pass \
         --proxy-pinnedpubkey --proxy-service-name --proxy-tls13-ciphers --proxy-tlsauthtype \
         --proxy-tlspassword --proxy-tlsuser --proxy-user --proxy1.0 --pubkey --quote \
         --random-file --range --rate --referer --request --request-target --resolve --retry \
         --retry-delay --retry-max-time --sasl-authzid --service-name --sigalgs --socks4 \
         --socks4a --socks5 --socks5-gssapi-service --socks5-hostname --speed-limit \
         --speed-time --stderr --telnet-option --tftp-blksize --time-cond --tls-max \
         --tls13-ciphers --tlsauthtype --tlspassword --tlsuser --trace --trace-ascii \
         --trace-config --unix-socket --upload-file --upload-flags --url --url-query --user \
         --user-agent --variable --vlan-priority --write-out -A -C -D -E -F -H -K -P -Q -T -U \
         -X -Y -b -c -d -e -m -o -r -t -u -w -x -y -z",
        "",
    )
    .same(
        "--data-ascii=--data -A=--user-agent -C=--continue-at -D=--dump-header -E=--cert \
         -F=--form -G=--get -H=--header -I=--head -J=--remote-header-name -K=--config \
         -L=--location -O=--remote-name -Q=--quote -S=--show-error -T=--upload-file \
         -U=--proxy-user -X=--request -b=--cookie -c=--cookie-jar -d=--data -e=--referer \
         -f=--fail -k=--insecure -m=--max-time -n=--netrc -o=--output -q=--disable -r=--range \
         -s=--silent -u=--user -v=--verbose -w=--write-out -x=--proxy -z=--time-cond",
    )
    .roles(&[
        ("--alt-svc", Role::Update),
        ("--cacert", Role::Read),
        ("--capath", Role::ReadTree),
        ("--cert", Role::Read),
        ("--config", Role::Opaque),
        ("--cookie", Role::Read),
        ("--cookie-jar", Role::Write),
        ("--crlfile", Role::Read),
        ("--data", Role::ReadIfAt),
        ("--data-binary", Role::ReadIfAt),
        ("--data-urlencode", Role::ReadInside),
        ("--dump-header", Role::Write),
        ("--egd-file", Role::Read),
        ("--engine", Role::Opaque),
        ("--etag-compare", Role::Read),
        ("--etag-save", Role::Write),
        ("--form", Role::ReadIfForm),
        ("--header", Role::ReadIfAt),
        ("--hsts", Role::Update),
        ("--json", Role::ReadIfAt),
        ("--key", Role::Read),
        ("--libcurl", Role::Write),
        ("--netrc-file", Role::Read),
        ("--output", Role::Write),
        ("--output-dir", Role::Write),
        ("--proxy-cacert", Role::Read),
        ("--proxy-capath", Role::ReadTree),
        ("--proxy-cert", Role::Read),
        ("--proxy-crlfile", Role::Read),
        ("--proxy-header", Role::ReadIfAt),
        ("--proxy-key", Role::Read),
        ("--pubkey", Role::Read),
        ("--random-file", Role::Read),
        ("--stderr", Role::Write),
        ("--time-cond", Role::Text),
        ("--trace", Role::Write),
        ("--trace-ascii", Role::Write),
        ("--upload-file", Role::Read),
        ("--url", Role::Remote),
        ("--url-query", Role::ReadInside),
        ("--variable", Role::ReadInside),
        ("--write-out", Role::ReadIfAt),
        ("--unix-socket", Role::Update),
    ])
    .all(Role::Remote),
);

const WGET: Tool = Tool::new(
    &["wget", "wget2"],
    Form::gnu(
        "--adjust-extension --ask-password --auth-no-challenge --background \
         --backup-converted --cache --clobber --content-disposition --content-on-error \
         --continue --convert-file-only --convert-links --debug --delete-after --follow-ftp \
         --force-directories --force-html --glob --help --host-directories --http-keep-alive \
         --https-only --ignore-case --ignore-length --inet4-only --inet6-only --iri \
         --keep-badhash --keep-session-cookies --metalink-over-http --mirror --no-cache \
         --no-check-certificate --no-clobber --no-config --no-cookies --no-directories \
         --no-dns-cache --no-glob --no-host-directories --no-hsts --no-http-keep-alive \
         --no-if-modified-since --no-iri --no-netrc --no-parent --no-passive-ftp --no-proxy \
         --no-remove-listing --no-show-progress --no-use-server-timestamps --no-verbose \
         --no-warc-compression --no-warc-digests --no-warc-keep-log --no-xattr \
         --page-requisites --passive-ftp --preserve-permissions --protocol-directories \
         --quiet --random-wait --recursive --relative --retr-symlinks --retry-connrefused \
         --retry-on-host-error --save-headers --server-response --show-progress --span-hosts \
         --spider --strict-comments --timestamping --trust-server-names --unlink --verbose \
         --version --warc-cdx --xattr -4 -6 -E -F -H -K -L -N -S -V -b -c -d -h -k -m -p -q \
         -r -v -x",
        "--accept --accept-regex --append-output --base --bind-address --body-data \
         --body-file --ca-certificate --ca-directory --certificate --certificate-type \
         --ciphers --compression --config --connect-timeout --crl-file --cut-dirs \
         --default-page --directory-prefix --dns-timeout --domains --dot-style --egd-file \
         --exclude-directories --exclude-domains --execute --follow-tags --ftp-password \
         --ftp-user --header --hsts-file --http-passwd --http-password --http-user \
         --ignore-tags --include-directories --input-file --input-metalink --level \
         --limit-rate --load-cookies --local-encoding --max-redirect --metalink-index \
         --method --output-document --output-file --password --pinnedpubkey --post-data \
         --post-file --prefer-family --preferred-location --private-key --private-key-type \
         --progress --protocol --proxy-passwd --proxy-password --proxy-user --quota \
         --random-file --read-timeout --referer --regex-type --reject --reject-regex \
         --rejected-log --remote-encoding --report-speed --restrict-file-names \
         --retry-on-http-error --save-cookies --secure-protocol --start-pos --timeout --tries \
         --use-askpass --user --user-agent --wait --waitretry --warc-dedup --warc-file \
         --warc-header --warc-max-size --warc-tempdir -A -B -D -G -I -O -P -Q -R -T -U -X -a \
         -e -i -l -n -o -t -w",
        "--backups",
    )
    .same(
        "-O=--output-document -P=--directory-prefix -T=--timeout -U=--user-agent \
         -a=--append-output -c=--continue -e=--execute -i=--input-file -o=--output-file \
         -q=--quiet -r=--recursive -t=--tries",
    )
    .roles(&[
        ("--append-output", Role::Write),
        ("--body-file", Role::Read),
        ("--ca-certificate", Role::Read),
        ("--ca-directory", Role::ReadTree),
        ("--certificate", Role::Read),
        ("--config", Role::Opaque),
        ("--crl-file", Role::Read),
        ("--directory-prefix", Role::Write),
        ("--egd-file", Role::Read),
        ("--execute", Role::Opaque),
        ("--hsts-file", Role::Update),
        ("--input-file", Role::Read),
        ("--input-metalink", Role::Read),
        ("--load-cookies", Role::Read),
        ("--output-document", Role::Write),
        ("--output-file", Role::Write),
        ("--post-file", Role::Read),
        ("--private-key", Role::Read),
        ("--random-file", Role::Read),
        ("--rejected-log", Role::Write),
        ("--save-cookies", Role::Write),
        ("--use-askpass", Role::Program),
        ("--warc-file", Role::Write),
        ("--warc-dedup", Role::Read),
        ("--warc-tempdir", Role::Write),
    ])
    .all(Role::Remote),
);

const ARIA2C: Tool = Tool::new(
    &[
        "aria2c",
        "axel",
        "yt-dlp",
        "youtube-dl",
        "httpie",
        "http",
        "https",
        "xh",
        "xhs",
        "lftp",
        "ftp",
        "ncftp",
        "tftp",
        "telnet",
        "rclone",
        "restic",
        "borg",
        "s3cmd",
        "s5cmd",
        "azcopy",
        "mc",
        "croc",
        "wormhole",
    ],
    Form::plain("--help --quiet --verbose --version -h -q -v", "", "").all(Role::Opaque),
);

const NC: Tool = Tool::new(
    &["nc", "ncat", "netcat", "nc.openbsd", "nc.traditional"],
    Form::gnu(
        "--append-output --broker --chat --crlf --help --keep-open --listen --no-shutdown \
         --nodns --recv-only --sctp --send-only --ssl --ssl-verify --telnet --udp --unixsock \
         --verbose --version --vsock --zero -4 -6 -C -D -F -L -N -S -U -Z -b -d -h -k -l -n \
         -r -t -u -v -z",
        "--allow --allowfile --delay --deny --denyfile --exec --hex-dump --idle-timeout \
         --lua-exec --max-conns --output --proxy --proxy-auth --proxy-dns --proxy-type \
         --sh-exec --source --source-port --ssl-alpn --ssl-cert --ssl-ciphers --ssl-key \
         --ssl-servername --ssl-trustfile --wait -G -I -M -O -P -T -V -W -X -c -e -g -i -m -o \
         -p -q -s -w -x",
        "",
    )
    .same("-c=--sh-exec -e=--exec -o=--output -x=--hex-dump")
    .roles(&[
        ("--exec", Role::SplitCommand),
        ("--sh-exec", Role::Shell),
        ("--lua-exec", Role::CodeFile(Language::Lua)),
        ("--output", Role::Write),
        ("--hex-dump", Role::Write),
        ("--allowfile", Role::Read),
        ("--denyfile", Role::Read),
        ("--ssl-cert", Role::Read),
        ("--ssl-key", Role::Read),
        ("--ssl-trustfile", Role::Read),
    ])
    .all(Role::Remote),
);

const SOCAT: Tool = Tool::new(
    &["socat"],
    Form::plain(
        "-0 -4 -6 -D -U -V -d -g -h -hh -hhh -s -u -v -x",
        "-L -R -S -T -W -b -l -r -t",
        "-lf -lp -ly",
    )
    .roles(&[("-r", Role::Write), ("-R", Role::Write)])
    .all(Role::Opaque),
);

const PANDOC: Tool = Tool::new(
    &["pandoc"],
    Form::gnu(
        "--ascii --citeproc --dump-args --embed-resources --fail-if-warnings --file-scope \
         --gladtex --help --html-q-tags --ignore-args --incremental --list-input-formats \
         --list-output-formats --list-tables --listings --mathml --no-check-certificate \
         --no-highlight --number-sections --preserve-tabs --quiet --reference-links --sandbox \
         --section-divs --self-contained --standalone --strip-comments --table-of-contents \
         --toc --trace --verbose --version -C -N -h -i -s -v",
        "--abbreviations --bibliography --citation-abbreviations --columns --csl --css \
         --data-dir --default-image-extension --defaults --dpi --email-obfuscation --eol \
         --epub-chapter-level --epub-cover-image --epub-embed-font --epub-metadata \
         --epub-subdirectory --extract-media --filter --from --highlight-style --id-prefix \
         --include-after-body --include-before-body --include-in-header \
         --indented-code-classes --ipynb-output --log --lua-filter --markdown-headings \
         --metadata --metadata-file --number-offset --output --pdf-engine --pdf-engine-opt \
         --print-default-data-file --print-default-template --print-highlight-style --read \
         --reference-doc --reference-location --request-header --resource-path \
         --shift-heading-level-by --slide-level --syntax-definition --tab-stop --template \
         --title-prefix --to --toc-depth --top-level-division --track-changes --variable \
         --wrap --write -A -B -D -F -H -L -M -T -V -c -d -f -o -r -t -w",
        "--katex --mathjax --webtex",
    )
    .same(
        "-A=--include-after-body -B=--include-before-body -F=--filter -H=--include-in-header \
         -L=--lua-filter -d=--defaults -o=--output",
    )
    .roles(&[
        ("--output", Role::Write),
        ("--filter", Role::Opaque),
        ("--lua-filter", Role::Opaque),
        ("--defaults", Role::Opaque),
        ("--data-dir", Role::Opaque),
        ("--pdf-engine", Role::Program),
        ("--pdf-engine-opt", Role::Opaque),
        ("--include-in-header", Role::Read),
        ("--include-after-body", Role::Read),
        ("--include-before-body", Role::Read),
        ("--bibliography", Role::Read),
        ("--csl", Role::Read),
        ("--css", Role::Read),
        ("--metadata-file", Role::Read),
        ("--template", Role::Read),
        ("--reference-doc", Role::Read),
        ("--extract-media", Role::Write),
        ("--log", Role::Write),
    ])
    .all(Role::Read),
);

const GSUTIL: Tool = Tool::with(
    &["gsutil"],
    Form::leading("--help --version -D -DD -T -m -q", "-h -i -o -s -u", "")
        .roles(&[("-o", Role::Opaque)])
        .all(Role::Opaque),
    &[
        Subcommand::new(
            "cp",
            Form::gnu("-A -D -P -R -U -Z -c -e -n -p -r -v", "-I -L -a -j -s -z", "")
                .roles(&[("-L", Role::Write)])
                .operands(Operands::all(Role::CopyFrom).last(Role::CopyTo)),
        ),
        Subcommand::new("ls", Form::gnu("-L -R -a -b -d -e -h -l -r", "-p", ""))
            .or("du|stat|cat|version|hash"),
    ],
);

/// `gist` puts files where others see them.
const GIST: Tool = Tool::new(
    &["gist"],
    Form::gnu(
        "--anonymous --copy --embed --help --list --login --no-private --open --paste \
         --private --raw --shorten --skip-empty --version -P -R -a -c -e -h -l -o -p -s -v",
        "--delete --description --filename --read --type --update -d -f -r -t -u",
        "",
    )
    .all(Role::Read),
);

const CONVERT: Tool = Tool::with(
    &["convert", "magick", "mogrify", "identify", "montage", "ffmpeg", "sox"],
    Form::one_dash("", "-effects-file -script", "")
        .roles(&[("-effects-file", Role::Opaque), ("-script", Role::Opaque)])
        .all(Role::Media),
    &[],
);

const BSDTAR: Tool = Tool::new(
    &["bsdtar"],
    Form::of(
        Style::Bundled,
        "--absolute-paths --acls --append --auto-compress --b64encode --bunzip2 --bzip \
         --bzip2 --check-links --chroot --clear-nochange-fflags --compress --confirmation \
         --create --dereference --extract --fast-read --fflags --get --grzip --gunzip --gzip \
         --help --hfsCompression --ignore-zeros --insecure --interactive --keep-newer-files \
         --keep-old-files --list --lrzip --lz4 --lzip --lzma --lzop --mac-metadata \
         --modification-time --no-acls --no-fflags --no-mac-metadata --no-read-sparse \
         --no-recursion --no-safe-writes --no-same-owner --no-same-permissions --no-xattrs \
         --nodump --nopreserveHFSCompression --norecurse --null --numeric-owner \
         --one-file-system --preserve-permissions --read-full-blocks --read-sparse \
         --safe-writes --same-owner --same-permissions --to-stdout --totals --uncompress \
         --unlink --unlink-first --update --uuencode --verbose --version --xattrs --xz --zstd \
         -B -H -J -L -O -P -S -U -Z -a -c -h -j -k -l -m -n -o -p -q -r -t -u -v -w -x -y -z",
        "--block-size --cd --directory --exclude --exclude-from --file --files-from --format \
         --gid --gname --include --mtime --newer --newer-mtime --newer-mtime-than \
         --newer-than --older --older-mtime --older-mtime-than --older-than --options \
         --passphrase --strip-components --uid --uname --use-compress-program -C -I -T -W -X \
         -b -f -s",
        "",
    )
    .same(
        "--cd=--directory --get=--extract -C=--directory -I=--files-from -T=--files-from \
         -X=--exclude-from -c=--create -f=--file -r=--append -t=--list -u=--update \
         -x=--extract",
    )
    .roles(&[
        ("--file", Role::Update),
        ("--directory", Role::Folder),
        ("--files-from", Role::List),
        ("--exclude-from", Role::Read),
        ("--use-compress-program", Role::SplitCommand),
        ("-W", Role::Opaque),
    ])
    .all(Role::ReadTree)
    .with(&[("--extract --list", TEXT)]),
);

const XZ: Tool = Tool::new(
    &["xz", "unxz", "lzma", "unlzma"],
    Form::gnu(
        "--best --compress --decompress --extreme --fast --force --help --ignore-check \
         --info-memory --keep --list --long-help --no-adjust --no-sparse --no-sync --no-warn \
         --quiet --robot --single-stream --stdout --test --to-stdout --uncompress --verbose \
         --version -0 -1 -2 -3 -4 -5 -6 -7 -8 -9 -H -Q -V -c -d -e -f -h -k -l -q -t -v -z",
        "--block-list --block-size --check --filters --filters1 --flush-timeout --format \
         --memlimit --memlimit-compress --memlimit-decompress --memlimit-mt-decompress \
         --memory --suffix --threads -C -F -M -S -T",
        "--arm --arm64 --armthumb --delta --files --files0 --ia64 --lzma1 --lzma2 --powerpc \
         --riscv --sparc --x86",
    )
    .same("--list=-l --stdout=-c --test=-t --to-stdout=-c")
    .roles(&[("--files", Role::List), ("--files0", Role::List)])
    .all(Role::WriteTree)
    .with(&[("-c -l -t", Operands::all(Role::ReadTree))]),
);

const ZSTD: Tool = Tool::new(
    &["zstd", "unzstd", "zstdmt", "lz4", "unlz4", "pzstd"],
    Form::plain(
        "--adapt --asyncio --best --check --compress --compress-literals --content-size \
         --decompress --exclude-compressed --favor-decSpeed --force --frame-crc --help --keep \
         --list --mmap-dict --multiple --no-asyncio --no-check --no-compress-literals \
         --no-content-size --no-crc --no-dictID --no-frame-crc --no-mmap-dict \
         --no-pass-through --no-progress --no-row-match-finder --no-sparse --pass-through \
         --progress --quiet --rm --row-match-finder --single-thread --sparse --stdout --test \
         --train-cover --train-fastcover --ultra --uncompress --verbose --version -C -H -N \
         -NUM -R -S -V -c -d -f -h -k -l -m -n -q -r -t -v -z",
        "--dictID --filelist --maxdict --output-dir-flat --output-dir-mirror --patch-from \
         --trace -D -o",
        "--auto-threads --fast --format --long --memlimit --memory --priority \
         --show-default-cparams --size-hint --stream-size --target-compressed-block-size \
         --threads --train --train-legacy --zstd -B -M -P -T -b -e -i -p -s",
    )
    .same("--list=-l --stdout=-c --test=-t")
    .roles(&[
        ("-D", Role::Read),
        ("-o", Role::Write),
        ("--output-dir-flat", Role::Write),
        ("--output-dir-mirror", Role::Write),
        ("--filelist", Role::List),
        ("--patch-from", Role::Read),
        ("--trace", Role::Write),
    ])
    .all(Role::WriteTree)
    .with(&[("-c -l -t", Operands::all(Role::ReadTree))]),
);
