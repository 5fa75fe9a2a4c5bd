import { createHash } from "node:crypto";
import swagger from "@fastify/swagger";
import type { FastifyInstance } from "fastify";
import { type Answer, type AnyDoor, door } from "../access/door.ts";
import type { ProblemKind } from "../primitives/problem.ts";
import type { Pages } from "../welcome/create-pages.ts";
import type { JsonObject } from "./named-schemas.ts";
import { documentedRoute, finishDocument, OPENAPI } from "./openapi.ts";
import { problemsPage } from "./problems-page.ts";
import { referenceOf } from "./reference.ts";
import { referencePage } from "./reference-page.ts";
import { DOCS_STYLE } from "./style.ts";

type DocsDeps = {
  /** The finished document; every door is open by the time it is asked for. */
  document: () => JsonObject;
  problems: Record<string, ProblemKind>;
  pages: Pages;
  publicUrl: () => string;
};

const STYLE_PATH = "/docs/style.css";
const STYLE_VERSION = createHash("sha256").update(DOCS_STYLE).digest("hex").slice(0, 12);
const STYLES = [`${STYLE_PATH}?v=${STYLE_VERSION}`];
const STYLE: Answer = {
  status: 200,
  body: DOCS_STYLE,
  headers: { "content-type": "text/css; charset=utf-8" },
};
const A_WHILE = "public, max-age=300";
const FOR_EVER = "public, max-age=31536000, immutable";

/** Writes down every door that is opened after it; answers where the document can be read. */
export async function documentApi(app: FastifyInstance): Promise<() => JsonObject> {
  await app.register(swagger, {
    openapi: OPENAPI,
    convertConstToEnum: false,
    // A route that is no door (the dashboard's files) has no schema, and no place in the document.
    transform: ({ schema, url, route }) => ({
      schema: schema ? documentedRoute(schema as JsonObject, String(route.method)) : { hide: true },
      url,
    }),
  });
  let finished: JsonObject | null = null;
  return () => {
    finished ??= finishDocument(JSON.parse(JSON.stringify(app.swagger())));
    return finished;
  };
}

export const docsRoutes = (deps: DocsDeps): AnyDoor[] => {
  const text = once(() => JSON.stringify(deps.document()));
  const reference = once(() => {
    const page = referencePage(referenceOf(deps.document()), deps.publicUrl(), STYLES);
    return deps.pages.answer(200, page);
  });
  const problems = once(() => deps.pages.answer(200, problemsPage(deps.problems, STYLES)));
  const page = (path: string, summary: string, answer: () => Answer, cache = A_WHILE) =>
    door({
      method: "GET",
      path,
      operation: "docs.read",
      limit: "public_page",
      summary,
      tag: "Reference",
      isPage: true,
      schema: {},
      handle: () => {
        const { status, body, headers } = answer();
        return { status, body, headers: { ...headers, "cache-control": cache } };
      },
    });
  return [
    door({
      method: "GET",
      path: "/v1/openapi.json",
      operation: "docs.read",
      limit: "public_page",
      summary: "This API as an OpenAPI 3.1 document",
      tag: "Reference",
      produces: "application/json",
      schema: {},
      handle: () => ({
        status: 200,
        body: text(),
        headers: { "content-type": "application/json; charset=utf-8", "cache-control": A_WHILE },
      }),
    }),
    page("/docs", "The API, for people", reference),
    page("/docs/problems", "Every code a refusal may carry", problems),
    page(STYLE_PATH, "How the reference looks", () => STYLE, FOR_EVER),
  ];
};

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
