#!/bin/sh
# Installs what HomeHub needs, builds it, and shows it at work.
set -eu

cd "$(dirname "$0")"

usage() {
  cat <<'TEXT'
Usage: ./install.sh --demo [--keep] [--plain]

  --demo   Installs what is missing (mosquitto, libmosquitto1), builds HomeHub, and shows readings of simulated and real devices on
           their way: buffered, sent, receipted. Cuts the broker off in the middle. Ends by itself in about a minute; exit status 0
           only if every reading arrived.
  --keep   Leaves hub, relay and broker running after the demonstration.
  --plain  Plain lines, also on a terminal.
  --help   This text.

Needs Debian 12 or a system like it, git and the .NET 10 SDK. Installing packages needs root or sudo.
Installation as a service is not part of this version yet.
TEXT
}

fail() {
  echo "install.sh: $1" >&2
  exit "${2:-1}"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "packages are missing and neither root nor sudo is at hand: $*"
  fi
}

is_installed() {
  dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'
}

install_packages() {
  command -v dpkg-query >/dev/null 2>&1 || {
    command -v mosquitto >/dev/null 2>&1 || [ -x /usr/sbin/mosquitto ] || fail "this is no Debian: install mosquitto and libmosquitto yourself, then call again"
    return 0
  }
  missing=""
  had_broker=yes
  is_installed mosquitto || { missing="$missing mosquitto"; had_broker=no; }
  is_installed libmosquitto1 || missing="$missing libmosquitto1"
  [ -n "$missing" ] || return 0
  echo "Installing$missing"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # shellcheck disable=SC2086 # a list of package names
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  # The package starts a broker of its own on port 1883. The demonstration brings its own; a broker that was here before is left alone.
  if [ "$had_broker" = no ] && [ -d /run/systemd/system ]; then
    as_root systemctl disable --now mosquitto.service >/dev/null 2>&1 || echo "install.sh: Debian's mosquitto service could not be stopped; it is not needed" >&2
  fi
}

check_sdk() {
  command -v dotnet >/dev/null 2>&1 || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
  dotnet --list-sdks | grep -q '^10\.' || fail "the .NET SDK here is not version 10: https://dotnet.microsoft.com/download/dotnet/10.0"
}

build() {
  echo "Building"
  for project in gateway/HomeHub.Gateway cloud-relay/HomeHub.CloudRelay; do
    dotnet build "$project" -c Release -v quiet --nologo /nodeReuse:false || fail "the build of $project failed"
  done
}

demo=no
keep=""
plain=""
for argument in "$@"; do
  case "$argument" in
    --demo) demo=yes ;;
    --keep) keep=--keep ;;
    --plain) plain=--plain ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; fail "unknown option: $argument" 2 ;;
  esac
done

if [ "$demo" = no ]; then
  fail "installation as a service is not part of this version yet. To see HomeHub at work: ./install.sh --demo" 2
fi

check_sdk
install_packages
build
# shellcheck disable=SC2086 # empty when not asked for
exec gateway/HomeHub.Gateway/bin/Release/net10.0/homehub demo $keep $plain
