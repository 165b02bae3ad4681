#!/bin/sh
# Where everything of an installed hub stands, and what every step asks. Read by install.sh.
# shellcheck disable=SC2034 # The steps use them.
set -eu

program=/opt/homehub
data=/var/lib/homehub
settings=/etc/homehub
unit=/etc/systemd/system/homehub.service
command=/usr/local/bin/homehub
# There while something was written that the running service does not have yet, also where an installation broke off.
pending=/opt/homehub.pending
# What was there before, as long as it may have to come back.
saved=/opt/homehub.saved
dbus_policy=/etc/dbus-1/system.d/homehub.conf
polkit_rule=/etc/polkit-1/rules.d/50-homehub.rules
udev_rule=/etc/udev/rules.d/60-homehub.rules
# The name is that of the place where it is mounted, as systemd wants it.
index_mount='/etc/systemd/system/var-lib-homehub-buffer.db\x2dshm.mount'
index_files=/etc/tmpfiles.d/homehub.conf
journal_bounds=/etc/systemd/journald.conf.d/homehub.conf

require_root() {
  [ "$(id -u)" -eq 0 ] || fail "this needs root: sudo $0"
}

# And nobody's own account of that name.
is_user_of_service() {
  case "$(getent passwd homehub || true)" in
    homehub:*:$data:/usr/sbin/nologin) return 0 ;;
    *) return 1 ;;
  esac
}

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}
