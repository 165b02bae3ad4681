#!/bin/sh
# What the demonstration needs: packages and a build. Read by install.sh.
set -eu

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
