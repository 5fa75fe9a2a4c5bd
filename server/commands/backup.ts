import { openOwner } from "../platform/installation.ts";
import { backUp } from "../platform/postgres-backup.ts";
import { StartupError } from "../platform/startup-error.ts";
import type { Command } from "./command.ts";

/** A copy of the embedded database, made while it is used. */
export const backup: Command = {
  name: "backup",
  usage: "backup [--json]",
  summary: "Copy the embedded database into the data folder's backups, also while it runs",
  options: ["json"],
  isBare: true,
  async run({ config, options, print, log }) {
    if (config.databaseUrl !== null)
      throw new StartupError(
        "The database of DATABASE_URL is yours to back up, with pg_dump or pg_basebackup.",
      );
    const { embedded, owner } = await openOwner(config, log);
    try {
      const { folder, manifest } = await backUp({
        dataFolder: config.dataFolder,
        owner,
        label: "manual",
        log,
      });
      print(options.has("json") ? JSON.stringify({ folder, ...manifest }) : folder);
      return 0;
    } finally {
      await embedded?.close();
    }
  },
};
