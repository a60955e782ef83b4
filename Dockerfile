# The MCP server for AgentCore Runtime, which runs linux/arm64 only. Both base images can be replaced:
#   docker build --build-arg BUNDLE_IMAGE=… --build-arg RUNTIME_IMAGE=… .
# Node 24 is supported until April 2028. `npm run renew:images` writes behind each tag the digest that it names today.
ARG BUNDLE_IMAGE=public.ecr.aws/docker/library/node:24-slim@sha256:0e0ff40c39bc087845bfb27465a0df4ea419520094bc35842ff83dd8cbe6f9b6
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian13:nonroot@sha256:bb6b03d81066993293a10feda7250e8e1cc034035fe9b61cfceededa7c8bf04d

# Runs on the builder's own platform: the bundle is the same bytes on each, so nothing is emulated.
FROM --platform=$BUILDPLATFORM ${BUNDLE_IMAGE} AS bundle
WORKDIR /build
COPY server/bundle-lock.json package-lock.json
RUN node -e 'require("fs").writeFileSync("package.json", JSON.stringify(require("./package-lock.json").packages[""]))' \
 && npm ci --ignore-scripts --no-audit --no-fund
COPY server server
RUN node server/bundle.mjs --sbom

# Node, one file and the list of what is in it: no shell, no npm, and nothing that is run while building.
FROM --platform=linux/arm64 ${RUNTIME_IMAGE}
COPY --from=bundle /build/dist/server/main.js /build/dist/server/main.cdx.json /app/
WORKDIR /app
# /nodejs/bin is where the distroless image has node; the rest serves other base images.
ENV NODE_ENV=production PATH=/nodejs/bin:/usr/local/bin:/usr/bin:/bin
# The number of distroless's "nonroot", so that a base image without that name will do.
USER 65532:65532
EXPOSE 8000
ENTRYPOINT ["node", "/app/main.js"]
