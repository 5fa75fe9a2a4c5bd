import { mkdir } from "node:fs/promises";
import { type Command, type Options, UsageError } from "./commands/command.ts";
import { provision } from "./commands/provision.ts";
import { seed } from "./commands/seed.ts";
import { ConfigError, parseConfig } from "./platform/config.ts";
import { fromRoot, openInstallation } from "./platform/installation.ts";
import { createLog } from "./platform/log.ts";
import { Refusal } from "./primitives/refusal.ts";

/** The shelf of one-shot commands: `npm run --silent cli -- NAME …`. */
const commands: readonly Command[] = [provision, seed];

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
    const options = parseOptions(rest, command);
    const config = parseConfig(process.env, []);
    await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
    // Standard output belongs to the result.
    const log = createLog("silent");
    const installation = await openInstallation({
      config,
      log,
      migrations: fromRoot("database", "migrations"),
    });
    try {
      return await command.run({
        installation,
        config,
        options,
        print: (text) => void process.stdout.write(`${text}\n`),
      });
    } finally {
      await installation.close();
    }
  } catch (error) {
    if (error instanceof UsageError)
      process.stderr.write(`${error.message}\n\n  npm run --silent cli -- ${command.usage}\n`);
    else if (error instanceof Refusal) process.stderr.write(`${sentenceOf(error)}\n`);
    else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return error instanceof UsageError || error instanceof ConfigError ? EXIT_USAGE : EXIT_FAILED;
  }
}

function parseOptions(args: readonly string[], command: Command): Options {
  const options = new Map<string, string | true>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const name = arg.startsWith("--") ? arg.slice(2) : "";
    if (!command.options.includes(name)) throw new UsageError(`"${arg}" is not known here.`);
    const value = args[i + 1];
    if (value === undefined || value.startsWith("--")) options.set(name, true);
    else {
      options.set(name, value);
      i++;
    }
  }
  return options;
}

function sentenceOf(refusal: Refusal): string {
  const errors = refusal.details.errors ?? [];
  return errors.length > 0 ? errors.map(({ message }) => message).join("\n") : refusal.code;
}

function helpText(unknown: string | null): string {
  const lines = commands.map(({ usage, summary }) => `  ${usage}\n      ${summary}`);
  return `${unknown === null ? "" : `There is no command "${unknown}".\n`}Commands:\n${lines.join("\n")}\n`;
}
