import { resolve } from "node:path";

export type Role = "all" | "api" | "worker";

export type Config = {
  role: Role;
  host: string;
  port: number;
  dataFolder: string;
  /** Null: the embedded PostgreSQL in the data folder. */
  databaseUrl: string | null;
  /** What people type; null until set, then the address we listen on is used. */
  publicUrl: string | null;
  smtpUrl: string | null;
  /** The host that mails which cannot be delivered come back to; null: they go to the sender. */
  bounceHost: string | null;
  /** Where mails that came back are taken, on this port; null: somebody else takes them. */
  bouncePort: number | null;
  trustedProxies: number;
  rateLimitScale: number;
  poolSize: number;
  preparedStatements: boolean;
  logLevel: "debug" | "info" | "warn" | "error" | "silent";
  loadDemo: boolean;
};

/** Everything wrong with the environment, said at once, each with the variable and what it may be. */
export class ConfigError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(`The configuration cannot be used:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "ConfigError";
    this.problems = problems;
  }
}

const PORT_MAX = 65_535;
const POOL_MAX = 100;
const LEVELS = ["debug", "info", "warn", "error", "silent"] as const;

/** Reads the environment and the arguments once. Nothing is mandatory. */
export function parseConfig(env: Record<string, string | undefined>, args: readonly string[]): Config {
  const problems: string[] = [];
  const whole = (name: string, fallback: number, min: number, max: number): number => {
    const text = env[name];
    if (text === undefined || text === "") return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    problems.push(`${name} is "${text}": it must be a whole number from ${min} to ${max}.`);
    return fallback;
  };
  const url = (name: string, protocols: string[]): string | null => {
    const text = env[name];
    if (text === undefined || text === "") return null;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text.replace(/\/+$/, "");
    problems.push(
      `${name} must be an address that starts with ${protocols.map((p) => `${p}//`).join(" or ")}`,
    );
    return null;
  };
  const config: Config = {
    role: readRole(args, problems),
    host: env["HOST"] || "127.0.0.1",
    port: whole("PORT", 3000, 0, PORT_MAX),
    dataFolder: resolve(env["REFERRALHUB_DATA"] || "./data"),
    databaseUrl: url("DATABASE_URL", ["postgres:", "postgresql:"]),
    publicUrl: url("REFERRALHUB_URL", ["http:", "https:"]),
    smtpUrl: url("SMTP_URL", ["smtp:", "smtps:"]),
    bounceHost: env["REFERRALHUB_BOUNCE_HOST"] || null,
    bouncePort: whole("REFERRALHUB_BOUNCE_PORT", 0, 0, PORT_MAX) || null,
    trustedProxies: whole("REFERRALHUB_TRUSTED_PROXIES", 0, 0, 10),
    rateLimitScale: whole("REFERRALHUB_RATE_LIMIT_SCALE", 1, 1, 1000),
    poolSize: whole("REFERRALHUB_POOL_SIZE", 12, 2, POOL_MAX),
    preparedStatements: env["REFERRALHUB_PREPARED_STATEMENTS"] !== "off",
    logLevel: LEVELS.find((level) => level === env["LOG_LEVEL"]) ?? "info",
    loadDemo: args.includes("--demo"),
  };
  if (env["LOG_LEVEL"] && !LEVELS.some((level) => level === env["LOG_LEVEL"]))
    problems.push(`LOG_LEVEL is "${env["LOG_LEVEL"]}": it must be one of ${LEVELS.join(", ")}.`);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

function readRole(args: readonly string[], problems: string[]): Role {
  const at = args.indexOf("--role");
  if (at === -1) return "all";
  const role = args[at + 1];
  if (role === "api" || role === "worker" || role === "all") return role;
  problems.push(`--role is "${role ?? ""}": it must be api, worker or all.`);
  return "all";
}
