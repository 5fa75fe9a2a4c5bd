import http from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../../tests/support/welcome-server.ts";
import { closeHttpServer } from "../../platform/http.ts";
import { setProgram } from "../../programs/set-program.ts";
import { signatureQuery } from "../referral-signature.ts";

const database = useDatabase();
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148";
const ORIGIN = "http://refer.example";

type Answer = { status: number; headers: http.IncomingHttpHeaders; names: string[]; body: string };

/** One server that listens, with a program and somebody whose link can be followed. */
async function listen(options: Parameters<typeof startWelcomeServer>[2] = {}) {
  const server = await startWelcomeServer(database.db, () => ORIGIN, options);
  await server.app.listen({ port: 0, host: "127.0.0.1" });
  const { port } = server.app.server.address() as AddressInfo;
  const programId = await server.launch("Acme Perks");
  const { code } = await server.enroll(programId, "Ravi Sharma");
  return { server, port, programId, code };
}

function ask(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  options: http.RequestOptions = {},
): Promise<Answer> {
  const sent = { "user-agent": FIREFOX, ...headers };
  return new Promise((resolve, reject) => {
    const request = http.request({ port, path, headers: sent, ...options }, (response) => {
      let body = "";
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => {
        const names = response.rawHeaders.filter((_, index) => index % 2 === 0).sort();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, names, body });
      });
    });
    request.on("error", reject);
    request.end();
  });
}

const clickIn = ({ headers }: Answer) => new URL(headers.location ?? "").searchParams.get("click") ?? "";

/** What is alike in two answers to the same question. */
const lasting = (answer: Answer) => ({
  ...answer,
  headers: {
    ...answer.headers,
    date: "",
    location: answer.headers.location?.replace(/clk_\w+/, "clk"),
  },
});

describe("a link that is followed past the framework", () => {
  let server: WelcomeServer;
  let port: number;
  let programId: string;
  let code: string;
  beforeAll(async () => {
    ({ server, port, programId, code } = await listen());
    await ask(port, `/${code}`);
  });
  afterAll(() => server.close());

  const clicks = () =>
    database.db.read(programId, (reader) =>
      reader.many<{ id: string }>(sql`
        select id, link_id, participant_id, address_hash, referrer_host, device
          from clicks where program_id = ${programId} order by id`),
    );

  /** Whether the framework saw it, and how many clicks it left. */
  async function traceOf(path: string, headers: Record<string, string> = {}, options = {}) {
    const seen = server.framework.requests;
    const before = (await clicks()).length;
    const answer = await ask(port, path, headers, options);
    return {
      answer,
      isShort: server.framework.requests === seen,
      stored: (await clicks()).length - before,
    };
  }

  it("is answered as the framework answers it, header by header, and stores the same", async () => {
    const visit = { "user-agent": PHONE, referer: "https://chat.example/room/7?secret=1", cookie: "a=b" };
    for (const prefix of ["/r/", "/"]) {
      const short = await traceOf(`${prefix}${code}`, visit);
      const long = await traceOf(`${prefix}${code.toUpperCase()}`, visit);
      expect([short.isShort, long.isShort]).toEqual([true, false]);
      expect([short.stored, long.stored]).toEqual([1, 1]);
      expect(short.answer.status).toBe(302);
      expect(short.answer.headers["content-security-policy"]).toContain("default-src 'self'");
      expect(lasting(short.answer)).toEqual(lasting(long.answer));
      const rows = new Map((await clicks()).map((click) => [click.id, click]));
      const [one, other] = [clickIn(short.answer), clickIn(long.answer)].map((id) => rows.get(id));
      expect(one).toMatchObject({ referrerHost: "chat.example", device: "phone" });
      expect({ ...one, id: "" }).toEqual({ ...other, id: "" });
    }
  });

  it("may carry a query, and goes where the program sends it", async () => {
    expect(await traceOf(`/${code}?utm_source=mail`)).toMatchObject({ isShort: true, stored: 1 });
    const far = "https://shop.example/日本?a=1#top";
    const other = await server.launch("Elsewhere");
    await database.db.write(other, (tx) =>
      tx.run(sql`update programs set destination_url = ${far} where program_id = ${other}`),
    );
    const asha = await server.enroll(other, "Asha");
    const answers = [await ask(port, `/r/${asha.code}`), await ask(port, `/r/${asha.code}`)];
    for (const { headers } of answers)
      expect(headers.location).toMatch(
        new RegExp(`^https://shop.example/%E6%97%A5%E6%9C%AC\\?a=1&ref=${asha.code}&click=clk_\\w{26}#top$`),
      );
  });

  it("signs where the program asked for it and leads to a page of its own, on both ways alike", async () => {
    const signer = await server.launch("Signed Perks");
    const change = (wanted: Parameters<typeof setProgram>[1]) =>
      database.db.write(signer, (tx) => setProgram(tx, wanted));
    await change({ destinationUrl: "https://shop.example/start#top" });
    const [plain, ours, both] = await Promise.all(
      ["Ana", "Bo", "Cy"].map((name) => server.enroll(signer, name)),
    );
    const follow = async (person = plain) => {
      const long = await ask(port, `/${person?.code.toUpperCase()}`);
      const seen = server.framework.requests;
      const short = await ask(port, `/r/${person?.code}`);
      expect(server.framework.requests).toBe(seen);
      return [long, short].map(({ headers }) => new URL(headers.location ?? ""));
    };
    const names = (urls: URL[]) => urls.map((url) => [...url.searchParams.keys()].join());
    expect(names(await follow())).toEqual(["ref,click", "ref,click"]);

    const { signingKey } = await change({ signsReferrals: true });
    const urls = await follow(both);
    expect(names(urls)).toEqual(["ref,click,exp,sig", "ref,click,exp,sig"]);
    for (const { searchParams: query, search, hash } of urls) {
      const [code = "", click = "", exp] = ["ref", "click", "exp"].map((name) => query.get(name) ?? "");
      const days = (Number(exp) - Date.now() / 1000) / 86_400;
      expect([code, hash, Math.round(days)]).toEqual([both?.code, "#top", 30]);
      const signing = { key: signingKey ?? "", seconds: Number(exp) };
      expect(search.endsWith(signatureQuery(code, click, signing, 0))).toBe(true);
    }
    const bot = await ask(port, `/${both?.code}`, { "user-agent": "Googlebot/2.1" });
    expect(bot.headers.location).toBe(`https://shop.example/start?ref=${both?.code}#top`);

    expect((await change({ signsReferrals: true })).signingKey).toBe(signingKey);
    await change({ destinationUrl: null });
    expect(names(await follow(ours))).toEqual(["ref,click", "ref,click"]);
    await change({ signsReferrals: false });
    expect((await change({ signsReferrals: true })).signingKey).not.toBe(signingKey);
  });

  it("adds the parameters of a link, encoded, and keeps its channel, whatever it is called", async () => {
    const dev = await server.enroll(programId, "Dev");
    await database.db.write(programId, async (tx) => {
      await tx.run(sql`
        update links set code = 'dev-invites', channel = 'poster', expires_at = now() + interval '1 day',
               parameters = ${JSON.stringify({ utm_source: "a&b=ü", tag: "x y" })}::json
         where program_id = ${tx.programId} and code = ${dev.code}`);
      await tx.run(sql`
        insert into link_codes (code, program_id, link_id, participant_id)
        select 'dev-invites', program_id, link_id, participant_id from link_codes where code = ${dev.code}`);
    });
    const query = "utm_source=a%26b%3D%C3%BC&tag=x%20y&ref=dev-invites&click=clk";
    for (const path of ["/dev-invites", "/r/dev-invites", "/dev-invites?utm_source=other"]) {
      const first = await traceOf(path.replace("dev", "DEV"));
      const again = [await traceOf(path), await traceOf(path)].at(-1);
      expect([first.isShort, again?.isShort]).toEqual([false, true]);
      expect([first.stored, again?.stored]).toEqual([1, 1]);
      expect(lasting(first.answer)).toEqual(lasting(again?.answer as Answer));
      expect(lasting(first.answer).headers.location).toBe(`${ORIGIN}/join?${query}`);
    }
    const channels = await database.db.read(programId, (reader) =>
      reader.many<{ channel: string | null }>(sql`
        select distinct channel from clicks where program_id = ${programId} order by channel nulls first`),
    );
    expect(channels).toEqual([{ channel: null }, { channel: "poster" }]);
    // The code it had before still leads there, as the link is now.
    expect((await ask(port, `/${dev.code}`)).headers.location).toContain("ref=dev-invites");
  });

  it("is over to the moment, on an instance that has kept it, too", async () => {
    const eve = await server.enroll(programId, "Eve");
    const until = (when: string) =>
      database.db.write(programId, (tx) =>
        tx.run(sql`
          update links set expires_at = now() + ${when}::interval where program_id = ${tx.programId} and code = ${eve.code}`),
      );
    await until("1 second");
    await ask(port, `/${eve.code}`);
    expect(await traceOf(`/${eve.code}`)).toMatchObject({ isShort: true, stored: 1 });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const late = await traceOf(`/${eve.code}`);
    expect(late).toMatchObject({ isShort: false, stored: 0, answer: { status: 302 } });
    expect(late.answer.headers.location).toBe(`${ORIGIN}/join?ref=${eve.code}`);
  });

  it.each([
    ["HEAD", `/r/`, {}, { method: "HEAD" }, 302],
    ["a bot", `/r/`, { "user-agent": "Googlebot/2.1 (+http://www.google.com/bot.html)" }, {}, 302],
    ["a wrong key", `/r/`, { authorization: "Bearer rh_live_wrong" }, {}, 401],
    ["POST", `/r/`, {}, { method: "POST" }, 404],
    ["a longer path", `/r/x/`, {}, {}, 404],
  ])("leaves %s to the framework, without a trace", async (_name, prefix, headers, options, status) => {
    const { answer, isShort, stored } = await traceOf(`${prefix}${code}`, headers, options);
    expect([answer.status, isShort, stored]).toEqual([status, false, 0]);
  });

  it("leaves unknown codes and links that are disabled to the framework", async () => {
    expect(await traceOf("/r/zzzzzzzzzz")).toMatchObject({ answer: { status: 404 }, isShort: false });
    const off = await server.enroll(programId, "Gone");
    await database.db.write(programId, (tx) =>
      tx.run(sql`update links set state = 'disabled' where program_id = ${programId} and code = ${off.code}`),
    );
    for (let again = 0; again < 2; again++)
      expect(await traceOf(`/r/${off.code}`)).toMatchObject({
        answer: { status: 302 },
        isShort: false,
        stored: 0,
      });
  });

  it("says what went wrong in the words of the framework, and serves on", async () => {
    const owner = new pg.Client(database.owner);
    await owner.connect();
    try {
      await owner.query("alter table clicks rename to clicks_away");
      const failed = await ask(port, `/r/${code}`);
      expect([failed.status, JSON.parse(failed.body).code]).toEqual([500, "internal_error"]);
      expect(failed.headers["content-type"]).toContain("application/problem+json");
    } finally {
      await owner.query("alter table clicks_away rename to clicks");
      await owner.end();
    }
    expect(await traceOf(`/r/${code}`)).toMatchObject({ isShort: true, stored: 1 });
  });

  it("gives each of many who come at once a click of their own", async () => {
    const before = (await clicks()).length;
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(port, `/r/${code}`)));
    expect(new Set(answers.map(clickIn)).size).toBe(50);
    expect((await clicks()).length - before).toBe(50);
  });
});

describe("the limits of the shortcut", () => {
  it("refuses a visitor who comes too often, each address for itself", async () => {
    const { server, port, code } = await listen({ rateLimitScale: 2e-6, trustedProxies: 1 });
    const from = (address: string) => ask(port, `/${code}`, { "x-forwarded-for": address });
    const statuses = [];
    for (let again = 0; again < 8; again++) statuses.push((await from("203.0.113.7")).status);
    expect(statuses).toEqual([302, 302, 302, 302, 302, 302, 429, 429]);
    const refused = await from("203.0.113.7");
    expect(JSON.parse(refused.body)).toMatchObject({ code: "rate_limited", limit: 6 });
    expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
    expect((await from("203.0.113.8")).status).toBe(302);
    await server.close();
  });

  it("says goodbye when the server leaves", async () => {
    const { server, port, code } = await listen();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    await ask(port, `/${code}`, {}, { agent });
    expect((await ask(port, `/${code}`, {}, { agent })).headers.connection).toBe("keep-alive");
    const closing = closeHttpServer(server.app);
    const last = await ask(port, `/${code}`, {}, { agent });
    expect([last.status, last.headers.connection]).toEqual([302, "close"]);
    await closing;
    agent.destroy();
    await server.close();
  });
});
