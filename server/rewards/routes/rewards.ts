import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { findPersons } from "../../participants/find-persons.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract.ts";
import { rewardWire } from "../presentation.ts";
import { listRewards } from "../store.ts";
import type { RewardsDeps } from "./deps.ts";

export const rewardRoutes = ({ db }: RewardsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/rewards",
    operation: "rewards.list",
    limit: "read",
    summary: "Rewards, newest first",
    tag: "Rewards",
    schema: { query: contract.RewardsQuery, response: { 200: contract.RewardList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const own = ownParticipant(actor);
        const rows = await listRewards(reader, {
          ...pageWindow(query, "rwd"),
          id: query.id ?? null,
          participantId: own ?? query.participant_id ?? null,
          conversionId: query.conversion_id ?? null,
          statuses: statusesOf(query.status),
          level: query.level ?? null,
        });
        const persons = await findPersons(
          reader,
          rows.flatMap((row) => [row.refereeId, row.participantId]),
        );
        const nameOf = (id: string): string | null => persons.get(id)?.name ?? null;
        return pageOf(
          rows,
          query,
          (row) => row.id,
          (row) => ({
            ...rewardWire(row),
            // An advocate knows their own friends; who came through them is named to the program only.
            referee_name: own === null || row.level === 1 ? nameOf(row.refereeId) : null,
            participant_name: nameOf(row.participantId),
          }),
        );
      }),
    }),
  }),
];

function statusesOf(text: string | undefined): string[] | null {
  if (text === undefined) return null;
  const statuses = text.split(",");
  const unknown = statuses.find((status) => !contract.REWARD_STATUSES.some((known) => known === status));
  if (unknown === undefined) return statuses;
  throw new Refusal("invalid_request", {
    errors: [
      {
        pointer: "/query/status",
        code: "invalid_value",
        message: `"${unknown}" is not a status of a reward.`,
      },
    ],
  });
}
