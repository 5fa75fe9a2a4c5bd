import { isObject, type Json } from "./named-schemas.ts";
import type { ReferenceOperation } from "./reference.ts";

const PURCHASE: Json = {
  kind: "purchase",
  external_id: "order-5001",
  participant: "ext:customer-1001",
  amount: { amount: 250000, currency: "INR" },
  profit: { amount: 42000, currency: "INR" },
};

const PLAN: Json = {
  name: "Two levels",
  currency: "INR",
  direct_limit: 8,
  overflow: "reject",
  inactive_upline: "lapse",
  hold_days: 14,
  attribution_window_days: 30,
  composition: "all",
  rules: [
    {
      id: "level-share",
      rule: "percent_of_profit",
      on: "purchase",
      when: { amount_above: { amount: 100000, currency: "INR" } },
      levels: [
        { level: 1, rate: "5" },
        { level: 2, rate: "1" },
      ],
    },
  ],
};

/** Bodies of the main job, as somebody would send them first. */
const BODIES: Record<string, Json> = {
  "participants.create": {
    external_id: "customer-1001",
    email: "meera@example.com",
    name: "Meera Iyer",
    referral: { code: "k7m2q9x4ab" },
  },
  "links.renew": { expires_at: "2027-03-31T18:00:00Z" },
  "participants.update": { segment: "founding-members" },
  "participants.suspend": { reason: "We are checking several orders with you." },
  "conversions.create": PURCHASE,
  "conversions.bulk": { conversions: [PURCHASE] },
  "refunds.create": { external_id: "refund-1", amount: { amount: 100000, currency: "INR" } },
  "coupons.redeem": { external_id: "order-5002" },
  "redemptions.create": { currency: "PTS", amount: 250, external_id: "mug-17" },
  "exchange_rates.create": { currency: "USD", rate: "83.2575", valid_from: "2026-03-01", source: "ECB" },
  "programs.create": {
    name: "Acme Perks",
    currency: "INR",
    time_zone: "Asia/Kolkata",
    template: "two-level",
  },
  "plans.create": { document: PLAN },
  "plans.update": { document: PLAN },
  "plans.lint_document": { document: PLAN },
  "plans.acknowledge": { code: "missing_hold", reason: "What we sell cannot be given back." },
  "replays.create": { source: { kind: "history", from: "2026-01-01T00:00:00Z" } },
};

const SAMPLES: Record<string, Json> = {
  email: "meera@example.com",
  name: "Meera Iyer",
  password: "correct horse battery",
  token: "the token the server printed",
  code: "k7m2q9x4ab",
  external_id: "customer-1001",
  participant_id: "par_0123456789abcdefghjkmnpqrs",
  participant: "ext:customer-1001",
  from: "2026-12-01T00:00:00Z",
  occurred_at: "2026-12-01T09:30:00Z",
  currency: "INR",
  amount: 250000,
};

export function exampleBody(operation: ReferenceOperation): Json | undefined {
  if (operation.body === null) return undefined;
  const bulk =
    operation.id === "conversions.bulk" ? { conversions: [BODIES["conversions.create"] ?? {}] } : undefined;
  return bulk ?? BODIES[operation.id] ?? sampleOf(operation.body.schema, "");
}

/** A request as somebody types it into a terminal. */
export function exampleCommand(operation: ReferenceOperation, origin: string): string {
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => PLACES[name] ?? `{${name}}`);
  const body = exampleBody(operation);
  const lines = [
    `curl ${operation.method === "GET" ? "" : `-X ${operation.method} `}${origin}${path}`,
    ...(operation.isKeyed ? ['-H "Authorization: Bearer $REFERRALHUB_KEY"'] : []),
    ...(body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body, null, 2)}'`]),
  ];
  return lines.join(" \\\n  ");
}

const PLACES: Record<string, string> = {
  participant: "ext:customer-1001",
  conversion: "ext:order-5001",
  period: "2026-11",
  report: "funnel",
};

/** The least a schema asks for. */
function sampleOf(schema: Json, name: string): Json {
  if (!isObject(schema)) return {};
  if (/Money$/.test(String(schema["$ref"] ?? ""))) return { amount: 250000, currency: "INR" };
  if (name in SAMPLES && schema["type"] !== "object") return SAMPLES[name] ?? null;
  if (Array.isArray(schema["enum"])) return schema["enum"][0] ?? null;
  switch (schema["type"]) {
    case "object":
      return sampleObject(schema);
    case "array":
      return [sampleOf(schema["items"] ?? {}, name)];
    case "integer":
    case "number":
      return typeof schema["minimum"] === "number" ? Math.max(1, schema["minimum"]) : 1;
    case "boolean":
      return true;
    default:
      return "text";
  }
}

/** What is required; of an object that only asks for something, the first field. */
function sampleObject(schema: { [key: string]: Json }): Json {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = (schema["required"] ?? []) as string[];
  const chosen = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(chosen.map((key) => [key, sampleOf(properties[key] ?? {}, key)]));
}
