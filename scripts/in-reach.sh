#!/bin/sh
# in-reach.sh UID BUN COMMAND…: for tests that run as a user who owns nothing. Becomes COMMAND as that user (0: stays root),
# where this checkout and Bun can be entered, wherever they lie: a folder above them that is closed to others (a home, a
# private temporary folder) is covered, in a mount namespace of this command alone, by an open one that holds nothing else.
# Needs root on Linux.
set -eu
user=$1
bun=$(dirname "$(readlink -f "$2")")
checkout=$(readlink -f "$(dirname "$0")/..")
shift 2

# The first folder on the way to $1 that others may not enter, if there is one.
closed_above() {
  path=$(dirname "$1")
  found=
  while [ "$path" != / ]; do
    case $(stat -c %A "$path") in *[xt]) ;; *) found=$path ;; esac
    path=$(dirname "$path")
  done
  echo "$found"
}

if [ "${SLUICE_IN_REACH:-}" = "" ] && [ "$(closed_above "$checkout")$(closed_above "$bun")" != "" ]; then
  SLUICE_IN_REACH=$(mktemp -d)
  export SLUICE_IN_REACH
  exec unshare --mount --propagation private "$0" "$user" "$bun/bun" "$@"
fi

if [ "${SLUICE_IN_REACH:-}" != "" ]; then
  held=$SLUICE_IN_REACH
  unset SLUICE_IN_REACH
  mkdir "$held/checkout" "$held/bun"
  mount --rbind "$checkout" "$held/checkout"
  mount --rbind "$bun" "$held/bun"
  for name in checkout bun; do
    eval "place=\$$name"
    closed=$(closed_above "$place")
    [ "$closed" = "" ] || mount -t tmpfs -o mode=755 tmpfs "$closed"
    # Under the other one's cover.
    [ -e "$place" ] || (umask 022 && mkdir -p "$place")
    mount --rbind "$held/$name" "$place"
    umount -l "$held/$name"
  done
  rmdir "$held/checkout" "$held/bun" "$held"
fi

[ "$user" != 0 ] || exec "$@"
exec setpriv --reuid "$user" --regid "$user" --clear-groups -- "$@"
