import { createHmac, timingSafeEqual } from "node:crypto";
import { expect, it } from "vitest";
import { type Signing, signatureQuery } from "./referral-signature.ts";

const SIGNING: Signing = { key: "a key of the program", seconds: 60 };
const NOW = 1_800_000_000_900;

/** As docs/guides/integrate.md says it to customers. */
function isGenuine({ searchParams: query }: URL, key: string, now: number): boolean {
  const [ref, click, exp, sig = ""] = ["ref", "click", "exp", "sig"].map((name) => query.get(name) ?? "");
  const wanted = createHmac("sha256", key).update(`${ref}.${click}.${exp}`).digest();
  const given = Buffer.from(sig, "base64url");
  return given.length === wanted.length && timingSafeEqual(given, wanted) && Number(exp) > now / 1000;
}

const signed = () =>
  new URL(`https://shop.example/?ref=abc&click=clk_1${signatureQuery("abc", "clk_1", SIGNING, NOW)}`);

it("proves the code, the click and how long they count, and nothing else", () => {
  expect(isGenuine(signed(), SIGNING.key, NOW)).toBe(true);
  expect(signed().searchParams.get("exp")).toBe("1800000060");
  expect(isGenuine(signed(), SIGNING.key, NOW + 59_000)).toBe(true);
  expect(isGenuine(signed(), SIGNING.key, NOW + 60_000)).toBe(false);
  expect(isGenuine(signed(), "a key of another program", NOW)).toBe(false);
});

it.each([
  ["ref", "abd"],
  ["click", "clk_2"],
  ["exp", "1800000061"],
  [
    "sig",
    signed()
      .searchParams.get("sig")
      ?.replace(/^./, (first) => (first === "A" ? "B" : "A")) ?? "",
  ],
  ["sig", ""],
])("does not hold once %s is %s", (name, value) => {
  const changed = signed();
  changed.searchParams.set(name, value);
  expect(isGenuine(changed, SIGNING.key, NOW)).toBe(false);
});
