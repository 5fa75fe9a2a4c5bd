import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import type { RefundKind } from "../../conversions/conversion.ts";
import { findRefund } from "../../conversions/find-refund.ts";
import { findRefundPage } from "../../conversions/find-refund-page.ts";
import { fromWire } from "../../primitives/money.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { findProgram } from "../../programs/find-program.ts";
import * as contract from "../contract.ts";
import { refundWire } from "../presentation.ts";
import { reverseChargeback } from "../reverse-chargeback.ts";
import { reverseRewards } from "../reverse-rewards.ts";
import type { RewardsDeps } from "./deps.ts";

export const refundRoutes = (deps: RewardsDeps): AnyDoor[] => [
  createDoor("refund", "Refund a purchase, whole or in part, through all levels"),
  createDoor("chargeback", "Record that the bank took a purchase back, whole or in part"),
  reverseDoor,
  listDoor(deps),
  readDoor(deps),
];

const createDoor = (kind: RefundKind, summary: string): AnyDoor =>
  door({
    method: "POST",
    path: `/v1/conversions/:conversion/${kind}s`,
    operation: `${kind}s.create`,
    limit: "money",
    summary,
    tag: "Refunds",
    schema: {
      params: contract.ConversionParams,
      body: contract.NewRefund,
      response: { 200: contract.RefundAnswer, 201: contract.RefundAnswer, 202: contract.RefundAnswer },
    },
    handle: ({ params, body, actor, requestId, write }) =>
      write(async (tx) => {
        const { refund, isNew } = await reverseRewards(tx, {
          kind,
          conversion: params.conversion,
          externalId: body.external_id,
          amount: fromWire(body.amount),
        });
        if (isNew)
          await recordAudit(tx, [{ actor, operation: `${kind}s.create`, subjectId: refund.id, requestId }]);
        const { currency } = await findProgram(tx);
        const status = !isNew ? 200 : refund.status === "waiting" ? 202 : 201;
        return { status, body: refundWire(refund, currency) };
      }),
  });

const reverseDoor: AnyDoor = door({
  method: "POST",
  path: "/v1/chargebacks/:chargeback/reverse",
  operation: "chargebacks.reverse",
  limit: "money",
  summary: "The bank gave the money back: grant again what the chargeback took",
  tag: "Refunds",
  schema: { params: contract.ChargebackParams, response: { 200: contract.RefundAnswer } },
  handle: ({ params, actor, requestId, write }) =>
    write(async (tx) => {
      const { refund, currency, isNew } = await reverseChargeback(tx, params.chargeback);
      if (isNew)
        await recordAudit(tx, [{ actor, operation: "chargebacks.reverse", subjectId: refund.id, requestId }]);
      return { status: 200, body: refundWire(refund, currency) };
    }),
});

const listDoor = ({ db }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/refunds",
    operation: "refunds.list",
    limit: "read",
    summary: "Refunds and chargebacks, newest first, also those that wait for their purchase",
    tag: "Refunds",
    schema: { query: contract.RefundsQuery, response: { 200: contract.RefundList } },
    handle: async ({ programId, query }) => ({
      status: 200,
      body: await db.read(programId, async (reader) => {
        const { currency } = await findProgram(reader);
        const rows = await findRefundPage(reader, {
          ...pageWindow(query, "rfd"),
          conversionId: query.conversion_id ?? null,
          kind: query.kind ?? null,
          status: query.status ?? null,
        });
        return pageOf(
          rows,
          query,
          (row) => row.id,
          (row) => refundWire(row, currency),
        );
      }),
    }),
  });

const readDoor = ({ db }: RewardsDeps): AnyDoor =>
  door({
    method: "GET",
    path: "/v1/refunds/:refund",
    operation: "refunds.read",
    limit: "read",
    summary: "One refund or chargeback",
    tag: "Refunds",
    schema: { params: contract.RefundParams, response: { 200: contract.RefundAnswer } },
    handle: async ({ programId, params }) => ({
      status: 200,
      body: await db.read(programId, async (reader) =>
        refundWire(await findRefund(reader, params.refund), (await findProgram(reader)).currency),
      ),
    }),
  });
