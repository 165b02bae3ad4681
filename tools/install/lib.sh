#!/bin/sh
# What install.sh does, step by step; it reads this, in the repository or in the folder that --pack made of it.
set -eu

# What install.sh was told, and a folder for what is temporary.
: "${broker:?}" "${bluetooth:?}" "${yes:?}" "${work:?}"

program=/opt/homehub
data=/var/lib/homehub
settings=/etc/homehub
unit=/etc/systemd/system/homehub.service
command=/usr/local/bin/homehub
# There while something was written that the running service does not have yet, also where an installation broke off.
pending=/opt/homehub.pending
dbus_policy=/etc/dbus-1/system.d/homehub.conf
polkit_rule=/etc/polkit-1/rules.d/50-homehub.rules
udev_rule=/etc/udev/rules.d/60-homehub.rules
journal_bounds=/etc/systemd/journald.conf.d/homehub.conf

# Free room that program and data need, and memory, in MiB. A board with 512 MiB tells some 430.
need_program_mib=300
need_data_mib=700
need_memory_mib=400

require_root() {
  [ "$(id -u)" -eq 0 ] || fail "this needs root: sudo $0"
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# ---- what is needed ----

# Bluetooth, the way to the broker, and the hub's name at home. Joining networks needs polkit where NetworkManager is.
needed_packages() {
  echo "ca-certificates dbus libmosquitto1 avahi-daemon tzdata"
  [ "$bluetooth" = false ] || echo bluez
  ! is_installed network-manager || echo polkitd
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

  # shellcheck source=/dev/null
  id=$(. /etc/os-release 2>/dev/null && echo "${ID:-}") version=$(. /etc/os-release 2>/dev/null && echo "${VERSION_ID:-}")
  case "$id $version" in
    "debian 12" | "debian 13" | "raspbian 12" | "raspbian 13") good system "$id $version" ;;
    *) problem system "${id:-unknown} $version: Debian 12, 13 or Raspberry Pi OS is needed" ;;
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
  entry=$(getent passwd homehub) || return 0
  case "$entry" in
    homehub:*:$data:/usr/sbin/nologin) good user "homehub, of the service" ;;
    *) problem user "there is an account homehub that is not the service's: rename it" ;;
  esac
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
  elif has_sdk; then
    good program "to be built here"
  else
    problem program "the .NET 10 SDK is missing, so it can't be built here. Pack it on another machine: ./install.sh --pack"
  fi
}

# ---- building ----

# Builds into a folder; nothing is done where it was built from the same sources.
build_into() {
  sources=$(find gateway firmware-profiles cloud-relay tools/analyzers ./*.props global.json -type f ! -path '*/bin/*' ! -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
  if [ -f "$1/homehub.dll" ] && [ "$(cat "$1.sources" 2>/dev/null)" = "$sources" ]; then
    echo "Built already"
    return 0
  fi
  echo "Building"
  rm -rf "$1" "$1.sources"
  dotnet publish gateway/HomeHub.Gateway -c Release -p:DebugType=none -v quiet --nologo /nodeReuse:false -o "$1" || fail "the build failed"
  # A program of the builder's own kind of machine; the service starts the portable part.
  rm -f "$1/homehub"
  find "$1/runtimes" -mindepth 1 -maxdepth 1 ! -name linux-x64 ! -name linux-arm64 -exec rm -r {} + 2>/dev/null || true
  echo "$sources" >"$1.sources"
}

pack() {
  need_sdk
  build_into "$PWD/artifacts/program"
  version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)
  rm -f artifacts/homehub-*.tar.gz
  mkdir -p "$work/homehub/tools"
  cp -r artifacts/program "$work/homehub/program"
  cp -r tools/install "$work/homehub/tools/install"
  cp install.sh README.md LICENSE "$work/homehub/"
  cp -r docs "$work/homehub/docs"
  tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner -czf "artifacts/homehub-$version.tar.gz" homehub
  echo "Packed: artifacts/homehub-$version.tar.gz"
}

# ---- installing ----

# A file from a template, where it is not there as it should be.
put() {
  sed -e "s|@DOTNET@|$dotnet|g" -e "s|@PROGRAM@|$program|g" -e "s|@BROKER@|$broker|g" -e "s|@BLUETOOTH@|$bluetooth|g" -e "s|@BOARD_GROUP@|$board_group|g" "tools/install/$2" >"$work/file"
  if cmp -s "$work/file" "$3" && [ "$(stat -c '%a %U:%G' "$3")" = "$1 root:${4:-root}" ]; then
    return 1
  fi
  [ -s "$work/file" ] || fail "tools/install/$2 is missing here"
  : >"$pending"
  mkdir -p "$(dirname "$3")"
  install -m "$1" -o root -g "${4:-root}" "$work/file" "$3" || fail "$3 can't be written"
  echo "  written: $3"
  changed=yes
}

install_hub() {
  changed=no restart=no
  [ ! -e "$pending" ] || restart=yes
  install_packages
  dotnet=$(find_dotnet) || fail "the ASP.NET Core 10 runtime was installed and can't be found"
  if is_packed; then built=$PWD/program; else built=$PWD/artifacts/program; build_into "$built"; fi
  make_user
  board_group=homehub
  ! getent group gpio >/dev/null || board_group=gpio
  put_program
  put 755 homehub "$command" || true
  configure
  if put 644 homehub.dbus.conf "$dbus_policy"; then systemctl reload dbus.service 2>/dev/null || true; fi
  ! is_installed polkitd || put 644 homehub.polkit.rules "$polkit_rule" || true
  if put 644 homehub.udev.rules "$udev_rule"; then
    udevadm control --reload || true
    udevadm trigger --subsystem-match=gpio --subsystem-match=input --subsystem-match=leds || true
  fi
  if put 644 homehub.journal.conf "$journal_bounds"; then systemctl restart systemd-journald.service || echo "install.sh: the system's log could not be started anew; its bounds count from the next start" >&2; fi
  ! put 644 homehub.service "$unit" || restart=yes
  systemctl daemon-reload
  start_service
  [ "$changed" = yes ] || echo "Nothing had to be changed"
  tell_end
}

# The configuration is whoever's edits it; only a broker that nobody has named yet is put in.
configure() {
  if [ ! -f "$settings/homehub.json" ]; then
    put 640 homehub.json "$settings/homehub.json" homehub
    restart=yes
  elif [ "$broker" != none ] && grep -q '"url": "none"' "$settings/homehub.json"; then
    sed -i "s|\"url\": \"none\"|\"url\": \"$broker\"|" "$settings/homehub.json"
    echo "  written: broker.url in $settings/homehub.json"
    changed=yes restart=yes
  fi
}

install_packages() {
  missing=$(missing_packages)
  find_dotnet >/dev/null || missing="$missing aspnetcore-runtime-10.0"
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # a list of names
  echo "Installing" $missing
  DEBIAN_FRONTEND=noninteractive apt-get update -qq || fail "apt-get update failed"
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null || fail "the packages could not be installed"
  changed=yes
}

make_user() {
  if ! getent passwd homehub >/dev/null; then
    useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin homehub
    echo "  made: user homehub"
    changed=yes
  fi
  ! getent group gpio >/dev/null || id -nG homehub | grep -qw gpio || usermod -aG gpio homehub
  [ -d "$data" ] || install -d -m 700 -o homehub -g homehub "$data"
  [ -d "$settings" ] || install -d -m 750 -o root -g homehub "$settings"
}

# The program is put beside the one of before, which is kept until the new one has started.
put_program() {
  ! diff -rq "$built" "$program" >/dev/null 2>&1 || return 0
  : >"$pending"
  rm -rf "$program.new" "$program.previous"
  cp -r "$built" "$program.new"
  chown -R root:root "$program.new"
  chmod -R u=rwX,go=rX "$program.new"
  [ ! -d "$program" ] || mv "$program" "$program.previous"
  mv "$program.new" "$program"
  echo "  written: $program"
  changed=yes restart=yes
}

start_service() {
  systemctl is-enabled -q homehub.service 2>/dev/null || systemctl enable -q homehub.service
  systemctl is-active -q homehub.service || restart=yes
  if [ "$restart" = yes ]; then
    echo "Starting"
    if ! systemctl restart homehub.service; then
      journalctl -u homehub.service -n 20 --no-pager >&2 || true
      if [ -d "$program.previous" ]; then
        rm -rf "$program"
        mv "$program.previous" "$program"
        systemctl restart homehub.service || fail "neither the new version nor the one of before starts; the last lines of the new one stand above"
        fail "the new version did not start, so the one of before runs again; the last lines of the new one stand above"
      fi
      fail "the service did not start; its last lines stand above"
    fi
    changed=yes
  fi
  rm -rf "$program.previous" "$pending"
}

tell_end() {
  echo
  echo "HomeHub runs. The label says where its pages are, and by which code the nurse makes the hub hers:"
  "$command" label | sed 's/^/  /'
  echo "Print it: sudo homehub label --pdf - > label.pdf    How is it going: sudo homehub status"
  ! grep -q '"url": "none"' "$settings/homehub.json" || echo "Readings are kept until a broker is named: broker.url in $settings/homehub.json, then systemctl restart homehub"
}

# ---- removing ----

uninstall() {
  systemctl disable -q --now homehub.service 2>/dev/null || true
  for file in "$unit" "$command" "$dbus_policy" "$polkit_rule" "$udev_rule" "$journal_bounds"; do
    [ ! -e "$file" ] || { rm -f "$file"; echo "  removed: $file"; }
  done
  rmdir --ignore-fail-on-non-empty /etc/systemd/journald.conf.d 2>/dev/null || true
  rm -rf "$program" "$program.new" "$program.previous" "$pending"
  systemctl restart systemd-journald.service 2>/dev/null || true
  systemctl daemon-reload
  systemctl reset-failed homehub.service 2>/dev/null || true
  systemctl reload dbus.service 2>/dev/null || true
  udevadm control --reload 2>/dev/null || true
  [ ! -d "$data" ] || echo "Readings stay in $data, the configuration in $settings. ./install.sh puts the hub back; ./install.sh --purge removes them."
}

purge() {
  if [ "$yes" = no ] && [ -d "$data" ]; then
    [ -t 0 ] || fail "this removes all readings, also those that were not sent: say --purge --yes" 2
    printf 'This removes all readings, also those that were not sent. Type purge to go on: '
    read -r answer
    [ "$answer" = purge ] || fail "nothing was removed"
  fi
  uninstall >/dev/null
  rm -rf "$data" "$settings" "$unit.d" /run/homehub
  pkill -KILL -u homehub 2>/dev/null || true
  case "$(getent passwd homehub || true)" in
    homehub:*:$data:/usr/sbin/nologin) userdel homehub || fail "the user homehub could not be removed" ;;
  esac
  ! getent group homehub >/dev/null || getent passwd homehub >/dev/null || groupdel homehub
  echo "Nothing of HomeHub is left but what it wrote to the system's log. Packages that it needed, bonds of Bluetooth (bluetoothctl devices) and networks that were joined (nmcli connection) stay."
}

# ---- showing it ----

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "packages are missing and neither root nor sudo is at hand: $*"
  fi
}

install_packages_of_demo() {
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

build_demo() {
  echo "Building"
  for project in gateway/HomeHub.Gateway cloud-relay/HomeHub.CloudRelay; do
    dotnet build "$project" -c Release -v quiet --nologo /nodeReuse:false || fail "the build of $project failed"
  done
}
