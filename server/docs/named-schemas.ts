import * as access from "../access/contract.ts";
import * as clicks from "../clicks/contract.ts";
import * as participants from "../participants/contract.ts";
import { MoneySchema, PositiveMoney, ProblemSchema, ReasonSchema, SignedMoney } from "../primitives/wire.ts";
import * as programs from "../programs/contract.ts";
import * as referrals from "../referrals/contract.ts";
import * as reports from "../reports/contract.ts";
import * as plans from "../rewards/contract/plans.ts";
import * as promotions from "../rewards/contract/promotions.ts";
import * as replays from "../rewards/contract/replays.ts";
import * as rewards from "../rewards/contract.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

const SHARED = {
  Money: MoneySchema,
  PositiveMoney,
  SignedMoney,
  Reason: ReasonSchema,
  Problem: ProblemSchema,
};
const CONTRACTS = [
  SHARED,
  access,
  clicks,
  participants,
  programs,
  referrals,
  reports,
  rewards,
  plans,
  replays,
  promotions,
];
/** Parameters are listed one by one, so their shapes need no name. */
const UNNAMED = /(Params|Query)$/;

/** The shapes of the contracts by name, without the "Answer" that tells them from the type in code. */
export function namedSchemas(): Map<string, Json> {
  const named = new Map<string, Json>();
  for (const contract of CONTRACTS) {
    for (const [exported, value] of Object.entries(contract)) {
      const schema: Json = asDocumented(JSON.parse(JSON.stringify(value)));
      if (!isObject(schema) || schema["type"] !== "object" || UNNAMED.test(exported)) continue;
      named.set(exported.replace(/(?<=.)(Answer|Schema)$/, ""), schema);
    }
  }
  return named;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** As the document writes it: keys of any name are "additional properties" there. */
function asDocumented(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(asDocumented);
  if (!isObject(schema)) return schema;
  const { patternProperties, ...rest } = schema;
  const values = isObject(patternProperties) ? Object.values(patternProperties)[0] : undefined;
  const written = values === undefined ? rest : { ...rest, additionalProperties: values };
  return Object.fromEntries(Object.entries(written).map(([key, value]) => [key, asDocumented(value)]));
}
