#!/bin/sh
# Takes the hub away, and with --purge what it wrote. Read by install.sh.
set -eu

: "${yes:?}" "${program:?}" "${data:?}" "${settings:?}" "${unit:?}" "${command:?}" "${pending:?}" "${saved:?}" "${dbus_policy:?}" "${polkit_rule:?}" "${udev_rule:?}" "${index_mount:?}" "${index_files:?}" "${journal_bounds:?}"

uninstall() {
  systemctl disable -q --now homehub.service 2>/dev/null || true
  systemctl stop "$(basename "$index_mount")" 2>/dev/null || true
  for file in "$unit" "$index_mount" "$index_files" "$command" "$dbus_policy" "$polkit_rule" "$udev_rule" "$journal_bounds"; do
    [ ! -e "$file" ] || { rm -f "$file"; echo "  removed: $file"; }
  done
  rmdir --ignore-fail-on-non-empty /etc/systemd/journald.conf.d 2>/dev/null || true
  rm -rf "$program" "$program.new" "$program.previous" "$saved" "$pending" /run/homehub-index
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
  ! is_user_of_service || pkill -KILL -u homehub 2>/dev/null || true
  rm -rf "$data" "$settings" "$unit.d" /run/homehub
  ! is_user_of_service || userdel homehub || fail "the user homehub could not be removed"
  ! getent group homehub >/dev/null || getent passwd homehub >/dev/null || groupdel homehub
  echo "Nothing of HomeHub is left but what it wrote to the system's log. Packages that it needed, bonds of Bluetooth (bluetoothctl devices) and networks that were joined (nmcli connection) stay."
}
