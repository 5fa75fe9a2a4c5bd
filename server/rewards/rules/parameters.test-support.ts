import fc from "fast-check";
import type { TSchema } from "typebox";
import type { Rule } from "./rule.ts";

/** Parameters a plan may give a rule, drawn from the rule's own schema: a new rule needs nothing here. */
export function parametersOf(rule: Rule): fc.Arbitrary<unknown> {
  const context = { speaker: { id: "rule", rewardKind: rule.rewardKind }, currency: "INR" };
  return valuesOf(rule.parameters).filter((parameters) => rule.problems(parameters, context).length === 0);
}

const LIST_MAX = 3;

type Shape = {
  type?: string;
  properties?: Record<string, TSchema>;
  required?: string[];
  items?: TSchema;
  minItems?: number;
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
      const fields: Record<string, fc.Arbitrary<unknown>> = {};
      for (const [name, inner] of Object.entries(shape.properties ?? {})) fields[name] = valuesOf(inner);
      return fc.record(fields, { requiredKeys: shape.required ?? [] });
    }
    case "array": {
      const minLength = shape.minItems ?? 0;
      return fc.array(valuesOf(shape.items as TSchema), {
        minLength,
        maxLength: Math.max(minLength, Math.min(LIST_MAX, shape.maxItems ?? LIST_MAX)),
      });
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
