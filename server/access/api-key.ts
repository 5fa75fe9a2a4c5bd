import type { Id } from "../primitives/id.ts";
import type { Scope } from "./actor.ts";

export type ApiKeyId = Id<"key">;

/** What a program is shown of a key. The secret itself is shown once and kept nowhere. */
export type ApiKey = {
  id: ApiKeyId;
  name: string;
  scopes: Scope[];
  livemode: boolean;
  hint: string;
  createdAt: Date;
  lastUsedAt: Date | null;
};

const HINT_CHARS = 4;
const SECRET_PATTERN = /^rh_(live|test|pub)_[0-9A-Za-z]{43}$/;

/** The prefix tells people, and scanners of leaked secrets, what they have found. */
export function apiKeySecret(
  { scopes, livemode }: Pick<ApiKey, "scopes" | "livemode">,
  random: string,
): string {
  const kind = isPublicKey(scopes) ? "pub" : livemode ? "live" : "test";
  return `rh_${kind}_${random}`;
}

/** A key that stands in a web page for everybody to read. */
export const isPublicKey = (scopes: readonly Scope[]): boolean => scopes.includes("capture");

/** A text of another form cannot be a key, so it need not be looked up. */
export function isApiKeySecret(text: string): boolean {
  return SECRET_PATTERN.test(text);
}

export function hintOf(secret: string): string {
  return secret.slice(-HINT_CHARS);
}
