import type { Actor } from "../../access/actor.ts";
import type { ObjectFinder } from "../../events/find-objects.ts";
import type { EventStreams } from "../../events/stream-events.ts";
import type { Database } from "../../platform/database.ts";
import type { GroupCommits } from "../../platform/group-commit.ts";
import type { BatchAnswer } from "../../platform/idempotency.ts";
import type { Refusal } from "../../primitives/refusal.ts";
import type { SignupRequest } from "../attribute-signup-requests.ts";

export type ReferralsDeps = {
  db: Database;
  /** Concurrent sign-ups of a program share a commit. */
  intake: GroupCommits<SignupRequest, BatchAnswer | Refusal>;
  streams: EventStreams;
  findEventObjects: ObjectFinder;
  /** Told when something of the actor's may have changed. Answers how to stop it. */
  onAccessChange: (actor: Actor, tell: () => void) => () => void;
  /** A participant opened their page. */
  noteVisit: (programId: string, participantId: string) => Promise<void>;
  /** Hashes addresses, so that a person is recognised without keeping theirs. */
  emailKey: string;
  publicUrl: () => string;
};
