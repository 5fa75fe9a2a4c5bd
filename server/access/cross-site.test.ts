import { describe, expect, it } from "vitest";
import { isCrossSite, isJsonOrEmpty } from "./cross-site.ts";

const PUBLIC = "https://refer.example";
const host = { host: "refer.example" };

describe("isCrossSite", () => {
  it.each([
    ["another origin", { ...host, origin: "https://evil.example" }],
    [
      "another origin that says it is ours",
      { ...host, origin: "https://evil.example", "sec-fetch-site": "same-origin" },
    ],
    ["a sub-domain", { ...host, origin: "https://a.refer.example" }],
    ["another port", { host: "refer.example:8443", origin: "https://refer.example:9443" }],
    ["no origin at all", host],
    ["a frame without origin", { ...host, origin: "null" }],
    ["cross-site", { ...host, "sec-fetch-site": "cross-site" }],
    ["same-site", { ...host, "sec-fetch-site": "same-site" }],
    ["nonsense", { ...host, origin: "::::" }],
    ["two origins", { ...host, origin: ["https://refer.example", "https://evil.example"] }],
  ])("distrusts %s", (_, headers) => {
    for (const method of ["POST", "PUT", "PATCH", "DELETE", "post", "BREW"])
      expect(isCrossSite(method, headers, PUBLIC)).toBe(true);
  });

  it.each([
    ["our public origin behind a proxy", { host: "app:3000", origin: PUBLIC }],
    ["the host itself", { host: "127.0.0.1:3000", origin: "http://127.0.0.1:3000" }],
    ["the browser's word", { ...host, "sec-fetch-site": "same-origin" }],
    ["a person typing", { ...host, "sec-fetch-site": "none" }],
  ])("trusts %s", (_, headers) => {
    expect(isCrossSite("POST", headers, PUBLIC)).toBe(false);
  });

  it("lets anybody read", () => {
    for (const method of ["GET", "HEAD", "OPTIONS"])
      expect(isCrossSite(method, { origin: "https://evil.example" }, PUBLIC)).toBe(false);
  });
});

describe("isJsonOrEmpty", () => {
  it("takes JSON or nothing", () => {
    expect(isJsonOrEmpty({ "content-type": "application/json; charset=utf-8" })).toBe(true);
    expect(isJsonOrEmpty({ "content-length": "0" })).toBe(true);
    expect(isJsonOrEmpty({})).toBe(true);
  });

  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "application/jsonp",
    "text/plain; application/json",
  ])("refuses %s", (type) => {
    expect(isJsonOrEmpty({ "content-type": type })).toBe(false);
  });

  it("refuses a body without a type", () => {
    expect(isJsonOrEmpty({ "content-length": "12" })).toBe(false);
    expect(isJsonOrEmpty({ "transfer-encoding": "chunked" })).toBe(false);
  });
});
