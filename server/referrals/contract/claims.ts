import { type Static, Type } from "typebox";
import { Closed, IdText, ListOf, Nullable, OneOf, PageQuery, Text } from "../../primitives/wire.ts";

const STATES = ["open", "approved", "rejected", "expired"] as const;

export const NewClaim = Closed({
  participant: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 210,
      description: "Whoever claims: an id or ext:{external_id}; a participant who is signed in leaves it out",
    }),
  ),
  code: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: "The code of whoever invited them" }),
  ),
  email: Type.Optional(
    Type.String({
      minLength: 3,
      maxLength: 320,
      description: "Or their e-mail address; kept as whose it is",
    }),
  ),
  invited_on: Type.Optional(
    Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$", description: "The day, such as 2026-03-01" }),
  ),
  note: Type.Optional(Text(500)),
});

export const ClaimAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String(),
  participant_name: Nullable(Type.String()),
  code: Nullable(Type.String()),
  advocate_id: Nullable(
    Type.String({ description: "Null: the address belongs to nobody here, or you may not know" }),
  ),
  advocate_name: Nullable(Type.String()),
  invited_on: Nullable(Type.String()),
  note: Nullable(Type.String()),
  state: OneOf(STATES),
  created_at: Type.String(),
  expires_at: Type.String(),
  decided_by: Nullable(Type.String()),
  decided_at: Nullable(Type.String()),
  decision_reason: Nullable(Type.String()),
});
export const ClaimList = Closed({
  ...ListOf(ClaimAnswer).properties,
  open: Type.Integer({ description: "How many wait for a decision" }),
});

export const ClaimsQuery = Closed({
  ...PageQuery,
  state: Type.Optional(Type.String({ maxLength: 100, description: "One or several, separated by commas" })),
});
export const ClaimParams = Closed({ claim: IdText });

export type ClaimAnswer = Static<typeof ClaimAnswer>;
