# syntax=docker/dockerfile:1
# Two images from one file, each for amd64 and arm64:
#   docker build --target hub   -t homehub .
#   docker build --target relay -t homehub-relay .
# Compiling is done once, on the builder's own architecture: what comes out runs on both, and brings the native parts of both.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# Packages are restored as the lock files name them, or not at all.
ENV CI=true
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY tools tools
COPY firmware-profiles firmware-profiles
COPY gateway gateway
COPY cloud-relay cloud-relay
RUN dotnet publish gateway/HomeHub.Gateway -c Release -p:UseAppHost=false -o /out/hub \
 && dotnet publish cloud-relay/HomeHub.CloudRelay -c Release -p:UseAppHost=false -o /out/relay \
 && find /out -mindepth 3 -maxdepth 3 -path '*/runtimes/*' ! -name linux-x64 ! -name linux-arm64 -exec rm -r {} +

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmosquitto1 ca-certificates tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
# The base image brings the user "app" with this number and no password.
USER $APP_UID
VOLUME /data
ENV DOTNET_EnableDiagnostics=0

FROM runtime AS hub
COPY --from=build /out/hub /opt/homehub
USER root
RUN printf '#!/bin/sh\nexec dotnet /opt/homehub/homehub.dll "$@"\n' > /usr/local/bin/homehub && chmod 0755 /usr/local/bin/homehub
USER $APP_UID
# Unhealthy when the buffer can't be read or no hub runs on it. A broker that is out of reach is no fault of the hub's.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD homehub status --data /data --json | grep -q '"pid": [0-9]'
# Where the home is must be said, or what devices tell over Bluetooth is held and not sent: the key timeZone of --config, or
#   docker run -v homehub:/data homehub run --data /data --broker mqtts://broker.example:8883 --time-zone Europe/Madrid
ENTRYPOINT ["homehub"]
CMD ["run", "--data", "/data"]

FROM runtime AS relay
COPY --from=build /out/relay /opt/homehub-relay
USER root
RUN printf '#!/bin/sh\nexec dotnet /opt/homehub-relay/homehub-relay.dll "$@"\n' > /usr/local/bin/homehub-relay && chmod 0755 /usr/local/bin/homehub-relay
USER $APP_UID
EXPOSE 8443
# The relay listens on loopback unless TLS and tokens are configured. When it listens elsewhere, set this to e.g. https://127.0.0.1:8443.
ENV RELAY_HEALTH_URL=http://127.0.0.1:8090
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD homehub-relay health --url "$RELAY_HEALTH_URL"
ENTRYPOINT ["homehub-relay"]
CMD ["run", "--data", "/data"]
