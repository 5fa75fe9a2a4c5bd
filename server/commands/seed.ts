import { demoText, loadDemo, portalUrl } from "../../database/seed.ts";
import { type Command, UsageError } from "./command.ts";

/** The demo program, beside a running server or before the first start. */
export const seed: Command = {
  name: "seed",
  usage: "seed --demo [--json]",
  summary: "Load a believable demo program, once",
  options: ["demo", "json"],
  async run({ installation: { db, secrets }, config, options, print }) {
    if (!options.has("demo")) throw new UsageError("--demo is missing: there is no other world to load.");
    const demo = await loadDemo({ db, hashingKey: secrets.hashing });
    const url = config.publicUrl ?? `http://${config.host}:${config.port}`;
    const { programId, loaded, owner, advocate } = demo;
    print(
      options.has("json")
        ? JSON.stringify({
            program_id: programId,
            loaded,
            owner,
            advocate: {
              participant_id: advocate.participantId,
              name: advocate.name,
              url: portalUrl(demo, url),
            },
          })
        : demoText(demo, url),
    );
    return 0;
  },
};
