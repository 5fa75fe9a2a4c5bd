import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parameterProblems, withParameters } from "./link-parameters.ts";

const codes = (parameters: Record<string, string>) =>
  parameterProblems(parameters).map(({ pointer, code }) => `${pointer} ${code}`);

describe("parameters of a link", () => {
  it("may be those that every analytics knows, and ten of one's own", () => {
    const own = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`own_${index}`, "x"]));
    expect(
      codes({ utm_source: "poster", utm_medium: "print", utm_campaign: "Spring & more", ...own }),
    ).toEqual([]);
    expect(codes({ ...own, eleventh: "x" })).toEqual(["/parameters too_many_parameters"]);
  });

  it("are not what a link says by itself, nor anything that could be mistaken", () => {
    expect(codes({ ref: "x", via: "y" })).toEqual([
      "/parameters/ref reserved_parameter",
      "/parameters/via reserved_parameter",
    ]);
    for (const key of [
      "utm_sorce",
      "Key",
      "1st",
      "a b",
      "a[]",
      "a.b",
      "a=b",
      "ä",
      "",
      "x".repeat(33),
      "__proto__",
    ])
      expect(codes({ [key]: "x" }), key).toHaveLength(1);
    for (const value of ["", "a\nb", "a\u0000", "\u202eabc", "x".repeat(201), "\ud800"])
      expect(codes({ utm_term: value }), JSON.stringify(value)).toEqual([
        "/parameters/utm_term invalid_parameter",
      ]);
  });

  it("come back as they were, whatever they are, and change nothing else of the address", () => {
    const key = fc.stringMatching(/^[a-z][a-z0-9_-]{0,9}$/);
    const value = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(key, value, { maxKeys: 5 }), (parameters) => {
        fc.pre(Object.values(parameters).every((text) => text.isWellFormed()));
        const url = new URL(withParameters("https://shop.example/a?kept=1&b=%20#top", parameters));
        for (const [name, text] of Object.entries(parameters))
          expect(url.searchParams.getAll(name)).toEqual([text]);
        if (!("kept" in parameters)) expect(url.searchParams.get("kept")).toBe("1");
        expect([url.host, url.pathname, url.hash]).toEqual(["shop.example", "/a", "#top"]);
      }),
    );
  });

  it("take the place of those that the address has already", () => {
    expect(withParameters("https://a.example/?utm_source=x&a=1&utm%5fsource=y", { utm_source: "z" })).toBe(
      "https://a.example/?a=1&utm_source=z",
    );
    expect(withParameters("https://a.example/#x?y", {})).toBe("https://a.example/#x?y");
  });
});
