import type { Call, DoorSchema } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import type { Database, Reader } from "../../platform/database.ts";
import { networkHash } from "../network.ts";
import type { Posting } from "../post-invitation-mails.ts";
import type { Sender } from "../send-invitations.ts";

export type InvitationsDeps = {
  db: Database;
  /** Keys the hashes of addresses and makes tokens. */
  key: string;
  publicUrl: () => string;
  findOffer: (reader: Reader, language: string) => Promise<string | null>;
  /** Whether mails leave the outbox at all. */
  hasMail: boolean;
  /** Tells the streams that something was written. */
  announce: (programId: string) => void;
};

export function postingOf({ key, publicUrl, findOffer }: InvitationsDeps): Posting {
  return { key, publicUrl: publicUrl(), findOffer };
}

/** Members have limits; the operator's own team answers for itself. */
export function senderOf(call: Pick<Call<DoorSchema>, "actor" | "address">, key: string): Sender {
  const isLimited = ownParticipant(call.actor) !== null;
  return { isLimited, networkHash: isLimited ? networkHash(call.address, key) : null };
}
