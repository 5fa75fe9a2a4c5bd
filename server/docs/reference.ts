import { isObject, type Json, type JsonObject } from "./named-schemas.ts";

/** The document as people read it. */
export type Reference = { groups: Group[]; shapes: Shape[] };
export type Group = { tag: string; operations: ReferenceOperation[] };
export type ReferenceOperation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  parameters: (Field & { place: string })[];
  body: Shape | null;
  isKeyed: boolean;
  answers: { status: string; description: string; type: string; fields: Field[] }[];
};
export type Shape = { name: string | null; fields: Field[]; schema: Json };
export type Field = { name: string; type: string; isRequired: boolean; text: string };

/** The order in which somebody meets them. */
const TAGS = [
  "Programs",
  "Plans",
  "Participants",
  "Links",
  "Conversions",
  "Rewards",
  "Events",
  "Reports",
  "Verify",
];

export function referenceOf(document: JsonObject): Reference {
  const operations = Object.entries(objectAt(document, "paths")).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).map(([method, operation]) =>
      operationOf(document, method.toUpperCase(), path, operation as JsonObject),
    ),
  );
  const groups = new Map<string, ReferenceOperation[]>();
  for (const { tag, ...operation } of operations) groups.set(tag, [...(groups.get(tag) ?? []), operation]);
  const shapes = Object.entries(objectAt(objectAt(document, "components"), "schemas"));
  return {
    groups: [...groups]
      .map(([tag, list]) => ({ tag, operations: list.sort(asMet) }))
      .sort((a, b) => rank(a.tag) - rank(b.tag)),
    shapes: shapes.map(([name, schema]) => ({ name, fields: fieldsOf(schema), schema })),
  };
}

function rank(tag: string): number {
  const place = TAGS.indexOf(tag);
  return place === -1 ? TAGS.length : place;
}

const METHODS = ["POST", "GET", "PATCH", "PUT", "DELETE"];

/** What is made before what is read, the whole before its parts. */
function asMet(a: ReferenceOperation, b: ReferenceOperation): number {
  const depth = ({ path }: ReferenceOperation) => path.split("/").length;
  return depth(a) - depth(b) || METHODS.indexOf(a.method) - METHODS.indexOf(b.method);
}

function operationOf(
  document: JsonObject,
  method: string,
  path: string,
  operation: JsonObject,
): ReferenceOperation & { tag: string } {
  const parameters = (operation["parameters"] ?? []) as JsonObject[];
  const content = objectAt(objectAt(operation, "requestBody"), "content");
  const body = objectAt(content, "application/json")["schema"];
  return {
    tag: String((operation["tags"] as Json[] | undefined)?.[0] ?? "Other"),
    id: textAt(operation, "operationId"),
    method,
    path,
    summary: textAt(operation, "summary"),
    description: textAt(operation, "description"),
    parameters: parameters.map((one) => ({
      place: textAt(one, "in"),
      ...fieldOf(
        textAt(one, "name"),
        one["schema"] ?? {},
        one["required"] === true,
        textAt(one, "description"),
      ),
    })),
    body: body === undefined ? null : shapeOf(document, body),
    isKeyed: JSON.stringify(operation["security"] ?? []).includes("api_key"),
    answers: Object.entries(objectAt(operation, "responses"))
      .filter(([status]) => status !== "default")
      .map(([status, answer]) => answerOf(status, answer as JsonObject)),
  };
}

function answerOf(status: string, answer: JsonObject) {
  const [media, content] = Object.entries(objectAt(answer, "content"))[0] ?? [];
  const schema = isObject(content) ? content["schema"] : undefined;
  const isJson = media === "application/json";
  return {
    status,
    description: textAt(answer, "description"),
    type: schema === undefined ? "" : isJson ? typeOf(schema) : String(media),
    fields: schema === undefined || isReference(schema) ? [] : fieldsOf(schema),
  };
}

function shapeOf(document: JsonObject, schema: Json): Shape {
  const name = referredName(schema);
  const whole = name === null ? schema : (objectAt(objectAt(document, "components"), "schemas")[name] ?? {});
  return { name, fields: fieldsOf(whole), schema: whole };
}

/** The fields of an object; those of an object without a name of its own follow with dotted names. */
function fieldsOf(schema: Json, prefix = ""): Field[] {
  if (!isObject(schema)) return [];
  const required = new Set((schema["required"] ?? []) as string[]);
  return Object.entries(objectAt(schema, "properties")).flatMap(([name, one]) => {
    const field = fieldOf(prefix + name, one, required.has(name), textAt(one as JsonObject, "description"));
    const inner = isObject(one) && one["type"] === "array" ? one["items"] : one;
    const suffix = inner === one ? "." : "[].";
    return [
      field,
      ...alternatives(inner ?? {}).flatMap((choice) => fieldsOf(choice, `${prefix}${name}${suffix}`)),
    ];
  });
}

function fieldOf(name: string, schema: Json, isRequired: boolean, description: string): Field {
  const text = [description, ...boundsOf(schema)].filter(Boolean).map(asSentence).join(" ");
  return { name, type: typeOf(schema), isRequired, text };
}

function asSentence(text: string): string {
  return `${text[0]?.toUpperCase()}${text.slice(1).replace(/\.$/, "")}.`;
}

/** A type in words; a named shape by its name. */
function typeOf(schema: Json): string {
  const name = referredName(schema);
  if (name !== null) return name;
  if (!isObject(schema)) return "anything";
  const choices = alternatives(schema);
  if (choices.length > 1) return choices.map(typeOf).join(" or ");
  if (Array.isArray(schema["enum"])) return schema["enum"].map((word) => `"${String(word)}"`).join(" | ");
  if ("const" in schema) return `"${String(schema["const"])}"`;
  if (schema["type"] === "array") return `list of ${typeOf(schema["items"] ?? {})}`;
  return typeof schema["type"] === "string" ? schema["type"] : "anything";
}

function boundsOf(schema: Json): string[] {
  if (!isObject(schema)) return [];
  const { minimum, maximum, maxLength, maxItems, pattern, default: fallback, description } = schema;
  const range = [
    ...(typeof minimum === "number" ? [`from ${minimum.toLocaleString("en")}`] : []),
    ...(typeof maximum === "number" ? [`to ${maximum.toLocaleString("en")}`] : []),
  ].join(" ");
  return [
    range,
    typeof maxLength === "number" ? `At most ${maxLength} characters` : "",
    typeof maxItems === "number" ? `At most ${maxItems.toLocaleString("en")} entries` : "",
    typeof pattern === "string" && description === undefined && pattern !== "\\S" ? `Matches ${pattern}` : "",
    fallback === undefined ? "" : `Default ${JSON.stringify(fallback)}`,
  ];
}

function alternatives(schema: Json): Json[] {
  if (!isObject(schema)) return [];
  const choices = schema["anyOf"] ?? schema["oneOf"];
  return Array.isArray(choices) ? choices : [schema];
}

function referredName(schema: Json): string | null {
  return isReference(schema) ? (schema["$ref"].split("/").at(-1) ?? null) : null;
}

function isReference(schema: Json): schema is { $ref: string } {
  return isObject(schema) && typeof schema["$ref"] === "string";
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const inner = value[key];
  return isObject(inner) ? inner : {};
}

function textAt(value: JsonObject, key: string): string {
  const text = value[key];
  return typeof text === "string" ? text : "";
}
