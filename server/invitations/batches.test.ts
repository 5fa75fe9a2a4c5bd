import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, participantActor, readingKey, writingKey } from "../../tests/support/doors.ts";
import { mailDeps } from "../../tests/support/mail-deps.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import type { Actor } from "../access/actor.ts";
import { mailRoutes } from "../mail/routes.ts";
import type { BatchAnswer, RowAnswer } from "./contract/batches.ts";
import { invitationRoutes } from "./routes.ts";
import { sendBatchChunk } from "./send-batch-chunk.ts";
import { setTerms } from "./set-terms.ts";

const database = useDatabase();
const KEY = "the key of a test";
const POSTING = { key: KEY, publicUrl: "http://refer.example", findOffer: async () => null };

let doors: Awaited<ReturnType<typeof openTestDoors>>;
let world: World;
let anna: Person;
let operator: Actor;
let count = 0;
const address = () => `row${++count}@friends.example`;

beforeAll(async () => {
  const { db } = database;
  const deps = {
    db,
    key: KEY,
    publicUrl: () => POSTING.publicUrl,
    findOffer: POSTING.findOffer,
    announce: () => {},
    hasMail: true,
  };
  doors = await openTestDoors(db, [...invitationRoutes(deps), ...mailRoutes(mailDeps(db))]);
});
afterAll(() => doors.close());
beforeEach(async () => {
  world = await createWorld(database.db);
  anna = await world.join("Anna");
  operator = writingKey(world.programId);
});

const PATH = "/v1/invitation_batches";
const create = async (text: string, fields: object = {}, actor = operator): Promise<BatchAnswer> => {
  const own = actor === operator ? { participant: anna.id } : {};
  const { status, body } = await doors.post(actor, PATH, { text, ...own, ...fields });
  expect([status, body]).toMatchObject([201, {}]);
  return body as BatchAnswer;
};
const read = async (id: string) => (await doors.get(operator, `${PATH}/${id}`)).body as BatchAnswer;
const act = (id: string, action: string, body: object = {}) =>
  doors.post(operator, `${PATH}/${id}/${action}`, body);
const rows = async (id: string, query = "") =>
  (await doors.get(operator, `${PATH}/${id}/rows?limit=200${query}`)).body["data"] as RowAnswer[];
const problems = ({ counts }: BatchAnswer) =>
  Object.fromEntries(counts.problems.map((one) => [one.code, one.rows]));
const chunk = () => world.write((tx) => sendBatchChunk(tx, "", POSTING));
const mails = async () =>
  (await doors.get(readingKey(world.programId), "/v1/mails?limit=200")).body["data"] as {
    to: string;
    state: string;
  }[];

describe("a list of people to invite", () => {
  it("says at each row what stands against it, and mails nobody", async () => {
    await world.join("Bob", { email: "bob@members.example" });
    await doors.post(operator, "/v1/invitations", {
      participant: anna.id,
      people: [{ email: "known@friends.example" }],
    });
    const good = [address(), address()];
    const batch = await create(
      [
        "Name;E-mail;City",
        `Meera;${good[0]};Pune`,
        ";no address;",
        "Nobody;;",
        `Twice;${good[0]?.toUpperCase()};`,
        `Anna;${anna.email};`,
        "Known;known@friends.example;",
        "Bob;bob@members.example;",
        "Sam;sam@firma.de;",
        `see evil.com;${address()};`,
        `Ravi;${good[1]};Delhi`,
      ].join("\r\n"),
    );
    expect(batch).toMatchObject({
      status: "draft",
      mapping: { email: 1, name: 0 },
      counts: { rows: 10, ready: 2, invited: 0 },
    });
    expect(problems(batch)).toEqual({
      ...{ invalid_email: 1, missing_email: 1, duplicate: 1, own_address: 1, already_invited: 1 },
      ...{ cannot_be_invited: 1, not_mailed_there: 1, link_in_text: 1 },
    });
    expect((await rows(batch.id, "&problem=ready")).map(({ name }) => name)).toEqual(["Meera", "Ravi"]);
    expect((await rows(batch.id, "&problem=duplicate"))[0]).toMatchObject({
      number: 4,
      problem: { code: "duplicate" },
    });
    expect(await mails()).toHaveLength(1);
  });

  it("is mended in place: columns, addresses, people left out", async () => {
    const [one, two] = [address(), address()];
    const batch = await create(`a,b\n${one},x@\n${two},y@`);
    const patch = (body: object) => doors.patch(operator, `${PATH}/${batch.id}`, body);
    const wrong = (await patch({ mapping: { ...batch.mapping, email: 1 } })).body as BatchAnswer;
    expect(problems(wrong)).toEqual({ invalid_email: 2 });
    const fixed = await doors.patch(operator, `${PATH}/${batch.id}/rows`, {
      rows: [
        { number: 1, email: one },
        { number: 2, is_left_out: true },
      ],
    });
    expect(fixed.body).toMatchObject({ counts: { ready: 1, problems: [{ code: "left_out", rows: 1 }] } });
    const again = await doors.patch(operator, `${PATH}/${batch.id}/rows`, {
      rows: [{ number: 2, is_left_out: false, email: one }],
    });
    expect(problems(again.body as BatchAnswer)).toEqual({ duplicate: 1 });
    expect((await patch({ mapping: { ...batch.mapping, email: 9 } })).status).toBe(422);
    expect((await patch({ scheduled_at: "2020-01-01T00:00:00Z" })).status).toBe(422);
  });

  it("puts the columns into the message, and looks at the links in them", async () => {
    const batch = await create(`Email,First name\n${address()},Zoë\n${address()},evil.com`);
    const path = `${PATH}/${batch.id}`;
    const set = await doors.patch(operator, path, { message: "Hi {first_name}!" });
    expect(set.body).toMatchObject({ counts: { ready: 1 }, columns: [{}, { placeholder: "first_name" }] });
    expect(problems(set.body as BatchAnswer)).toEqual({ link_in_text: 1 });
    expect((await doors.get(operator, `${path}/preview?row=1`)).body["text"]).toContain("Hi Zoë!");
    expect((await doors.get(operator, `${path}/preview?row=3`)).status).toBe(404);
    const unknown = await doors.patch(operator, path, { message: "Hi {nobody}" });
    expect(unknown.body["errors"]).toMatchObject([{ pointer: "/message", code: "unknown_placeholder" }]);
  });

  it("is refused where it cannot be read", async () => {
    const sent = await doors.post(operator, PATH, { participant: anna.id, text: "Email\n" });
    expect(sent).toMatchObject({
      status: 422,
      body: { code: "invalid_list", errors: [{ code: "empty_file" }] },
    });
    const base64 = Buffer.from(`Email\r\n${address()}`, "utf16le").toString("base64");
    const { body } = await doors.post(operator, PATH, { participant: anna.id, content_base64: base64 });
    expect(body).toMatchObject({ counts: { ready: 1 } });
  });
});

describe("sending it", () => {
  const list = (people: number) => `Email\n${Array.from({ length: people }, address).join("\n")}`;

  it("takes the number that was read on the button, and nothing else", async () => {
    const batch = await create(list(3));
    expect(await act(batch.id, "send", { count: 4 })).toMatchObject({
      status: 409,
      body: { code: "batch_count_changed" },
    });
    expect(await chunk()).toEqual({ done: 0, after: null });
    expect((await act(batch.id, "send", { count: 3 })).body).toMatchObject({ status: "sending" });
    expect((await act(batch.id, "send", { count: 3 })).status).toBe(409);
    expect(await chunk()).toMatchObject({ done: 3 });
    expect(await chunk()).toMatchObject({ done: 1 });
    expect(await read(batch.id)).toMatchObject({
      status: "completed",
      counts: { invited: 3, ready: 0, statuses: [{ status: "queued", invitations: 3 }] },
    });
    expect(await mails()).toHaveLength(3);
    expect((await doors.get(operator, `/v1/invitations?batch=${batch.id}`)).body["data"]).toHaveLength(3);
    expect((await doors.patch(operator, `${PATH}/${batch.id}`, { message: "late" })).status).toBe(409);
  });

  it("never mails one person twice, also by two lists at once", async () => {
    const text = list(30);
    const [one, two] = [await create(text), await create(text)];
    const bob = await world.join("Bob");
    const three = await create(text, { participant: bob.id });
    for (const { id } of [one, two, three]) await act(id, "send", { count: 30 });
    await Promise.all([chunk(), chunk(), chunk()]);
    for (const { id } of [one, two, three])
      await world.write((tx) => sendBatchChunk(tx, id.slice(0, -1), POSTING));
    const sent = await mails();
    // Two friends may both invite them; one friend does it once.
    expect(sent).toHaveLength(60);
    expect(problems(await read(two.id))).toEqual({ already_invited: 30 });
  });

  it("pauses, goes on, and takes back what has not left", async () => {
    const batch = await create(list(5));
    await doors.patch(operator, `${PATH}/${batch.id}`, { per_minute: 2 });
    await act(batch.id, "send", { count: 5 });
    expect([(await chunk()).done, (await chunk()).done]).toEqual([2, 0]);
    expect(await read(batch.id)).toMatchObject({
      waits_for: "next_minute",
      counts: { invited: 2, ready: 3 },
    });
    expect((await act(batch.id, "pause")).body).toMatchObject({ status: "paused" });
    expect(await chunk()).toEqual({ done: 0, after: null });
    expect((await act(batch.id, "pause")).status).toBe(409);
    expect((await act(batch.id, "resume")).body).toMatchObject({ status: "sending" });
    expect((await doors.patch(operator, `${PATH}/${batch.id}`, { per_minute: null })).status).toBe(200);
    expect((await chunk()).done).toBe(3);
    expect((await act(batch.id, "cancel")).body).toMatchObject({
      status: "cancelled",
      counts: { statuses: [{ status: "cancelled", invitations: 5 }] },
    });
    expect(new Set((await mails()).map(({ state }) => state))).toEqual(new Set(["cancelled"]));
    expect((await act(batch.id, "cancel")).status).toBe(409);
  });

  it("waits for its time, and for tomorrow where the program has sent enough", async () => {
    const batch = await create(list(3));
    const at = new Date(Date.now() + 3_600_000).toISOString();
    await doors.patch(operator, `${PATH}/${batch.id}`, { scheduled_at: at });
    await act(batch.id, "send", { count: 3 });
    expect((await chunk()).after).toBeNull();
    await world.write((tx) =>
      tx.run(sql`update invitation_batches set scheduled_at = now() where program_id = ${tx.programId}`),
    );
    await world.write((tx) => setTerms(tx, { perProgramDay: 2 }));
    expect((await chunk()).done).toBe(2);
    expect(await read(batch.id)).toMatchObject({
      status: "sending",
      waits_for: "tomorrow",
      counts: { ready: 1 },
    });
  });

  it("keeps a member within their limits, and out of other people's lists", async () => {
    const asAnna = participantActor(world.programId, anna.id);
    const own = await create(list(8), {}, asAnna);
    expect(own.counts).toMatchObject({ ready: 5, problems: [{ code: "over_limit", rows: 3 }] });
    const bob = await world.join("Bob");
    const asBob = participantActor(world.programId, bob.id);
    expect((await doors.get(asBob, `${PATH}/${own.id}`)).status).toBe(404);
    expect((await doors.post(asBob, `${PATH}/${own.id}/send`, { count: 5 })).status).toBe(404);
    expect((await doors.get(asBob, PATH)).body["data"]).toEqual([]);
    expect((await doors.get(operator, PATH)).body["data"]).toHaveLength(1);
  });

  it("gives a result that no spreadsheet takes for a formula", async () => {
    const batch = await create(`Email,Name\n${address()},=1+1\n@SUM(A1),"a ""b"", c"`);
    await act(batch.id, "send", { count: 1 });
    await chunk();
    const answer = await doors.text(operator, `${PATH}/${batch.id}/result`);
    expect(answer).toMatch(
      /^\ufeffrow,email,name,status,problem,sent_at\r\n1,row\d+@friends.example,'=1\+1,queued,,\r\n/,
    );
    expect(answer).toContain(`2,'@SUM(A1),"a ""b"", c",not_sent,This is not an e-mail address.,\r\n`);
  });
});
