import { type AnyDoor, door } from "../../access/door.ts";
import { instantOf } from "../../ledger/moment.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { NetworkAnswer, NetworkQuery, ParticipantParams } from "../../referrals/contract.ts";
import { findStanding } from "../../referrals/find-standing.ts";
import { findNetwork } from "../find-network.ts";
import type { RewardsDeps } from "./deps.ts";

const MEMBERS_DEFAULT = 50;
const EVERY_LEVEL = 256;

export const networkRoute = ({ db }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/participants/:participant/network",
    operation: "participants.network",
    limit: "read",
    summary: "The network below a participant, by level and by leg, now or as of a time",
    tag: "Participants",
    schema: { params: ParticipantParams, query: NetworkQuery, response: { 200: NetworkAnswer } },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        const standing = await findStanding(reader, person.id, await db.horizon(reader));
        if (!standing) throw new Refusal("not_found");
        return findNetwork(reader, {
          participantId: person.id,
          depth: query.depth ?? 1,
          limit: query.limit ?? MEMBERS_DEFAULT,
          after: query.after ?? null,
          levels: standing.levels,
          asOf: instantOf(query.as_of, "as_of"),
          // An advocate knows their own friends; who came through them is named to the program only.
          namesToLevel: actor.kind === "participant" ? 1 : EVERY_LEVEL,
        });
      }),
    }),
  });
