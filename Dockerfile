# The image is built from a clean clone: docker build -t referralhub .
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN node tools/build.mjs

FROM node:22-bookworm-slim AS modules
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev

FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 REFERRALHUB_DATA=/data
WORKDIR /app
COPY --from=modules /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY tools ./tools
COPY database/migrations ./database/migrations
RUN mkdir -m 0700 /data && chown node:node /data
# The image's own user, number 1000: PostgreSQL refuses to run as root, and we have no need to.
USER node
VOLUME /data
EXPOSE 3000
# Whether the process is worth keeping; a database that is away for a moment is no reason to end it.
HEALTHCHECK --interval=5s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "tools/start.mjs"]
