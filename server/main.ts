import { mkdir } from "node:fs/promises";
import { type Demo, demoText, loadDemo } from "../database/seed.ts";
import { createSetupToken } from "./access/create-setup-token.ts";
import { openAccess } from "./access/open-access.ts";
import { createApi } from "./api.ts";
import { runCommand } from "./commands.ts";
import { acceptReturnedMail } from "./mail/accept-returned-mail.ts";
import { readReturnAddress } from "./mail/seal.ts";
import { serveMaintenance, wayBack } from "./maintenance.ts";
import { PostgresBus } from "./platform/bus.ts";
import { type Config, ConfigError, parseConfig } from "./platform/config.ts";
import type { Database } from "./platform/database.ts";
import { fromRoot, openInstallation, UpgradeStopped } from "./platform/installation.ts";
import { createLog, type Log } from "./platform/log.ts";
import { openMailer } from "./platform/mail.ts";
import { openMailReceiver } from "./platform/mail-receiver.ts";
import { onStop } from "./platform/stop.ts";
import { createPlanCache } from "./rewards/create-plan-cache.ts";
import { sentenceOf } from "./startup.ts";
import { startWorker, type WorkerDeps } from "./worker.ts";

/** What runs, as the ways to end it: the last to start is the first to go. */
type Running = { name: string; close(): Promise<void> | void }[];

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
  const running: Running = [];
  const stopping = onStop(log, () => closeAll(running, log));
  try {
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
    await open(config, log, running);
  } catch (error) {
    if (stopping.isStopping()) return;
    await closeAll(running, log);
    if (error instanceof UpgradeStopped) await maintain(config, log, running, error).catch(fail);
    else fail(error);
  } finally {
    stopping.mayStop();
  }

  function fail(error: unknown): never {
    const sentence = sentenceOf(error, config);
    if (sentence === null) log.error({ error }, "the start failed");
    process.stderr.write(`${sentence ?? `ReferralHub could not start: ${(error as Error).message}`}\n`);
    process.exit(1);
  }
}

async function open(config: Config, log: Log, running: Running): Promise<void> {
  const parts = config.role === "all" ? ["api", "worker"] : [config.role];
  const migrations = fromRoot("database", "migrations");
  const installation = await openInstallation({ config, log, migrations, parts });
  running.push({ name: "database", close: installation.close });
  const { db, secrets } = installation;
  const bus = new PostgresBus(db, log);
  running.push({ name: "bus", close: () => bus.close() });
  await bus.open();
  const demo = config.loadDemo ? await loadDemo({ db, hashingKey: secrets.hashing }) : null;
  const plans = createPlanCache();
  const address = { url: config.publicUrl ?? "" };
  const publicUrl = (): string => address.url;
  if (config.role !== "api") {
    const mails = openMails(config, running, { emailKey: secrets.hashing, publicUrl });
    const worker = await startWorker({
      ...{ db, bus, log, plans, app: installation.app, mails, hashingKey: secrets.hashing, publicUrl },
    });
    running.push({ name: "worker", close: worker.close });
    if (config.role === "worker") return void process.stdout.write("ready worker\n");
  }
  const access = openAccess({
    db,
    bus,
    log,
    publicUrl: config.publicUrl,
    sessionSecret: secrets.session,
    trustedProxies: config.trustedProxies,
    rateLimitScale: config.rateLimitScale,
  });
  running.push({ name: "access", close: access.close });
  await openBounces(config, running, { db, log, emailKey: secrets.hashing });
  const hasMail = config.smtpUrl !== null;
  const smtpHost = config.smtpUrl === null ? null : new URL(config.smtpUrl).host;
  const api = await createApi({
    db,
    bus,
    log,
    access,
    plans,
    hashingKey: secrets.hashing,
    publicUrl,
    hasMail,
    smtpHost,
  });
  running.push({ name: "api", close: api.close });
  const listening = await api.app.listen({ host: config.host, port: config.port });
  address.url ||= listening;
  sayReady(address.url, await db.writeDirectory(createSetupToken), demo);
}

/** The way to the mail server, where there is one. It closes after the worker, which may still be sending. */
function openMails(
  { smtpUrl, publicUrl, bounceHost }: Config,
  running: Running,
  deps: { emailKey: string; publicUrl: () => string },
): WorkerDeps["mails"] {
  if (smtpUrl === null) return null;
  const mailer = openMailer(smtpUrl, publicUrl === null ? null : new URL(publicUrl).hostname);
  running.push({ name: "mailer", close: mailer.close });
  return { ...deps, mailer, bounceHost };
}

/** The door for mails that came back, where this installation takes them itself. */
async function openBounces(
  { bouncePort, host }: Config,
  running: Running,
  { db, log, emailKey }: { db: Database; log: Log; emailKey: string },
): Promise<void> {
  if (bouncePort === null) return;
  const receiver = await openMailReceiver({
    ...{ host, port: bouncePort, log },
    isKnown: (address) => readReturnAddress(address, emailKey) !== null,
    take: async (raw, recipients) => void (await acceptReturnedMail({ db, emailKey }, raw, { recipients })),
  });
  running.push({ name: "bounces", close: receiver.close });
}

/** One line that scripts wait for; before it, on the first start, how to become the owner. */
function sayReady(url: string, setupToken: string | null, demo: Demo | null): void {
  if (setupToken) {
    process.stdout.write(
      `\nReferralHub is new here. Create its owner at\n  ${url}/app/set-up?token=${setupToken}\n` +
        `or load a believable demo program with\n  npm start -- --demo\n\n`,
    );
  }
  if (demo) process.stdout.write(`\n${demoText(demo, url)}\n\n`);
  process.stdout.write(`ready ${url}\n`);
}

/** Stays up and says why it does not serve: a process that ends is started again and fails again, unseen. */
async function maintain(config: Config, log: Log, running: Running, stopped: UpgradeStopped): Promise<void> {
  const { migration, backup } = stopped;
  log.error({ error: stopped.cause, migration, backup }, "the upgrade stopped; the data is unchanged");
  const server = await serveMaintenance(config, stopped);
  running.push({ name: "maintenance", close: () => server?.close() });
  const sentences = [stopped.message, ...wayBack(stopped).map((text) => text.replaceAll("`", ""))];
  process.stderr.write(`\nUpgrade stopped. Your data is unchanged.\n  ${sentences.join("\n  ")}\n\n`);
  process.stdout.write(`upgrade stopped ${server?.url ?? "worker"}\n`);
  // A worker has no server that would keep the process alive.
  const alive = setInterval(() => {}, 60_000);
  running.push({ name: "waiting", close: () => clearInterval(alive) });
}

/** Requests first, then what works without them, then the database. One that fails does not keep the others. */
async function closeAll(running: Running, log: Log): Promise<void> {
  for (let part = running.pop(); part; part = running.pop()) {
    try {
      await part.close();
    } catch (error) {
      log.error({ error, part: part.name }, "a part did not stop in order");
    }
  }
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
