import { describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { openTestDoors, readingKey, writingKey } from "../../tests/support/doors.ts";
import { mailDeps } from "../../tests/support/mail-deps.ts";
import { createWorld } from "../../tests/support/world.ts";
import { messages } from "../messages/catalogue/index.ts";
import { cancelMails } from "./cancel-mails.ts";
import type { NewMail } from "./mail.ts";
import { postMails } from "./post-mails.ts";
import { mailRoutes } from "./routes.ts";

const database = useDatabase();

const signIn = (key: string, fields: Partial<NewMail> = {}): NewMail => ({
  message: "sign_in_link",
  language: "en",
  facts: { link: "https://refer.example/s/abc", code: "482 915", minutes: 15 },
  to: "anna@friends.example",
  participantId: null,
  subjectId: null,
  fromName: null,
  key,
  sendAt: null,
  ...fields,
});

const open = async () => {
  const world = await createWorld(database.db);
  const doors = await openTestDoors(database.db, mailRoutes(mailDeps(database.db)));
  return { world, doors, reader: readingKey(world.programId), writer: writingKey(world.programId) };
};

describe("posting mails", () => {
  it("puts each key into the outbox once, and answers the ids in order", async () => {
    const { world, doors, reader } = await open();
    const [first, second] = await world.write((tx) => postMails(tx, [signIn("a"), signIn("b")]));
    const again = await world.write((tx) =>
      postMails(tx, [signIn("b", { to: "eve@x.example" }), signIn("c"), signIn("c")]),
    );
    expect(again[0]).toBe(second);
    expect(again[1]).toBe(again[2]);
    const { body } = await doors.get(reader, "/v1/mails");
    expect(body["data"]).toMatchObject([
      { id: again[1], state: "queued", to: "anna@friends.example", attempts: 0 },
      { id: second, to: "anna@friends.example" },
      { id: first, message: "sign_in_link", language: "en" },
    ]);
    await doors.close();
  });

  it("happens with its cause or not at all", async () => {
    const { world, doors, reader } = await open();
    const failing = world.write(async (tx) => {
      await postMails(tx, [signIn("a")]);
      throw new Error("the cause failed");
    });
    await expect(failing).rejects.toThrow("the cause failed");
    expect((await doors.get(reader, "/v1/mails")).body["data"]).toEqual([]);
    await doors.close();
  });

  it("refuses what is no message, no fact of it, and no clean address", async () => {
    const { world } = await open();
    const posting = (mail: NewMail) => world.write((tx) => postMails(tx, [mail]));
    await expect(posting(signIn("a", { message: "constructor" }))).rejects.toThrow("no mail called");
    await expect(
      posting(signIn("a", { facts: { link: "ftp://x", code: "482 915", minutes: 15 } })),
    ).rejects.toThrow("/link");
    for (const to of ["a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>"])
      await expect(posting(signIn("a", { to }))).rejects.toThrow("one clean address");
  });

  it("speaks the nearest language it has", async () => {
    const { world, doors, reader } = await open();
    await world.write((tx) =>
      postMails(tx, [signIn("a", { language: "hi-IN" }), signIn("b", { language: "xx" })]),
    );
    const { body } = await doors.get(reader, "/v1/mails");
    expect(body["data"]).toMatchObject([{ language: "en" }, { language: "hi" }]);
    await doors.close();
  });
});

describe("taking mails back", () => {
  it("ends what waits, by id or by key, and says which those were", async () => {
    const { world, doors, reader } = await open();
    const [first, second] = await world.write((tx) => postMails(tx, [signIn("a"), signIn("b"), signIn("c")]));
    expect(await world.write((tx) => cancelMails(tx, [first as string, "b", "unknown"]))).toEqual([
      first,
      second,
    ]);
    expect(await world.write((tx) => cancelMails(tx, [first as string]))).toEqual([]);
    const left = await doors.get(reader, "/v1/mails?state=queued&message=sign_in_link");
    expect(left.body["data"]).toHaveLength(1);
    await doors.close();
  });

  it("is a door that may be used twice, and refuses what is gone", async () => {
    const { world, doors, writer } = await open();
    const [id] = await world.write((tx) => postMails(tx, [signIn("a")]));
    for (const round of [1, 2])
      expect(await doors.post(writer, `/v1/mails/${id}/cancel`, {}), String(round)).toMatchObject({
        status: 200,
        body: { id, state: "cancelled" },
      });
    expect((await doors.post(writer, "/v1/mails/mal_unknown/cancel", {})).status).toBe(404);
    await doors.close();
  });
});

describe("a test mail", () => {
  it("goes out about the sample facts, to the address that is named", async () => {
    const { doors, reader, writer } = await open();
    const sent = await doors.post(writer, "/v1/mails/test", {
      message: "invitation",
      language: "hi",
      to: "me@x.example",
    });
    expect(sent).toMatchObject({
      status: 201,
      body: { message: "invitation", language: "hi", to: "me@x.example" },
    });
    expect((await doors.get(reader, "/v1/mails")).body["data"]).toHaveLength(1);
    for (const wrong of [
      { message: "nothing", to: "me@x.example" },
      { message: "invitation" },
      { message: "invitation", to: "a b" },
    ])
      expect((await doors.post(writer, "/v1/mails/test", wrong)).body).toMatchObject({
        code: "invalid_request",
      });
    await doors.close();
  });
});

describe("the list of messages", () => {
  it("names every message with what may stand in its sentences", async () => {
    const { doors, reader } = await open();
    const { body } = await doors.get(reader, "/v1/messages");
    expect((body["data"] as { name: string }[]).map(({ name }) => name)).toEqual(
      messages.map(({ name }) => name),
    );
    expect(body["data"]).toContainEqual(
      expect.objectContaining({
        name: "sign_in_link",
        facts: expect.arrayContaining([expect.objectContaining({ name: "program", kind: "text" })]),
      }),
    );
    await doors.close();
  });
});
