import { type Operation, PERMISSIONS } from "../access/permission.ts";
import { isObject, type Json, type JsonObject, namedSchemas } from "./named-schemas.ts";

export const OPENAPI = {
  openapi: "3.1.0",
  info: {
    title: "ReferralHub",
    version: "1",
    description:
      "One API for everybody: the dashboard, the SDKs and your code use the same doors. Amounts are whole minor units, times are RFC 3339 in UTC.",
    license: { name: "MIT", identifier: "MIT" },
  },
  servers: [{ url: "/", description: "This installation" }],
  components: {
    securitySchemes: {
      api_key: {
        type: "http" as const,
        scheme: "bearer",
        description:
          "An API key (rh_live_… or rh_test_…) of one program, or the embed token of one participant.",
      },
      session: {
        type: "apiKey" as const,
        in: "cookie" as const,
        name: "referralhub_session",
        description: "A signed-in user, from our own pages only. Name the program in the header Program-Id.",
      },
    },
  },
};

const IDEMPOTENCY_KEY = {
  type: "string",
  minLength: 1,
  maxLength: 200,
  description: "The same key with the same content is done once; a repeat gets the stored answer.",
};

type RouteSchema = JsonObject & { operationId?: Operation };

/** What the door's schema does not say by itself: who may come in, and that it can be repeated safely. */
export function documentedRoute(schema: RouteSchema, method: string): JsonObject {
  const { operationId } = schema;
  if (operationId === undefined || schema["hide"] === true) return schema;
  const { words, security } = admission(operationId);
  return {
    ...schema,
    description: words,
    security,
    ...(isRepeatable(operationId, method)
      ? { headers: { type: "object", properties: { "Idempotency-Key": IDEMPOTENCY_KEY } } }
      : {}),
  };
}

type Permission = {
  roles?: readonly string[];
  scope?: string | readonly string[];
  self?: true;
  signedIn?: true;
  everyone?: true;
};

function admission(operation: Operation): { words: string; security: Json[] } {
  const { everyone, signedIn, scope, roles, self }: Permission = PERMISSIONS[operation];
  if (everyone) return { words: "Open to everyone.", security: [] };
  if (signedIn) return { words: "For whoever is signed in.", security: [{ session: [] }, { api_key: [] }] };
  const who = [
    ...(scope ? [`an API key with the scope ${listOf(quoted(scope), "or")}`] : []),
    ...(roles ? [`a signed-in ${listOf(roles, "or")}`] : []),
    ...(self ? ["a participant about themselves"] : []),
  ];
  const schemes = [...(scope || self ? ["api_key"] : []), ...(roles || self ? ["session"] : [])];
  return { words: `For ${listOf(who, "or")}.`, security: schemes.map((name) => ({ [name]: [] })) };
}

const quoted = (scope: string | readonly string[]): string[] => [scope].flat().map((one) => `“${one}”`);

function listOf(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** What a customer's server writes with a key. */
function isRepeatable(operation: Operation, method: string): boolean {
  const { scope }: Permission = PERMISSIONS[operation];
  return [scope].flat().includes("write") && (method === "POST" || method === "PATCH");
}

const PROBLEM = "#/components/responses/Problem";
const STATUS_WORDS: Record<string, string> = {
  "200": "Done",
  "201": "Created",
  "202": "Recorded; the rest follows",
  "204": "Done; nothing to say",
};

/** The generated document with names for its shapes, words for its answers, and one shape for every "no". */
export function finishDocument(generated: JsonObject): JsonObject {
  const names = namedSchemas();
  const naming = new Naming(names);
  const paths = mapObject(generated["paths"], (path) =>
    mapObject(path, (one) => finishOperation(one, naming)),
  );
  const components = isObject(generated["components"]) ? generated["components"] : {};
  return {
    ...generated,
    paths,
    components: {
      ...components,
      responses: {
        Problem: {
          description:
            "What is wrong, with a stable code (RFC 9457). Every code is explained at /docs/problems.",
          content: { "application/problem+json": { schema: naming.reference("Problem") } },
        },
      },
      schemas: naming.used(),
    },
  };
}

function finishOperation(operation: Json, naming: Naming): Json {
  if (!isObject(operation)) return operation;
  const { responses, "x-produces": produces, ...rest } = operation;
  return {
    ...(naming.name(rest) as JsonObject),
    responses: { ...answersOf(responses, produces, naming), default: { $ref: PROBLEM } },
  };
}

/** An answer without a schema is a stream, a picture, or nothing at all. */
function answersOf(responses: Json | undefined, produces: Json | undefined, naming: Naming): JsonObject {
  if (typeof produces === "string") {
    const schema = produces === "application/json" ? {} : { type: "string" };
    return { "200": { description: STATUS_WORDS["200"] ?? "", content: { [produces]: { schema } } } };
  }
  const answers = Object.entries(isObject(responses) ? responses : {}).filter(([status]) =>
    /^2\d\d$/.test(status),
  );
  const withContent = answers.filter(([, answer]) => isObject(answer) && "content" in answer);
  if (withContent.length === 0) return { "204": { description: STATUS_WORDS["204"] ?? "" } };
  return Object.fromEntries(
    withContent.map(([status, answer]) => [
      status,
      { ...(naming.name(answer) as JsonObject), description: STATUS_WORDS[status] ?? "Done" },
    ]),
  );
}

/** Puts a reference where a shape has a name, and remembers which names were needed. */
class Naming {
  readonly #nameOf: Map<string, string>;
  readonly #schemas: Map<string, Json>;
  readonly #used = new Map<string, Json>();

  constructor(schemas: Map<string, Json>) {
    this.#schemas = schemas;
    this.#nameOf = new Map([...schemas].map(([name, schema]) => [canonical(schema), name]));
  }

  reference(name: string): JsonObject {
    const schema = this.#schemas.get(name);
    if (schema !== undefined && !this.#used.has(name)) {
      this.#used.set(name, {});
      this.#used.set(name, this.#inside(schema));
    }
    return { $ref: `#/components/schemas/${name}` };
  }

  name(value: Json): Json {
    const name =
      isObject(value) && value["type"] === "object" ? this.#nameOf.get(canonical(value)) : undefined;
    return name === undefined ? this.#inside(value) : this.reference(name);
  }

  used(): JsonObject {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #inside(value: Json): Json {
    if (Array.isArray(value)) return value.map((one) => this.name(one));
    return isObject(value) ? mapObject(value, (one) => this.name(one)) : value;
  }
}

function mapObject(value: Json | undefined, change: (one: Json) => Json): JsonObject {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]));
}

function canonical(value: Json): string {
  return JSON.stringify(value, (_key, one: Json) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}
