import { describe, expect, it } from "vitest";
import { addressKey, clientAddress } from "./client-address.ts";

const random = (max: number) => Math.floor(Math.random() * max);
const randomAddress = () => `${random(256)}.${random(256)}.${random(256)}.${random(256)}`;
const SPOOFED = 10_000;

describe("clientAddress", () => {
  it("is one client, whatever it writes into forwarded headers", () => {
    const seen = new Set<string>();
    for (let i = 0; i < SPOOFED; i++) {
      const headers = {
        "x-forwarded-for": randomAddress(),
        "x-real-ip": randomAddress(),
        forwarded: `for=${randomAddress()}`,
      };
      seen.add(clientAddress("203.0.113.9", headers, 0));
    }
    expect([...seen]).toEqual(["203.0.113.9"]);
  });

  it("behind one proxy is what that proxy saw, whatever stands before it", () => {
    const seen = new Set<string>();
    for (let i = 0; i < SPOOFED; i++)
      seen.add(clientAddress("10.0.0.1", { "x-forwarded-for": `${randomAddress()}, 198.51.100.7` }, 1));
    expect([...seen]).toEqual(["198.51.100.7"]);
  });

  it("behind two proxies is what the outer one saw", () => {
    const headers = { "x-forwarded-for": "6.6.6.6, 198.51.100.7, 10.0.0.2" };
    expect(clientAddress("10.0.0.1", headers, 2)).toBe("198.51.100.7");
  });

  it("reads a header sent twice as one list", () => {
    expect(clientAddress("10.0.0.1", { "x-forwarded-for": ["6.6.6.6", "198.51.100.7"] }, 1)).toBe(
      "198.51.100.7",
    );
  });

  it("is the proxy itself when it forwarded nothing usable", () => {
    for (const forwarded of [
      undefined,
      "",
      "unknown",
      "_hidden",
      "1.2.3.400",
      "x".repeat(500),
      "::1::",
      "1:2:3",
    ])
      expect(clientAddress("10.0.0.1", { "x-forwarded-for": forwarded }, 1)).toBe("10.0.0.1");
  });

  it("knows an address in its several spellings", () => {
    const of = (text: string) => clientAddress("10.0.0.1", { "x-forwarded-for": text }, 1);
    expect(of("198.51.100.7:4711")).toBe("198.51.100.7");
    expect(of("::ffff:198.51.100.7")).toBe("198.51.100.7");
    expect(of("[2001:db8::1]:4711")).toBe("2001:db8:0:0:0:0:0:1");
    expect(of("2001:0DB8::0001%eth0")).toBe("2001:db8:0:0:0:0:0:1");
  });
});

describe("addressKey", () => {
  it("counts the 2^64 addresses of one IPv6 customer as one", () => {
    const keys = new Set<string>();
    for (let i = 0; i < 1_000; i++)
      keys.add(addressKey(`2001:db8:1:2:${random(65_536).toString(16)}:${random(65_536).toString(16)}:0:1`));
    expect([...keys]).toEqual(["2001:db8:1:2::/64"]);
  });

  it("tells two customers apart", () => {
    expect(addressKey("2001:db8:1:3::1")).not.toBe(addressKey("2001:db8:1:2::1"));
    expect(addressKey("198.51.100.7")).not.toBe(addressKey("198.51.100.8"));
  });
});
