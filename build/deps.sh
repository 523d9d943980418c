#!/usr/bin/env bash
# Installs what the tests need: Debian packages, and the npm packages of test/browser (for tests only, never shipped).
# It says what before it starts; where it cannot install, it names what is missing and how to get it, and ends with status 1.
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
command -v python3                               | python3        | the log checked by a program of another language
[ "$(id -u)" = 0 ] || command -v fusermount3     | fuse3          | power cuts, on a file system of our own
command -v node && node --version                | nodejs         | browser tests, in Chromium 109
command -v npm                                   | npm            | the packages of test/browser
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

gone=$(missing)
packages=$(cut -d' ' -f1 <<<"$gone" | tr '\n' ' ')
everything=$gone
npm_current || everything+=${everything:+$'\n'}"test/browser/node_modules | npm packages of the browser tests"
if [ -z "$everything" ]; then
  echo "Everything the tests need is here."
  exit 0
fi
printf 'Missing for the tests:\n%s\n' "$(sed 's/^/  /' <<<"$everything")" >&2
[ "${1:-}" != --check ] || exit 1

cannot() { # why
  printf '%s Install these by hand, then start again:\n  %s\n' "$1" "$packages" >&2
  exit 1
}

if [ -n "$gone" ]; then
  as_root=()
  if ! command -v apt-get >/dev/null; then
    cannot "Here is no apt-get (Debian, Ubuntu) to install them with."
  elif [ "$(id -u)" = 0 ]; then
    echo "Installing them with apt-get, as root."
  elif command -v sudo >/dev/null; then
    echo "Installing them with apt-get through sudo, which may ask for your password."
    as_root=(sudo)
  else
    cannot "You are not root, and here is no sudo."
  fi
  # Another program may hold the lock of the package database for a while.
  apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=600)
  # shellcheck disable=SC2086 # a list of names
  { "${apt[@]}" update && "${apt[@]}" install -y --no-install-recommends $packages </dev/null >/dev/null; } ||
    cannot "apt-get could not install them (its words are above)."
fi

if ! npm_current; then
  echo "Installing the npm packages of test/browser, into its node_modules."
  npm ci --prefix test/browser --no-audit --no-fund --loglevel=error
  cp test/browser/package-lock.json "$stamp"
fi
gone=$(missing)
[ -z "$gone" ] || { printf 'Still missing after installing:\n%s\n' "$(sed 's/^/  /' <<<"$gone")" >&2; exit 1; }
echo "Everything the tests need is here."
