# To be sourced: makes a minimal Debian 12 in the temporary folder $root, which is removed at exit. Needs root and
# debootstrap.
[[ $(id -u) == 0 ]] || { echo "$0: needs root" >&2; exit 1; }
command -v debootstrap >/dev/null || { echo "$0: needs the package debootstrap" >&2; exit 1; }

root=$(mktemp --directory --tmpdir loophole-bare.XXXXXX)
trap 'rm -rf --one-file-system "$root"' EXIT
chmod 755 "$root"  # apt downloads as a user of its own

# It reaches the packages the way this machine does.
sources=$(apt-get indextargets --format 'deb $(SITE) $(CODENAME) $(COMPONENT)' 'Origin: Debian' 'Created-By: Packages')
mirror=$(awk '$3 == "bookworm" { print $2; exit }' <<<"$sources")
debootstrap --variant=minbase bookworm "$root" "${mirror:-http://deb.debian.org/debian}" >"$root.log" 2>&1 ||
  { tail -n 20 "$root.log" >&2; exit 1; }
rm -f "$root.log"

echo "$sources" >"$root/etc/apt/sources.list"
cp -a /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$root/etc/apt/"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"

# Runs a command in it, with nothing of this machine's environment.
in_debian() {
  # A mount namespace of its own: nothing is left mounted, however this ends.
  unshare --mount --propagation private bash -c '
    mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" &&
    exec chroot "$0" /usr/bin/env --ignore-environment HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin CI=true "$@"' \
    "$root" "$@" </dev/null
}
