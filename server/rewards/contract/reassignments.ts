import { type Static, Type } from "typebox";
import {
  Closed,
  IdText,
  ListOf,
  MoneySchema,
  Nullable,
  OneOf,
  PageQuery,
  Text,
} from "../../primitives/wire.ts";

const Reason = Text(500, { description: "Why; it stays with the decision" });

export const ReassignmentOrder = Closed({
  advocate_id: Type.String({ minLength: 1, maxLength: 210, description: "An id, or ext:{external_id}" }),
  reason: Type.Optional(Reason),
});
export const ReassignQuery = Closed({
  preview: Type.Optional(
    OneOf(["true", "false"], { description: "true: what it would move; nothing happens" }),
  ),
});

const MovedMoney = Closed({
  participant_id: Type.String(),
  participant_name: Nullable(Type.String()),
  before: MoneySchema,
  after: MoneySchema,
});

export const ReassignmentAnswer = Closed({
  outcome: OneOf(["preview", "reassigned", "proposed"]),
  referee_id: Type.String(),
  referee_name: Nullable(Type.String()),
  former_advocate_id: Nullable(Type.String()),
  advocate_id: Type.String({
    description: "Who holds the place: below whom it was asked for, where that spills over",
  }),
  advocate_name: Nullable(Type.String()),
  people: Type.Integer({ description: "Those below them, who move along" }),
  money: Type.Array(MovedMoney, { description: "What each had of their purchases, and has then" }),
  needs_second_person: Type.Boolean(),
  reassignment_id: Nullable(Type.String()),
  proposal_id: Nullable(Type.String()),
});

export const ProposalAnswer = Closed({
  id: Type.String(),
  referee_id: Type.String(),
  referee_name: Nullable(Type.String()),
  advocate_id: Type.String(),
  advocate_name: Nullable(Type.String()),
  claim_id: Nullable(Type.String()),
  reason: Type.String(),
  state: OneOf(["proposed", "approved", "rejected"]),
  money: Type.Array(MovedMoney, { description: "As it was when it was proposed" }),
  proposed_by: Type.String(),
  proposed_at: Type.String(),
  decided_by: Nullable(Type.String()),
  decided_at: Nullable(Type.String()),
  decision_reason: Nullable(Type.String()),
});
export const ProposalList = ListOf(ProposalAnswer);
export const ProposalsQuery = Closed({
  ...PageQuery,
  referee_id: Type.Optional(IdText),
  state: Type.Optional(Type.String({ maxLength: 100, description: "One or several, separated by commas" })),
});
export const ProposalParams = Closed({ proposal: IdText });
export const ProposalRejection = Closed({ reason: Reason });

export const ClaimApproval = Closed({
  advocate_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 210,
      description: "Who it was; without it, whom the claim names",
    }),
  ),
  reason: Text(500, { description: "Why; the person who claimed reads it" }),
});
export const ClaimRejection = Closed({
  reason: Text(500, { description: "Why; the person who claimed reads it" }),
});

const KINDS = ["touch", "sign_up", "decision", "reassignment", "conversion", "reward", "entry"] as const;

/** How a referral came about and what it brought, step by step. */
export const ReferralTrace = Closed({
  referral_id: Type.String(),
  referee_id: Type.String(),
  steps: Type.Array(
    Closed({
      kind: OneOf(KINDS),
      at: Nullable(Type.String({ description: "Null: nobody knows" })),
      sentence: Type.String(),
      subject_id: Nullable(Type.String()),
      amount: Nullable(MoneySchema),
      trace: Nullable(Type.String({ description: "Where every rule of a purchase is explained" })),
    }),
  ),
  has_more: Type.Boolean({ description: "There are earlier purchases than the latest that are shown" }),
});

export type ReferralTrace = Static<typeof ReferralTrace>;
export type ReassignmentAnswer = Static<typeof ReassignmentAnswer>;
export type ProposalAnswer = Static<typeof ProposalAnswer>;
