import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import * as contract from "../contract.ts";
import { findTerms } from "../find-terms.ts";
import { termsOf, termsWire } from "../presentation.ts";
import { setTerms } from "../set-terms.ts";
import type { InvitationsDeps } from "./deps.ts";

export const termsDoors = ({ db }: InvitationsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/invitation_terms",
    operation: "invitation_terms.read",
    limit: "read",
    summary: "What the program allows its members to send",
    tag: "Invitations",
    schema: { response: { 200: contract.TermsAnswer } },
    handle: async ({ programId }) => ({ status: 200, body: termsWire(await db.read(programId, findTerms)) }),
  }),
  door({
    method: "PATCH",
    path: "/v1/invitation_terms",
    operation: "invitation_terms.update",
    limit: "write",
    summary: "Change what the program allows its members to send",
    tag: "Invitations",
    schema: { body: contract.TermsPatch, response: { 200: contract.TermsAnswer } },
    handle: ({ body, actor, programId, requestId, write }) =>
      write(async (tx) => {
        const terms = await setTerms(tx, termsOf(body));
        await recordAudit(tx, [
          { actor, operation: "invitation_terms.update", subjectId: programId, requestId, changes: body },
        ]);
        return { status: 200, body: termsWire(terms) };
      }),
  }),
];
