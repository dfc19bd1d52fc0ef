# Deskbell with its own PostgreSQL: `docker build -t deskbell . && docker run --init -p 4000:4000 -v deskbell:/data deskbell`
# docs/operating.md says the rest. Every stage begins from the same image, so that what is installed fits where it runs.

FROM node:24-slim AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY contract/package.json contract/
COPY sdk/package.json sdk/
COPY server/package.json server/
COPY desk/package.json desk/
COPY widget/package.json widget/

# What browsers get.
FROM manifests AS pages
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.base.json ./
COPY scripts scripts
COPY contract contract
COPY sdk sdk
COPY desk desk
COPY widget widget
RUN node scripts/build.mjs

# What the server needs, and nothing that only tests or builds. npm packages can't hold the symbolic links of
# PostgreSQL's libraries; the second step lays them.
FROM manifests AS dependencies
COPY scripts/prepare scripts/prepare
RUN npm ci --workspace server --omit=dev --ignore-scripts --no-audit --no-fund \
  && node --input-type=module -e "import { repairPostgres } from './scripts/prepare/postgres-programs.mjs'; repairPostgres();"

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000 DATA_DIR=/data
WORKDIR /app
RUN mkdir --mode=700 /data && chown node:node /data \
  && ln -s /app/server/bin/deskbell.mjs /usr/local/bin/deskbell
COPY --from=dependencies /app/node_modules node_modules
COPY contract contract
COPY server server
COPY widget/demo widget/demo
COPY --from=pages /app/desk/dist desk/dist
COPY --from=pages /app/widget/dist widget/dist
# Has a name, which PostgreSQL insists on, and no rights beyond /data.
USER node
VOLUME /data
EXPOSE 4000
# The embedded database finishes what is under way, then writes everything down.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/server/bin/deskbell.mjs"]
CMD ["start"]
