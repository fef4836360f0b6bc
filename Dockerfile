# syntax=docker/dockerfile:1.7
# One image per service:
#
#   docker build --build-arg APP=gateway -t modelyard/gateway:0.1.0 .
#
# APP is gateway, registry, training or inference. Training takes ACCELERATOR=gpu too: TensorFlow with its CUDA
# libraries, several GB larger; the driver comes from the node.
ARG NODE_IMAGE=node:22-bookworm-slim

FROM ${NODE_IMAGE} AS build
ARG APP
ENV CI=true NX_DAEMON=false
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.npm \
    : "${APP:?name the service: --build-arg APP=gateway|registry|training|inference}" \
    && npm ci \
    && npx nx build "${APP}" --outputStyle=static \
    && node tools/images/production-tree.mjs "${APP}" /app

FROM ${NODE_IMAGE} AS production
ARG APP
ARG ACCELERATOR=cpu
# Where TensorFlow's libraries are set up is where the addon looks for them later: below /app, at the same path.
ENV XDG_CACHE_HOME=/app/.cache
WORKDIR /app
COPY --from=build /app ./
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev
# Brings its own compiler, which stays in this stage. Without a working TensorFlow there is no image: the WebAssembly
# fallback is for laptops.
RUN if [ "${APP}" = training ]; then \
      node tools/native-tensorflow/setup.mjs "--${ACCELERATOR}" \
      && node tools/native-tensorflow/setup.mjs --check \
      && rm -rf tools node_modules/@modelyard/tools-native-tensorflow; \
    fi
COPY tools/images/health-check.mjs ./

FROM ${NODE_IMAGE} AS service
ARG APP
ARG VERSION=0.1.0
# Training writes it into every run.
ARG SOURCE_COMMIT=""
LABEL org.opencontainers.image.title="modelyard-${APP}" \
      org.opencontainers.image.description="The ${APP} service of Modelyard, a self-hosted model platform" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${SOURCE_COMMIT}" \
      org.opencontainers.image.licenses="Apache-2.0"
# The user has no home folder; the root file system may be read-only, /tmp alone is written to.
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8080 \
    HOME=/tmp \
    SOURCE_COMMIT="${SOURCE_COMMIT}" \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=production /app /app
WORKDIR /app/apps/${APP}
USER 65532:65532
EXPOSE 8080
# For Docker and Compose; Kubernetes ignores it and has probes.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["node", "/app/health-check.mjs"]
# Node itself is process 1: it gets SIGTERM, and the service ends by it.
CMD ["node", "dist/main.js"]
