import { type AnyDoor, door } from "../../access/door.ts";
import { mayReadParticipant } from "../../access/permission.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import * as contract from "../contract/redemptions.ts";
import { findRedemptions } from "../find-redemptions.ts";
import { redemptionWire } from "../presentation.ts";
import { redeemRewards } from "../redeem-rewards.ts";
import { reverseRedemption } from "../reverse-redemption.ts";
import type { RewardsDeps } from "./deps.ts";

export const redemptionRoutes = ({ db }: Pick<RewardsDeps, "db">): AnyDoor[] => [
  createDoor,
  reverseDoor,
  door({
    method: "GET",
    path: "/v1/participants/:participant/redemptions",
    operation: "redemptions.list",
    limit: "read",
    summary: "What a participant has used, newest first",
    tag: "Redemptions",
    schema: {
      params: contract.RedeemerParams,
      query: contract.RedemptionsQuery,
      response: { 200: contract.RedemptionList },
    },
    handle: async ({ actor, programId, params, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        const rows = await findRedemptions(reader, person.id, pageWindow(query, "rdm"));
        // A note is the program's own.
        const isOwn = actor.kind === "participant" && mayReadParticipant(actor, person.id);
        return pageOf(
          rows,
          query,
          (row) => row.id,
          (row) => redemptionWire(isOwn ? { ...row, note: null } : row),
        );
      }),
    }),
  }),
];

const createDoor: AnyDoor = door({
  method: "POST",
  path: "/v1/participants/:participant/redemptions",
  operation: "redemptions.create",
  limit: "money",
  summary: "Use points or credit that are available, the oldest to expire first",
  tag: "Redemptions",
  schema: {
    params: contract.RedeemerParams,
    body: contract.NewRedemption,
    response: { 200: contract.RedemptionAnswer, 201: contract.RedemptionAnswer },
  },
  handle: ({ params, body, actor, requestId, write }) =>
    write(async (tx) => {
      const person = await findParticipant(tx, actor, params.participant);
      const { redemption, isNew } = await redeemRewards(tx, {
        participantId: person.id,
        amount: { minor: BigInt(body.amount), currency: body.currency },
        externalId: body.external_id ?? null,
        note: body.note ?? null,
      });
      if (isNew)
        await recordAudit(tx, [
          { actor, operation: "redemptions.create", subjectId: redemption.id, requestId },
        ]);
      return { status: isNew ? 201 : 200, body: redemptionWire(redemption) };
    }),
});

const reverseDoor: AnyDoor = door({
  method: "POST",
  path: "/v1/participants/:participant/redemptions/:redemption/reverse",
  operation: "redemptions.reverse",
  limit: "money",
  summary: "Give back what was used",
  tag: "Redemptions",
  schema: { params: contract.RedemptionParams, response: { 200: contract.RedemptionAnswer } },
  handle: ({ params, actor, requestId, write }) =>
    write(async (tx) => {
      const person = await findParticipant(tx, actor, params.participant);
      const { redemption, isNew } = await reverseRedemption(tx, person.id, params.redemption);
      if (isNew)
        await recordAudit(tx, [
          { actor, operation: "redemptions.reverse", subjectId: redemption.id, requestId },
        ]);
      return { status: 200, body: redemptionWire(redemption) };
    }),
});
