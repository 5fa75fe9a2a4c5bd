import { Resolver } from "node:dns/promises";

/** What a name says in the DNS: its texts, none where there is no such name, null where nobody could be asked. */
export type FindTexts = (name: string) => Promise<string[] | null>;

const ASK_MS_MAX = 3_000;
const NOTHING = new Set(["ENODATA", "ENOTFOUND"]);

export function createTextFinder(): FindTexts {
  const resolver = new Resolver({ timeout: ASK_MS_MAX, tries: 1 });
  return async (name) => {
    try {
      return (await resolver.resolveTxt(name)).map((chunks) => chunks.join(""));
    } catch (error) {
      return NOTHING.has((error as NodeJS.ErrnoException).code ?? "") ? [] : null;
    }
  };
}
