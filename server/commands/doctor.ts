import fs from "node:fs";
import type { Config } from "../platform/config.ts";
import { type Inspection, inspectDatabase } from "../platform/database-inspection.ts";
import { openOwner } from "../platform/installation.ts";
import { sentenceOf } from "../startup.ts";
import type { BareContext, Command } from "./command.ts";

type Finding = { name: string; ok: boolean; says: string };

const FREE_BYTES_MIN = 2_000_000_000;
const CLOCK_SECONDS_MAX = 5;

/** What an operator would look at first, each with what to do about it. Changes nothing. */
export const doctor: Command = {
  name: "doctor",
  usage: "doctor [--json]",
  summary: "Look at configuration, database, disk and public address, and say what to do",
  options: ["json"],
  isBare: true,
  async run(context) {
    const { config, options, print } = context;
    const findings = [...(await lookAtDatabase(context)), lookAtDisk(config), lookAtAddress(config)];
    const ok = findings.every((finding) => finding.ok);
    print(
      options.has("json")
        ? JSON.stringify({ ok, findings })
        : findings.map((one) => `${one.ok ? "ok  " : "LOOK"} ${one.name}: ${one.says}`).join("\n"),
    );
    return ok ? 0 : 1;
  },
};

async function lookAtDatabase({ config, log, migrations }: BareContext): Promise<Finding[]> {
  const name = "database";
  try {
    const { embedded, owner } = await openOwner(config, log);
    try {
      const { version, now, schema } = await inspectDatabase(owner, migrations);
      const says = `${embedded ? "embedded" : "external"} PostgreSQL ${version} answers`;
      return [{ name, ok: true, says }, lookAtSchema(schema), lookAtClock(now)];
    } finally {
      await embedded?.close();
    }
  } catch (error) {
    return [{ name, ok: false, says: sentenceOf(error, config) ?? (error as Error).message }];
  }
}

function lookAtSchema(schema: Inspection["schema"]): Finding {
  const name = "schema";
  if (schema instanceof Error) return { name, ok: false, says: schema.message };
  const { isNew, pending } = schema;
  if (isNew) return { name, ok: true, says: "empty; the first start makes it" };
  if (pending.length === 0) return { name, ok: true, says: "up to date" };
  return { name, ok: true, says: `the next start will apply ${pending.join(", ")} after a backup` };
}

function lookAtClock(database: Date): Finding {
  const apart = Math.abs(Date.now() - database.getTime()) / 1_000;
  const ok = apart <= CLOCK_SECONDS_MAX;
  const says = ok
    ? "this machine and the database agree"
    : `${Math.round(apart)} s between this machine and the database: turn on time synchronisation (NTP)`;
  return { name: "clock", ok, says };
}

function lookAtDisk({ dataFolder }: Config): Finding {
  const { bavail, bsize } = fs.statfsSync(dataFolder);
  const free = bavail * bsize;
  const ok = free >= FREE_BYTES_MIN;
  const says = `${(free / 1e9).toFixed(1)} GB free in ${dataFolder}${ok ? "" : ": make room, an upgrade needs a backup"}`;
  return { name: "disk", ok, says };
}

function lookAtAddress({ publicUrl, host, port, trustedProxies }: Config): Finding {
  const name = "public address";
  if (publicUrl === null)
    return {
      name,
      ok: true,
      says: `not set, so links lead to http://${host}:${port}: set REFERRALHUB_URL to go public`,
    };
  if (!publicUrl.startsWith("https:"))
    return { name, ok: false, says: `${publicUrl} is not https: put a proxy with a certificate before it` };
  if (trustedProxies === 0)
    return {
      name,
      ok: false,
      says: `${publicUrl} needs a proxy, and none is trusted: set REFERRALHUB_TRUSTED_PROXIES=1, or everybody shares one rate limit`,
    };
  return { name, ok: true, says: publicUrl };
}
