import { type Static, Type } from "typebox";
import {
  Closed,
  IdText,
  Instant,
  ListOf,
  MoneySchema,
  Nullable,
  OneOf,
  PageQuery,
} from "../../primitives/wire.ts";

const SIMULATED_PARTICIPANTS_MAX = 50_000;
const SIMULATED_MONTHS_MAX = 36;

const History = Closed(
  { kind: Type.Literal("history"), from: Type.Optional(Instant), to: Type.Optional(Instant) },
  { description: "The program's own conversions and refunds, by when they occurred; `to` is not included" },
);
const Simulated = Closed(
  {
    kind: Type.Literal("simulation"),
    participants: Type.Integer({ minimum: 2, maximum: SIMULATED_PARTICIPANTS_MAX }),
    months: Type.Integer({ minimum: 1, maximum: SIMULATED_MONTHS_MAX }),
    seed: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
  },
  { description: "A network that never was; the same seed tells the same story" },
);

export const NewReplay = Closed({ source: Type.Union([History, Simulated]) });
export const ReplayParams = Closed({ replay: IdText });
export const ReplaysQuery = Closed({ ...PageQuery, plan_id: Type.Optional(IdText) });

const Sides = { current: MoneySchema, draft: MoneySchema };
const Percent = Nullable(Type.String({ description: "Percent of the revenue" }));

const Changed = Closed({
  participant_id: Type.String(),
  name: Nullable(Type.String({ description: "Null in a simulation, and after erasure" })),
  ...Sides,
});

const VerdictSchema = Closed({
  rule: Type.String(),
  level: Type.Integer(),
  participant_id: Nullable(Type.String()),
  verdict: OneOf(["grant", "pass"]),
  amount: Nullable(MoneySchema),
  reason: Nullable(Type.String()),
  message: Type.String(),
});

export const ReplayResult = Closed({
  conversions: Type.Integer(),
  refunds: Type.Integer(),
  from: Nullable(Type.String()),
  to: Nullable(Type.String()),
  revenue: Type.Array(MoneySchema, { description: "What was bought less what was refunded, by currency" }),
  costs: Type.Array(Closed(Sides), { description: "What rewards cost after refunds, by currency" }),
  share_of_revenue: Closed({ current: Percent, draft: Percent }),
  by_level: Type.Array(Closed({ level: Type.Integer(), ...Sides })),
  by_month: Type.Array(
    Closed({ month: Type.String({ description: "2026-03, in the program's time zone" }), ...Sides }),
  ),
  participants: Type.Array(
    Closed({
      currency: Type.String(),
      more: Type.Integer(),
      less: Type.Integer(),
      same: Type.Integer(),
    }),
    { description: "How many who earn by either plan get more, less and the same by the draft" },
  ),
  winners: Type.Array(Changed),
  losers: Type.Array(Changed),
  caps: Type.Array(
    Closed({
      side: OneOf(["current", "draft"]),
      cap: Type.String(),
      hits: Type.Integer({ description: "How often it became full, for anybody in any period" }),
    }),
  ),
  promotions: Type.Array(
    Closed({ side: OneOf(["current", "draft"]), promotion: Type.String(), spent: MoneySchema }),
  ),
  examples: Type.Array(
    Closed({
      conversion_id: Nullable(Type.String({ description: "Null in a simulation" })),
      participant_id: Type.String(),
      kind: Type.String(),
      amount: MoneySchema,
      occurred_at: Type.String(),
      current: Type.Array(VerdictSchema),
      draft: Type.Array(VerdictSchema),
    }),
    { description: "Some conversions, those with a difference first" },
  ),
  sentence: Type.String(),
});

export const ReplayAnswer = Closed({
  id: Type.String(),
  plan_id: Type.String(),
  plan_hash: Type.String({
    description: "Of the text that is replayed: the draft as it was when this was asked",
  }),
  source: Type.Union([History, Simulated]),
  state: OneOf(["queued", "running", "completed", "failed", "cancelled"]),
  progress: Closed({ done: Type.Integer(), total: Nullable(Type.Integer()) }),
  reason: Nullable(Type.String({ description: "Why it failed, in words" })),
  result: Nullable(ReplayResult),
  created_at: Type.String(),
  ended_at: Nullable(Type.String()),
});
export const ReplayList = ListOf(ReplayAnswer);

export type NewReplay = Static<typeof NewReplay>;
export type ReplayResult = Static<typeof ReplayResult>;
export type ReplayAnswer = Static<typeof ReplayAnswer>;
