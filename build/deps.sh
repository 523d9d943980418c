#!/usr/bin/env bash
# Installs what the tests need: Debian packages, and the npm packages of test/browser (for tests only, never shipped).
#
#   build/deps.sh           install what is missing; quick when nothing is
#   build/deps.sh --check   only name what is missing; status 1 when something is
set -euo pipefail
cd "$(dirname "$0")/.."

# Each line: a command that succeeds when the thing is here | its Debian package | what it is for.
needs='
command -v chromium || command -v google-chrome  | chromium       | browser tests, in the present Chromium
fc-list :lang=zh | grep .                        | fonts-noto-cjk | Chinese text in pictures and prints
command -v fc-list                               | fontconfig     | finding fonts
command -v pdftotext && command -v pdftoppm      | poppler-utils  | prints, checked by text and geometry
command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | postgresql | the second database engine
echo "int main(){}" | gcc -x c - -o /dev/null    | g++            | the race detector
command -v strace                                | strace         | crashes at a chosen system call
[ "$(id -u)" = 0 ] || command -v fusermount3     | fuse3          | power cuts, on a file system of our own
command -v node && node --version                | nodejs         | browser tests, in Chromium 109
command -v npm                                   | npm            | the packages of test/browser
command -v make                                  | make           | make test and the like
'

# The lock file that the installed packages were made from; npm itself writes none of ours there.
stamp=test/browser/node_modules/.installed-from

npm_current() { cmp -s test/browser/package-lock.json "$stamp"; }

missing() { # prints "package | purpose" for everything that is not here
  local line probe package purpose
  while IFS= read -r line; do
    [ -n "$line" ] || continue
    purpose=${line##*| }
    line=${line% |*}
    package=${line##*| }
    probe=${line% |*}
    bash -c "$probe" >/dev/null 2>&1 || echo "${package// /} | $purpose"
  done <<<"$needs"
}

if [ "${1:-}" = --check ]; then
  gone=$(missing)
  npm_current || gone+=${gone:+$'\n'}"test/browser/node_modules | npm packages of the browser tests"
  [ -z "$gone" ] && exit 0
  printf 'Missing for the full tests:\n%s\n' "$(sed 's/^/  /' <<<"$gone")" >&2
  exit 1
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

packages=$(missing | cut -d' ' -f1)
if [ -n "$packages" ]; then
  command -v apt-get >/dev/null || { echo "No apt-get here; install by hand:" $packages >&2; exit 1; }
  echo "Installing" $packages
  export DEBIAN_FRONTEND=noninteractive
  # Another program may hold the lock of the package database for a while.
  apt=("${as_root[@]}" apt-get -qq -o DPkg::Lock::Timeout=600)
  "${apt[@]}" update
  "${apt[@]}" install -y --no-install-recommends $packages </dev/null >/dev/null
fi

if ! npm_current; then
  npm ci --prefix test/browser --no-audit --no-fund --loglevel=error
  cp test/browser/package-lock.json "$stamp"
fi
echo "Everything the tests need is here."
