import { type Static, Type } from "typebox";
import { Closed, Currency, IdText, Instant, ListOf, Nullable, OneOf } from "../../primitives/wire.ts";

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

export const RuleAnswer = Closed({
  name: Type.String(),
  title: Type.String(),
  description: Type.String(),
  parameters: Type.Unknown(),
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
