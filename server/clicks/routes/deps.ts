import type { Answer } from "../../access/door.ts";
import type { Database } from "../../platform/database.ts";
import type { GroupCommits } from "../../platform/group-commit.ts";
import type { Click, ClickId } from "../click.ts";
import type { VisitReader } from "../create-visit-reader.ts";
import type { DestinationCache } from "../find-destination.ts";

export type ClicksDeps = {
  db: Database;
  destinations: DestinationCache;
  /** Concurrent arrivals of a program share a commit. */
  intake: GroupCommits<Omit<Click, "id">, ClickId>;
  visits: VisitReader;
  publicUrl: () => string;
  /** Counts a guess at a code; refuses where there were too many. */
  countUnknownCode: (address: string) => void | Promise<void>;
  /** The page for codes that lead nowhere. */
  unknownCodePage: () => Answer;
  /** Tells the streams that something was written. */
  announce: (programId: string) => void;
};
