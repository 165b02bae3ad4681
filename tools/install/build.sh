#!/bin/sh
# Builds the program, and packs it for machines that have no SDK. Read by install.sh.
set -eu

: "${work:?}"

# Whoever called sudo: what is built in their folder is theirs.
as_builder() {
  if [ "$(id -u)" -eq 0 ] && [ -n "${SUDO_USER:-}" ] && [ "$SUDO_USER" != root ]; then
    runuser -u "$SUDO_USER" -- env HOME="$(getent passwd "$SUDO_USER" | cut -d: -f6)" PATH="$PATH" "$@"
  else
    "$@"
  fi
}

# Builds into a folder; nothing is done where it was built from the same sources.
build_into() {
  sources=$(find gateway firmware-profiles cloud-relay tools/analyzers ./*.props global.json -type f ! -path '*/bin/*' ! -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum)
  if [ -f "$1/homehub.dll" ] && [ "$(cat "$1.sources" 2>/dev/null)" = "$sources" ]; then
    echo "Built already"
    return 0
  fi
  echo "Building"
  rm -rf "$1" "$1.sources"
  as_builder dotnet publish gateway/HomeHub.Gateway -c Release -p:DebugType=none -v quiet --nologo /nodeReuse:false -o "$1" || fail "the build failed"
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
