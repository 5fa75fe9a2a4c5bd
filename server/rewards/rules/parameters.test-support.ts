import fc from "fast-check";
import type { TSchema } from "typebox";
import type { Rule, RuleContext } from "./rule.ts";

/** Parameters a plan may give a rule, drawn from the rule's own schema: a new rule needs nothing here. */
export function parametersOf(rule: Rule): fc.Arbitrary<unknown> {
  const context = contextOfRule(rule);
  return valuesOf(rule.parameters)
    .map((parameters) => inCurrencyOf(rule, parameters))
    .filter((parameters) => rule.problems(parameters, context).length === 0);
}

/** A plan around the rule in which whatever it may name is there. */
export function contextOfRule(rule: Rule): RuleContext {
  return {
    speaker: { id: "rule", rewardKind: rule.rewardKind },
    currency: "INR",
    on: rule.name === "milestone_bonus" ? "qualified" : "purchase",
    isTier: () => true,
    ruleNamed: () => ({ name: "fixed_amount", on: "purchase", rewardKind: "bonus" }),
  };
}

/** Amounts of credit are in its own currency. */
function inCurrencyOf(rule: Rule, parameters: unknown): unknown {
  if (rule.rewardKind !== "credit") return parameters;
  return JSON.parse(JSON.stringify(parameters).replaceAll('"INR"', '"CRD"'));
}

const LIST_MAX = 3;

type Shape = {
  type?: string;
  properties?: Record<string, TSchema>;
  required?: string[];
  patternProperties?: Record<string, TSchema>;
  items?: TSchema;
  minItems?: number;
  uniqueItems?: boolean;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  enum?: unknown[];
};

function valuesOf(schema: TSchema): fc.Arbitrary<unknown> {
  const shape = schema as Shape;
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  switch (shape.type) {
    case "object": {
      if (shape.patternProperties !== undefined) {
        const [[pattern, inner] = ["", {} as TSchema]] = Object.entries(shape.patternProperties);
        return fc.dictionary(fc.stringMatching(new RegExp(pattern)), valuesOf(inner), { maxKeys: 2 });
      }
      const fields: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, inner] of Object.entries(shape.properties ?? {})) fields[name] = valuesOf(inner);
      return fc.record(fields, { requiredKeys: shape.required ?? [] });
    }
    case "array": {
      const minLength = shape.minItems ?? 0;
      const maxLength = Math.max(minLength, Math.min(LIST_MAX, shape.maxItems ?? LIST_MAX));
      const values = valuesOf(shape.items as TSchema);
      return shape.uniqueItems === true
        ? fc.uniqueArray(values, { minLength, maxLength })
        : fc.array(values, { minLength, maxLength });
    }
    case "integer":
      return fc.integer({ min: shape.minimum ?? 0, max: shape.maximum ?? 1_000_000 });
    case "boolean":
      return fc.boolean();
    case "string":
      // The plan's currency is the only one that passes.
      if (shape.pattern === "^[A-Z]{3}$") return fc.constant("INR");
      return shape.pattern === undefined ? fc.string() : fc.stringMatching(new RegExp(shape.pattern));
    default:
      throw new Error(`No values are known for ${JSON.stringify(schema)}.`);
  }
}
