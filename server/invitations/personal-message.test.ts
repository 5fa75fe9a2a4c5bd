import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFriendName, readPersonalMessage } from "./personal-message.ts";
import { parseRecipients } from "./recipients.ts";

const codeOf = (text: string): string => {
  const read = readPersonalMessage(text);
  return read.kind === "ok" ? "ok" : read.problem.code;
};

describe("a personal message", () => {
  it.each([
    "https://evil.example/a",
    "look at www.evil.example",
    "evil.com",
    "go to evil。com",
    "go to evil．com now",
    "ｅｖｉｌ．ｃｏｍ",
    "ev\u200bil.com",
    "e\u202evil.com",
    "mailto:a@b.c",
    "JAVASCRIPT:alert(1)",
    "write to me@evil.example",
    "10.0.0.1/x",
    "sub.domain.co.uk/path?q=1",
    "пример.рф",
    "xn--e1afmkfd.xn--p1ai",
    "http ://x, but ://this",
    "a.b.museum",
  ])("goes without links: %s", (text) => {
    expect(codeOf(text)).toBe("link_in_text");
  });

  it.each([
    "Hello! I have ordered here for a year. Try it.",
    "It costs 3.50, or 1.000,00 at most.",
    "e.g. this one... and so on",
    "Bis bald :) 10:30?",
    "नमस्ते, कैसे हो? बहुत अच्छा है।",
    "one\n\ntwo",
    "",
  ])("takes what people write: %s", (text) => {
    expect(codeOf(text)).toBe("ok");
  });

  it("says where the link stands", () => {
    const read = readPersonalMessage("Hi, see evil.com/now please");
    expect(read).toMatchObject({ kind: "refused", problem: { at: 8, text: "evil.com/now" } });
  });

  it("takes 500 characters, counted as people see them", () => {
    expect(codeOf("a".repeat(500))).toBe("ok");
    expect(codeOf("😀".repeat(500))).toBe("ok");
    expect(codeOf("a".repeat(501))).toBe("text_too_long");
    expect(codeOf("a".repeat(4_000))).toBe("text_too_long");
  });

  it("keeps no control, no bidirectional mark and nothing without width, whatever is written", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (text) => {
        const read = readPersonalMessage(text);
        if (read.kind === "refused") return;
        expect(read.text.replaceAll("\n", "")).not.toMatch(
          /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
        expect([...read.text].length).toBeLessThanOrEqual(500);
        expect(readPersonalMessage(read.text)).toEqual(read);
      }),
    );
  });

  it("is read in no time, also when it is made to be slow", () => {
    for (const text of [
      "a.".repeat(25_000),
      "-".repeat(50_000),
      "a-a.".repeat(12_000),
      "1.".repeat(25_000),
      "\n".repeat(50_000),
    ])
      readPersonalMessage(text);
  });
});

describe("a friend's name", () => {
  it("is one short line, and no way around the rule for links", () => {
    expect(readFriendName(" Meera \n Rao ")).toEqual({ kind: "ok", text: "Meera Rao" });
    expect(readFriendName("see evil.com")).toMatchObject({
      kind: "refused",
      problem: { code: "link_in_text" },
    });
    expect(readFriendName("a".repeat(81))).toMatchObject({
      kind: "refused",
      problem: { code: "text_too_long" },
    });
    expect(readFriendName("Dr. Meera R. Rao")).toMatchObject({ kind: "ok" });
  });
});

describe("a pasted list", () => {
  const read = (text: string) => parseRecipients(text).map(({ email, name }) => [email, name]);

  it.each([
    ["a@x.example", [["a@x.example", ""]]],
    [
      "a@x.example, b@x.example;c@x.example\nd@x.example",
      ["a", "b", "c", "d"].map((one) => [`${one}@x.example`, ""]),
    ],
    [
      '"Rao, Meera" <meera@x.example>; Ravi <ravi@x.example>',
      [
        ["meera@x.example", "Meera Rao"],
        ["ravi@x.example", "Ravi"],
      ],
    ],
    ["Meera Rao meera@x.example", [["meera@x.example", "Meera Rao"]]],
    [
      "Meera\tmeera@x.example\nRavi\travi@x.example",
      [
        ["meera@x.example", "Meera"],
        ["ravi@x.example", "Ravi"],
      ],
    ],
    [
      "a@x.example b@x.example",
      [
        ["a@x.example", ""],
        ["b@x.example", ""],
      ],
    ],
    ["<mailto:a@x.example>", [["a@x.example", ""]]],
    ["nobody", [["", "nobody"]]],
    [
      "Meera, meera@x.example, nobody, Ravi, ravi@x.example",
      [
        ["meera@x.example", "Meera"],
        ["", "nobody"],
        ["ravi@x.example", "Ravi"],
      ],
    ],
    ["\r\n , ;; \t", []],
  ])("is read as people paste it: %s", (text, people) => {
    expect(read(text)).toEqual(people);
  });

  it("ends, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
        expect(parseRecipients(text).length).toBeLessThanOrEqual(1_000);
      }),
    );
    expect(parseRecipients("a@x.example,".repeat(5_000))).toHaveLength(1_000);
    expect(parseRecipients('"<'.repeat(50_000))).toHaveLength(1);
  });
});
