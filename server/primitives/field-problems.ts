import type { TSchema } from "typebox";
import { Settings } from "typebox/system";
import { Pointer, Value } from "typebox/value";
import type { FieldProblem } from "./refusal.ts";

type SchemaError = ReturnType<typeof Value.Errors>[number];

const PROBLEMS_MAX = 20;
/** A union counts one for each of its members before its own. */
Settings.Set({ maxErrors: 8 * PROBLEMS_MAX });

/** What of `value` does not fit `schema`: the first problem of each place, its pointer below `at`. */
export function fieldProblems(schema: TSchema, value: unknown, at = ""): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const problem of Value.Errors(schema, value).flatMap((error) => problemsOf(schema, error))) {
    const pointer = at + problem.pointer;
    if (!problems.has(pointer)) problems.set(pointer, { ...problem, pointer });
  }
  return [...problems.values()].slice(0, PROBLEMS_MAX);
}

function problemsOf(schema: TSchema, error: SchemaError): FieldProblem[] {
  const pointer = error.instancePath;
  const problem = (code: string, message: string): FieldProblem[] => [{ pointer, code, message }];
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
      return problem("unknown_field", "This field is not known here.");
    case "additionalProperties":
      return []; // said once per field by "boolean"
    case "type":
      return problem("wrong_type", `Must be ${typeWords(error.params.type)}.`);
    case "minimum":
    case "exclusiveMinimum":
      return problem("too_small", `Must be ${boundWords(error.params)}.`);
    case "maximum":
    case "exclusiveMaximum":
      return problem("too_large", `Must be ${boundWords(error.params)}.`);
    case "minLength":
    case "minItems":
      return problem("too_short", atLeast(error.params.limit, error.keyword));
    case "maxLength":
      return problem("too_long", `Takes at most ${error.params.limit} characters.`);
    case "maxItems":
    case "maxProperties":
      return problem("too_long", `Takes at most ${error.params.limit} entries.`);
    case "minProperties":
      return problem("too_short", "Needs at least one of its fields.");
    case "uniqueItems":
      return problem("repeated", "Must not name anything twice.");
    case "const":
      return problem("not_allowed", `Must be ${JSON.stringify(error.params.allowedValue)}.`);
    case "enum":
      return problem("not_allowed", `Must be one of: ${error.params.allowedValues.join(", ")}.`);
    default:
      return problem("wrong_format", expectation(schema, error));
  }
}

/** The schema's own description says best what was expected. */
function expectation(schema: TSchema, error: SchemaError): string {
  const { description, anyOf } = placeOf(schema, error);
  if (typeof description === "string") return `Expected here: ${description.replace(/\.$/, "")}.`;
  return Array.isArray(anyOf) ? `Must be ${unionWords(anyOf)}.` : `This value ${error.message}.`;
}

type Place = { description?: unknown; type?: unknown; anyOf?: unknown };

function placeOf(schema: TSchema, error: SchemaError): Place {
  const place = Pointer.Get(schema, error.schemaPath.slice(1));
  return typeof place === "object" && place !== null ? place : {};
}

/** The kinds a union takes, or what its members say of themselves. */
function unionWords(members: readonly Place[]): string {
  return members
    .map(({ description, type }) => (typeof description === "string" ? description : typeWords(String(type))))
    .join(" or ");
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
