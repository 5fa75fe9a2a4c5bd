import { createHmac } from "node:crypto";

/** How a program signs what its links lead on with, and how long that counts. */
export type Signing = { key: string; seconds: number };

/** What goes behind the code and the click, so that a server of the customer's knows they came through a link. */
export function signatureQuery(
  code: string,
  clickId: string,
  { key, seconds }: Signing,
  now: number,
): string {
  const expires = Math.floor(now / 1000) + seconds;
  const signature = createHmac("sha256", key).update(`${code}.${clickId}.${expires}`).digest("base64url");
  return `&exp=${expires}&sig=${signature}`;
}
