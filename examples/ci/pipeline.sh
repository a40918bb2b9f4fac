#!/bin/sh
# From a commit to a database: lint, test, push with the commit as tag, apply that tag, look.
#
#   create   once, by hand: the empty repository that the first check compares with
#   check    what a pull request runs; it changes nothing, neither in the registry nor in a database
#   publish  what the main branch runs: check, then push
#   deploy   what a release runs: the database goes to the tag of the commit
#
# Reads ATLAS_CLOUD_URL and ATLAS_TOKEN (the registry), DATABASE_URL (the database), DEV_URL (an empty database of the
# same kind; sqlite://dev?mode=memory needs no server) and COMMIT (default: the commit that is checked out).
set -eu

repository=notes

commit() {
  if [ -n "${COMMIT:-}" ]; then
    echo "$COMMIT"
  elif ! git rev-parse --verify HEAD; then
    echo "$0: set COMMIT, or run in a git checkout" >&2
    return 1
  fi
}

create() {
  atlas cloud repo create --type migration_directory --name "$repository" --driver "${DEV_URL%%:*}" --skip-if-exists
}

check() {
  # The files that the registry does not have yet; before the first push that is all of them.
  atlas migrate lint --env ci --base "atlas://$repository"
  atlas migrate test --env ci
}

publish() {
  commit=$(commit)
  check
  atlas migrate push "$repository:$commit" --env ci # for deploys: nobody moves it
  atlas migrate push "$repository" --env ci         # the latest, which the next lint starts from
}

deploy() {
  commit=$(commit)
  # The files come from the registry, not from here: what was checked is what runs.
  atlas migrate apply --env ci --dir "atlas://$repository?tag=$commit"
  atlas migrate status --env ci --dir "atlas://$repository?tag=$commit"
}

case "${1:-}" in
  create | check | publish | deploy) "$1" ;;
  *)
    echo "usage: $0 create|check|publish|deploy" >&2
    exit 2
    ;;
esac
