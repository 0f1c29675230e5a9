#!/usr/bin/env bash
# The programs that the tests start: a browser, a virus scanner, LibreOffice, gettext, PgBouncer, PostgreSQL, Redis.
# On a Debian-like machine root gets what is missing by apt-get, with one line that says so; anybody else reads the
# one command that does it.
# Exit status 77: something is still missing; the lines above name the parts of the bar that cannot run without it.
# SYSTEM_ROOT: the folder taken for /, which the test of this script makes.
set -euo pipefail
cd "$(dirname "$0")/.."
root=${SYSTEM_ROOT:-} python=$("$BASH" .ci/python.sh)
PATH=$PATH:$root/usr/sbin:$root/sbin # clamd and pgbouncer lie there, where not everybody looks
servers="Tests on PostgreSQL, Redis, worker" opened="the tests that open cleaned files as people do"
# Any of them will do. The first takes half the processor time of the others, and so is brought even beside one of them.
browsers=(chromium-headless-shell chromium chromium-browser google-chrome)

has() { # has PROGRAM…: whether one of them can be started
    local program
    for program; do ! command -v "$program" >/dev/null || return 0; done
    return 1
}
there() { # there PATTERN…: whether a file or a folder is called so
    local pattern
    for pattern; do ! compgen -G "$root$pattern" >/dev/null || return 0; done
    return 1
}
lacks() { # lacks PACKAGE PART: remember the Debian package, and the part that cannot run without it
    packages+=("$1")
    [[ "; $lost; " == *"; $2; "* ]] || lost+=${lost:+; }$2
}
look() {
    packages=() lost=""
    has make || lacks make "every part"
    has "$python" || lacks python3 "every part"
    [ -x .venv/bin/python ] || "$python" -c 'import ensurepip' 2>/dev/null || lacks python3-venv "every part"
    has "${browsers[@]}" || lacks chromium-headless-shell "Tests in Chromium"
    there '/usr/share/fonts/*/liberation*' '/usr/share/fonts/liberation*' || lacks fonts-liberation "Tests in Chromium"
    has clamd || lacks clamav-daemon "the tests of the virus scanner"
    there '/usr/lib*/libreoffice/program/libswlo.so' || lacks libreoffice-writer-nogui "$opened"
    there '/usr/lib*/libreoffice/program/libsclo.so' || lacks libreoffice-calc-nogui "$opened"
    { has xgettext && has msgfmt; } || lacks gettext "the test that collects the words to be translated"
    has pgbouncer || lacks pgbouncer "the tests behind a pooler"
    has redis-server valkey-server || [ -n "${TEST_REDIS_URL:-}" ] || lacks redis-server "$servers"
    has initdb || there '/usr/lib/postgresql/*/bin/initdb' || [ -n "${TEST_DATABASE_URL:-}" ] || lacks postgresql "$servers"
}

get=(apt-get install -y --no-install-recommends)
install() { # together; one by one where that fails, since one that is not to be had must not keep the others away
    local package
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq || true
    "${get[@]}" -qq "$@" || for package; do
        "${get[@]}" -qq "$package" || [ "$package" != "${browsers[0]}" ] || has "${browsers[@]}" ||
            "${get[@]}" -qq chromium || true
    done
}
known() { # known PACKAGE: whether apt-get could bring it, as far as one can tell without asking the network
    ! there '/var/lib/apt/lists/*Packages*' || apt-cache show "$1" >/dev/null 2>&1
}

installs() { has apt-get && [ "$(id -u)" = 0 ]; } # whether this script may

look
if installs && has "${browsers[@]}" && ! has "${browsers[0]}" && known "${browsers[0]}"; then
    packages+=("${browsers[0]}")
fi
if [ ${#packages[@]} -gt 0 ] && installs; then
    echo "Installing ${packages[*]} by apt-get, for the tests that start them …"
    log=$(install "${packages[@]}" 2>&1)
    hash -r
    look
    [ ${#packages[@]} = 0 ] || printf '%s\n' "$log"
fi
if [ ${#packages[@]} -gt 0 ]; then
    echo "Missing: ${packages[*]}. Without that, these cannot run: $lost."
    echo "As root on Debian: apt-get update && ${get[*]} ${packages[*]}"
    exit 77
fi
echo "Every program that the tests start is installed."
