#!/bin/sh
# Puts the hub in its places and starts it; what is there as it should be stays. Read by install.sh.
set -eu

: "${broker:?}" "${bluetooth:?}" "${work:?}" "${program:?}" "${data:?}" "${settings:?}" "${unit:?}" "${command:?}" "${pending:?}" "${saved:?}" "${dbus_policy:?}" "${polkit_rule:?}" "${udev_rule:?}" "${index_mount:?}" "${index_files:?}" "${journal_bounds:?}"

# A file from a template, where it is not there as it should be.
put() {
  sed -e "s|@DOTNET@|$dotnet|g" -e "s|@PROGRAM@|$program|g" -e "s|@BROKER@|$broker|g" -e "s|@BLUETOOTH@|$bluetooth|g" -e "s|@BOARD_GROUP@|$board_group|g" -e "s|@DATA@|$data|g" -e "s|@LED@|$led|g" "tools/install/$2" >"$work/file"
  if cmp -s "$work/file" "$3" && [ "$(stat -c '%a %U:%G' "$3")" = "$1 root:${4:-root}" ]; then
    return 1
  fi
  [ -s "$work/file" ] || fail "tools/install/$2 is missing here"
  : >"$pending"
  mkdir -p "$(dirname "$3")"
  save "$3"
  install -m "$1" -o root -g "${4:-root}" "$work/file" "$3" || fail "$3 can't be written"
  echo "  written: $3"
  changed=yes
}

# Keeps a file as it was before the first change.
save() {
  [ -e "$1" ] && [ ! -e "$saved$1" ] || return 0
  mkdir -p "$saved$(dirname "$1")"
  cp -p "$1" "$saved$1"
}

# Puts all of them back.
put_back() {
  [ -d "$saved" ] || return 0
  find "$saved" -type f | while read -r file; do
    cp -p "$file" "${file#"$saved"}"
  done
  rm -rf "$saved"
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
  find_led
  put_program
  put 755 homehub "$command" || true
  configure
  if put 644 homehub.dbus.conf "$dbus_policy"; then systemctl reload dbus.service 2>/dev/null || true; fi
  ! is_installed polkitd || put 644 homehub.polkit.rules "$polkit_rule" || true
  if put 644 homehub.udev.rules "$udev_rule"; then
    udevadm control --reload || true
    udevadm trigger --subsystem-match=gpio --subsystem-match=input --subsystem-match=leds || true
    udevadm settle --timeout=10 || true
  fi
  if put 644 homehub.journal.conf "$journal_bounds"; then systemctl restart systemd-journald.service || echo "install.sh: the system's log could not be started anew; its bounds count from the next start" >&2; fi
  ! put 644 homehub.service "$unit" || restart=yes
  mount_index
  systemctl daemon-reload
  start_service
  [ "$changed" = yes ] || echo "Nothing had to be changed"
  tell_end
}

# A hub that runs has the index open as it is: what changes comes with its next start.
mount_index() {
  if put 644 homehub.tmpfiles.conf "$index_files"; then restart=yes; fi
  if put 644 homehub.mount "$index_mount"; then restart=yes; fi
}

# The one light of the LED class that the hub is let set: the one that the configuration names, else the usual one.
find_led() {
  led=$(sed 's:\(^\|[[:space:]]\)//.*::' "$settings/homehub.json" 2>/dev/null | tr '\n' ' ' | sed -n 's/.*"light"[[:space:]]*\:[[:space:]]*"led:\([^"]*\)".*/\1/p')
  case "$led" in
    "") led=homehub:status ;;
    .* | *[!a-zA-Z0-9:._-]*)
      echo "install.sh: the light $led has a name that no rule can be written for, so the hub is not let set it" >&2
      led=homehub:status
      ;;
  esac
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
  if getent group gpio >/dev/null && ! id -nG homehub | grep -qw gpio; then
    usermod -aG gpio homehub
    changed=yes restart=yes
  fi
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
    systemctl stop homehub.service 2>/dev/null || true
    systemd-tmpfiles --create "$index_files" || echo "install.sh: the index of the buffer's log stays on the disk" >&2
    if ! start_well; then
      journalctl -u homehub.service -n 20 --no-pager >&2 || true
      take_back
    fi
    changed=yes
  fi
  rm -rf "$program.previous" "$saved" "$pending"
}

# Also some seconds after it was ready: one that dies then is started again and again. How often it was before does not count.
start_well() {
  systemctl reset-failed homehub.service 2>/dev/null || true
  systemctl start homehub.service || return 1
  sleep 5
  systemctl is-active -q homehub.service && [ "$(systemctl show -p NRestarts --value homehub.service)" = 0 ]
}

# Program and files as they were before. What was not there before stays: the old ones know nothing of it.
take_back() {
  [ -d "$program.previous" ] || [ -n "$(find "$saved" -type f 2>/dev/null)" ] || fail "the service did not start; its last lines stand above"
  systemctl stop homehub.service 2>/dev/null || true
  if [ -d "$program.previous" ]; then
    rm -rf "$program"
    mv "$program.previous" "$program"
  fi
  put_back
  systemctl daemon-reload
  udevadm control --reload 2>/dev/null || true
  systemctl reload dbus.service 2>/dev/null || true
  ! start_well || fail "the new version did not start, so the one of before runs again; the last lines of the new one stand above"
  fail "neither the new version nor the one of before starts; the last lines of the new one stand above"
}

tell_end() {
  echo
  echo "HomeHub runs. The label says where its pages are, and by which code the nurse makes the hub hers:"
  "$command" label | sed 's/^/  /'
  echo "Print it: sudo homehub label --pdf - > label.pdf    How is it going: sudo homehub status"
  ! grep -q '"url": "none"' "$settings/homehub.json" || echo "Readings are kept until a broker is named: broker.url in $settings/homehub.json, then systemctl restart homehub"
}
