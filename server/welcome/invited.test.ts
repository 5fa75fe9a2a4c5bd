import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";

const database = useDatabase();
let server: WelcomeServer;
let programId: string;
let people = 0;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => "http://refer.example");
  programId = await server.launch("Acme Perks", "points");
});
afterAll(() => server.close());

const post = (url: string, fields: Record<string, string>) =>
  server.app.inject({
    method: "POST",
    url,
    payload: new URLSearchParams(fields).toString(),
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
  });
const get = async (url: string) => (await server.app.inject({ url, headers: { accept: "text/html" } })).body;

async function joinedAlone(): Promise<{ pass: string; welcome: string }> {
  const answer = await post("/join", {
    name: "Mira",
    email: `alone-${++people}@example.com`,
    program: programId,
  });
  const welcome = await get(String(answer.headers.location));
  return { pass: String(answer.headers.location).split("pass=")[1] ?? "", welcome };
}

const claims = () =>
  database.db.read(programId, (reader) =>
    reader.many<{ code: string | null; advocateId: string | null }>(
      sql`select code, advocate_id from claims where program_id = ${programId} order by id`,
    ),
  );

describe("somebody who was invited and joined without the link", () => {
  it("is asked who it was, and the program gets to decide", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const { pass, welcome } = await joinedAlone();
    expect(welcome).toContain(`href="/join/invited?pass=${pass}"`);
    expect(await get(`/join/invited?pass=${pass}`)).toContain("Their code, or their e-mail");
    const taken = await post("/join/invited", {
      pass,
      who: ravi.code,
      on: "2026-01-05",
      note: "At the fair",
    });
    expect(taken.statusCode).toBe(201);
    expect(taken.body).toContain("The program has it");
    expect((await claims()).at(-1)).toEqual({ code: ravi.code, advocateId: ravi.id });
    const again = await post("/join/invited", { pass, who: ravi.code });
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain("You have sent one already");
  });

  it("may name an address, and is not told whether anybody has it", async () => {
    const [known, unknown] = [await joinedAlone(), await joinedAlone()];
    await server.enroll(programId, "Asha", undefined, { email: "asha@example.com" });
    const answers = [
      await post("/join/invited", { pass: known.pass, who: "asha@example.com" }),
      await post("/join/invited", { pass: unknown.pass, who: "nobody@example.com" }),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201]);
    const [one, other] = answers.map(({ body }) => body.replaceAll(/pass=[^"]*/g, ""));
    expect(one).toBe(other);
  });

  it.each([
    ["", "Enter the code or the e-mail"],
    ["zzzzzzzzzz", "We don’t know this code."],
    ["a@b", "Enter an address like"],
  ])("is told beside the field what is wrong with %j", async (who, words) => {
    const { pass } = await joinedAlone();
    const page = await post("/join/invited", { pass, who, note: "kept" });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain(words);
    expect(page.body).toContain('value="kept"');
  });

  it("needs the pass of their own welcome", async () => {
    expect((await post("/join/invited", { pass: "x", who: "y" })).statusCode).toBe(410);
    expect((await server.app.inject({ url: "/join/invited?pass=x" })).statusCode).toBe(410);
  });
});
