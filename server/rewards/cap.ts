import Type, { type Static } from "typebox";
import { fromWire, type Money } from "../primitives/money.ts";
import { wallTime } from "../primitives/period.ts";
import type { FieldProblem } from "../primitives/refusal.ts";
import { PlanMoney, repeatedIds, ShortId, strangeCurrency } from "./parameter.ts";

const CAPS_MAX = 20;
const RULES_MAX = 50;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const DAYS_KEPT_MAX = 10_000;

const CapEntry = Type.Object(
  {
    id: ShortId,
    scope: Type.Enum(["participant", "program", "conversion"], {
      title: "For",
      description:
        "participant: each for themselves. program: everybody together. conversion: one conversion.",
    }),
    period: Type.Enum(["day", "week", "month", "year", "ever", "conversion"], {
      title: "Within",
      description: "By when the conversion occurred, in the program's time zone; weeks begin on Monday.",
    }),
    amount: { ...PlanMoney, title: "At most", description: "No more than this is granted in all." },
    rules: Type.Optional(
      Type.Array(ShortId, {
        title: "Rules",
        description: "Only what these rules grant; all rules where it is left out.",
        minItems: 1,
        maxItems: RULES_MAX,
        uniqueItems: true,
      }),
    ),
  },
  { additionalProperties: false },
);

export const Caps = Type.Array(CapEntry, {
  title: "Caps",
  description: "Limits on what is granted, looked at in this order.",
  maxItems: CAPS_MAX,
});

export type Cap = {
  id: string;
  scope: "participant" | "program" | "conversion";
  period: CapPeriod;
  amount: Money;
  /** Null: the grants of every rule. */
  rules: ReadonlySet<string> | null;
};

type CapPeriod = Static<typeof CapEntry>["period"];

export function readCaps(entries: Static<typeof Caps> = []): Cap[] {
  return entries.map(({ id, scope, period, amount, rules }) => ({
    id,
    scope,
    period,
    amount: fromWire(amount),
    rules: rules === undefined ? null : new Set(rules),
  }));
}

export function capProblems(
  entries: Static<typeof Caps> = [],
  currency: string,
  isRule: (id: string) => boolean,
): FieldProblem[] {
  const own = entries.flatMap(({ scope, period, amount, rules = [] }, index) => {
    const at = `/caps/${index}`;
    const message =
      scope === "conversion"
        ? 'A cap for one conversion has the period "conversion".'
        : 'Only a cap for one conversion has the period "conversion".';
    const fits = (scope === "conversion") === (period === "conversion");
    return [
      ...(fits ? [] : [{ pointer: `${at}/period`, code: "wrong_period", message }]),
      ...strangeCurrency(`${at}/amount`, amount.currency, currency),
      ...unknownRules(rules, isRule, `${at}/rules`),
    ];
  });
  return [...repeatedIds(entries, "/caps", "cap"), ...own];
}

/** Each rule that is named and not there. */
export function unknownRules(
  names: readonly string[],
  isRule: (id: string) => boolean,
  at: string,
): FieldProblem[] {
  return names.flatMap((name, index) =>
    isRule(name)
      ? []
      : [{ pointer: `${at}/${index}`, code: "unknown_rule", message: `The plan has no rule "${name}".` }],
  );
}

/** The period a moment lies in, as the key of a counter names it. */
export function periodName(period: Exclude<CapPeriod, "conversion">, at: Date, timeZone: string): string {
  if (period === "ever") return "ever";
  const day = dayOf(at, timeZone);
  switch (period) {
    case "day":
      return day;
    case "week":
      return `week-${mondayOf(day)}`;
    case "month":
      return day.slice(0, 7);
    case "year":
      return day.slice(0, 4);
  }
}

/** Days by time zone and quarter of an hour: no zone's clocks change within one, and a purchase asks many times. */
const days = new Map<string, string>();

function dayOf(at: Date, timeZone: string): string {
  const quarter = Math.floor(at.getTime() / QUARTER_MS);
  const key = `${timeZone} ${quarter}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  if (days.size >= DAYS_KEPT_MAX) days.clear();
  const day = wallTime(new Date(quarter * QUARTER_MS), timeZone).slice(0, 10);
  days.set(key, day);
  return day;
}

function mondayOf(day: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const sinceMonday = (new Date(midnight).getUTCDay() + 6) % 7;
  return new Date(midnight - sinceMonday * DAY_MS).toISOString().slice(0, 10);
}
