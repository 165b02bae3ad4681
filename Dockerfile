# syntax=docker/dockerfile:1
# Two images from one file, each for amd64 and arm64:
#   docker build --target hub   -t homehub .
#   docker build --target relay -t homehub-relay .
# Compiling is done on the builder's own architecture; what comes out is framework-dependent and differs only in its native parts.

FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /src
COPY Directory.Build.props Directory.Packages.props global.json .editorconfig ./
COPY tools tools
COPY firmware-profiles firmware-profiles
COPY gateway gateway
COPY cloud-relay cloud-relay
RUN case "$TARGETARCH" in amd64) rid=linux-x64 ;; arm64) rid=linux-arm64 ;; *) echo "no build for $TARGETARCH" >&2; exit 1 ;; esac \
 && dotnet publish gateway/HomeHub.Gateway -c Release -r "$rid" --self-contained false -o /out/hub \
 && dotnet publish cloud-relay/HomeHub.CloudRelay -c Release -r "$rid" --self-contained false -o /out/relay

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime
RUN apt-get update \
 && apt-get install -y --no-install-recommends libmosquitto1 ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && install -d -o "$APP_UID" -g "$APP_UID" -m 0700 /data
# The base image brings the user "app" with this number and no password.
USER $APP_UID
VOLUME /data
ENV DOTNET_EnableDiagnostics=0

FROM runtime AS hub
COPY --from=build /out/hub /opt/homehub
ENV PATH=/opt/homehub:$PATH
# Answers from the data folder: fails when there is no buffer or it can't be read.
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD ["homehub", "status", "--data", "/data", "--json"]
ENTRYPOINT ["homehub"]
CMD ["run", "--data", "/data"]

FROM runtime AS relay
COPY --from=build /out/relay /opt/homehub-relay
ENV PATH=/opt/homehub-relay:$PATH
EXPOSE 8443
# The relay listens on loopback unless TLS and tokens are configured. When it listens elsewhere, set this to e.g. https://127.0.0.1:8443.
ENV RELAY_HEALTH_URL=http://127.0.0.1:8090
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s --retries=3 CMD homehub-relay health --url "$RELAY_HEALTH_URL"
ENTRYPOINT ["homehub-relay"]
CMD ["run", "--data", "/data"]
