import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
// @ts-expect-error The package brings no types, and nothing but this test uses it.
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as forExpress from "./express.ts";
import * as forFastify from "./fastify.ts";
import * as forHono from "./hono.ts";
import { createVisitReader, type Referral, type ReferralOptions } from "./referral.ts";
import * as forWeb from "./web.ts";

const SECRET = "a secret of this shop, long enough to sign with";
const options: ReferralOptions = {
  secret: SECRET,
  hasConsent: ({ headers }) => headers["cookie"]?.includes("agreed=yes") ?? false,
};

/** A site on each framework that answers who brought the visitor. */
type Site = { ask(path: string, cookies: string): Promise<Response>; close(): Promise<void> };
const sites: Record<string, () => Promise<Site>> = {
  Express: async () => {
    const app = express();
    app.use(forExpress.referrals(options));
    app.get("/{*path}", (request: object, response: { json(body: unknown): void }) =>
      response.json((request as { referral?: Referral }).referral),
    );
    return listening(createServer(app as never));
  },
  Fastify: async () => {
    const app = Fastify();
    await app.register(forFastify.referrals as never, options);
    app.get("/*", async (request) => JSON.stringify((request as { referral?: Referral }).referral));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return { ...asking(app.server.address() as AddressInfo), close: () => app.close() };
  },
  Hono: async () => {
    const app = new Hono<{ Variables: { referral: Referral | null } }>();
    app.use(forHono.referrals(options) as never);
    app.get("/*", (context) => context.json(context.get("referral")));
    return {
      ask: async (path, cookie) => app.request(`http://shop.example${path}`, { headers: { cookie } }),
      close: async () => {},
    };
  },
  "Request and Response": async () => {
    const { keep, referralOf } = forWeb.referrals(options);
    return {
      ask: async (path, cookie) => {
        const request = new Request(`http://shop.example${path}`, { headers: { cookie } });
        return keep(request, Response.json(await referralOf(request)));
      },
      close: async () => {},
    };
  },
};

async function listening(server: ReturnType<typeof createServer>): Promise<Site> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    ...asking(server.address() as AddressInfo),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

const asking = ({ port }: AddressInfo) => ({
  ask: (path: string, cookie: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie, connection: "close" } }),
});

/** What a browser would send back. */
const cookieIn = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");

describe.each(Object.keys(sites))("the middleware in %s", (name) => {
  let site: Site;
  beforeAll(async () => {
    site = await (sites[name] as () => Promise<Site>)();
  });
  afterAll(() => site.close());

  it("knows who brought the visitor on the page a link leads to, and stores nothing unasked", async () => {
    const answer = await site.ask("/?ref=abc&click=clk_1", "");
    expect(await answer.json()).toEqual({ code: "abc", click_id: "clk_1" });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it("remembers with consent, earlier links too", async () => {
    const first = await site.ask("/?ref=abc&click=clk_1", "agreed=yes");
    const [line = ""] = first.headers.getSetCookie();
    expect(line).toMatch(/^rh_referral=.*; Path=\/; Max-Age=7776000; HttpOnly; SameSite=Lax$/);
    const later = await site.ask("/sign-up", `agreed=yes; ${cookieIn(first)}`);
    expect(await later.json()).toEqual({ code: "abc", click_id: "clk_1" });
    const second = await site.ask("/?via=def", `agreed=yes; ${cookieIn(first)}`);
    const both = await site.ask("/sign-up", `agreed=yes; ${cookieIn(second)}`);
    expect(await both.json()).toEqual({ code: "def", touches: [{ click_id: "clk_1" }, { code: "def" }] });
  });

  it("forgets when consent is withdrawn", async () => {
    const first = await site.ask("/?ref=abc&click=clk_1", "agreed=yes");
    const later = await site.ask("/sign-up", cookieIn(first));
    expect(await later.json()).toBeNull();
    expect(later.headers.getSetCookie()).toEqual([
      expect.stringContaining("rh_referral=; Path=/; Max-Age=0"),
    ]);
  });
});

describe("the sealed cookie", () => {
  const read = createVisitReader({ secret: SECRET, hasConsent: () => true });
  const visit = (url: string, cookie?: string) => read({ method: "GET", url, headers: { cookie } });

  it("holds no code that somebody else has written into it", async () => {
    const { setCookie } = await visit("/?ref=abc&click=clk_1");
    const sealed = (setCookie ?? "").split(";")[0] ?? "";
    expect((await visit("/", sealed)).referral).toEqual({ code: "abc", click_id: "clk_1" });
    const signature = sealed.split(".").at(-1);
    for (const forged of [
      sealed.replace("abc", "mine"),
      sealed.replace(/\.\d+\./, ".9999999999."),
      sealed.slice(0, -2),
      `rh_referral=mine:.0.${signature}`,
      "rh_referral=mine",
      "rh_referral=mine..",
    ])
      expect((await visit("/", forged)).referral, forged).toBeNull();
    const other = createVisitReader({ secret: `${SECRET}!`, hasConsent: () => true });
    expect((await other({ method: "GET", url: "/", headers: { cookie: sealed } })).referral).toBeNull();
  });

  it("is over after its days, and is sent over TLS only where the site has it", async () => {
    const short = createVisitReader({ secret: SECRET, hasConsent: () => true, days: -1 });
    const made = await visit("/?ref=abc");
    const sealed = (made.setCookie ?? "").split(";")[0] ?? "";
    expect((await short({ method: "GET", url: "/", headers: { cookie: sealed } })).referral).toBeNull();
    expect(made.setCookie).not.toContain("Secure");
    expect((await visit("https://shop.example/?ref=abc")).setCookie).toContain("; Secure");
  });

  it("takes no parameter that could not be a code", async () => {
    for (const code of ["", "a b", "a\r\nSet-Cookie: x=1", "<script>", "x".repeat(101)])
      expect((await visit(`/?ref=${encodeURIComponent(code)}`)).referral, code).toBeNull();
    expect((await visit("/?ref=abc&click=%3B")).referral).toEqual({ code: "abc" });
  });

  it("asks for a secret that can sign", () => {
    expect(() => createVisitReader({ secret: "short" })).toThrow("32 characters");
  });
});
