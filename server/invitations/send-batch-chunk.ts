import { findLinks } from "../links/find-links.ts";
import type { Tx } from "../platform/database.ts";
import { type AssessedRow, assessRows } from "./assess-rows.ts";
import type { Batch, BatchRow } from "./batch.ts";
import { cancelInvitations } from "./cancel-invitations.ts";
import { claimAllowances } from "./claim-allowances.ts";
import { findMember } from "./find-member.ts";
import { findTerms } from "./find-terms.ts";
import { allowancesOf, daysAfter } from "./limits.ts";
import { readFriendName, readPersonalMessage } from "./personal-message.ts";
import { type Posting, postInvitationMails } from "./post-invitation-mails.ts";
import {
  listReadyRows,
  lockSendingBatch,
  recordPace,
  recordRowOutcomes,
  updateBatchState,
} from "./store/batches.ts";
import {
  insertInvitationIdentities,
  insertInvitations,
  insertTokens,
  lockInvitations,
  moveInvitations,
} from "./store/invitations.ts";
import { invitationToken, tokenHash } from "./token.ts";

const CHUNK_MAX = 200;
const MINUTE_MS = 60_000;

export type ChunkOutcome = { done: number; after: string | null };

/**
 * Turns some rows of a batch into invitations with their mails, in one transaction: a row that has its invitation is
 * never looked at again, so whoever is killed in between leaves nothing half done. Answers how many, and the batch.
 */
export async function sendBatchChunk(tx: Tx, after: string, posting: Posting): Promise<ChunkOutcome> {
  const batch = await lockSendingBatch(tx, after);
  if (!batch) return { done: 0, after: null };
  const pace = paceOf(batch, tx.now);
  const rows = await listReadyRows(tx, batch.id, Math.min(CHUNK_MAX, pace.left));
  if (rows.length === 0 && pace.left > 0) {
    await updateBatchState(tx, batch.id, "completed");
    return { done: 1, after: batch.id };
  }
  const taken = rows.length === 0 ? 0 : await claimForBatch(tx, batch, rows.length);
  const sent = await invite(tx, batch, rows.slice(0, taken), posting);
  const waitsFor = pace.left === 0 ? "next_minute" : taken < rows.length ? "tomorrow" : null;
  const { minuteStartedAt, minuteSent } = pace;
  await recordPace(tx, batch.id, { minuteStartedAt, minuteSent: minuteSent + sent, waitsFor });
  return { done: taken, after: batch.id };
}

/** How many the minute has left. */
function paceOf({ perMinute, minuteStartedAt, minuteSent }: Batch, now: Date) {
  const isSame = minuteStartedAt !== null && now.getTime() - minuteStartedAt.getTime() < MINUTE_MS;
  const sent = isSame ? minuteSent : 0;
  const left = perMinute === null ? CHUNK_MAX : Math.max(0, perMinute - sent);
  return { left, minuteSent: sent, minuteStartedAt: isSame ? minuteStartedAt : now };
}

async function claimForBatch(tx: Tx, { inviterId, isLimited }: Batch, wanted: number): Promise<number> {
  const member = isLimited ? await findMember(tx, inviterId) : null;
  const allowances = allowancesOf(await findTerms(tx), { inviterId, member, networkHash: null });
  return claimAllowances(tx, allowances, wanted, true);
}

/** What has changed since the list was looked over is looked at once more: nobody is mailed who has just joined. */
async function invite(tx: Tx, batch: Batch, rows: readonly BatchRow[], posting: Posting): Promise<number> {
  if (rows.length === 0) return 0;
  const assessed = await assessRows(tx, { ...batch, isLimited: false }, rows, posting.key);
  const ready = assessed.filter(({ problem }) => problem === null);
  const invitations = await record(tx, batch, ready, posting.key);
  const refused = await postInvitationMails(tx, invitations, "invitation", posting);
  await moveInvitations(
    tx,
    "queue",
    invitations.filter(({ id }) => !refused.has(id)),
  );
  await cancelInvitations(
    tx,
    invitations.filter(({ id }) => refused.has(id)),
  );
  const idOf = new Map(ready.map(({ number }, index) => [number, invitations[index]?.id ?? null]));
  await recordRowOutcomes(
    tx,
    batch.id,
    assessed.map(({ number, problem }) => {
      const id = idOf.get(number) ?? null;
      const isRefused = id !== null && refused.has(id);
      return {
        number,
        invitationId: isRefused ? null : id,
        problem: isRefused ? "cannot_be_invited" : problem,
      };
    }),
  );
  return invitations.length - refused.size;
}

async function record(tx: Tx, batch: Batch, rows: readonly AssessedRow<BatchRow>[], key: string) {
  const { inviterId } = batch;
  const link = (await findLinks(tx, [inviterId])).get(inviterId);
  if (!link) throw new Error("A participant has no link.");
  const expiresAt = daysAfter(tx.now, batch.expiresDays);
  const made = rows.map((row) => {
    const id = tx.newId("inv");
    const [name, message] = [readFriendName(row.name), readPersonalMessage(row.message)];
    return {
      ...{
        id,
        inviterId,
        linkId: link.id,
        batchId: batch.id,
        channel: "email" as const,
        state: "draft" as const,
      },
      ...{ language: row.language, email: row.email, emailHash: row.emailHash, scheduledAt: null, expiresAt },
      name: name.kind === "ok" ? name.text : "",
      message: message.kind === "ok" ? message.text : "",
      tokenHash: tokenHash(invitationToken(id, 1, key)),
    };
  });
  await insertInvitations(tx, made);
  await insertInvitationIdentities(tx, made);
  await insertTokens(tx, made);
  // By their ids, which are in the order in which they were made.
  return lockInvitations(
    tx,
    made.map(({ id }) => id),
  );
}
