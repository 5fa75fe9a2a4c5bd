import { mkdir } from "node:fs/promises";
import { backup } from "./commands/backup.ts";
import { type Command, type Options, UsageError } from "./commands/command.ts";
import { doctor } from "./commands/doctor.ts";
import { log } from "./commands/log.ts";
import { migrate } from "./commands/migrate.ts";
import { plan } from "./commands/plan.ts";
import { provision } from "./commands/provision.ts";
import { restore } from "./commands/restore.ts";
import { seed } from "./commands/seed.ts";
import { simulate } from "./commands/simulate.ts";
import { verify } from "./commands/verify.ts";
import { wayBack } from "./maintenance.ts";
import { type Config, ConfigError, parseConfig } from "./platform/config.ts";
import { fromRoot, openInstallation, UpgradeStopped } from "./platform/installation.ts";
import { createLog } from "./platform/log.ts";
import { Refusal } from "./primitives/refusal.ts";
import { sentenceOf } from "./startup.ts";

/** The shelf of one-shot commands: `npm run --silent cli -- NAME …`. */
const commands: readonly Command[] = [
  provision,
  plan,
  seed,
  verify,
  log,
  migrate,
  backup,
  restore,
  doctor,
  simulate,
];

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Runs one command beside a running server or alone; answers the exit code. */
export async function runCommand(args: readonly string[]): Promise<number> {
  const [name = "help", ...rest] = args;
  const command = commands.find((one) => one.name === name);
  if (!command) {
    (name === "help" ? process.stdout : process.stderr).write(helpText(name === "help" ? null : name));
    return name === "help" ? 0 : EXIT_USAGE;
  }
  try {
    return await runWith(command, parseConfig(process.env, []), parseArguments(rest, command));
  } catch (error) {
    process.stderr.write(`${wordsOf(error, command)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;
  }
}

type Arguments = { options: Options; operands: readonly string[] };

async function runWith(command: Command, config: Config, given: Arguments): Promise<number> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  // Standard output belongs to the result.
  const log = createLog("silent");
  const migrations = fromRoot("database", "migrations");
  if (command.isBare) return command.run({ config, ...given, print, log, migrations });
  const installation = await openInstallation({ config, log, migrations });
  try {
    return await command.run({ installation, config, ...given, print });
  } finally {
    await installation.close();
  }
}

function wordsOf(error: unknown, { usage }: Command): string {
  if (error instanceof UsageError) return `${error.message}\n\n  npm run --silent cli -- ${usage}`;
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Refusal) return sentenceOfRefusal(error);
  if (error instanceof UpgradeStopped)
    return ["Upgrade stopped. Your data is unchanged.", error.message, ...wayBack(error)].join("\n  ");
  const sentence = sentenceOf(error, parseConfig(process.env, []));
  return sentence ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function parseArguments(args: readonly string[], command: Command): Arguments {
  const { options: known, flags = [], operandsMax = 0 } = command;
  const options = new Map<string, string | true>();
  const operands: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const name = arg.startsWith("--") ? arg.slice(2) : null;
    if (name === null ? operands.length >= operandsMax : !known.includes(name))
      throw new UsageError(`"${arg}" is not known here.`);
    const value = args[i + 1];
    if (name === null) operands.push(arg);
    else if (value === undefined || value.startsWith("--") || flags.includes(name)) options.set(name, true);
    else {
      options.set(name, value);
      i++;
    }
  }
  return { options, operands };
}

function sentenceOfRefusal(refusal: Refusal): string {
  const errors = refusal.details.errors ?? [];
  return errors.length > 0 ? errors.map(({ message }) => message).join("\n") : refusal.code;
}

function helpText(unknown: string | null): string {
  const lines = commands.map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `${unknown === null ? "" : `There is no command "${unknown}".\n`}Commands:\n${lines.join("\n")}\n`;
}
