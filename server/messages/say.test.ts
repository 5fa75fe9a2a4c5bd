import { Type } from "typebox";
import { describe, expect, it } from "vitest";
import { CountFact, DayFact, factEntries, Maybe, MoneyFact, TextFact } from "./fact.ts";
import { placeholdersOf, sayIn } from "./say.ts";

const entries = factEntries(
  Type.Object({
    name: TextFact("A name"),
    friends: CountFact("How many friends"),
    amount: MoneyFact("An amount"),
    until: DayFact("A day"),
    note: Maybe(TextFact("What is not always known")),
  }),
);
const facts = {
  name: "  Asha\u202e\n{evil} ",
  friends: 1,
  amount: { amount: 123_456_700, currency: "INR" },
  until: "2026-12-31",
  note: null,
};
const say = (language: "en" | "hi", text: string, more: object = {}) =>
  sayIn(language, { key: text }, entries, { ...facts, ...more })("key");

describe("saying a sentence", () => {
  it("counts as the language does", () => {
    const text = "{friends, plural, one {# friend} other {# friends}}";
    expect(say("en", text)).toBe("1 friend");
    expect(say("en", text, { friends: 1200 })).toBe("1,200 friends");
    expect(say("hi", "{friends, plural, one {# मित्र} other {# मित्र}}", { friends: 0 })).toBe("0 मित्र");
  });

  it("writes amounts and days as people do", () => {
    expect(say("en", "{amount} until {until}")).toBe("₹12,34,567.00 until 31 December 2026");
    expect(say("hi", "{until}")).toBe("31 दिसंबर 2026");
  });

  it("never reads a fact as words, and leaves out what cannot be seen", () => {
    expect(say("en", "Hello {name}!")).toBe("Hello Asha {evil}!");
  });

  it("says that something is not known, rather than nothing", () => {
    expect(say("en", "Note: {note}")).toBe("Note: –");
  });

  it("throws for a sentence there is not, and for words that cannot be read", () => {
    expect(() => sayIn("en", {}, entries, facts)("key")).toThrow('no words for "key"');
    expect(() => say("en", "Hello {name")).toThrow();
  });

  it("finds the facts inside choices", () => {
    const text = "{friends, plural, one {{name} came} other {{name} and {note}}} {until}";
    expect(placeholdersOf(text)).toEqual(["friends", "name", "note", "until"]);
  });
});
