import { mkdir } from "node:fs/promises";
import { type Demo, demoText, loadDemo } from "../database/seed.ts";
import { createSetupToken } from "./access/create-setup-token.ts";
import { openAccess } from "./access/open-access.ts";
import { type Api, createApi } from "./api.ts";
import { runCommand } from "./commands.ts";
import { PostgresBus } from "./platform/bus.ts";
import { type Config, ConfigError, parseConfig } from "./platform/config.ts";
import { fromRoot, type Installation, openInstallation } from "./platform/installation.ts";
import { createLog, type Log } from "./platform/log.ts";
import { createPlanCache } from "./rewards/find-plans.ts";
import { startWorker } from "./worker.ts";

const STOP_MS_MAX = 10_000;

const [, , ...args] = process.argv;

if (args[0] === "cli") {
  process.exitCode = await runCommand(args.slice(1));
} else {
  await start();
}

/** Starts what the role names, says where it serves, and stops in order on the first signal. */
async function start(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const installation = await openInstallation({
    config,
    log,
    migrations: fromRoot("database", "migrations"),
  });
  await claim(installation, config);
  const stop = await startParts(config, log, installation);
  const onSignal = (signal: string): void => {
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    void stop().then(() => process.exit(0));
  };
  process.once("SIGINT", () => onSignal("SIGINT"));
  process.once("SIGTERM", () => onSignal("SIGTERM"));
}

async function startParts(
  config: Config,
  log: Log,
  installation: Installation,
): Promise<() => Promise<void>> {
  const { db, secrets, app: appConnection } = installation;
  const bus = new PostgresBus(db, log);
  await bus.open();
  const demo = config.loadDemo ? await loadDemo({ db, hashingKey: secrets.hashing }) : null;
  const plans = createPlanCache();
  const worker =
    config.role === "api" ? null : await startWorker({ db, bus, log, plans, app: appConnection });
  const address = { url: config.publicUrl ?? "" };
  const access = openAccess({
    db,
    bus,
    log,
    publicUrl: config.publicUrl,
    sessionSecret: secrets.session,
    trustedProxies: config.trustedProxies,
    rateLimitScale: config.rateLimitScale,
  });
  let api: Api | null = null;
  if (config.role !== "worker") {
    api = await createApi({
      db,
      bus,
      log,
      access,
      plans,
      hashingKey: secrets.hashing,
      publicUrl: () => address.url,
    });
    const listening = await api.app.listen({ host: config.host, port: config.port });
    address.url ||= listening;
    await sayReady(address.url, installation, demo);
  } else {
    process.stdout.write("ready worker\n");
  }
  return async () => {
    await api?.close();
    await worker?.close();
    access.close();
    await bus.close();
    await installation.close();
  };
}

/** One line that scripts wait for; before it, on the first start, how to become the owner. */
async function sayReady(url: string, { db }: Installation, demo: Demo | null): Promise<void> {
  const token = await db.writeDirectory(createSetupToken);
  if (token) {
    process.stdout.write(
      `\nReferralHub is new here. Create its owner at\n  ${url}/app/set-up?token=${token}\n` +
        `or load a believable demo program with\n  npm start -- --demo\n\n`,
    );
  }
  if (demo) process.stdout.write(`\n${demoText(demo, url)}\n\n`);
  process.stdout.write(`ready ${url}\n`);
}

async function claim({ embedded }: Installation, { role }: Config): Promise<void> {
  if (!embedded) return;
  for (const part of role === "all" ? ["api", "worker"] : [role]) await embedded.claimSingleInstance(part);
}

function readConfig(): Config {
  try {
    return parseConfig(process.env, args);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
