import type { Access } from "../../access/open-access.ts";
import type { EventStreams } from "../../events/stream-events.ts";
import type { GroupCommits } from "../../platform/group-commit.ts";
import type { BatchAnswer } from "../../platform/idempotency.ts";
import type { Refusal } from "../../primitives/refusal.ts";
import type { SignupRequest } from "../../referrals/attribute-signup-requests.ts";
import type { Pages } from "../create-pages.ts";
import type { Offer } from "../offer.ts";
import type { Progress } from "../progress.ts";

export type WelcomeDeps = {
  access: Access;
  /** The same batch the API's sign-ups go through. */
  intake: GroupCommits<SignupRequest, BatchAnswer | Refusal>;
  emailKey: string;
  /** Seals the welcome of somebody who has just joined. */
  passKey: string;
  publicUrl: () => string;
  /** What the program's plan promises now. */
  findOffer: (programId: string) => Promise<Offer | null>;
  /** What somebody got for coming. */
  findProgress: (programId: string, participantId: string) => Promise<Progress>;
  /** Whether mails are sent here. */
  hasMail: boolean;
  streams: EventStreams;
  pages: Pages;
};
