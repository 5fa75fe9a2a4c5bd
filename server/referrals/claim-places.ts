import { appendEvents } from "../events/append-events.ts";
import type { Fact } from "../events/catalogue.ts";
import { holdParticipants } from "../participants/hold-participants.ts";
import type { ParticipantId } from "../participants/participant.ts";
import { recordDirectCounts } from "../participants/record-direct-counts.ts";
import { recordOpenPlaces } from "../participants/record-open-places.ts";
import { type Placed, setUpline } from "../participants/set-upline.ts";
import type { Tx } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { holdSignups } from "./hold-signups.ts";
import { type Referral, referralFact } from "./referral.ts";
import { joinWaiting, listPlaceable } from "./store.ts";

/** People placed by one transaction; the worker calls again until nobody can be. */
const PLACED_MAX = 100;

/**
 * Gives free places to those who wait for them, whoever drew the smallest number first, and answers how many.
 * Who stands below them moves along: their uplines grow at the far end.
 */
export async function claimPlaces(tx: Tx): Promise<number> {
  // Mostly nobody can be placed, and then sign-ups are not held up.
  if ((await listPlaceable(tx, 1)).length === 0) return 0;
  await holdSignups(tx);
  const waiting = await listPlaceable(tx, PLACED_MAX);
  const { overflow } = await findProgram(tx);
  for (const referral of waiting) {
    const placed = await placeOne(tx, referral);
    if (overflow === "spillover")
      await recordOpenPlaces(tx, [String(referral.advocateId), ...placed.map(({ id }) => id)]);
  }
  return waiting.length;
}

async function placeOne(tx: Tx, referral: Referral): Promise<Placed[]> {
  const { refereeId } = referral;
  // Read again each time: the one before may have moved this advocate along.
  const wanted = { advocateIds: [String(referral.advocateId)], externalIds: [] };
  const [advocate] = (await holdParticipants(tx, wanted)).advocates;
  if (!advocate) throw new Error("Somebody waits for a participant who does not exist.");
  await recordDirectCounts(tx, [advocate.id]);
  await joinWaiting(tx, refereeId);
  const placed = await setUpline(tx, refereeId, advocate);
  await appendEvents(tx, [...placed.map((one) => factOf(one, referral)), ownFact(refereeId)]);
  return placed;
}

/** Whoever waited sees on their own page that they do not any more. */
function ownFact(id: ParticipantId): Fact {
  return {
    type: "participant.updated",
    subjectId: id,
    audience: [id],
    object: { id, status: "active", changed: ["place"] },
  };
}

/** One more joined; whoever came with them is told to those who are new above. */
function factOf({ id, upline }: Placed, referral: Referral): Fact {
  const belowId: ParticipantId = referral.refereeId;
  if (id === belowId)
    return referralFact("referral.created", { ...referral, status: "joined", waitNumber: null }, upline);
  const levelsBelow = upline.indexOf(belowId) + 1;
  return {
    type: "referral.placed",
    subjectId: id,
    audience: upline.slice(levelsBelow),
    object: { referee_id: id, below_id: belowId, levels_below: levelsBelow },
  };
}
