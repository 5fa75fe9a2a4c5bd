import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { startWelcomeServer, type WelcomeServer } from "../../tests/support/welcome-server.ts";

const database = useDatabase();
const rupees = (whole: number) => ({ amount: whole * 100, currency: "INR" });
const GIFT = {
  id: "welcome-gift",
  rule: "fixed_amount",
  on: "purchase",
  when: { amount_above: rupees(1000), nth: { to: 1 }, countries: ["IN"] },
  levels: [
    { level: 0, amount: rupees(200) },
    { level: 1, amount: rupees(300) },
  ],
};
let server: WelcomeServer;
let programId: string;
let people = 0;

beforeAll(async () => {
  server = await startWelcomeServer(database.db, () => "http://refer.example");
  programId = await server.launch("Acme Perks", "points");
  await server.publish(programId, { rules: [GIFT] });
});
afterAll(() => server.close());

const get = async (url: string) => (await server.app.inject({ url, headers: { accept: "text/html" } })).body;
const post = (fields: Record<string, string>) =>
  server.app.inject({
    method: "POST",
    url: "/join",
    payload: new URLSearchParams({ name: "Meera", email: `m-${++people}@example.com`, ...fields }).toString(),
    headers: { accept: "text/html", "content-type": "application/x-www-form-urlencoded" },
  });
const personOf = (location: unknown) => String(location).split(".")[1] as string;

async function asOwner<Row>(statement: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client(database.owner);
  await client.connect();
  const { rows } = await client.query(statement, values);
  await client.end();
  return rows as Row[];
}

describe("who invited", () => {
  it("is named only with their consent, wherever a page speaks of them", async () => {
    const asha = await server.enroll(programId, "Asha Menon", undefined, { name_shown: false });
    const page = await get(`/join?ref=${asha.code}`);
    expect(page).toContain("<h1>A friend invited you</h1>");
    expect(page).toContain('property="og:title" content="A friend invited you to Acme Perks"');
    expect(page).toContain("Your friend may earn when you buy.");
    const joined = await post({ ref: asha.code });
    const welcome = await get(String(joined.headers.location));
    expect(welcome).toContain("Thanks to the friend who invited you to Acme Perks.");
    for (const body of [page, welcome]) expect(body).not.toContain("Asha");
  });

  it("is named where they agreed on the form", async () => {
    const joined = await post({ program: programId, name: "Leela Rao", shown: "yes" });
    const welcome = await get(String(joined.headers.location));
    const code = /refer\.example\/([2-9a-z]{10})</.exec(welcome)?.[1];
    expect(await get(`/join?ref=${code}`)).toContain("<h1>Leela invited you</h1>");
  });
});

describe("what the friend gets", () => {
  it("stands first, as an amount, with what it asks and whom it is for", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page).toContain('<b class="figures">₹200.00</b><span>for your first order over ₹1,000.00</span>');
    expect(page).toContain("For people in India.");
    expect(page).toContain(
      'property="og:description" content="You get ₹200.00 for your first order over ₹1,000.00.',
    );
    expect(page.indexOf("₹200.00</b>")).toBeLessThan(page.indexOf("<form"));
  });

  it("is not promised to somebody who comes without an invitation", async () => {
    expect(await get(`/join?program=${programId}`)).not.toContain("₹200.00</b>");
  });

  it("asks where somebody lives where it depends on that, and takes them from everywhere", async () => {
    const ravi = await server.enroll(programId, "Ravi");
    expect(await get(`/join?ref=${ravi.code}`)).toContain('<option value="IN">India</option>');
    const [here, elsewhere] = [
      await post({ ref: ravi.code, country: "IN" }),
      await post({ ref: ravi.code, country: "ZZ" }),
    ];
    const countries = await asOwner<{ country: string | null }>(
      "select country from participants where id = any($1) order by country",
      [[personOf(here.headers.location), personOf(elsewhere.headers.location)]],
    );
    expect(countries).toEqual([{ country: "IN" }, { country: null }]);
  });
});

describe("consents", () => {
  it("are two, none of them given for anybody, and each is kept", async () => {
    const page = await get(`/join?program=${programId}`);
    expect(page.match(/type="checkbox"/g)).toHaveLength(2);
    expect(page).not.toContain(" checked");
    const [silent, eager] = [
      await post({ program: programId }),
      await post({ program: programId, shown: "yes", news: "yes" }),
    ];
    const rows = await asOwner(
      `select is_name_shown, marketing_consented_at is not null as wants_news from participants
        where id = any($1) order by is_name_shown`,
      [[personOf(silent.headers.location), personOf(eager.headers.location)]],
    );
    expect(rows).toEqual([
      { is_name_shown: false, wants_news: false },
      { is_name_shown: true, wants_news: true },
    ]);
  });

  it("are still ticked when the form comes back", async () => {
    const page = await post({ program: programId, email: "no address", shown: "yes" });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('name="shown" value="yes" checked');
    expect(page.body).not.toContain('name="news" value="yes" checked');
  });
});

describe("a program that nobody can join", () => {
  it.each([
    ["paused", "Acme Off is taking a break"],
    ["ended", "Acme Off has ended"],
  ])("says so while it is %s, takes nobody, and shows the way for who has joined", async (state, words) => {
    const closed = await server.launch("Acme Off", "points");
    await asOwner("update programs set state = $2 where program_id = $1", [closed, state]);
    const page = await get(`/join?program=${closed}`);
    expect(page).toContain(words);
    expect(page).not.toContain("<form");
    expect(page).toContain('href="/app/sign-in"');
    const refused = await post({ program: closed });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain(words);
  });
});

describe("what it is subject to", () => {
  it("links the program's terms and says who earns in its own sentence", async () => {
    const own = await server.launch("Acme Terms", "points");
    await asOwner("update programs set terms_url = $2, disclosure = $3 where program_id = $1", [
      own,
      "https://acme.example/terms",
      { en: "Whoever invited you gets a <voucher>." },
    ]);
    const ravi = await server.enroll(own, "Ravi");
    const page = await get(`/join?ref=${ravi.code}`);
    expect(page).toContain('href="https://acme.example/terms"');
    expect(page).toContain("Whoever invited you gets a &lt;voucher&gt;.");
    expect(page).not.toContain("Ravi may earn");
  });
});
