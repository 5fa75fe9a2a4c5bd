import { randomBytes } from "node:crypto";
import type { Bench } from "./bench.ts";
import { enrichPlan } from "./rich-plan.ts";

/** A program of the server that is measured, and a key to it. */
export type Program = {
  id: string;
  key: string;
  call<Body>(method: string, path: string, body?: object): Promise<Body>;
};

/** A network of people, each after the first brought by the one at (n − 2) ÷ 5 + 1: five friends each. */
export type Shop = Program & {
  /** Of person n, at n − 1. */
  ids: string[];
  codes: string[];
  /** Buyers with two levels above them whose upline is watched by the streams. */
  buyers: { first: number; last: number };
  /** Five friends of one advocate: every purchase of theirs pays the same two people. */
  hotBuyers: { first: number; last: number };
};

const SHOP_PEOPLE = 2_600;
const OPEN_ADVOCATES = 100;
const AT_ONCE_MAX = 32;

/** A program on the two-level template with a network that was signed up through the API. */
export const openShop = (bench: Bench): Promise<Shop> => bench.once("shop", () => createShop(bench, "Shop"));

/** The same network on a plan that asks for everything the language has. */
export const openRichShop = (bench: Bench): Promise<Shop> =>
  bench.once("rich shop", async () => {
    const shop = await createShop(bench, "Rich shop");
    await enrichPlan(shop);
    return shop;
  });

/** A program without a direct limit, where some advocates take in everybody who comes. */
export const openDoor = (bench: Bench): Promise<Program & { codes: string[]; dressed: string[] }> =>
  bench.once("door", async () => {
    const program = await provisionUnlimited(bench, "Door");
    const { ids, codes } = await signUp(bench, program, OPEN_ADVOCATES, () => null);
    return { ...program, codes, dressed: await dress(program, ids) };
  });

/** Another link for each of them, with all that a link can carry on its way. */
async function dress(program: Program, ids: readonly string[]): Promise<string[]> {
  const mark = newMark();
  const codes: string[] = [];
  for (const [at, participantId] of ids.entries()) {
    const { code } = await program.call<{ code: string }>("POST", "/v1/links", {
      participant_id: participantId,
      ...{ slug: `bench-${mark}-${at}`, channel: "poster", expires_at: "2999-01-01T00:00:00Z" },
      parameters: { utm_source: "bench", utm_medium: "print & paper", utm_campaign: "spring", lane: "3" },
    });
    codes.push(code);
  }
  return codes;
}

export async function provision(bench: Bench, name: string): Promise<Program> {
  const wish = ["--owner", "bench@example.com", "--program", name, "--template", "two-level", "--json"];
  const made = JSON.parse(await bench.server.cli("provision", ...wish));
  const key: string = made.api_key;
  bench.programs.push({ name, key });
  return {
    id: made.program_id,
    key,
    call: (method, path, body) => call(bench.server.url, key, method, path, body),
  };
}

/** On the two-level plan, but with room for everybody. */
export async function provisionUnlimited(bench: Bench, name: string): Promise<Program> {
  const program = await provision(bench, name);
  const { data } = await program.call<{ data: { document: object }[] }>("GET", "/v1/plans");
  const document = { ...data[0]?.document, direct_limit: null };
  const draft = await program.call<{ id: string }>("POST", "/v1/plans", { document });
  await program.call("POST", `/v1/plans/${draft.id}/publish`, {});
  return program;
}

/** A mark that no other run has. */
export const newMark = (): string => randomBytes(6).toString("hex");

async function createShop(bench: Bench, name: string): Promise<Shop> {
  const program = await provision(bench, name);
  const signedUp = await signUp(bench, program, SHOP_PEOPLE, (n) => Math.floor((n - 2) / 5) + 1);
  return {
    ...program,
    ...signedUp,
    buyers: { first: 32, last: 2_501 },
    hotBuyers: { first: 32, last: 36 },
  };
}

/** One level after the other, people of one level at once. */
async function signUp(
  bench: Bench,
  program: Program,
  people: number,
  advocateOf: (n: number) => number | null,
): Promise<{ ids: string[]; codes: string[] }> {
  const ids: string[] = [];
  const codes: string[] = [];
  for (let n = 1; n <= people; ) {
    const batch: Promise<{ id: string; code: string }>[] = [];
    for (; n <= people && batch.length < AT_ONCE_MAX; n++) {
      const advocate = n === 1 ? null : advocateOf(n);
      if (advocate !== null && advocate > codes.length) break;
      batch.push(enrol(program, n, advocate === null ? undefined : codes[advocate - 1]));
    }
    for (const { id, code } of await Promise.all(batch)) {
      ids.push(id);
      codes.push(code);
    }
  }
  // Statements are planned for the tables as they are, not as they were a second ago.
  await bench.product.query("vacuum (analyze)");
  return { ids, codes };
}

function enrol(program: Program, n: number, code: string | undefined): Promise<{ id: string; code: string }> {
  return program.call("POST", "/v1/participants", {
    external_id: `u${n}`,
    email: `u${n}@example.com`,
    name: `Person ${n}`,
    ...(code === undefined ? {} : { referral: { code, required: true } }),
  });
}

async function call<Body>(
  url: string,
  key: string,
  method: string,
  path: string,
  body?: object,
): Promise<Body> {
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
  return JSON.parse(text) as Body;
}
