import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../language.ts";
import { type AnyMessage, factsOf } from "../message.ts";
import { sayIn } from "../say.ts";
import { TOPICS } from "../topic.ts";
import { messages } from "./index.ts";

const notices = messages.filter(({ topic }) => topic !== undefined);
const cases = notices.flatMap((message) =>
  LANGUAGES.map((language) => [`${message.name} in ${language}`, message, language] as const),
);

function told(message: AnyMessage, language: (typeof LANGUAGES)[number], facts: Record<string, unknown>) {
  const say = sayIn(language, message.words[language], factsOf(message), { ...facts, program: "Chai & Co" });
  return message.inApp?.(facts as never, say);
}

describe("topics", () => {
  it("are each chosen for some message, with words in every language", () => {
    const used = new Set(notices.map(({ topic }) => topic));
    for (const { name, words } of TOPICS) {
      expect(used, name).toContain(name);
      for (const language of LANGUAGES) {
        expect(words[language].title.length).toBeGreaterThan(3);
        expect(words[language].text).toMatch(/[.।]$/);
      }
    }
  });

  it("hold every notice that a participant chooses by, and nothing that was asked for", () => {
    for (const { name, kind, topic } of messages)
      if (topic !== undefined) expect([name, kind]).toEqual([name, "notice"]);
  });
});

describe.each(cases)("%s", (_name, message, language) => {
  it.each([
    ["once", 1],
    ["often", 1_234],
  ])("says what happened %s, in whole sentences and leading somewhere", (_how, count) => {
    const facts = { ...message.sample, ...("count" in message.sample ? { count } : {}) };
    const notice = told(message, language, facts);
    if (!notice) throw new Error("It is not told in the app.");
    for (const text of [notice.title, notice.text])
      expect(text).not.toMatch(/[{}#]|undefined|null|NaN|\bplural\b|\bselect\b/);
    expect(notice.title.length).toBeGreaterThan(3);
    expect(notice.title.length).toBeLessThan(120);
    expect(notice.text).toMatch(/[.।]$/);
    expect(notice.url).toMatch(/^https:\/\//);
    // What is told of many things says how many.
    const words = message.words[language];
    const isCounted = Object.values(words).some((text) => text.includes("#"));
    if (isCounted && count > 1) expect(notice.title + notice.text).toContain("1,234");
  });

  it("has other words for one than for many wherever it counts", () => {
    const entries = Object.values(message.words[language]).filter((text) => text.includes("plural"));
    for (const text of entries) expect(text).toMatch(/one \{/);
    if (!("count" in message.sample)) expect(entries).toEqual([]);
  });
});

describe("amounts and days", () => {
  it("are written as the language writes them", () => {
    const find = (name: string) => messages.find((message) => message.name === name) as AnyMessage;
    const amount = { amount: 10_000_000, currency: "INR" };
    const available = find("reward_available");
    expect(told(available, "en", { ...available.sample, amount })?.title).toBe("₹1,00,000.00 is available");
    expect(told(available, "hi", { ...available.sample, amount })?.title).toBe("₹1,00,000.00 उपलब्ध हैं");
    const points = { amount: 10, currency: "PTS" };
    const received = find("points_received");
    expect(told(received, "en", { ...received.sample, amount: points })?.title).toBe("You got 10 points");
    expect(told(received, "hi", { ...received.sample, amount: points })?.title).toBe("आपको 10 पॉइंट मिले");
    const ready = find("link_expiring");
    expect(told(ready, "hi", ready.sample)?.title).toContain("1 नवंबर 2026");
  });
});
