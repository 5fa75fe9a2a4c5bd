import { createHash, createHmac } from "node:crypto";

const TOKEN_BYTES = 16;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/**
 * The 128 bits in the address of an invitation, made from the installation's key: whoever made the invitation
 * can be shown it again, and it is nowhere kept but as a hash. A new number makes those before it worthless.
 */
export function invitationToken(invitationId: string, number: number, key: string): string {
  const bytes = createHmac("sha256", key).update(`invitation token ${invitationId} ${number}`).digest();
  return bytes.subarray(0, TOKEN_BYTES).toString("base64url");
}

export function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

export function isToken(text: string): boolean {
  return TOKEN.test(text);
}

/** The address a friend opens. */
export function invitationUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/i/${token}`;
}
