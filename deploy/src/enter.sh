# Runs a command in a folder as if that were the root of the file system: the programs and libraries of this machine below
# it, and nothing else of it. Called by `unshare --mount`, so that none of its mounts is seen outside.
#   enter.sh ROOT MODE WORKDIR USER BINDS COMMAND…     MODE: rw for a build step; ro as `--read-only --tmpfs /tmp` does it
#   BINDS: SOURCE:TARGET:ro|rw, separated by blanks
set -eu
root=$1 mode=$2 workdir=$3 user=$4 binds=$5
shift 5
mount --make-rprivate /
mount --bind "$root" "$root"
for name in usr/bin usr/sbin usr/lib usr/lib64 usr/libexec usr/include usr/share etc dev proc; do
  [ -e "/$name" ] || continue
  mkdir -p "$root/$name"
  mount --rbind "/$name" "$root/$name"
  case $name in dev | proc) ;; *) mount -o remount,bind,ro "$root/$name" ;; esac
done
for name in bin sbin lib lib64; do
  if [ -L "/$name" ]; then ln -sfn "$(readlink "/$name")" "$root/$name"; fi
done
mkdir -p "$root/tmp"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
for bind in $binds; do
  source=${bind%%:*} rest=${bind#*:}
  target=${rest%%:*} access=${rest#*:}
  if [ -d "$source" ]; then mkdir -p "$root$target"; else mkdir -p "$root${target%/*}" && : >>"$root$target"; fi
  mount --bind "$source" "$root$target"
  [ "$access" = rw ] || mount -o remount,bind,ro "$root$target"
done
[ "$mode" = rw ] || mount -o remount,bind,ro "$root"
cd "$root$workdir"
if [ "$user" = 0:0 ]; then
  exec chroot "$root" /bin/sh -c 'cd "$0" && exec "$@"' "$workdir" "$@"
fi
exec chroot "$root" /usr/bin/setpriv --reuid="${user%:*}" --regid="${user#*:}" --clear-groups --no-new-privs \
  --inh-caps=-all --bounding-set=-all /bin/sh -c 'cd "$0" && exec "$@"' "$workdir" "$@"
