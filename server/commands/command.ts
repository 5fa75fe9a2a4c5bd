import type { Config } from "../platform/config.ts";
import type { Installation } from "../platform/installation.ts";

/** What a one-shot command works with: the database is open, beside a running server or alone. */
export type CommandContext = {
  installation: Installation;
  config: Config;
  options: Options;
  /** The result, and nothing else, goes to standard output. */
  print(text: string): void;
};

/** `--name value` and `--flag`, as they were typed. */
export type Options = ReadonlyMap<string, string | true>;

/** A member of the command line's shelf. */
export type Command = {
  name: string;
  usage: string;
  summary: string;
  /** The options it knows; others are refused. */
  options: readonly string[];
  /** Answers the exit code. */
  run(context: CommandContext): Promise<number>;
};

/** A mistake in what was typed; said on standard error with the usage. */
export class UsageError extends Error {}

export function required(options: Options, name: string): string {
  const value = options.get(name);
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name} is missing.`);
}
