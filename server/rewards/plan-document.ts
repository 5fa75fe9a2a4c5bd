import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { fieldProblems } from "../primitives/field-problems.ts";
import { isMoney } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { Caps, capProblems } from "./cap.ts";
import { conditionProblems, When } from "./condition.ts";
import { Examples, exampleProblems } from "./example-document.ts";
import { Currency, repeatedIds, ShortId, Trigger } from "./parameter.ts";
import { findRule, rules } from "./rules/index.ts";
import type { Rule, RuleContext } from "./rules/rule.ts";
import { Tiers, tierProblems } from "./tier.ts";

const RULES_MAX = 50;
const HOLD_DAYS_MAX = 365;
const WINDOW_DAYS_MAX = 3_650;
const EXPIRY_DAYS_MAX = 3_650;
const DIRECT_LIMIT_MAX = 1_000_000;

/** The conversion that makes a referral qualified, whatever its kind. */
export const QUALIFIED = "qualified";

/** The part every entry has; the parameters beside it belong to the rule it names. */
const RuleEntry = Type.Object({
  id: ShortId,
  rule: Type.Enum(
    rules.map((rule) => rule.name),
    { title: "Rule", description: "Which rule of the shelf." },
  ),
  on: Trigger,
  when: Type.Optional(When),
});

const HasRules = Type.Object({ rules: Type.Array(Type.Unknown(), { maxItems: RULES_MAX }) });

const Days = (title: string, description: string) =>
  Type.Optional(Type.Integer({ title, description, minimum: 1, maximum: EXPIRY_DAYS_MAX }));

const Activity = Type.Object(
  {
    within_days: Type.Integer({
      title: "Within days",
      description: "Before the conversion.",
      minimum: 1,
      maximum: WINDOW_DAYS_MAX,
    }),
    by: Type.Array(Type.Enum(["purchase", "sign_in"]), {
      title: "By",
      description: "Any one of these.",
      minItems: 1,
      maxItems: 2,
      uniqueItems: true,
    }),
  },
  {
    title: "Activity",
    description: "Who did none of this counts as not active; everybody does where it is left out.",
    additionalProperties: false,
  },
);

const Qualifies = Type.Object(
  { on: Trigger, when: Type.Optional(When) },
  {
    title: "Qualifies",
    description: "What makes a referral qualified; left out: the first conversion that earns at level 1.",
    additionalProperties: false,
  },
);

const OnRefund = Type.Object(
  {
    caps: Type.Optional(
      Type.Enum(["give_back", "keep"], {
        title: "Caps and budgets",
        description: "give_back: what is taken back can be granted again. keep: it stays counted.",
      }),
    ),
    milestones: Type.Optional(
      Type.Enum(["take_back", "keep"], {
        title: "Milestones",
        description: "take_back: a full refund undoes the qualification, and milestones above what is left.",
      }),
    ),
  },
  {
    title: "On a refund",
    description: "What a refund undoes beside the reward.",
    additionalProperties: false,
  },
);

/** The plan as it is written, kept and hashed. Money is in minor units of `currency`, rates are decimal percents. */
export const PlanDocument = Type.Object(
  {
    name: Type.String({
      title: "Name",
      description: "What the plan is called.",
      minLength: 1,
      maxLength: 100,
      pattern: "\\S",
    }),
    currency: Currency,
    direct_limit: Type.Union([Type.Integer({ minimum: 1, maximum: DIRECT_LIMIT_MAX }), Type.Null()], {
      title: "Direct referrals",
      description:
        "How many people one participant may refer directly, 1 to 1,000,000; null is without limit.",
    }),
    overflow: Type.Enum(["reject", "no_reward", "spillover", "waitlist"], {
      title: "Beyond the limit",
      description:
        "reject: the referral is refused. no_reward: it is recorded, and nobody earns through it. spillover: it is placed with the first advocate below who has room. waitlist: it waits for a place.",
    }),
    inactive_upline: Type.Enum(["lapse", "hold", "compress"], {
      title: "Upline who is not active",
      description:
        "lapse: the share is not paid. hold: it is kept until they are active again. compress: it passes up to the next active participant.",
    }),
    activity: Type.Optional(Activity),
    hold_days: Type.Integer({
      title: "Hold",
      description: "Days before a reward becomes available.",
      minimum: 0,
      maximum: HOLD_DAYS_MAX,
    }),
    attribution_window_days: Type.Integer({
      title: "Attribution window",
      description: "Days between a click and a sign-up within which the click counts.",
      minimum: 1,
      maximum: WINDOW_DAYS_MAX,
    }),
    existing_referrals: Type.Optional(
      Type.Enum(["move", "keep"], {
        title: "Referrals made before",
        description: "move: this version holds for them, too. keep: they stay with the version they had.",
      }),
    ),
    composition: Type.Enum(["all", "first", "best"], {
      title: "How rules combine",
      description:
        "At each level, separately for each currency: all rules pay; only the first that grants; or only the one that grants most.",
    }),
    qualifies: Type.Optional(Qualifies),
    rules: Type.Array(RuleEntry, { title: "Rules", minItems: 1, maxItems: RULES_MAX }),
    tiers: Type.Optional(Tiers),
    caps: Type.Optional(Caps),
    expires_days: Type.Optional(
      Type.Object(
        {
          points: Days("Points", "Days from when points become available."),
          credit: Days("Credit", "Days from when credit becomes available."),
        },
        {
          title: "Expiry",
          description: "After how many days what is unused expires; never where it is left out.",
          additionalProperties: false,
        },
      ),
    ),
    on_refund: Type.Optional(OnRefund),
    examples: Type.Optional(Examples),
  },
  { additionalProperties: false },
);
export type PlanDocument = Static<typeof PlanDocument>;
export type PlanEntry = Static<typeof RuleEntry>;

export type CheckedDocument =
  | { document: PlanDocument; problems: [] }
  | { document: null; problems: FieldProblem[] };

/** Everything that is wrong with a document, each with the place and the reason in words. */
export function checkDocument(document: unknown): CheckedDocument {
  const problems = [...fieldProblems(PlanDocument, document), ...parameterProblems(document)];
  if (problems.length === 0 && Value.Check(PlanDocument, document)) {
    problems.push(...meaningProblems(document));
    if (problems.length === 0) return { document, problems: [] };
  }
  return { document: null, problems };
}

/** What belongs to the rule an entry names, without the part every entry has. */
export function parametersOf(entry: PlanEntry): unknown {
  const { id: _id, rule: _rule, on: _on, when: _when, ...parameters } = entry;
  return parameters;
}

export function ruleOf(entry: PlanEntry): Rule {
  const rule = findRule(entry.rule);
  if (rule === undefined) throw new Error(`The schema let the rule "${entry.rule}" through.`);
  return rule;
}

export function contextOf(entry: PlanEntry, document: PlanDocument): RuleContext {
  return {
    speaker: { id: entry.id, rewardKind: ruleOf(entry).rewardKind },
    currency: document.currency,
    on: entry.on,
    isTier: isTierOf(document),
    ruleNamed(id) {
      const named = document.rules.find((other) => other.id === id);
      return named && { name: named.rule, on: named.on, rewardKind: ruleOf(named).rewardKind };
    },
  };
}

function isTierOf({ tiers = [] }: PlanDocument): (id: string) => boolean {
  return (id) => tiers.some((tier) => tier.id === id);
}

/** Of every entry that can be read at all, also where something else in the document is wrong. */
function parameterProblems(document: unknown): FieldProblem[] {
  if (!Value.Check(HasRules, document)) return [];
  return document.rules.flatMap((entry, index) =>
    Value.Check(RuleEntry, entry)
      ? fieldProblems(ruleOf(entry).parameters, parametersOf(entry), `/rules/${index}`)
      : [],
  );
}

function meaningProblems(document: PlanDocument): FieldProblem[] {
  const { currency, qualifies, tiers, caps, examples } = document;
  const conditions = { currency, isTier: isTierOf(document) };
  const problems = [...currencyProblems(currency), ...repeatedIds(document.rules, "/rules", "rule")];
  document.rules.forEach((entry, index) => {
    const own = [
      ...basisProblems(entry),
      ...conditionProblems(entry.when, conditions),
      ...ruleOf(entry).problems(parametersOf(entry), contextOf(entry, document)),
    ];
    problems.push(...own.map((problem) => ({ ...problem, pointer: `/rules/${index}${problem.pointer}` })));
  });
  if (qualifies) problems.push(...qualifiesProblems(qualifies, conditions));
  problems.push(...tierProblems(tiers));
  problems.push(...capProblems(caps, currency, (id) => document.rules.some((rule) => rule.id === id)));
  problems.push(...exampleProblems(examples, { currency, isTier: conditions.isTier }));
  return problems;
}

function currencyProblems(currency: string): FieldProblem[] {
  if (isMoney(currency)) return [];
  const message = "A plan is in money; points, credit and coupons are given beside it by rules of their own.";
  return [{ pointer: "/currency", code: "wrong_currency", message }];
}

function qualifiesProblems(
  { on, when }: Static<typeof Qualifies>,
  conditions: Parameters<typeof conditionProblems>[1],
): FieldProblem[] {
  const problems = conditionProblems(when, conditions).map((problem) => ({
    ...problem,
    pointer: `/qualifies${problem.pointer}`,
  }));
  if (on === QUALIFIED)
    problems.push({
      pointer: "/qualifies/on",
      code: "circular",
      message: "A referral cannot qualify by qualifying.",
    });
  if (when?.tiers !== undefined || when?.active !== undefined)
    problems.push({
      pointer: "/qualifies/when",
      code: "no_holder",
      message: "A tier or activity belongs to an advocate, not to what a friend does.",
    });
  return problems;
}

function basisProblems(entry: PlanEntry): FieldProblem[] {
  if (entry.on !== "signup") return [];
  const { basis, title } = ruleOf(entry);
  const problems: FieldProblem[] = [];
  if (basis === "profit" || basis === "amount") {
    const message = `A sign-up has no ${basis}, so "${title}" can never pay on it.`;
    problems.push({ pointer: "/on", code: "no_basis", message });
  }
  if (entry.when?.amount_above !== undefined) {
    const message = "A sign-up has no amount, so this condition can never hold.";
    problems.push({ pointer: "/when/amount_above", code: "no_basis", message });
  }
  return problems;
}
