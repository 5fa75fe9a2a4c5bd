import { type ChangeKind, changeSentence } from "./plan-change-sentence.ts";

/** One place where two plans differ. The pointer leads into the later text; into the earlier where it is gone. */
export type PlanChange = {
  kind: ChangeKind;
  pointer: string;
  before: unknown;
  after: unknown;
  sentence: string;
};

type Fields = Record<string, unknown>;

/** A place in both texts: where it is, and what a reader would call the things on the way there. */
type Place = { pointer: string; names: readonly string[] };

const ROOT: Place = { pointer: "", names: [] };
/** What tells the members of a list apart, whatever order they are written in. */
const KEYS = ["id", "level"] as const;
/** Lists whose order means something: the first rule that grants wins, tiers rise, caps cut in turn. */
const ORDERED = ["rules", "tiers", "caps"];

/** What is different in the later of two plan documents, place by place. */
export function planDiff(before: unknown, after: unknown): PlanChange[] {
  return compare(ROOT, before, after);
}

function compare(place: Place, before: unknown, after: unknown): PlanChange[] {
  if (isSame(before, after)) return [];
  if (before === undefined) return [changeAt(place, "added", before, after)];
  if (after === undefined) return [changeAt(place, "removed", before, after)];
  if (isFields(before) && isFields(after) && !isMoney(before)) return compareFields(place, before, after);
  const key = Array.isArray(before) && Array.isArray(after) ? keyOf(before, after) : null;
  if (key !== null) return compareLists(place, before as Fields[], after as Fields[], key);
  return [changeAt(place, "changed", before, after)];
}

function compareFields(place: Place, before: Fields, after: Fields): PlanChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => compare(below(place, name, name), before[name], after[name]));
}

function compareLists(
  place: Place,
  before: readonly Fields[],
  after: readonly Fields[],
  key: string,
): PlanChange[] {
  const changes: PlanChange[] = [];
  after.forEach((member, index) => {
    const earlier = before.find((one) => one[key] === member[key]);
    changes.push(...compare(below(place, index, String(member[key])), earlier, member));
  });
  before.forEach((member, index) => {
    if (after.some((one) => one[key] === member[key])) return;
    changes.push(...compare(below(place, index, String(member[key])), member, undefined));
  });
  return changes.concat(compareOrder(place, before, after, key));
}

function compareOrder(
  place: Place,
  before: readonly Fields[],
  after: readonly Fields[],
  key: string,
): PlanChange[] {
  if (!ORDERED.includes(place.names.at(-1) ?? "")) return [];
  const order = (list: readonly Fields[], other: readonly Fields[]) =>
    list.map((one) => one[key]).filter((id) => other.some((one) => one[key] === id));
  const [was, is] = [order(before, after), order(after, before)];
  return isSame(was, is) ? [] : [changeAt(place, "moved", was, is)];
}

function changeAt(place: Place, kind: ChangeKind, before: unknown, after: unknown): PlanChange {
  const { pointer, names } = place;
  return {
    kind,
    pointer,
    before: before ?? null,
    after: after ?? null,
    sentence: changeSentence({ kind, names, before, after }),
  };
}

function below(place: Place, step: string | number, name: string): Place {
  const escaped = String(step).replaceAll("~", "~0").replaceAll("/", "~1");
  return { pointer: `${place.pointer}/${escaped}`, names: [...place.names, name] };
}

/** The first key that every member of both lists has, each with a value of its own. */
function keyOf(before: readonly unknown[], after: readonly unknown[]): string | null {
  const tells = (list: readonly unknown[], key: string): boolean =>
    list.every((one) => isFields(one) && one[key] !== undefined) &&
    new Set(list.map((one) => (one as Fields)[key])).size === list.length;
  return KEYS.find((key) => tells(before, key) && tells(after, key)) ?? null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isMoney(value: Fields): boolean {
  return typeof value["amount"] === "number" && typeof value["currency"] === "string";
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isFields(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
