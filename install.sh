#!/bin/sh
# Installs HomeHub as a service, packs it for machines without an SDK, or shows it at work.
set -eu

cd "$(dirname "$0")"
# What other programs say is read here, and is to be in one language.
unset LANGUAGE
export LC_ALL=C.UTF-8
# Where .NET is put by hand; sudo leaves it out.
PATH=$PATH:/usr/share/dotnet:/usr/lib/dotnet:/opt/dotnet
usage() {
  cat <<'TEXT'
Usage: ./install.sh [--broker URL] [--without-bluetooth]   installs HomeHub on this machine, or brings it up to date
       ./install.sh --check                                says whether it can be installed; changes nothing
       ./install.sh --uninstall                            removes it; readings, configuration and the user homehub stay
       ./install.sh --purge [--yes]                        removes everything, the readings too
       ./install.sh --pack                                 builds it, and packs it for machines that have no SDK
       ./install.sh --demo [--keep] [--plain]              shows it at work, without installing it

  --broker URL         Where readings go, as mqtts://broker.example:8883. Without it they are kept until a broker is named in
                       /etc/homehub/homehub.json. Counts at the first installation; a configuration that is there stays as it is.
  --without-bluetooth  Installs on a machine that has no Bluetooth adapter; readings then come by hand only. Said once: the configuration keeps it.
  --yes                Purges without asking.

  --demo   Builds HomeHub and shows readings of simulated and real devices on their way: buffered, sent, receipted. Cuts the broker off
           in the middle. Ends by itself in about a minute; exit status 0 only if every reading arrived.
  --keep   Leaves hub, relay and broker running after the demonstration.
  --plain  Plain lines, also on a terminal.
  --help   This text.

Examples:
  sudo ./install.sh --broker mqtts://broker.example:8883
  ./install.sh --check && sudo ./install.sh
  ./install.sh --pack && scp artifacts/homehub-*.tar.gz hub.local:      # there: tar -xf homehub-*.tar.gz && sudo homehub/install.sh

Needs Debian 12, 13 or Raspberry Pi OS on amd64 or arm64, and the .NET 10 SDK to build; a packed one needs the ASP.NET Core 10 runtime only.
Everything is checked first; where something is missing, nothing is changed. Exit status: 0 done, 1 failed, 2 wrong usage.
TEXT
}

fail() {
  echo "install.sh: $1" >&2
  exit "${2:-1}"
}

mode=install broker=none bluetooth=true yes=no keep="" plain=""
while [ $# -gt 0 ]; do
  case "$1" in
    --check | --uninstall | --purge | --pack | --demo) mode=${1#--} ;;
    --broker)
      [ $# -gt 1 ] || fail "--broker wants a URL" 2
      shift
      broker=$1
      case "$broker" in
        mqtt://?* | mqtts://?* | none) ;;
        *) fail "--broker wants mqtt://host[:port] or mqtts://host[:port], and not $broker" 2 ;;
      esac
      case "$broker" in
        *[!a-zA-Z0-9:/.\[\]_-]*) fail "--broker: only the name and port of the broker belong into its URL" 2 ;;
      esac
      ;;
    --without-bluetooth) bluetooth=false ;;
    --yes) yes=yes ;;
    --keep) keep=--keep ;;
    --plain) plain=--plain ;;
    --help | -h) usage; exit 0 ;;
    *) usage >&2; fail "unknown option: $1" 2 ;;
  esac
  shift
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=tools/install/places.sh
. tools/install/places.sh
# shellcheck source=tools/install/check.sh
. tools/install/check.sh
# shellcheck source=tools/install/build.sh
. tools/install/build.sh
# shellcheck source=tools/install/setup.sh
. tools/install/setup.sh
# shellcheck source=tools/install/remove.sh
. tools/install/remove.sh
# shellcheck source=tools/install/demo.sh
. tools/install/demo.sh

! leaves_bluetooth_out || bluetooth=false

case "$mode" in
  check) check ;;
  pack) pack ;;
  uninstall) require_root; uninstall ;;
  purge) require_root; purge ;;
  demo)
    need_sdk
    install_packages_of_demo
    build_demo
    rm -rf "$work"
    # shellcheck disable=SC2086 # empty when not asked for
    exec gateway/HomeHub.Gateway/bin/Release/net10.0/homehub demo $keep $plain
    ;;
  install)
    check || fail "nothing was changed"
    require_root
    install_hub
    ;;
esac
