import { type Static, Type } from "typebox";
import { Closed, Currency, IdText, Instant, ListOf, Nullable, OneOf, Text } from "../../primitives/wire.ts";

const REASON_CHARS_MAX = 500;

export const NewPlan = Closed({
  document: Type.Unknown(),
  base_version: Type.Optional(
    Nullable(Type.Integer({ minimum: 1, description: "The version this draft was begun from" })),
  ),
});
export const PlanPatch = Closed({ document: Type.Unknown() });
export const PlanPublication = Closed({ from: Type.Optional(Instant) });
export const PlanParams = Closed({ plan: IdText });

export const PlanAnswer = Closed({
  id: Type.String(),
  version: Nullable(Type.Integer()),
  state: OneOf(["draft", "published", "withdrawn"]),
  base_version: Nullable(Type.Integer()),
  document: Type.Unknown(),
  hash: Type.String({ description: "Of the text, whatever its order of keys; also its ETag" }),
  from: Nullable(Type.String()),
  published_at: Nullable(Type.String()),
  withdrawn_at: Nullable(Type.String()),
  created_at: Type.String(),
  updated_at: Type.String(),
});
export const PlanList = ListOf(PlanAnswer);

export const PlanDiffQuery = Closed({
  with: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description:
        "The plan it is compared with: an id or the number of a version. Left out: the version it was begun from, or the one in force.",
    }),
  ),
});

const ComparedPlan = Closed({ id: Type.String(), version: Nullable(Type.Integer()), hash: Type.String() });

export const PlanDiffAnswer = Closed({
  before: ComparedPlan,
  after: ComparedPlan,
  changes: Type.Array(
    Closed({
      kind: OneOf(["added", "removed", "changed", "moved"]),
      pointer: Type.String({ description: "Into the later document; into the earlier where it is gone" }),
      before: Type.Unknown(),
      after: Type.Unknown(),
      sentence: Type.String(),
    }),
  ),
});

export const PlanToLint = Closed({ document: Type.Unknown() });

const FieldProblemSchema = Closed({ pointer: Type.String(), code: Type.String(), message: Type.String() });

const AcknowledgedSchema = Closed({
  reason: Type.String(),
  actor: Closed({ kind: Type.String(), id: Nullable(Type.String()) }),
  at: Type.String(),
});

const FindingSchema = Closed({
  code: Type.String(),
  title: Type.String(),
  severity: OneOf(["blocking", "advisory"]),
  pointer: Type.String({ description: "The place in the document; empty for the whole" }),
  message: Type.String(),
  figures: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
    description: "The numbers of the worst case it speaks of",
  }),
  fix: Type.String({ description: "What would be done about it" }),
  acknowledged: Nullable(AcknowledgedSchema),
});

const Share = Nullable(
  Type.String({
    description: "Percent of the revenue; null: without a limit, whatever the purchase is worth",
  }),
);

const WorstCaseSchema = Closed(
  {
    default_margin: Type.String({
      description: "Percent of a purchase that counts as profit where none is sent",
    }),
    levels: Type.Array(Closed({ level: Type.Integer(), at_full_margin: Share, at_default_margin: Share })),
    total: Closed({ at_full_margin: Share, at_default_margin: Share }),
    sentence: Type.String(),
  },
  {
    description:
      "The most that one purchase can cost: all rules, tiers and promotions at once, every level held",
  },
);

export const LintAnswer = Closed({
  hash: Nullable(Type.String()),
  problems: Type.Array(FieldProblemSchema, {
    description: "Why it is no plan yet; then there are no findings",
  }),
  examples: Type.Array(
    Closed({ index: Type.Integer(), holds: Type.Boolean(), message: Nullable(Type.String()) }),
  ),
  findings: Type.Array(FindingSchema),
  worst_case: Nullable(WorstCaseSchema),
  may_be_published: Type.Boolean({
    description: "No problems, examples that hold, nothing blocking, and every advisory finding acknowledged",
  }),
});

export const NewAcknowledgement = Closed({
  code: Type.String({ pattern: "^[a-z][a-z0-9_]{0,63}$", description: "The code of an advisory finding" }),
  reason: Text(REASON_CHARS_MAX),
});
export const AcknowledgementAnswer = Closed({
  code: Type.String(),
  hash: Type.String(),
  ...AcknowledgedSchema.properties,
});

const RuleAnswer = Closed({
  name: Type.String(),
  title: Type.String(),
  description: Type.String(),
  parameters: Type.Unknown(),
});
const PartSchema = (description: string) => Type.Unknown({ description: `${description}, as a JSON schema` });
/** The shelf, and the parts of a plan that belong to no rule. */
export const RuleList = Closed({
  ...ListOf(RuleAnswer).properties,
  conditions: PartSchema("What a rule, a promotion or a qualification may ask for under `when`"),
  tiers: PartSchema("The tiers of a plan"),
  caps: PartSchema("The caps of a plan"),
  document: PartSchema("A whole plan; the parameters of each rule stand with the rule"),
});
export const TemplateAnswer = Closed({
  name: Type.String(),
  title: Type.String(),
  description: Type.String(),
  document: Type.Unknown(),
});
export const TemplatesQuery = Closed({ currency: Currency });

export type PlanAnswer = Static<typeof PlanAnswer>;
export type PlanDiffAnswer = Static<typeof PlanDiffAnswer>;
export type LintAnswer = Static<typeof LintAnswer>;
export type AcknowledgementAnswer = Static<typeof AcknowledgementAnswer>;
