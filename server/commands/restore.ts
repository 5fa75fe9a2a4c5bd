import path from "node:path";
import { restore as putBack } from "../platform/postgres-restore.ts";
import { StartupError } from "../platform/startup-error.ts";
import { type Command, required } from "./command.ts";

/** A backup in the place of the embedded database, which is set aside. */
export const restore: Command = {
  name: "restore",
  usage: "restore --from FOLDER [--json]",
  summary: "Put a backup in the place of the embedded database; what was there is set aside, not deleted",
  options: ["from", "json"],
  isBare: true,
  async run({ config, options, print, log }) {
    const from = path.resolve(required(options, "from"));
    if (config.databaseUrl !== null)
      throw new StartupError(
        "The database of DATABASE_URL is yours to restore: DATABASE_URL must not be set here.",
      );
    const { manifest, setAside } = await putBack({ dataFolder: config.dataFolder, from, log });
    const last = manifest.last_migration;
    print(
      options.has("json")
        ? JSON.stringify({ from, set_aside: setAside, made_at: manifest.made_at, last_migration: last })
        : `The database is as it was when the backup was finished, ${manifest.made_at} (migration ${last}).\n` +
            `${setAside ? `What was here before lies in ${setAside}.\n` : ""}Now: npm start`,
    );
    return 0;
  },
};
