import fc from "fast-check";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { useDatabase } from "../../tests/support/database.ts";
import { createWorld, type Person, type World } from "../../tests/support/world.ts";
import { acceptMailsAgain } from "../mail/accept-mails-again.ts";
import type { MailId } from "../mail/mail.ts";
import { recordStop } from "../mail/record-stop.ts";
import type { Pace, TopicName } from "../messages/topic.ts";
import { emailHash } from "../primitives/email.ts";
import { findPreferencesAnswer } from "./find-preferences-answer.ts";
import type { Occasion } from "./occasion.ts";
import { postDueNotices } from "./post-due-notices.ts";
import { purgeNotifications } from "./purge-notifications.ts";
import { recordNotices } from "./record-notices.ts";
import { setPreferences } from "./set-preferences.ts";
import { gather } from "./slot.ts";
import { listNotifications } from "./store.ts";

const database = useDatabase();
const PUBLIC_URL = "https://refer.example";
const EMAIL_KEY = "the key of a test";
const HOUR_MS = 3_600_000;

let world: World;
beforeAll(async () => {
  world = await createWorld(database.db);
});

type Posted = {
  message: string;
  to: string;
  key: string;
  facts: { count?: number; lines?: unknown[] };
  subject: string | null;
};

const posted = (person: Pick<Person, "email">) =>
  world.read((reader) =>
    reader.many<Posted>(sql`
      select message, to_address as to, key, facts, subject_id as subject
        from mails where program_id = ${reader.programId} and to_address = ${person.email} order by id`),
  );

/** As if it were another time: what a transaction calls now is an argument of everything below. */
const at = <T>(now: Date, fn: (tx: Parameters<Parameters<World["write"]>[0]>[0]) => Promise<T>): Promise<T> =>
  world.write((tx) => fn(Object.assign(tx, { now })));
const post = (now: Date) => at(now, (tx) => postDueNotices(tx, PUBLIC_URL));
const tell = (now: Date, ...occasions: Occasion[]) => at(now, (tx) => recordNotices(tx, gather(occasions)));

function occasion(person: Pick<Person, "id">, message: string, happened: Date, key: string): Occasion {
  const facts = { month: "2026-05", state: "available", reason: "already_referred" };
  const amount = { minor: 2_100n, currency: "INR" };
  return { participantId: person.id, message, isGrouped: false, key, at: happened, facts, amount };
}

describe("mails of notices", () => {
  const noon = new Date("2026-06-03T12:00:00Z");
  const later = (hours: number) => new Date(noon.getTime() + hours * HOUR_MS);

  it("go out at once where that was chosen, and once", async () => {
    const ann = await world.join("Ann");
    await tell(noon, occasion(ann, "milestone_reached", noon, "one"));
    await post(noon);
    await post(later(1));
    expect(await posted(ann)).toMatchObject([
      { message: "milestone_reached", facts: { count: 1, amount: { amount: 2_100, currency: "INR" } } },
    ]);
  });

  it("gather the rest into one mail on the morning it is due, with a line each", async () => {
    const bea = await world.join("Bea");
    const keys = ["a", "b", "c"];
    for (const key of keys) await tell(noon, occasion(bea, "referral_not_eligible", noon, key));
    await post(later(24));
    expect(await posted(bea)).toEqual([]);
    const monday = new Date("2026-06-08T08:00:00Z");
    await post(monday);
    await post(monday);
    expect(await posted(bea)).toMatchObject([{ message: "digest", facts: { count: 3, more: 0 } }]);
    const [mail] = await posted(bea);
    expect(mail?.facts.lines?.[0]).toEqual(["A friend does not count as your referral", "3 June 2026"]);
  });

  it("wait for the end of quiet hours, where the person lives", async () => {
    const chi = await world.join("Chi");
    const quietHours = { from: "17:00", to: "07:30" };
    await world.write((tx) => setPreferences(tx, chi.id, { quietHours, timeZone: "Asia/Kolkata" }));
    await tell(noon, occasion(chi, "milestone_reached", noon, "quiet"));
    await post(later(13.9));
    expect(await posted(chi)).toEqual([]);
    await post(later(14));
    expect(await posted(chi)).toHaveLength(1);
  });

  it("follow a choice that is made while they wait", async () => {
    const dan = await world.join("Dan");
    await tell(noon, occasion(dan, "referral_not_eligible", noon, "sooner"));
    await tell(noon, occasion(dan, "statement_ready", noon, "never"));
    await at(noon, (tx) =>
      setPreferences(tx, dan.id, {
        choices: {
          progress: { isInApp: true, pace: "immediate" },
          statements: { isInApp: true, pace: "off" },
        },
      }),
    );
    await post(later(200));
    expect((await posted(dan)).map(({ message }) => message)).toEqual(["referral_not_eligible"]);
  });

  it("are not made of what happened long ago, nor without an address of ours", async () => {
    const eli = await world.join("Eli");
    await tell(later(25), occasion(eli, "milestone_reached", noon, "old"));
    await tell(later(25), occasion(eli, "milestone_reached", later(25), "new"));
    expect(await at(later(30), (tx) => postDueNotices(tx, ""))).toBe(0);
    await post(later(30));
    expect(await posted(eli)).toHaveLength(1);
  });

  it("leave rows that are forgotten half a year later", async () => {
    const fee = await world.join("Fee");
    await tell(noon, occasion(fee, "milestone_reached", noon, "kept"));
    const inbox = () =>
      world.read((reader) =>
        listNotifications(reader, {
          ...{ participantId: fee.id, isUnread: false, topics: null, after: null, before: null, limit: 9 },
        }),
      );
    await at(later(24 * 179), purgeNotifications);
    expect(await inbox()).toHaveLength(1);
    await at(later(24 * 181), purgeNotifications);
    // It waits for its mail.
    expect(await inbox()).toHaveLength(1);
    await post(later(24 * 181));
    await at(later(24 * 181), purgeNotifications);
    expect(await inbox()).toEqual([]);
  });
});

/** What is done to three people over two weeks. */
type Step =
  | { kind: "tell"; person: number; message: (typeof MESSAGES)[number]; key: number }
  | { kind: "choose"; person: number; topic: TopicName; pace: Pace }
  | { kind: "post" };

const MESSAGES = ["milestone_reached", "referral_not_eligible", "statement_ready"] as const;
const TOPIC_OF = {
  milestone_reached: "milestones",
  referral_not_eligible: "progress",
  statement_ready: "statements",
} as const;
const BEGIN = { milestones: "immediate", progress: "weekly", statements: "immediate" } as const;

const steps: fc.Arbitrary<{ hours: number; step: Step }[]> = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 30 }),
    step: fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant("tell" as const),
          person: fc.nat(2),
          message: fc.constantFrom(...MESSAGES),
          key: fc.nat(40),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("choose" as const),
          person: fc.nat(2),
          topic: fc.constantFrom("milestones" as const, "progress" as const, "statements" as const),
          pace: fc.constantFrom("immediate" as const, "daily" as const, "weekly" as const, "off" as const),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("post" as const) }) },
    ),
  }),
  { minLength: 5, maxLength: 25 },
);

/** A second, naive account of who is to be mailed what: written by hand, hour by hour. */
class Oracle {
  readonly #paces = new Map<string, Pace>();
  readonly #known = new Set<string>();
  #waiting: { person: number; topic: TopicName; at: number; pace: Pace }[] = [];
  single = [0, 0, 0];
  gathered = [0, 0, 0];
  digests = [0, 0, 0];

  tell(person: number, message: (typeof MESSAGES)[number], key: number, at: number): void {
    const topic = TOPIC_OF[message];
    const identity = `${person} ${message} ${key}`;
    if (this.#known.has(identity)) return;
    this.#known.add(identity);
    const pace = this.#paceOf(person, topic);
    if (pace !== "off") this.#waiting.push({ person, topic, at, pace });
  }

  choose(person: number, topic: TopicName, pace: Pace): void {
    this.#paces.set(`${person} ${topic}`, pace);
    const isMeant = (one: { person: number; topic: TopicName }) =>
      one.person === person && one.topic === topic;
    this.#waiting = this.#waiting
      .map((one) => (isMeant(one) ? { ...one, pace } : one))
      .filter(({ pace }) => pace !== "off");
  }

  post(now: number): void {
    const due = this.#waiting.filter((one) => dueAt(one.at, one.pace) <= now);
    this.#waiting = this.#waiting.filter((one) => !due.includes(one));
    for (const person of [0, 1, 2]) {
      const mine = due.filter((one) => one.person === person);
      const gathered = mine.filter(({ pace }) => pace !== "immediate").length;
      this.single[person] = (this.single[person] ?? 0) + mine.length - gathered;
      this.gathered[person] = (this.gathered[person] ?? 0) + gathered;
      this.digests[person] = (this.digests[person] ?? 0) + (gathered > 0 ? 1 : 0);
    }
  }

  #paceOf(person: number, topic: TopicName): Pace {
    return this.#paces.get(`${person} ${topic}`) ?? BEGIN[topic as keyof typeof BEGIN];
  }
}

function dueAt(at: number, pace: Pace): number {
  if (pace === "immediate") return at;
  let hour = Math.floor(at / HOUR_MS) * HOUR_MS + HOUR_MS;
  for (;;) {
    const date = new Date(hour);
    if (date.getUTCHours() === 8 && (pace === "daily" || date.getUTCDay() === 1)) return hour;
    hour += HOUR_MS;
  }
}

describe("over weeks of notices, choices and rounds", () => {
  it("mails each notice once that is wanted by mail, and loses none", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const oracle = new Oracle();
        const people = await world.joinTogether([{ name: "P" }, { name: "Q" }, { name: "R" }]);
        let now = Date.parse("2026-06-03T12:00:00Z");
        for (const { hours, step } of all) {
          now += hours * HOUR_MS + 60_000;
          await take(step, people, new Date(now));
          play(oracle, step, now);
        }
        now += 15 * 24 * HOUR_MS;
        await post(new Date(now));
        oracle.post(now);
        for (const [index, person] of people.entries()) {
          const mails = await posted(person);
          const digests = mails.filter(({ message }) => message === "digest");
          const single = mails.filter(({ message }) => message !== "digest");
          expect({
            single: single.length,
            digests: digests.length,
            gathered: digests.reduce((sum, { facts }) => sum + (facts.count ?? 0), 0),
          }).toEqual({
            single: oracle.single[index],
            digests: oracle.digests[index],
            gathered: oracle.gathered[index],
          });
          expect(new Set(single.map(({ subject }) => subject)).size).toBe(single.length);
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

async function take(step: Step, people: readonly Person[], now: Date): Promise<void> {
  if (step.kind === "post") return void (await post(now));
  const person = people[step.person] as Person;
  if (step.kind === "tell")
    return void (await tell(now, occasion(person, step.message, now, `key ${step.key}`)));
  const choices = { [step.topic]: { isInApp: true, pace: step.pace } };
  await at(now, (tx) => setPreferences(tx, person.id, { choices }));
}

function play(oracle: Oracle, step: Step, now: number): void {
  if (step.kind === "post") oracle.post(now);
  else if (step.kind === "tell") oracle.tell(step.person, step.message, step.key, now);
  else oracle.choose(step.person, step.topic, step.pace);
}

describe("a click on “stop these e-mails”", () => {
  it("turns the topic of the mail off, until it is chosen again", async () => {
    const ned = await world.join("Ned");
    const hash = emailHash(ned.email, EMAIL_KEY);
    const now = new Date("2026-06-03T12:00:00Z");
    await tell(now, occasion(ned, "milestone_reached", now, "first"));
    await post(now);
    const { id } = await world.read((reader) =>
      reader.one<{ id: MailId }>(sql`
        select id from mails where program_id = ${reader.programId} and participant_id = ${ned.id}`),
    );
    // As if it had been sent: from then on it is known by the hash of its address.
    await world.write((tx) =>
      tx.run(sql`
        update mails set recipient_hash = ${hash} where program_id = ${tx.programId} and id = ${id}`),
    );
    await world.write((tx) => recordStop(tx, id, "message"));
    await world.work();
    const answer = () => world.read((reader) => findPreferencesAnswer(reader, ned, EMAIL_KEY));
    const paceOf = async (name: string) => (await answer()).topics.find(({ topic }) => topic === name);
    expect(await paceOf("milestones")).toMatchObject({ email: "off", in_app: true });
    expect(await paceOf("statements")).toMatchObject({ email: "immediate" });
    await world.write((tx) => recordStop(tx, id, "optional"));
    await world.work();
    expect((await answer()).email_state).toBe("stopped");
    expect((await answer()).topics.every(({ email }) => email === "off")).toBe(true);
    await world.write((tx) => acceptMailsAgain(tx, hash));
    expect((await answer()).email_state).toBe("ok");
  });

  it("of a digest turns off what digests gather", async () => {
    const oda = await world.join("Oda");
    const now = new Date("2026-06-03T12:00:00Z");
    await tell(now, occasion(oda, "referral_not_eligible", now, "x"));
    await post(new Date("2026-06-08T08:00:00Z"));
    const { id } = await world.read((reader) =>
      reader.one<{ id: MailId }>(sql`
        select id from mails
         where program_id = ${reader.programId} and participant_id = ${oda.id} and message = 'digest'`),
    );
    await world.write((tx) =>
      tx.run(sql`
        update mails set recipient_hash = ${emailHash(oda.email, EMAIL_KEY)}
         where program_id = ${tx.programId} and id = ${id}`),
    );
    await world.write((tx) => recordStop(tx, id, "message"));
    await world.work();
    const { topics } = await world.read((reader) => findPreferencesAnswer(reader, oda, EMAIL_KEY));
    expect(topics.filter(({ email }) => email === "weekly" || email === "daily")).toEqual([]);
    expect(topics.find(({ topic }) => topic === "available")?.email).toBe("immediate");
  });
});
