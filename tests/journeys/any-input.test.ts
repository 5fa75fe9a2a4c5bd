import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Api, type Problem, soon } from "../support/api.ts";
import { startServer, type TestServer } from "../support/server.ts";

type Schema = {
  $ref?: string;
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  minimum?: number;
  maximum?: number;
};
type Operation = {
  parameters?: { name: string; in: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
type Request = { method: string; path: string; body: unknown };

const RUN_MS = 8_000;
const AT_ONCE = 4;
/** The stream never ends, and what signs in or sets up has limits of its own. */
const LEFT_OUT = /^\/v1\/(stream|session|setup)/;

describe("anything at all, sent to every operation of the OpenAPI document", () => {
  let server: TestServer;
  let api: Api;
  /** Texts that get further than noise: real ids, codes, dates. */
  let plausible: string[];
  let known: Record<string, fc.Arbitrary<unknown>>;
  let document: Document;

  beforeAll(async () => {
    server = await startServer();
    api = (await server.provision()).api;
    const advocate = await api.join();
    const buyer = await api.join(advocate, { external_id: "customer" });
    const order = await api.buy(buyer, 200_000, 40_000);
    document = (await api.get<Document>("/v1/openapi.json")).body;
    known = knownTexts({ buyer: buyer.id, code: advocate.code ?? "" });
    plausible = [
      ...[
        advocate.id,
        buyer.id,
        order.id,
        advocate.code ?? "",
        advocate.link?.id ?? "",
        "ext:customer",
        "me",
      ],
      ...[
        "INR",
        "USD",
        "PTS",
        "purchase",
        "signup",
        "UTC",
        "5",
        "2026-03",
        "2026-03-01T09:30:00Z",
        "a@example.com",
      ],
      ...[
        "funnel",
        "pending,available",
        "joined",
        "reward.created",
        "1-",
        "order",
        "two-level",
        "https://example.com/",
      ],
    ];
  });
  afterAll(() => server.stop());

  const knownTexts = (ids: { buyer: string; code: string }): Record<string, fc.Arbitrary<unknown>> => ({
    participant: fc.constantFrom(ids.buyer, "ext:customer"),
    participant_id: fc.constant(ids.buyer),
    external_id: fc.integer({ min: 1, max: 2_000 }).map((number) => `id ${number}`),
    email: fc.integer({ min: 1, max: 2_000 }).map((number) => `person${number}@example.org`),
    code: fc.constant(ids.code),
    currency: fc.constant("INR"),
    kind: fc.constantFrom("purchase", "review"),
    occurred_at: fc.constant("2026-03-01T09:30:00Z"),
    country: fc.constantFrom("IN", "DE"),
    default_margin: fc.constantFrom("0", "12.5", "100"),
    time_zone: fc.constantFrom("UTC", "Asia/Kolkata"),
  });

  it("is answered with a success or a problem, never with a failure of ours", async () => {
    const operations = Object.entries(document.paths)
      .filter(([path]) => !LEFT_OUT.test(path))
      .flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, one]) => requests(method, path, one)),
      );
    expect(operations.length).toBeGreaterThan(20);
    const statuses = new Map<number, number>();
    const several = fc.array(fc.oneof(...operations), { minLength: AT_ONCE, maxLength: AT_ONCE });
    const property = fc.asyncProperty(several, async (batch) => {
      await Promise.all(
        batch.map(async (request) => {
          const answer = await api.send<Problem>(request.method, request.path, request.body);
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          expectAnswer(answer, JSON.stringify(request));
        }),
      );
    });
    await fc.assert(property, { numRuns: 100_000, interruptAfterTimeLimit: RUN_MS, endOnFailure: true });
    // Something of everything came through, or this would test only the door.
    for (const status of [200, 201, 400, 404, 422])
      expect(statuses.get(status) ?? 0, `${status}`).toBeGreaterThan(0);
  });

  it("leaves a server that serves and books that balance", async () => {
    expect((await server.api(null).get("/readyz")).status).toBe(200);
    expect(server.output()).not.toContain('"level":50');
    await soon(async () => (await api.get<{ ok: boolean }>("/v1/verify")).body.ok);
  });

  function expectAnswer({ status, body, headers }: Answer<Problem>, what: string): void {
    expect(status, `${what} → ${JSON.stringify(body)}`).toBeLessThan(500);
    if (status < 400) return;
    expect(headers.get("content-type"), what).toMatch(/^application\/problem\+json/);
    expect(body, what).toMatchObject({ status, type: `/docs/problems#${body.code}` });
    for (const { message } of body.errors) expect(message, what).toMatch(/\.$/);
  }

  function requests(method: string, path: string, operation: Operation): fc.Arbitrary<Request> {
    const parameters = operation.parameters ?? [];
    const inPath = parameters.filter((one) => one.in === "path").map(({ name }) => name);
    const inQuery = parameters.filter((one) => one.in === "query");
    const body = operation.requestBody?.content["application/json"]?.schema;
    return fc
      .record({
        segments: fc.tuple(...inPath.map(() => text())),
        query: fc.record(Object.fromEntries(inQuery.map(({ name, schema }) => [name, word(schema)])), {
          requiredKeys: [],
        }),
        body: body ? value(body) : fc.constant(undefined),
      })
      .map((one) => {
        const address = inPath.reduce(
          (url, name, index) =>
            url.replace(`{${name}}`, encodeURIComponent(one.segments[index] ?? "").replace(/^\.+$/, "%2E")),
          path,
        );
        const query = new URLSearchParams(one.query as Record<string, string>).toString();
        const isAddress = /\/$|\/\//.test(address) ? path.replaceAll(/\{\w+\}/g, "x") : address;
        return {
          method: method.toUpperCase(),
          path: query === "" ? isAddress : `${isAddress}?${query}`,
          body: one.body === undefined ? undefined : JSON.stringify(one.body),
        };
      });
  }

  const text = (): fc.Arbitrary<string> =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...plausible) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 30 }).map((one) => one.toWellFormed()) },
    );

  const word = (schema: Schema): fc.Arbitrary<string> =>
    fc.oneof({ weight: 4, arbitrary: fitting(schema).map(String) }, { weight: 1, arbitrary: text() });

  /** Fields that only certain texts get past mostly hold one of them. */
  function named(name: string, schema: Schema, depth: number): fc.Arbitrary<unknown> {
    const fit = known[name];
    const any = value(schema, depth);
    return fit ? fc.oneof({ weight: 9, arbitrary: fit }, { weight: 1, arbitrary: any }) : any;
  }

  /** Mostly what the schema asks for, now and then anything JSON can say. */
  function value(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    return fc.oneof(
      { weight: 24, arbitrary: fitting(schema, depth) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2, stringUnit: "binary" }) },
    );
  }

  function fitting(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
    if (schema.$ref)
      return fitting(document.components.schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {}, depth);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map((member) => fitting(member, depth)));
    switch (schema.type) {
      case "integer":
      case "number":
        return fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 1, max: 300_000 }) },
          { weight: 1, arbitrary: fc.constantFrom(0, -1, 1.5, 1e15, 1e15 + 1, 2 ** 53, -1e300) },
        );
      case "boolean":
        return fc.boolean();
      case "array":
        return fc.array(value(schema.items ?? {}, depth + 1), { maxLength: 3 });
      case "object": {
        const fields = Object.entries(schema.properties ?? {}).map(([name, one]) => [
          name,
          named(name, one, depth + 1),
        ]);
        return fc.record(Object.fromEntries(fields), { requiredKeys: (schema.required ?? []) as never[] });
      }
      case "null":
        return fc.constant(null);
      case "string":
        return text();
      default:
        return fc.jsonValue({ maxDepth: 3 });
    }
  }
});
