import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDestination, parseLinkDomain } from "./destination.ts";

const rules = {
  destinationUrl: "https://shop.example/welcome",
  linkDomains: ["deals.example", "*.shop.example"],
};
const hosts = (url: string) =>
  url === "shop.example" || url === "deals.example" || url.endsWith(".shop.example");

/** Ways to make an address look as if it stayed: none may lead anywhere else, and none may break a header. */
const EVIL = [
  ...[
    "//evil.example",
    "///evil.example",
    "////evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "\\/evil.example",
  ],
  ...[
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https:\\\\evil.example",
    "https:/\\evil.example",
  ],
  ...[
    "http:evil.example",
    "http:/evil.example",
    "HTTPS://evil.example",
    "hTTp://evil.example",
    "https://evil.example:443",
  ],
  ...[
    "https://shop.example@evil.example",
    "https://shop.example:x@evil.example",
    "https://shop.example%40evil.example",
  ],
  ...[
    "https://evil.example\\@shop.example",
    "https://evil.example#@shop.example",
    "https://evil.example?@shop.example",
  ],
  ...[
    "https://evil.example/@shop.example",
    "https://evil.example\\.shop.example",
    "https://evil.example%5c.shop.example",
  ],
  ...[
    "https://evil.example%2f.shop.example",
    "https://evil.example%23.shop.example",
    "https://evil.example%3f.shop.example",
  ],
  ...[
    "https://evil.example%00.shop.example",
    "https://evil.example\u0000.shop.example",
    "https://evil.example\t.shop.example",
  ],
  ...[
    "https://evil.example\n.shop.example",
    "https://evil.example\r\n.shop.example",
    "https://evil.example .shop.example",
  ],
  ...[
    "https://user@shop.example",
    "https://user:pass@shop.example",
    "https://@shop.example",
    "https://:@shop.example",
  ],
  ...[
    "https://shop.example.evil.example",
    "https://shopXexample",
    "https://shop.example-evil.example",
    "https://evilshop.example",
  ],
  ...[
    "https://xshop.example",
    "https://evildeals.example",
    "https://sub.deals.example",
    "https://deals.example.evil.example",
  ],
  ...[
    "https://shop.example.",
    "https://deals.example.",
    "https://shop.example..",
    "https://.shop.example",
    "https://..shop.example",
  ],
  ...[
    "https://shop。example。evil.example",
    "https://evil。example",
    "https://ｅｖｉｌ.example",
    "https://shop.example\u3002evil.example",
  ],
  ...[
    "https://ѕhop.example",
    "https://shоp.example",
    "https://dеals.example",
    "https://xn--shp-0ve.example",
    "https://ſhop.example.evil",
  ],
  ...[
    "https://shop.example\u2044evil.example",
    "https://shop.example\uff0fevil.example",
    "https://shop.example\u2215.evil.example",
  ],
  ...[
    "https://evil.example\u200b.shop.example",
    "https://shop.example\u202e.evil",
    "https://evil.example\ufeff",
    "\ufeffhttps://evil.example",
  ],
  ...[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
  ],
  ...[
    "javascript://shop.example/%0aalert(1)",
    "javascript:https://shop.example",
    "\u0001javascript:alert(1)",
    "vbscript:msgbox(1)",
  ],
  ...[
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data://shop.example/,x",
    "DATA:,x",
  ],
  ...[
    "blob:https://shop.example/x",
    "file:///etc/passwd",
    "file://shop.example/x",
    "ftp://shop.example",
    "ws://shop.example",
  ],
  ...[
    "mailto:a@shop.example",
    "tel:+1",
    "about:blank",
    "view-source:https://shop.example",
    "intent://shop.example",
    "chrome://x",
  ],
  ...[
    "https://shop.example/%0d%0aLocation:%20https://evil.example",
    "https://shop.example/%0aSet-Cookie:a=b",
    "https://shop.example/%0D",
  ],
  ...[
    "https://shop.example/%250d%250aLocation:x",
    "https://shop.example/%25250d",
    "https://shop.example/%00",
    "https://shop.example/%2500",
  ],
  ...[
    "https://shop.example/\r\nLocation: https://evil.example",
    "https://shop.example/\nx",
    "https://shop.example/\tx",
    "https://shop.example/ x",
  ],
  ...[
    "https://shop.example/\\evil.example",
    "https://shop.example\\evil.example",
    "https:\\shop.example",
    "https://shop.example/a\\..\\b",
  ],
  ...[
    "https%3a%2f%2fevil.example",
    "https%3A//evil.example",
    "%68ttps://evil.example",
    "https://%65vil.example",
    "https://%73hop.example",
  ],
  ...[
    "https%253a%252f%252fevil.example",
    "%2f%2fevil.example",
    "%5c%5cevil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
  ],
  ...[
    "/evil",
    "evil.example",
    "www.evil.example",
    "?next=https://evil.example",
    "#https://evil.example",
    "./x",
    "../x",
    ".",
    "",
    " ",
  ],
  ...[
    "https://",
    "https://?",
    "https://#",
    "https:///",
    "http://",
    "//",
    "https:",
    "://evil.example",
    "https//evil.example",
  ],
  ...[
    "https://shop.example:8443",
    "https://shop.example:22",
    "https://deals.example:8080",
    "https://a.shop.example:1",
    "https://shop.example:0",
  ],
  ...[
    "https://shop.example:99999",
    "https://shop.example:evil",
    "https://[::1]",
    "https://127.0.0.1",
    "https://2130706433",
    "https://0x7f.1",
  ],
  ...[
    "https://localhost",
    "https://10.0.0.1",
    "https://[::ffff:7f00:1]",
    "https://169.254.169.254",
    "http://017700000001",
    "https://[shop.example]",
  ],
  ...[
    "http://shop.example",
    "http://shop.example:443",
    "https://shop_example",
    "https://*.shop.example",
    "https://shop.example,evil.example",
  ],
];

describe("where a link may lead", () => {
  it(`stays on the program's domains, whatever is tried (${EVIL.length} ways)`, () => {
    expect(EVIL.length).toBeGreaterThanOrEqual(120);
    const left = EVIL.filter((text) => {
      const verdict = parseDestination(text, rules);
      if (verdict.kind === "refused") return false;
      const url = new URL(verdict.url);
      // What is let through may only be one of ours, spelt plainly.
      return !hosts(url.hostname) || url.protocol !== "https:" || !/^[\x21-\x7e]+$/.test(verdict.url);
    });
    expect(left).toEqual([]);
    expect(EVIL.filter((text) => parseDestination(text, rules).kind === "allowed")).toEqual([]);
  });

  it.each([
    ["https://shop.example", "https://shop.example/"],
    ["https://SHOP.example/Spring?x=1&y=%20#top", "https://shop.example/Spring?x=1&y=%20#top"],
    ["https://deals.example/a/../b", "https://deals.example/b"],
    ["https://deep.down.shop.example/x", "https://deep.down.shop.example/x"],
    ["https://shop.example/日本?q=ü", "https://shop.example/%E6%97%A5%E6%9C%AC?q=%C3%BC"],
    ["http://deals.example/", "http://deals.example/"],
    ["https://shop.example/?next=https://evil.example", "https://shop.example/?next=https://evil.example"],
  ])("may be %s", (text, url) => {
    expect(parseDestination(text, rules)).toEqual({ kind: "allowed", url });
  });

  it("is the program's own host with its port, and nothing but the sign-up page where none is named", () => {
    const local = { destinationUrl: "http://localhost:3000/x", linkDomains: [] };
    expect(parseDestination("http://localhost:3000/y", local)).toMatchObject({ kind: "allowed" });
    expect(parseDestination("http://localhost:3001/y", local)).toMatchObject({ code: "domain_not_allowed" });
    const none = parseDestination("https://shop.example", { destinationUrl: null, linkDomains: [] });
    expect(none).toMatchObject({
      code: "domain_not_allowed",
      message: expect.stringContaining("sign-up page only"),
    });
  });

  it("is never another host, for any address there is", () => {
    const piece = fc.constantFrom(
      ...[
        "https:",
        "http:",
        "//",
        "/",
        "\\",
        "@",
        "?",
        "#",
        ".",
        ":",
        "%2f",
        "%5c",
        "%0d%0a",
        " ",
        "\t",
        "\u3002",
        "%",
      ],
      ...[
        "shop.example",
        "deals.example",
        "evil.example",
        "a",
        "443",
        "xn--",
        "[",
        "]",
        "javascript:",
        "ѕ",
        "％",
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(piece, fc.webUrl(), fc.string({ maxLength: 5 })), { maxLength: 9 }),
        (parts) => {
          const verdict = parseDestination(parts.join(""), rules);
          if (verdict.kind === "refused") return verdict.message.length > 0;
          const url = new URL(verdict.url);
          return (
            hosts(url.hostname) &&
            url.port === "" &&
            url.username === "" &&
            /^[\x21-\x7e]+$/.test(verdict.url)
          );
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it("is refused in less than no time, however long it is", () => {
    for (const text of [
      `https://shop.example/${"a".repeat(50_000)}`,
      "https://".repeat(6_000),
      "@".repeat(50_000),
    ])
      expect(parseDestination(text, rules)).toMatchObject({ kind: "refused", code: "invalid_url" });
  });
});

describe("a domain that links may lead to", () => {
  it.each([
    ["shop.example", "shop.example"],
    [" SHOP.Example ", "shop.example"],
    ["*.shop.example", "*.shop.example"],
    ["münchen.example", "xn--mnchen-3ya.example"],
  ])("may be written %s", (text, domain) => {
    expect(parseLinkDomain(text)).toBe(domain);
  });

  it.each([
    ...["", "*", "*.", "*.com", "com", "localhost", "10.0.0.1", "shop.example/x", "https://shop.example"],
    ...[
      "a@b.example",
      "shop.example:80",
      "shop..example",
      "-a.example",
      "*.*.example",
      "a b.example",
      "[::1]",
      "%2e.example",
    ],
  ])("may not be %j", (text) => {
    expect(parseLinkDomain(text)).toBeNull();
  });
});
