import Type, { type Static } from "typebox";
import { Value } from "typebox/value";
import { fieldProblems } from "../primitives/field-problems.ts";
import { POINTS } from "../primitives/money.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { conditionProblems, When } from "./condition.ts";
import { Currency, foreignCurrency, Level, PlanMoney } from "./parameter.ts";
import { findRule, rules } from "./rules/index.ts";
import type { Rule, RuleContext } from "./rules/rule.ts";
import { LEVELS_MAX } from "./upline.ts";

const RULES_MAX = 50;
const EXAMPLES_MAX = 100;
const HOLD_DAYS_MAX = 365;
const WINDOW_DAYS_MAX = 3_650;
const DIRECT_LIMIT_MAX = 1_000_000;

/** The kinds of conversion that are ours, or a name the operator's product sends. */
const Trigger = Type.String({
  title: "On",
  description: 'A kind of conversion: "purchase", "signup", or a name of your own such as "trial_started".',
  pattern: "^[a-z][a-z0-9_.]{0,63}$",
});

/** The part every entry has; the parameters beside it belong to the rule it names. */
const RuleEntry = Type.Object({
  id: Type.String({
    title: "Id",
    description: 'A short name in lower case, such as "level-share"; the explanation of a reward shows it.',
    pattern: "^[a-z][a-z0-9_-]{0,63}$",
  }),
  rule: Type.Enum(
    rules.map((rule) => rule.name),
    { title: "Rule", description: "Which rule of the shelf." },
  ),
  on: Trigger,
  when: Type.Optional(When),
});

const HasRules = Type.Object({ rules: Type.Array(Type.Unknown(), { maxItems: RULES_MAX }) });

const Example = Type.Object(
  {
    given: Type.Object(
      { kind: Type.Optional(Trigger), amount: Type.Optional(PlanMoney), profit: Type.Optional(PlanMoney) },
      {
        title: "Given",
        description: "One conversion; a purchase unless it says otherwise.",
        additionalProperties: false,
      },
    ),
    expect: Type.Array(Type.Object({ level: Level, amount: PlanMoney }, { additionalProperties: false }), {
      title: "Expect",
      description: "What each level earns in all; nobody else earns.",
      maxItems: RULES_MAX * LEVELS_MAX,
    }),
  },
  { additionalProperties: false },
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
    inactive_upline: Type.Enum(["lapse", "compress"], {
      title: "Suspended upline",
      description: "lapse: the share is not paid. compress: it passes up to the next active participant.",
    }),
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
    composition: Type.Enum(["all", "first", "best"], {
      title: "How rules combine",
      description:
        "At each level, separately for money and for points: all rules pay; only the first that grants; or only the one that grants most.",
    }),
    rules: Type.Array(RuleEntry, { title: "Rules", minItems: 1, maxItems: RULES_MAX }),
    examples: Type.Optional(Type.Array(Example, { title: "Golden examples", maxItems: EXAMPLES_MAX })),
  },
  { additionalProperties: false },
);
export type PlanDocument = Static<typeof PlanDocument>;
export type PlanExample = Static<typeof Example>;

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

export function contextOf(entry: PlanEntry, currency: string): RuleContext {
  return { speaker: { id: entry.id, rewardKind: ruleOf(entry).rewardKind }, currency };
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
  const { currency } = document;
  const problems: FieldProblem[] = [];
  if (currency === POINTS) {
    const message = "A plan is in money; points are paid beside it by the rule for points.";
    problems.push({ pointer: "/currency", code: "wrong_currency", message });
  }
  document.rules.forEach((entry, index) => {
    const at = `/rules/${index}`;
    const own = [
      ...repeatedId(document.rules, index),
      ...basisProblems(entry),
      ...conditionProblems(entry.when, currency),
      ...ruleOf(entry).problems(parametersOf(entry), contextOf(entry, currency)),
    ];
    problems.push(...own.map((problem) => ({ ...problem, pointer: at + problem.pointer })));
  });
  document.examples?.forEach((example, index) => {
    problems.push(...exampleProblems(example, `/examples/${index}`, currency));
  });
  return problems;
}

function repeatedId(entries: readonly PlanEntry[], index: number): FieldProblem[] {
  const id = entries[index]?.id;
  if (entries.findIndex((entry) => entry.id === id) === index) return [];
  return [{ pointer: "/id", code: "repeated_id", message: `Another rule is already called "${id}".` }];
}

function basisProblems(entry: PlanEntry): FieldProblem[] {
  if (entry.on !== "signup") return [];
  const { basis, title } = ruleOf(entry);
  const problems: FieldProblem[] = [];
  if (basis !== "nothing") {
    const message = `A sign-up has no ${basis}, so "${title}" can never pay on it.`;
    problems.push({ pointer: "/on", code: "no_basis", message });
  }
  if (entry.when?.amount_above !== undefined) {
    const message = "A sign-up has no amount, so this condition can never hold.";
    problems.push({ pointer: "/when/amount_above", code: "no_basis", message });
  }
  return problems;
}

function exampleProblems({ given, expect }: PlanExample, at: string, currency: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if ((given.kind ?? "purchase") === "purchase" && given.amount === undefined) {
    problems.push({ pointer: `${at}/given/amount`, code: "required", message: "A purchase has an amount." });
  }
  if (given.amount) problems.push(...foreignCurrency(`${at}/given/amount`, given.amount.currency, currency));
  if (given.profit) problems.push(...foreignCurrency(`${at}/given/profit`, given.profit.currency, currency));
  expect.forEach(({ amount }, index) => {
    if (amount.currency === POINTS) return;
    problems.push(...foreignCurrency(`${at}/expect/${index}/amount`, amount.currency, currency));
  });
  return problems;
}
