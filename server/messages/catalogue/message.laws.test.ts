import { Value } from "typebox/value";
import { describe, expect, it } from "vitest";
import { checkFacts, composeLetter, renderMail } from "../composition.ts";
import { LANGUAGES } from "../language.ts";
import { type Letter, type Look, renderLetter } from "../letter.ts";
import { type AnyMessage, factsOf } from "../message.ts";
import { placeholdersOf } from "../say.ts";
import { messages } from "./index.ts";

const HTML_BYTES_MAX = 60_000;
const HOSTILE = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> \u202egnp.exe\u2066 & Bcc: a@b.example\r\nX-Evil: 1`;
const STOP = "https://refer.example/stop/token";
const LOOK = { program: "Chai & Co", logoUrl: null, color: "#0b6e4f", address: "1 High Street\nPune" };
const KINDS = ["transactional", "notice", "invitation"];

type Case = { message: AnyMessage; language: (typeof LANGUAGES)[number] };
const cases: [string, Case][] = messages.flatMap((message) =>
  LANGUAGES.map((language): [string, Case] => [`${message.name} in ${language}`, { message, language }]),
);

const rendered = ({ message, language }: Case, facts: Record<string, unknown> = message.sample) =>
  renderMail({ message, language, facts, program: LOOK.program }, LOOK, STOP);

/** The same message where nothing is known that need not be known. */
function barest(message: AnyMessage): Record<string, unknown> {
  const unsure = new Set(factsOf(message).flatMap((one) => (one.isAlwaysKnown ? [] : [one.name])));
  return Object.fromEntries(
    Object.entries(message.sample).map(([name, value]) => [name, unsure.has(name) ? null : value]),
  );
}

function hostile(message: AnyMessage): Record<string, unknown> {
  const texts = new Set(factsOf(message).flatMap((one) => (one.kind === "text" ? [one.name] : [])));
  return Object.fromEntries(
    Object.entries(message.sample).map(([name, value]) => [name, texts.has(name) ? HOSTILE : value]),
  );
}

describe("the shelf of messages", () => {
  it("has names and kinds that tell messages apart", () => {
    expect(new Set(messages.map(({ name }) => name)).size).toBe(messages.length);
    for (const { name, kind, title } of messages) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(KINDS).toContain(kind);
      expect(title.length).toBeGreaterThan(10);
    }
  });
});

describe.each(cases)("%s", (_name, one) => {
  const { message, language } = one;

  it("has every sentence, and the same facts in each as in English", () => {
    expect(Object.keys(message.words[language]).sort()).toEqual(Object.keys(message.words.en).sort());
    for (const [key, text] of Object.entries(message.words[language])) {
      expect(text.trim(), key).not.toBe("");
      expect(placeholdersOf(text).sort(), key).toEqual(placeholdersOf(message.words.en[key] ?? "").sort());
    }
  });

  it("names no fact it does not have, and describes each it has", () => {
    const known = factsOf(message).map(({ name }) => name);
    for (const text of Object.values(message.words[language]))
      for (const name of placeholdersOf(text)) expect(known).toContain(name);
    for (const { name, description } of factsOf(message)) expect(description, name).toMatch(/^[A-Z].{7,}/);
  });

  it("has a sample that is valid, and so is the barest one", () => {
    expect([...Value.Errors(message.facts, message.sample)]).toEqual([]);
    expect([...Value.Errors(message.facts, barest(message))]).toEqual([]);
    expect(() => checkFacts(message, {})).toThrow(message.name);
  });

  if (!message.mail) return;

  it.each([
    ["the sample", message.sample],
    ["the barest facts", barest(message)],
    ["hostile facts", hostile(message)],
  ])("becomes a small mail with one action and a twin in plain text: %s", (_what, facts) => {
    const letter = composeLetter({ message, language, facts, program: LOOK.program });
    const mail = rendered(one, facts);
    expect(Buffer.byteLength(mail.html)).toBeLessThanOrEqual(HTML_BYTES_MAX);
    expect(mail.subject).not.toMatch(/[\r\n{}]/);
    expect(mail.subject.length).toBeGreaterThan(5);
    expect(mail.html).toContain(`<html lang="${language}" dir="ltr">`);
    for (const text of [mail.html, mail.text])
      expect(text).not.toMatch(/undefined|null|\[object|\{[a-z_]+\}/);
    const links = [...mail.html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, url]) => url);
    expect(links).toEqual([...(letter.action ? [letter.action.url] : []), STOP]);
    if (letter.action) expect(mail.text).toContain(`${letter.action.label}:\n${letter.action.url}`);
    for (const text of [letter.heading, ...letter.paragraphs, ...letter.fine])
      expect(mail.text).toContain(text);
    expect(mail.text).toContain(STOP);
    expect(mail.text).toContain("1 High Street\nPune");
  });

  it("lets no fact become markup, a header or an order of reading", () => {
    const mail = rendered(one, hostile(message));
    expect(mail.html).not.toContain("<script");
    expect(mail.html).not.toContain("<img");
    expect(mail.subject).not.toMatch(/[\r\n]/);
    for (const text of [mail.html, mail.text, mail.subject])
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  it("reads from right to left where the language does", () => {
    const letter = composeLetter({ message, language, facts: message.sample, program: LOOK.program });
    const look: Look = {
      ...{ program: LOOK.program, logoUrl: null, color: "#c8800d" },
      footer: { address: null, why: "⟦why⟧", unsubscribeUrl: null },
      ...{ direction: "rtl", language },
    };
    const { html } = renderLetter(mirrored(letter), look);
    expect(html).toContain(`dir="rtl"`);
    expect(html).not.toContain(`dir="ltr">\n`);
    expect(html).toContain("text-align:right");
    expect(html).not.toContain("text-align:left");
    expect(html).toContain("⟦");
  });
});

/** A pseudo-language: every sentence longer by a third and in brackets, so that what is not translatable shows. */
function mirrored(letter: Letter): Letter {
  const say = (text: string) => `⟦${text}${"‑".repeat(Math.ceil(text.length / 3))}⟧`;
  return {
    ...letter,
    subject: say(letter.subject),
    heading: say(letter.heading),
    paragraphs: letter.paragraphs.map(say),
    action: letter.action && { ...letter.action, label: say(letter.action.label) },
    fine: letter.fine.map(say),
  };
}

describe("what a letter leads to", () => {
  it("is a web address, and nothing that runs", () => {
    const message = messages[0] as AnyMessage;
    const facts = { ...message.sample, link: "javascript:alert(1)" };
    expect(() => rendered({ message, language: "en" }, facts)).toThrow("leads to a web address only");
  });
});
