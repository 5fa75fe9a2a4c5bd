import type { FastifyInstance } from "fastify";
import { Value } from "typebox/value";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { type AnyDoor, openDoors } from "../access/door.ts";
import { type Access, openAccess } from "../access/open-access.ts";
import { accessGate } from "../access/routes.ts";
import { doorsOf } from "../api.ts";
import { PostgresBus } from "../platform/bus.ts";
import { createHttpServer } from "../platform/http.ts";
import { PROBLEMS } from "../problems.ts";
import { createPlanCache } from "../rewards/create-plan-cache.ts";
import { createPages } from "../welcome/create-pages.ts";
import { exampleBody } from "./example.ts";
import { isObject, type Json, type JsonObject } from "./named-schemas.ts";
import { type ReferenceOperation, referenceOf } from "./reference.ts";
import { documentApi } from "./routes.ts";

const ORIGIN = "http://refer.example";
const KEY = "a key that only the tests know, 0123456789";
const nothing = () => {};
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const database = useDatabase();
let app: FastifyInstance;
let access: Access;
let bus: PostgresBus;
let doors: AnyDoor[];
let document: JsonObject;
let end: () => void;

beforeAll(async () => {
  const { db } = database;
  bus = new PostgresBus(db, log);
  await bus.open();
  access = openAccess({
    db,
    bus,
    log,
    publicUrl: ORIGIN,
    sessionSecret: KEY,
    trustedProxies: 0,
    rateLimitScale: 1,
  });
  app = createHttpServer({ problems: PROBLEMS, log });
  const read = await documentApi(app);
  const publicUrl = () => ORIGIN;
  const pages = createPages({ sans: null, sansExtended: null, serif: null, serifExtended: null });
  const deps = {
    hasMail: true,
    smtpHost: null,
    db,
    bus,
    log,
    access,
    plans: createPlanCache(),
    hashingKey: KEY,
    publicUrl,
  };
  const product = doorsOf(deps, { pages, document: read });
  doors = product.doors;
  end = product.close;
  openDoors(app, doors, accessGate(access));
  app.get("/app/*", async () => "a file of the dashboard");
  await app.ready();
  document = JSON.parse((await app.inject("/v1/openapi.json")).body);
});

afterAll(async () => {
  end();
  await app.close();
  access.close();
  await bus.close();
});

const documentedName = ({ method, path }: AnyDoor) =>
  `${String(method)} ${path.replaceAll(/:(\w+)/g, "{$1}")}`;

type Operation = { name: string; path: string; operation: JsonObject };

function operations(): Operation[] {
  return Object.entries(document["paths"] as JsonObject).flatMap(([path, item]) =>
    Object.entries(item as JsonObject).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation: operation as JsonObject,
    })),
  );
}

/** Every object of the document, with the place where it stands. */
function* objectsIn(value: Json, place = "#"): Generator<[string, JsonObject]> {
  if (Array.isArray(value))
    for (const [index, one] of value.entries()) yield* objectsIn(one, `${place}/${index}`);
  if (!isObject(value)) return;
  yield [place, value];
  for (const [key, one] of Object.entries(value)) yield* objectsIn(one, `${place}/${key}`);
}

describe("the OpenAPI document", () => {
  it("names every door of the API, and no other", () => {
    const registered = doors
      .filter((one) => one.isPage !== true)
      .map((one) => `${documentedName(one)} ${one.operation}`);
    const documented = operations().map(
      ({ name, operation }) => `${name} ${String(operation["operationId"])}`,
    );
    expect(documented.sort()).toEqual(registered.sort());
    expect(registered.every((name) => name.includes(" /v1/"))).toBe(true);
  });

  it("is OpenAPI 3.1", () => {
    expect(document["openapi"]).toBe("3.1.0");
    expect(document["info"]).toMatchObject({ title: "ReferralHub", version: "1" });
    const ids = operations().map(({ operation }) => operation["operationId"]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name, path, operation } of operations()) {
      const parameters = (operation["parameters"] ?? []) as JsonObject[];
      const inPath = parameters.filter((one) => one["in"] === "path").map((one) => one["name"]);
      expect(inPath.sort(), name).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, inner]) => inner).sort());
      for (const one of parameters) {
        expect(["path", "query", "header", "cookie"], name).toContain(one["in"]);
        expect(isObject(one["schema"]), name).toBe(true);
      }
      const responses = operation["responses"] as JsonObject;
      expect(
        Object.keys(responses).filter((status) => !/^([1-5]\d\d|default)$/.test(status)),
        name,
      ).toEqual([]);
      expect(
        Object.keys(responses).some((status) => status.startsWith("2")),
        name,
      ).toBe(true);
      for (const answer of Object.values(responses) as JsonObject[])
        expect("$ref" in answer || typeof answer["description"] === "string", name).toBe(true);
      expect(String(operation["summary"]).length, name).toBeGreaterThan(5);
    }
  });

  it("refers to nothing that is not there, and keeps nothing that nobody refers to", () => {
    const referred = new Set<string>();
    for (const [place, one] of objectsIn(document)) {
      if (typeof one["$ref"] !== "string") continue;
      referred.add(one["$ref"]);
      const target = one["$ref"]
        .slice(2)
        .split("/")
        .reduce<Json | undefined>((inner, key) => (isObject(inner) ? inner[key] : undefined), document);
      expect(target, place).toBeDefined();
    }
    const { schemas, securitySchemes } = document["components"] as { [key: string]: JsonObject };
    for (const name of Object.keys(schemas ?? {})) expect(referred).toContain(`#/components/schemas/${name}`);
    for (const name of ["Participant", "Conversion", "Reward", "Money", "Problem"])
      expect(schemas).toHaveProperty(name);
    for (const { operation } of operations())
      for (const scheme of (operation["security"] ?? []) as JsonObject[])
        expect(securitySchemes).toHaveProperty(Object.keys(scheme));
  });

  it("says only what JSON Schema of 2020 knows", () => {
    const types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    for (const [place, one] of objectsIn(document)) {
      expect("nullable" in one && !place.endsWith("/properties"), place).toBe(false);
      if (
        typeof one["type"] === "string" &&
        /\/schema|\/schemas\//.test(place) &&
        !place.endsWith("/properties")
      )
        expect(types, place).toContain(one["type"]);
    }
  });

  it("asks for a key or a session wherever the door does", async () => {
    for (const { name, operation } of operations()) {
      if (operation["security"] === undefined || (operation["security"] as Json[]).length === 0) continue;
      const [method = "GET", path = ""] = name.split(" ");
      const url = path.replaceAll(/\{\w+\}/g, "x");
      const answer = await app.inject({ method: method as "GET", url, payload: {} });
      expect([401, 400, 404], `${name}: ${answer.body}`).toContain(answer.statusCode);
    }
  });
});

describe("the reference", () => {
  it("shows every operation, shape and field, and examples that the doors accept", async () => {
    const page = await app.inject("/docs");
    expect(page.headers["content-type"]).toContain("text/html");
    const { groups } = referenceOf(document);
    for (const operation of groups.flatMap((group) => group.operations)) {
      expect(page.body).toContain(`id="${operation.id}"`);
      expectAccepted(operation);
    }
    for (const link of page.body.matchAll(/href="#([^"]+)"/g)) expect(page.body).toContain(`id="${link[1]}"`);
  });

  it("explains every problem where its type leads", async () => {
    const page = await app.inject("/docs/problems");
    for (const code of Object.keys(PROBLEMS)) expect(page.body).toContain(`<tr id="${code}">`);
    expect(page.body).toContain("Try again in {retry_after} seconds.");
    expect(page.body).not.toMatch(/undefined|null|NaN/);
  });

  it("needs no script and nothing from elsewhere", async () => {
    for (const url of ["/docs", "/docs/problems"]) {
      const page = await app.inject(url);
      expect(page.body).not.toMatch(/<script|<style|style=|src=|href="(https?:)?\/\//);
      for (const [, address = ""] of page.body.matchAll(/rel="stylesheet" href="(\/docs[^"]*)"/g)) {
        const style = await app.inject(address);
        expect(style.headers["cache-control"]).toContain("immutable");
      }
    }
  });

  function expectAccepted(operation: ReferenceOperation): void {
    const body = exampleBody(operation);
    const found = doors.find((one) => documentedName(one) === `${operation.method} ${operation.path}`);
    const schema = found?.schema.body;
    if (schema) expect(Value.Errors(schema, body), operation.id).toEqual([]);
  }
});
