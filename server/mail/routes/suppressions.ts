import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import { emailHash, isEmail } from "../../primitives/email.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import * as contract from "../contract/suppressions.ts";
import { setSuppression } from "../set-suppression.ts";
import { deleteSuppression, listSuppressions } from "../store/suppressions.ts";
import type { Suppression } from "../suppression.ts";
import type { MailDeps } from "./deps.ts";

export const suppressionRoutes = ({ db, emailKey }: Pick<MailDeps, "db" | "emailKey">): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/suppressions",
    operation: "suppressions.list",
    limit: "read",
    summary: "Who gets no mail of this program, newest first",
    tag: "Mail",
    schema: { query: contract.SuppressionsQuery, response: { 200: contract.SuppressionList } },
    handle: async ({ programId, query }) => {
      const recipientHash = query.email === undefined ? null : emailHash(query.email, emailKey);
      const filter = { ...pageWindow(query, "sup"), recipientHash };
      const rows = await db.read(programId, (reader) => listSuppressions(reader, filter));
      return { status: 200, body: pageOf(rows, query, (row) => row.id, suppressionWire) };
    },
  }),
  door({
    method: "POST",
    path: "/v1/suppressions",
    operation: "suppressions.create",
    limit: "write",
    summary: "Send somebody no more mail",
    tag: "Mail",
    schema: {
      body: contract.NewSuppression,
      response: { 200: contract.SuppressionAnswer, 201: contract.SuppressionAnswer },
    },
    handle: ({ body, actor, requestId, write }) => {
      if (!isEmail(body.email)) throw new Refusal("invalid_request", { errors: [NO_ADDRESS] });
      return write(async (tx) => {
        const { suppression, isNew } = await setSuppression(tx, {
          recipientHash: emailHash(body.email, emailKey),
          scope: body.scope ?? "all",
        });
        const operation = "suppressions.create";
        if (isNew) await recordAudit(tx, [{ actor, operation, subjectId: suppression.id, requestId }]);
        return { status: isNew ? 201 : 200, body: suppressionWire({ ...suppression, email: body.email }) };
      });
    },
  }),
  door({
    method: "DELETE",
    path: "/v1/suppressions/:suppression",
    operation: "suppressions.delete",
    limit: "write",
    summary: "Let somebody get mail again",
    tag: "Mail",
    schema: { params: contract.SuppressionParams },
    handle: ({ params, actor, requestId, write }) =>
      write(async (tx) => {
        if ((await deleteSuppression(tx, params.suppression)) === 0) throw new Refusal("not_found");
        const operation = "suppressions.delete";
        await recordAudit(tx, [{ actor, operation, subjectId: params.suppression, requestId }]);
        return { status: 204 };
      }),
  }),
];

const NO_ADDRESS = {
  pointer: "/email",
  code: "invalid_email",
  message: "Say one address, such as anna@example.com.",
};

function suppressionWire(row: Suppression & { email: string | null }): contract.SuppressionAnswer {
  return {
    id: row.id,
    email: row.email,
    scope: row.scope,
    inviter_id: row.inviterId,
    message: row.message,
    reason: row.reason,
    created_at: row.createdAt.toISOString(),
  };
}
