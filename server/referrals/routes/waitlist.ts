import { type AnyDoor, door } from "../../access/door.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { ParticipantParams, Waitlist, WaitlistQuery } from "../contract.ts";
import { findWaitlist } from "../find-waitlist.ts";
import type { ReferralsDeps } from "./deps.ts";

/** Whom an advocate has no place for yet; the advocate may see it too. */
export const waitlistRoute = ({ db }: ReferralsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant/waitlist",
    operation: "participants.waitlist",
    limit: "read",
    summary: "Who waits for a place with an advocate, the next one first",
    tag: "Participants",
    schema: { params: ParticipantParams, query: WaitlistQuery, response: { 200: Waitlist } },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const { id } = await findParticipant(reader, actor, params.participant);
        return findWaitlist(reader, id, query);
      }),
    }),
  });
