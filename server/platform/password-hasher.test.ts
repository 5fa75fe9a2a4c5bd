import { describe, expect, it } from "vitest";
import { PasswordHasher } from "./password-hasher.ts";

const PLACES = 2 + 100;

describe("PasswordHasher", () => {
  it("makes Argon2id hashes at OWASP's minimum that only the password fits", async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash("correct horse");
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(hash, "correct horse")).toBe(true);
    expect(await hasher.verify(hash, "correct horsf")).toBe(false);
    expect(await hasher.verify("not a hash", "correct horse")).toBe(false);
  });

  it("salts: one password never has the same hash twice", async () => {
    const hasher = new PasswordHasher();
    expect(await hasher.hash("same")).not.toBe(await hasher.hash("same"));
  });

  it("lets a crowd wait, refuses who comes after it, and serves everybody it let in", async () => {
    const hasher = new PasswordHasher();
    const crowd = Array.from({ length: PLACES }, () => hasher.verify("not a hash", "x"));
    await expect(hasher.verify("not a hash", "x")).rejects.toThrow("overloaded");
    expect(await Promise.all(crowd)).toHaveLength(PLACES);
    await expect(hasher.verify("not a hash", "x")).resolves.toBe(false);
  });

  it("gives its place back when a hash fails", async () => {
    const hasher = new PasswordHasher();
    const broken = undefined as unknown as string;
    for (let i = 0; i < PLACES; i++) await hasher.hash(broken).catch(() => {});
    expect(await hasher.hash("still works")).toMatch(/^\$argon2id/);
  });
});
