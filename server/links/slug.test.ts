import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCode } from "./code.ts";
import { lookOf, slugProblem, slugsNear } from "./slug.ts";

const rules = { reserved: new Set(["join", "app", "v1", "r", "docs"]), programName: "Acme Perks" };
const verdict = (slug: string) => slugProblem(slug, rules)?.code ?? "fine";

describe("an address of one's own", () => {
  it.each([
    "anika",
    "anika-200",
    "the-best-of-3",
    "a1b",
    "x".repeat(40),
    "classic-cars",
    "scunthorpe",
    "push-it",
    "dickens",
  ])("may be %s", (slug) => {
    expect(verdict(slug)).toBe("fine");
    expect(parseCode(slug)).toBe(slug);
  });

  it.each([
    ...[
      "ab",
      "x".repeat(41),
      "-abc",
      "abc-",
      "a--b",
      "Anika",
      "anika_200",
      "anika.200",
      "änika",
      "аnika",
      "a b",
      "",
      "a/b",
    ].map((slug) => [slug, "invalid_slug"]),
    ...["k7m2q9x4ab", "k7m2-q9x4-ab", "abcdefghjk"].map((slug) => [slug, "generated_slug"]),
    ...[
      "join",
      "app",
      "j0in",
      "jo-in",
      "d0cs",
      "admin",
      "adm1n",
      "4dmin",
      "sign-in",
      "signin",
      "supp0rt",
    ].map((slug) => [slug, "reserved_slug"]),
    ...["acme-perks", "acmeperks", "acme-perk5", "4cme-perks"].map((slug) => [slug, "program_slug"]),
    ...["fuck-this", "f-u-c-k", "sh1t", "a55-hole", "wh0re", "very-n1gga"].map((slug) => [
      slug,
      "unfit_slug",
    ]),
  ])("is not %j: %s", (slug, code) => {
    expect(verdict(slug ?? "")).toBe(code);
  });

  it("may be the program's own name for the program", () => {
    expect(slugProblem("acme-perks", { ...rules, programName: null })).toBeNull();
  });

  it("looks like others that the eye takes for it", () => {
    for (const twin of ["anika-2oo", "anika200", "an-ika-200"])
      expect(lookOf(twin)).toBe(lookOf("anika-200"));
    expect(lookOf("cornvvell-1")).toBe(lookOf("comwell-l"));
    expect(lookOf("ben")).not.toBe(lookOf("den"));
  });

  it("is read back as it was chosen, and never as a code of ours", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{1,42}$/), (text) => {
        if (slugProblem(text, rules) !== null) return;
        expect(parseCode(text)).toBe(text);
        expect(parseCode(` ${text.toUpperCase()} `)).toBe(text);
        expect(text).toMatch(/^[a-z0-9](-?[a-z0-9])+$/);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe("what is near an address that cannot be had", () => {
  it("is made of what was wished for, and may be chosen", () => {
    expect(slugsNear("Änika Rao!", "", rules).slice(0, 3)).toEqual([
      "anika-rao",
      "anika-rao-invites",
      "hello-anika-rao",
    ]);
    expect(slugsNear("anika", "", rules)[0]).toBe("anika-invites");
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 60 }),
        fc.string({ maxLength: 20 }),
        (wish, name) => {
          for (const slug of slugsNear(wish, name, rules)) expect(slugProblem(slug, rules)).toBeNull();
        },
      ),
    );
  });

  it("begins with the name where nothing of the wish is left", () => {
    expect(slugsNear("日本", "Ravi Sharma", rules)[0]).toBe("ravi-sharma");
    expect(slugsNear("日本", "日本", rules)).toEqual([]);
  });
});
