import type { Command } from "./command.ts";

/** The upgrade alone: opening the database is what brings its schema up to date. */
export const migrate: Command = {
  name: "migrate",
  usage: "migrate [--json]",
  summary: "Bring the schema up to date without starting a server; a backup is made before",
  options: ["json"],
  async run({ installation: { applied }, options, print }) {
    if (options.has("json")) print(JSON.stringify({ applied }));
    else print(applied.length === 0 ? "The schema is up to date." : `Applied: ${applied.join(", ")}`);
    return 0;
  },
};
