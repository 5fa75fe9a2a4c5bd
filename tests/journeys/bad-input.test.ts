import { request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ParticipantAnswer } from "../../server/referrals/contract.ts";
import type { ConversionAnswer } from "../../server/rewards/contract.ts";
import { type Answer, type Api, expectProblem, type Problem } from "../support/api.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

const BODY_BYTES_MAX = 256 * 1024;
const NUL = "a\u0000b";
const HALF = "a\ud800b";
/** Every way to get a number wrong where minor units are wanted. */
const ABSURD_AMOUNTS: readonly string[] = [
  "0",
  "-1",
  "-0",
  "1000000000000001",
  "1.5",
  "1e400",
  "-1e400",
  "1e-5",
  '"100"',
  "null",
  "true",
  "[100]",
  "{}",
  "99999999999999999999999999",
];

const AS_IT_IS = new Set(["product", "referrer", "user_agent", "ip"]);

type Who = "key" | "owner" | "visitor";
type Door = { method: string; path: string; as: Who; good: Record<string, unknown> };

describe("bad input", () => {
  let server: TestServer;
  let program: Provisioned;
  let other: Provisioned;
  let api: Api;
  let advocate: ParticipantAnswer;
  let buyer: ParticipantAnswer;
  let order: ConversionAnswer;
  let ownerHeaders: Record<string, string>;
  let written: string;

  beforeAll(async () => {
    server = await startServer({ env: { REFERRALHUB_RATE_LIMIT_SCALE: "1000" } });
    program = await server.provision();
    other = await server.provision();
    api = program.api;
    advocate = await api.join();
    buyer = await api.join(advocate);
    order = await api.buy(buyer, 200_000, 40_000);
    ownerHeaders = await signIn();
    written = await everything();
  });
  afterAll(() => server.stop());

  async function signIn(): Promise<Record<string, string>> {
    const { email, password } = other.owner;
    const headers = { origin: server.url };
    const session = await server.api(null).send("POST", "/v1/session", { email, password }, { headers });
    expect(session.status).toBe(201);
    const cookie = session.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .filter((pair) => pair && !pair.endsWith("="))
      .join("; ");
    return { ...headers, cookie, "program-id": program.programId };
  }

  /** What a refusal must leave untouched. */
  async function everything(): Promise<string> {
    const lists = ["participants", "conversions", "rewards", "referrals", "plans"];
    const answers = await Promise.all(lists.map((list) => api.get<{ data: unknown[] }>(`/v1/${list}`)));
    const balance = await api.balance(advocate);
    return JSON.stringify([answers.map(({ body }) => body.data), balance]);
  }

  const sendAs = (
    who: Who,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Problem>> => {
    const sender = who === "key" ? api : server.api(null);
    const cookies = who === "owner" ? ownerHeaders : who === "visitor" ? { origin: server.url } : {};
    return sender.send<Problem>(method, path, body, { headers: { ...cookies, ...headers } });
  };

  const doors = (): Door[] => [
    {
      method: "POST",
      path: "/v1/participants",
      as: "key",
      good: {
        external_id: "customer",
        email: "new@example.com",
        name: "New",
        country: "IN",
        referral: { code: advocate.code, click_id: "clk_1", required: true },
      },
    },
    {
      method: "POST",
      path: "/v1/conversions",
      as: "key",
      good: {
        kind: "purchase",
        external_id: "order",
        participant: buyer.id,
        amount: { amount: 100, currency: "INR" },
        profit: { amount: 10, currency: "INR" },
        occurred_at: "2026-03-01T09:30:00Z",
        product: "Sari",
        metadata: { colour: "red" },
      },
    },
    { method: "POST", path: "/v1/conversions/bulk", as: "key", good: { conversions: [{}] } },
    {
      method: "POST",
      path: `/v1/conversions/${order.id}/refunds`,
      as: "key",
      good: { external_id: "refund", amount: { amount: 1, currency: "INR" } },
    },
    {
      method: "POST",
      path: "/v1/clicks",
      as: "key",
      good: { code: advocate.code, referrer: "https://example.com/", user_agent: "x", ip: "203.0.113.7" },
    },
    { method: "POST", path: "/v1/plans", as: "key", good: { document: {} } },
    {
      method: "PATCH",
      path: `/v1/programs/${program.programId}`,
      as: "key",
      good: { name: "New name", time_zone: "UTC", destination_url: null, default_margin: "10" },
    },
    {
      method: "POST",
      path: "/v1/programs",
      as: "owner",
      good: {
        name: "Another",
        currency: "INR",
        time_zone: "UTC",
        template: "points",
        destination_url: "https://example.com/",
      },
    },
    {
      method: "POST",
      path: "/v1/api_keys",
      as: "owner",
      good: { name: "Another", scopes: ["read"], livemode: true },
    },
    {
      method: "PUT",
      path: "/v1/session/password",
      as: "owner",
      good: { password: "a long password", current_password: "wrong" },
    },
    { method: "POST", path: "/v1/embed_tokens", as: "key", good: { participant_id: buyer.id } },
    {
      method: "POST",
      path: "/v1/session",
      as: "visitor",
      good: { email: "a@example.com", password: "a password" },
    },
    {
      method: "POST",
      path: "/v1/setup",
      as: "visitor",
      good: { token: "t", email: "a@example.com", password: "a long password", name: "A" },
    },
  ];

  const reads = (): string[] => [
    "/v1/programs",
    `/v1/programs/${program.programId}`,
    "/v1/plans",
    "/v1/rules",
    "/v1/participants",
    `/v1/participants/${buyer.id}`,
    `/v1/participants/${buyer.id}/network`,
    `/v1/participants/${buyer.id}/balance`,
    `/v1/participants/${buyer.id}/entries`,
    `/v1/participants/${buyer.id}/statements/2026-03`,
    "/v1/referrals",
    "/v1/conversions",
    `/v1/conversions/${order.id}`,
    `/v1/conversions/${order.id}/trace`,
    "/v1/rewards",
    "/v1/events",
    "/v1/verify",
    "/v1/reports/funnel",
    "/v1/stream",
    "/v1/session",
    "/v1/setup",
    `/v1/links/${buyer.link?.id}/qr`,
  ];
  const lists = (): string[] => [
    "/v1/participants",
    `/v1/participants/${buyer.id}/entries`,
    "/v1/referrals",
    "/v1/conversions",
    "/v1/rewards",
    "/v1/events",
  ];

  /** A refusal with everything people need; `pointer` where one field is to blame. */
  function expectRefused(answer: Answer<Problem>, what: string, pointer?: string): Problem {
    const { status, body, headers } = answer;
    const seen = `${what} → ${status} ${JSON.stringify(body)}`;
    expect(status, seen).toBeGreaterThanOrEqual(400);
    expect(status, seen).toBeLessThan(500);
    expect(headers.get("content-type"), seen).toMatch(/^application\/problem\+json/);
    expect(body.status, seen).toBe(status);
    expect(body.code, seen).toMatch(/^[a-z][a-z_]+$/);
    expect(body.type, seen).toBe(`/docs/problems#${body.code}`);
    expect(body.detail, seen).toMatch(/[.`]$/);
    for (const error of body.errors) {
      expect(error.code, seen).toMatch(/^[a-z][a-z_]+$/);
      expect(error.message, seen).toMatch(/^[A-Z"].*\.$/);
      // Nobody should have to read a regular expression or the words of a validator.
      expect(error.message, seen).not.toMatch(/pattern|\^|anyOf|schema/);
    }
    if (pointer !== undefined)
      expect(
        body.errors.map((error) => error.pointer),
        seen,
      ).toContain(pointer);
    return body;
  }

  describe("in a body", () => {
    it("that is no JSON, or not an object", async () => {
      const bodies = [
        "{",
        '{"a":}',
        "",
        " ",
        "nul",
        "[1,2",
        "{} {}",
        "'a'",
        "\u0000",
        "\ufeff{",
        "NaN",
        '{"a":1,}',
      ];
      for (const door of doors()) {
        for (const body of [...bodies, "null", "[]", '"text"', "5", "true", "[[]]"]) {
          const answer = await sendAs(door.as, door.method, door.path, body);
          expectRefused(answer, `${door.method} ${door.path} ${JSON.stringify(body)}`);
        }
        const bytes = new Uint8Array([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
        expectRefused(await sendAs(door.as, door.method, door.path, bytes), `${door.path} broken UTF-8`);
      }
    });

    it("nested without end, or with keys that reach into prototypes", async () => {
      const deep = (depth: number): string => `{"document":${"[".repeat(depth)}${"]".repeat(depth)}}`;
      for (const door of doors()) {
        for (const depth of [40, 5_000, 100_000])
          expectRefused(
            await sendAs(door.as, door.method, door.path, deep(depth)),
            `${door.path} depth ${depth}`,
          );
        const good = JSON.stringify(door.good).slice(1);
        for (const key of ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"]) {
          const answer = await sendAs(door.as, door.method, door.path, `{"${key}":{"isAdmin":true},${good}`);
          expectRefused(answer, `${door.path} ${key}`);
        }
      }
      expect(Object.hasOwn(Object.prototype, "isAdmin")).toBe(false);
    });

    it("with a field nobody knows", async () => {
      for (const door of doors()) {
        const answer = await sendAs(door.as, door.method, door.path, { ...door.good, colour_of_it: "red" });
        const problem = expectRefused(answer, door.path, "/colour_of_it");
        expect(problem.errors[0]).toEqual({
          pointer: "/colour_of_it",
          code: "unknown_field",
          message: "This field is not known here.",
        });
      }
    });

    it("with a value of the wrong kind in any field, or none at all", async () => {
      const optional = new Set([
        "metadata",
        "country",
        "external_id",
        "referral",
        "kind",
        "profit",
        "occurred_at",
        "product",
      ]);
      for (const door of doors().filter(({ path }) => path !== "/v1/plans")) {
        for (const [field, value] of Object.entries(door.good)) {
          for (const wrong of [{}, [[]], 5.5, true, ["text"], "\u0007"]) {
            if (typeof wrong === typeof value && typeof value === "boolean") continue;
            // What a shop calls its product, and what a browser says of itself, is taken as it is.
            if (AS_IT_IS.has(field) && typeof wrong === "string") continue;
            // A bulk answers row by row.
            if (field === "conversions" && Array.isArray(wrong)) continue;
            if (field === "metadata" && JSON.stringify(wrong) === "{}") continue;
            const answer = await sendAs(door.as, door.method, door.path, { ...door.good, [field]: wrong });
            const problem = expectRefused(answer, `${door.path} ${field} = ${JSON.stringify(wrong)}`);
            if (problem.code !== "invalid_request" || optional.has(field)) continue;
            expect(
              problem.errors.some(({ pointer }) => pointer.startsWith(`/${field}`)),
              `${field} ${JSON.stringify(problem)}`,
            ).toBe(true);
          }
        }
      }
    });

    it("with text no database can hold, in any field at any depth", async () => {
      for (const door of doors()) {
        for (const [field, value] of Object.entries(door.good)) {
          if (typeof value !== "string" && typeof value !== "object") continue;
          for (const broken of [NUL, HALF, "\udc00"]) {
            const answer = await sendAs(door.as, door.method, door.path, { ...door.good, [field]: broken });
            expectRefused(answer, `${door.path} ${field} = ${JSON.stringify(broken)}`, `/${field}`);
            const inside = { ...door.good, [field]: { deep: [broken] } };
            expectRefused(
              await sendAs(door.as, door.method, door.path, inside),
              `${door.path} ${field} inside`,
            );
          }
        }
        const key = await sendAs(door.as, door.method, door.path, { ...door.good, [NUL]: 1 });
        expectRefused(key, `${door.path} NUL in a key`);
      }
    });

    it("too large", async () => {
      for (const door of doors()) {
        const body = JSON.stringify({ ...door.good, padding: "x".repeat(BODY_BYTES_MAX) });
        const answer = await sendAs(door.as, door.method, door.path, body);
        expectProblem(answer, 413, "body_too_large", door.path);
      }
      const rows = {
        conversions: Array.from({ length: 10_000 }, (_, row) => ({ external_id: `row ${row}` })),
      };
      expectProblem(await api.post("/v1/conversions/bulk", rows), 413, "body_too_large");
      const short = { conversions: Array(1_001).fill({}) };
      expectRefused(await api.post("/v1/conversions/bulk", short), "1 001 rows", "/conversions");
      expectRefused(await api.post("/v1/conversions/bulk", { conversions: [] }), "no rows", "/conversions");
    });

    it("of another type", async () => {
      for (const door of doors()) {
        const body = JSON.stringify(door.good);
        for (const type of [
          "text/plain",
          "application/xml",
          "multipart/form-data",
          "application/x-json",
          "nonsense",
        ]) {
          const answer = await sendAs(door.as, door.method, door.path, body, { "content-type": type });
          const problem = expectRefused(answer, `${door.path} ${type}`);
          if (door.as === "key") expect(problem.code, `${door.path} ${type}`).toBe("unsupported_media_type");
        }
      }
    });
  });

  describe("in amounts and times", () => {
    it("refuses every absurd amount with its pointer", async () => {
      for (const amount of ABSURD_AMOUNTS) {
        const money = `{"amount":${amount},"currency":"INR"}`;
        const purchase = `{"external_id":"absurd","participant":"${buyer.id}","amount":${money}}`;
        expectRefused(await sendAs("key", "POST", "/v1/conversions", purchase), amount, "/amount/amount");
        const refund = `{"external_id":"absurd","amount":${money}}`;
        const path = `/v1/conversions/${order.id}/refunds`;
        expectRefused(await sendAs("key", "POST", path, refund), `refund ${amount}`, "/amount/amount");
      }
    });

    it("refuses profits and currencies that do not fit", async () => {
      const purchase = (fields: object) => ({
        external_id: "unfit",
        participant: buyer.id,
        amount: { amount: 200_000, currency: "INR" },
        ...fields,
      });
      const cases: [object, string, string][] = [
        [{ amount: { amount: 5, currency: "USD" } }, "/amount/currency", "no_exchange_rate"],
        [{ amount: { amount: 5, currency: "PTS" } }, "/amount/currency", "no_exchange_rate"],
        [{ amount: { amount: 5, currency: "inr" } }, "/amount/currency", "invalid_request"],
        [{ amount: { amount: 5, currency: "" } }, "/amount/currency", "invalid_request"],
        [{ amount: { amount: 5 } }, "/amount/currency", "invalid_request"],
        [{ amount: { currency: "INR" } }, "/amount/amount", "invalid_request"],
        [{ amount: undefined }, "/amount", "invalid_request"],
        [{ profit: { amount: 200_001, currency: "INR" } }, "/profit/amount", "profit_exceeds_amount"],
        [{ profit: { amount: 5, currency: "USD" } }, "/profit/currency", "wrong_currency"],
        [{ profit: { amount: -1e15 - 2, currency: "INR" } }, "/profit/amount", "invalid_request"],
      ];
      for (const [fields, pointer, code] of cases) {
        const answer = await api.post<Problem>("/v1/conversions", purchase(fields));
        expect(expectRefused(answer, JSON.stringify(fields), pointer).code).toBe(code);
      }
      const path = `/v1/conversions/${order.id}/refunds`;
      const foreign = { external_id: "unfit", amount: { amount: 1, currency: "USD" } };
      expectRefused(await api.post(path, foreign), "refund in USD", "/amount/currency");
      const more = { external_id: "unfit", amount: { amount: 200_001, currency: "INR" } };
      expectProblem(await api.post(path, more), 422, "refund_exceeds_purchase");
    });

    it("refuses times that never were, or are far ahead", async () => {
      const times = [
        "2026-02-31T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z",
        "2026-01-01T24:30:00Z",
        "2026-01-01T10:61:00Z",
        "2026-01-01T10:00:61Z",
        "2026-01-01T10:00:00+25:00",
        "2026-01-01",
        "2026-01-01T10:00:00",
        "yesterday",
        "",
        "1767225600",
        "9999-12-31T23:59:59Z",
        "2126-01-01T00:00:00Z",
        "+099999-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
      ];
      for (const occurred_at of times) {
        const answer = await api.post<Problem>("/v1/conversions", {
          external_id: `time ${occurred_at}`,
          participant: buyer.id,
          amount: { amount: 200_000, currency: "INR" },
          occurred_at,
        });
        expectRefused(answer, occurred_at, "/occurred_at");
      }
    });

    it("refuses months that are none", async () => {
      for (const month of [
        "2026-13",
        "2026-00",
        "2026-1",
        "202601",
        "1999-01",
        "9999-99",
        "now",
        "%00",
        "2026-03-01",
      ])
        expectRefused(await api.get(`/v1/participants/${buyer.id}/statements/${month}`), month);
    });
  });

  describe("in the address", () => {
    it("with a parameter nobody knows", async () => {
      for (const path of reads()) {
        const answer = await sendAs(path === "/v1/session" ? "owner" : "key", "GET", `${path}?colour=red`);
        expectRefused(answer, path, "/query/colour");
      }
      for (const door of doors()) {
        const answer = await sendAs(door.as, door.method, `${door.path}?colour=red`, door.good);
        expectRefused(answer, door.path, "/query/colour");
      }
    });

    it("with limits and cursors that are none", async () => {
      for (const path of lists()) {
        for (const limit of ["0", "-1", "201", "1.5", "many", "", "1e9", "0x10", "%00", "50&limit=60"])
          expectRefused(await api.get(`${path}?limit=${limit}`), `${path} limit ${limit}`);
        for (const cursor of ["%00", "%ED%A0%80", "%", "x".repeat(201), "1-evt_%00"])
          for (const side of ["after", "before"])
            expectRefused(await api.get(`${path}?${side}=${cursor}`), `${path} ${side} ${cursor}`);
        expectRefused(await api.get(`${path}?after=a&before=b`), `${path} both`);
        expectRefused(await api.get(`${path}?after=a&after=b`), `${path} twice`);
      }
      for (const path of lists()) {
        for (const cursor of ["nonsense", "'; drop table events; --", "-1", "99999999999999999999-x"]) {
          const answer = await api.get<Problem>(`${path}?after=${encodeURIComponent(cursor)}`);
          if (answer.status !== 200) expectRefused(answer, `${path} after ${cursor}`);
        }
      }
      for (const id of ["nonsense", "1-evt_short", "99999999999999999999-", "\u00e9"]) {
        const answer = await api.get<Problem>(`/v1/stream?after=${encodeURIComponent(id)}`);
        expectRefused(answer, `stream after ${id}`);
      }
    });

    it("with filters that say nothing", async () => {
      for (const [path, pointer] of [
        ["/v1/rewards?status=lost", "/query/status"],
        ["/v1/rewards?status=", "/query/status"],
        ["/v1/referrals?status=joined,lost", "/query/status"],
        ["/v1/stream?topics=nothing.happened", "/query/topics"],
        [`/v1/participants/${buyer.id}/network?depth=4`, "/query/depth"],
        [`/v1/participants/${buyer.id}/network?depth=0`, "/query/depth"],
        [`/v1/links/${buyer.link?.id}/qr?format=gif`, "/query/format"],
        ["/v1/plan_templates?currency=rupees", "/query/currency"],
      ] as const)
        expectRefused(await api.get(path), path, pointer);
      for (const path of [
        "/v1/participants?q=%00",
        "/v1/participants?external_id=%00",
        "/v1/rewards?participant_id=%00",
      ])
        expectRefused(await api.get(path), path);
      const wild = await api.get<{ data: unknown[] }>(`/v1/participants?q=${encodeURIComponent("%_\\")}`);
      expect(wild).toMatchObject({ status: 200, body: { data: [] } });
    });

    it("with ids that are none", async () => {
      const ids = [
        "nobody",
        "par_",
        "par_x",
        "%00",
        "par_%00",
        "ext:",
        "ext:%00",
        "..%2f..",
        "%ED%A0%80",
        "%",
        "x".repeat(300),
        "null",
        "me",
        "'",
      ];
      for (const id of ids) {
        for (const path of [
          `/v1/participants/${id}`,
          `/v1/participants/${id}/network`,
          `/v1/participants/${id}/balance`,
          `/v1/participants/${id}/entries`,
          `/v1/participants/${id}/statements/2026-03`,
          `/v1/conversions/${id}`,
          `/v1/conversions/${id}/trace`,
          `/v1/plans/${id}`,
          `/v1/programs/${id}`,
          `/v1/links/${id}/qr`,
          `/v1/reports/${id}`,
          `/v1/${id}`,
        ])
          expectRefused(await api.get(path), path);
        const refund = { external_id: "id", amount: { amount: 1, currency: "INR" } };
        expectRefused(await api.post(`/v1/conversions/${id}/refunds`, refund), `refund ${id}`);
        expectRefused(await api.post(`/v1/plans/${id}/publish`, {}), `publish ${id}`);
      }
    });

    it("by a method the door does not have", async () => {
      for (const door of doors()) {
        for (const method of ["DELETE", "PUT", "PATCH", "POST"].filter((method) => method !== door.method)) {
          const path = door.path.split("/refunds")[0] ?? door.path;
          if (path === "/v1/session") continue;
          const answer = await sendAs(door.as, method, path, method === "DELETE" ? undefined : door.good);
          const problem = expectRefused(answer, `${method} ${path}`);
          expect(problem.code, `${method} ${path}`).toBe(
            door.path === path ? "method_not_allowed" : problem.code,
          );
          if (problem.code === "method_not_allowed") expect(answer.headers.get("allow")).toBeTruthy();
        }
      }
      const link = await api.send<Problem>("POST", `/${advocate.code}`, {});
      expectRefused(link, "POST to a link");
    });

    it("with codes nobody has, at a door where the referral is required", async () => {
      for (const code of ["", " ", "x", "0000000000", "x".repeat(100), "💥", "22222 22222", "../../etc"]) {
        const person = { email: "code@example.com", name: "Code", referral: { code, required: true } };
        expectRefused(await api.post("/v1/participants", person), `code ${code}`);
      }
      for (const email of [
        "",
        "a",
        "a@",
        "@b.c",
        "a@b",
        "a b@c.de",
        "a@b.c\r\nBcc: x@y.z",
        "a@b.de,c@d.ef",
        `${"a".repeat(320)}@b.de`,
      ])
        expectRefused(
          await api.post("/v1/participants", { email, name: "Mail" }),
          `e-mail ${email}`,
          "/email",
        );
      for (const name of ["", " ", "\u200b", "\u202e\u200f", "x".repeat(121), "\n"])
        expectRefused(
          await api.post("/v1/participants", { email: "n@example.com", name }),
          `name ${name}`,
          "/name",
        );
    });
  });

  describe("from somebody who may not", () => {
    it("is answered 401 without a key or with one nobody has", async () => {
      for (const key of [
        "nonsense",
        "rh_live_",
        `rh_live_${"x".repeat(43)}`,
        "rh_emb_x",
        "x".repeat(4_000),
      ]) {
        expectProblem(await server.api(key).get("/v1/participants"), 401, "invalid_key", key);
        expectProblem(await server.api(key).post("/v1/conversions", "{"), 401, "invalid_key", key);
      }
      for (const path of reads().filter((path) => path !== "/v1/setup")) {
        expectProblem(await server.api(null).get(path), 401, "sign_in_required", path);
      }
      for (const door of doors().filter(({ as }) => as !== "visitor")) {
        const answer = await server.api(null).send<Problem>(door.method, door.path, door.good);
        expectProblem(answer, 401, "sign_in_required", door.path);
      }
    });

    it("finds nothing of another program, and changes nothing in it", async () => {
      const stranger = other.api;
      const own = await stranger.join();
      for (const path of reads().filter((path) => path.includes("_"))) {
        if (/^\/v1\/(programs|plans|rules)$/.test(path)) continue;
        const answer = await stranger.get(path);
        if (path === "/v1/verify" || path === "/v1/stream") continue;
        expectProblem(answer as Answer<unknown>, 404, "not_found", path);
      }
      const refund = { external_id: "theft", amount: { amount: 1, currency: "INR" } };
      expectProblem(await stranger.post(`/v1/conversions/${order.id}/refunds`, refund), 404, "not_found");
      const purchase = {
        external_id: "theft",
        participant: buyer.id,
        amount: { amount: 200_000, currency: "INR" },
      };
      expectProblem(await stranger.post("/v1/conversions", purchase), 422, "participant_not_found");
      expectProblem(await stranger.post("/v1/clicks", { code: advocate.code }), 422, "unknown_code");
      const joined = await stranger.join(advocate);
      expect(joined.referral).toMatchObject({ status: "not_eligible", advocate_id: null });
      const patch = await stranger.send(`PATCH`, `/v1/programs/${program.programId}`, { name: "Mine" });
      expectProblem(patch, 404, "not_found");
      const lists = await stranger.get<{ data: { id: string }[] }>("/v1/participants");
      expect(lists.body.data.map(({ id }) => id).sort()).toEqual([own.id, joined.id].sort());
      for (const filter of [
        `rewards?participant_id=${advocate.id}`,
        `conversions?participant_id=${buyer.id}`,
        `referrals?advocate_id=${advocate.id}`,
      ])
        expect((await stranger.get<{ data: unknown[] }>(`/v1/${filter}`)).body.data).toEqual([]);
    });
  });

  describe("below the requests", () => {
    it("of headers that are too large is 431, of no HTTP at all 400", async () => {
      const answer = await raw({ "x-padding": "x".repeat(20_000) });
      expect(answer.status).toBe(431);
      expect(JSON.parse(answer.body)).toMatchObject({ status: 431, code: "headers_too_large" });
      for (const text of [
        "NONSENSE\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "GET /v1/participants HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
      ]) {
        const said = await speak(text);
        expect(said, JSON.stringify(text)).toMatch(/^HTTP\/1\.1 400 /);
        expect(said).toContain("application/problem+json");
      }
    });

    it("leaves the server serving and everything as it was", async () => {
      expect(await everything()).toBe(written);
      expect(server.isRunning()).toBe(true);
      expect((await server.api(null).get("/readyz")).status).toBe(200);
      expect(server.output()).not.toContain('"level":50');
    });

    function raw(headers: Record<string, string>): Promise<{ status: number; body: string }> {
      return new Promise((resolve, reject) => {
        const asked = httpRequest(`${server.url}/v1/participants`, { headers }, (answer) => {
          let body = "";
          answer.on("data", (chunk) => {
            body += chunk;
          });
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body }));
        });
        asked.once("error", reject);
        asked.end();
      });
    }

    function speak(text: string): Promise<string> {
      return new Promise((resolve, reject) => {
        const socket = connect(Number(new URL(server.url).port), new URL(server.url).hostname);
        let said = "";
        socket.on("data", (chunk) => {
          said += chunk;
        });
        socket.once("error", reject);
        socket.once("close", () => resolve(said));
        socket.write(text);
      });
    }
  });
});
