import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import type { Tx } from "../../platform/database.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract/promotions.ts";
import { findPromotions } from "../find-promotions.ts";
import { launchPromotion } from "../launch-promotion.ts";
import { promotionWire } from "../promotion-presentation.ts";
import { setPromotionEnd } from "../set-promotion-end.ts";
import type { RewardsDeps } from "./deps.ts";

type Deps = Pick<RewardsDeps, "db">;

export const promotionRoutes = (deps: Deps): AnyDoor[] => [...readDoors(deps), ...changeDoors()];

const readDoors = ({ db }: Deps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/promotions",
    operation: "promotions.list",
    limit: "read",
    summary: "Promotions, newest first, with what they have used",
    tag: "Promotions",
    schema: { response: { 200: contract.PromotionList } },
    handle: async ({ programId }) => {
      const found = await db.read(programId, (reader) => findPromotions(reader, null));
      const data = found.map((one) => promotionWire(one, new Date()));
      return { status: 200, body: { data, has_more: false, next_cursor: null, prev_cursor: null } };
    },
  }),
  door({
    method: "GET",
    path: "/v1/promotions/:promotion",
    operation: "promotions.read",
    limit: "read",
    summary: "One promotion",
    tag: "Promotions",
    schema: { params: contract.PromotionParams, response: { 200: contract.PromotionAnswer } },
    handle: async ({ programId, params }) => {
      const [found] = await db.read(programId, (reader) => findPromotions(reader, params.promotion));
      if (!found) throw new Refusal("not_found");
      return { status: 200, body: promotionWire(found, new Date()) };
    },
  }),
];

const changeDoors = (): AnyDoor[] => [
  door({
    method: "POST",
    path: "/v1/promotions",
    operation: "promotions.launch",
    limit: "write",
    summary: "Lay a promotion over the plan; its document never changes",
    tag: "Promotions",
    schema: { body: contract.NewPromotion, response: { 201: contract.PromotionAnswer } },
    handle: ({ body, actor, requestId, write }) =>
      write(async (tx) => {
        const { id, hash } = await launchPromotion(tx, body.document);
        await recordAudit(tx, [
          { actor, operation: "promotions.launch", subjectId: id, requestId, changes: { hash } },
        ]);
        return { status: 201, body: await answerOf(tx, id) };
      }),
  }),
  door({
    method: "POST",
    path: "/v1/promotions/:promotion/end",
    operation: "promotions.end",
    limit: "write",
    summary: "End a promotion before its time",
    tag: "Promotions",
    schema: { params: contract.PromotionParams, response: { 200: contract.PromotionAnswer } },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        const { row, isNew } = await setPromotionEnd(tx, params.promotion);
        if (isNew) {
          const changes = { ended_at: row.endedAt?.toISOString() ?? null };
          await recordAudit(tx, [
            { actor, operation: "promotions.end", subjectId: row.id, requestId, changes },
          ]);
        }
        return { status: 200, body: await answerOf(tx, row.id) };
      }),
  }),
];

async function answerOf(tx: Tx, id: string): Promise<contract.PromotionAnswer> {
  const [found] = await findPromotions(tx, id);
  if (!found) throw new Error(`The promotion ${id} has just been written and is not there.`);
  return promotionWire(found, tx.now);
}
