import type { TSchema } from "typebox";
import { Pointer, Value } from "typebox/value";
import type { FieldProblem } from "./refusal.ts";

type SchemaError = ReturnType<typeof Value.Errors>[number];

/** What of `value` does not fit `schema`: the first problem of each place, its pointer below `at`. */
export function fieldProblems(schema: TSchema, value: unknown, at = ""): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const problem of Value.Errors(schema, value).flatMap((error) => problemsOf(schema, error))) {
    const pointer = at + problem.pointer;
    if (!problems.has(pointer)) problems.set(pointer, { ...problem, pointer });
  }
  return [...problems.values()];
}

function problemsOf(schema: TSchema, error: SchemaError): FieldProblem[] {
  const pointer = error.instancePath;
  // A union reports each of its members too; its own sentence says it all.
  if (/\/anyOf\/\d+/.test(error.schemaPath)) return [];
  switch (error.keyword) {
    case "required":
      return error.params.requiredProperties.map((name) => ({
        pointer: `${pointer}/${escapePointer(name)}`,
        code: "required",
        message: "This field is required.",
      }));
    case "boolean":
      return [{ pointer, code: "unknown_field", message: "This field is not known here." }];
    case "additionalProperties":
      return []; // said once per field by "boolean"
    case "type":
      return [{ pointer, code: "wrong_type", message: `Must be ${typeWords(error.params.type)}.` }];
    case "minimum":
    case "exclusiveMinimum":
      return [{ pointer, code: "too_small", message: `Must be ${boundWords(error.params)}.` }];
    case "maximum":
    case "exclusiveMaximum":
      return [{ pointer, code: "too_large", message: `Must be ${boundWords(error.params)}.` }];
    case "minLength":
    case "minItems":
      return [{ pointer, code: "too_short", message: atLeast(error.params.limit, error.keyword) }];
    case "maxLength":
      return [{ pointer, code: "too_long", message: `Takes at most ${error.params.limit} characters.` }];
    case "maxItems":
      return [{ pointer, code: "too_long", message: `Takes at most ${error.params.limit} entries.` }];
    case "enum":
      return [
        {
          pointer,
          code: "not_allowed",
          message: `Must be one of: ${error.params.allowedValues.join(", ")}.`,
        },
      ];
    default:
      return [{ pointer, code: "wrong_format", message: expectation(schema, error) }];
  }
}

/** The schema's own description says best what was expected. */
function expectation(schema: TSchema, error: SchemaError): string {
  const place = Pointer.Get(schema, error.schemaPath.slice(1));
  if (typeof place === "object" && place !== null && "description" in place) {
    return `Expected here: ${place.description}`;
  }
  return `This value ${error.message}.`;
}

const TYPE_WORDS: Record<string, string> = {
  integer: "a whole number",
  number: "a number",
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  null: "null",
};

function typeWords(type: string | string[]): string {
  return [type]
    .flat()
    .map((name) => TYPE_WORDS[name] ?? name)
    .join(" or ");
}

function boundWords(params: { comparison: string; limit: number | bigint }): string {
  const words: Record<string, string> = {
    ">=": "at least",
    ">": "more than",
    "<=": "at most",
    "<": "less than",
  };
  return `${words[params.comparison] ?? params.comparison} ${params.limit}`;
}

function atLeast(limit: number, keyword: "minLength" | "minItems"): string {
  if (limit === 1) return "Must not be empty.";
  return `Needs at least ${limit} ${keyword === "minItems" ? "entries" : "characters"}.`;
}

function escapePointer(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
