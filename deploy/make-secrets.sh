#!/bin/sh
# Makes the secrets that compose.yaml and the systemd units read, once: run again, it changes nothing. Only their owner may
# enter the folder; the files in it are readable for the containers that they are mounted into.
#   deploy/make-secrets.sh [FOLDER]     # default: secrets
set -eu
folder="${1:-secrets}"
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

random() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

make() {
  [ -s "$folder/$1" ] && return 0
  printf '%s\n' "$2" >"$folder/$1.draft"
  chmod 444 "$folder/$1.draft"
  mv "$folder/$1.draft" "$folder/$1"
}

make database_password "$(random)"
make admin_token "$(random)"
make submit_token "$(random)"
make worker_token "$(random)"
make metrics_token "$(random)"
make coordinator_tokens "admin:$(cat "$folder/admin_token"),submit:$(cat "$folder/submit_token"),worker:$(cat "$folder/worker_token")"
echo "The secrets are in $folder; admin_token is for people, submit_token for programs that hand in work."
