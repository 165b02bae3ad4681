#!/bin/sh
# Whether the hub can be installed on this machine: changes nothing. Read by install.sh.
set -eu

: "${broker:?}" "${bluetooth:?}" "${program:?}" "${data:?}" "${settings:?}"

# Free room that program, data and building here need, and memory, in MiB. A board with 512 MiB tells some 430.
need_program_mib=300
need_data_mib=700
need_build_mib=1500
need_memory_mib=400

# Bluetooth, the way to the broker, and the hub's name at home. Joining networks needs polkit where NetworkManager is.
needed_packages() {
  echo "ca-certificates dbus libmosquitto1 avahi-daemon tzdata"
  [ "$bluetooth" = false ] || echo bluez
  ! is_installed network-manager || echo polkitd
}

# Name and version of the system.
read_system() {
  # shellcheck source=/dev/null
  . /etc/os-release 2>/dev/null && echo "${ID:-unknown} ${VERSION_ID:-}"
}

missing_packages() {
  for package in $(needed_packages); do
    is_installed "$package" || echo "$package"
  done
}

knows_package() {
  apt-cache policy "$1" 2>/dev/null | grep -qE 'Candidate: [^(]'
}

# A runtime that the service can use: it has no home folders, and is not root.
find_dotnet() {
  for candidate in "$(command -v dotnet 2>/dev/null || true)" /usr/share/dotnet/dotnet /usr/lib/dotnet/dotnet /opt/dotnet/dotnet; do
    [ -x "$candidate" ] || continue
    candidate=$(readlink -f "$candidate")
    [ "${candidate#/home}" = "$candidate" ] || continue
    [ "$(id -u)" -ne 0 ] || setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$candidate" || continue
    if "$candidate" --list-runtimes 2>/dev/null | grep -q '^Microsoft.AspNetCore.App 10\.'; then
      echo "$candidate"
      return 0
    fi
  done
  return 1
}

has_sdk() {
  command -v dotnet >/dev/null 2>&1 && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'
}

need_sdk() {
  has_sdk || fail "the .NET 10 SDK is missing: https://dotnet.microsoft.com/download/dotnet/10.0"
}

is_packed() {
  [ -f program/homehub.dll ]
}

# What the configuration of an installed hub says.
leaves_bluetooth_out() {
  [ -r "$settings/homehub.json" ] && tr -d ' \n' <"$settings/homehub.json" | grep -q '"bluetooth":{"enabled":false'
}

free_mib() {
  folder=$1
  while [ ! -d "$folder" ]; do
    folder=$(dirname "$folder")
  done
  df -Pm "$folder" | awk 'NR == 2 { print $4 }'
}

good() {
  printf '  good     %-12s %s\n' "$1" "$2"
}

problem() {
  printf '  PROBLEM  %-12s %s\n' "$1" "$2"
  problems=$((problems + 1))
}

check() {
  problems=0
  echo "Checking"
  check_machine
  check_user
  check_broker
  check_packages
  check_runtime
  [ "$problems" -eq 0 ]
}

check_machine() {
  case "$(uname -m)" in
    x86_64 | aarch64) good architecture "$(uname -m)" ;;
    *) problem architecture "$(uname -m): amd64 or arm64 is needed; on a Raspberry Pi the 64-bit system" ;;
  esac

  system=$(read_system || echo unknown)
  case "$system" in
    "debian 12" | "debian 13" | "raspbian 12" | "raspbian 13") good system "$system" ;;
    *) problem system "$system: Debian 12, 13 or Raspberry Pi OS is needed" ;;
  esac
  if [ -d /run/systemd/system ]; then good services systemd; else problem services "systemd does not run here"; fi

  need_mib=$need_program_mib
  [ "$(stat -c %d /opt 2>/dev/null || stat -c %d /)" != "$(stat -c %d /var/lib)" ] || need_mib=$((need_program_mib + need_data_mib))
  if [ "$(free_mib "$program")" -ge "$need_mib" ]; then good disk "$(free_mib "$program") MiB free for the program"; else problem disk "$(free_mib "$program") MiB free at $program: $need_mib MiB are needed"; fi
  if [ "$(free_mib "$data")" -ge "$need_data_mib" ]; then good disk "$(free_mib "$data") MiB free for readings"; else problem disk "$(free_mib "$data") MiB free at $data: $need_data_mib MiB are needed"; fi

  memory_mib=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  if [ "$memory_mib" -ge "$need_memory_mib" ]; then good memory "$memory_mib MiB"; else problem memory "$memory_mib MiB: $need_memory_mib MiB are needed"; fi

  adapters=$(find /sys/class/bluetooth -maxdepth 1 -name 'hci*' -exec basename {} \; 2>/dev/null | sort | tr '\n' ' ')
  if [ "$bluetooth" = false ]; then
    good bluetooth "left out, as asked"
  elif [ -n "$adapters" ]; then
    good bluetooth "$adapters"
  else
    problem bluetooth "there is no adapter: plug one in or switch on the one that is built in, or say --without-bluetooth"
  fi
}

# An account of somebody's is not taken for the service's, nor removed with it.
check_user() {
  if is_user_of_service; then
    good user "homehub, of the service"
  elif getent passwd homehub >/dev/null; then
    problem user "there is an account homehub that is not the service's: rename it"
  fi
}

# What somebody has written into the configuration is not written over.
check_broker() {
  [ "$broker" != none ] && [ -r "$settings/homehub.json" ] || return 0
  grep -qE "\"url\": \"(none|$(printf '%s' "$broker" | sed 's/[][.]/\\&/g'))\"" "$settings/homehub.json" \
    || problem broker "another one is named in $settings/homehub.json: change broker.url there, then systemctl restart homehub"
}

check_packages() {
  missing=$(missing_packages)
  unknown=""
  for package in $missing; do
    knows_package "$package" || unknown="$unknown $package"
  done
  if [ -n "$unknown" ] && [ -z "$(find /var/lib/apt/lists -name '*Packages*' 2>/dev/null)" ]; then
    good packages "to be installed, and apt to be asked for them first: $(echo "$missing" | tr '\n' ' ')"
  elif [ -n "$unknown" ]; then
    problem packages "apt does not know:$unknown (try: apt-get update)"
  elif [ -n "$missing" ]; then
    good packages "to be installed: $(echo "$missing" | tr '\n' ' ')"
  else
    good packages "all there"
  fi
}

check_runtime() {
  if dotnet=$(find_dotnet); then
    good runtime "$dotnet"
  elif knows_package aspnetcore-runtime-10.0; then
    good runtime "to be installed: aspnetcore-runtime-10.0"
  else
    problem runtime "the ASP.NET Core 10 runtime is missing, and apt does not know it. Either add Microsoft's packages as https://learn.microsoft.com/dotnet/core/install/linux-debian says, or unpack the runtime of https://dotnet.microsoft.com/download/dotnet/10.0 to /usr/share/dotnet"
  fi
  if is_packed; then
    good program "packed here"
  elif has_sdk && [ "$(free_mib "$PWD")" -lt "$need_build_mib" ]; then
    problem program "$(free_mib "$PWD") MiB free in $PWD: building here takes $need_build_mib MiB. Pack it on another machine: ./install.sh --pack"
  elif has_sdk; then
    good program "to be built here"
  else
    problem program "the .NET 10 SDK is missing, so it can't be built here. Pack it on another machine: ./install.sh --pack"
  fi
}
