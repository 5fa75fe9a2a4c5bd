import { createHmac } from "node:crypto";

const HASH_CHARS = 22;

/** A keyed hash of the network an address lies in: /24 of IPv4, /48 of IPv6. */
export function networkHash(address: string, key: string): string {
  const network = address.includes(":")
    ? `${address.split(":").slice(0, 3).join(":")}::/48`
    : `${address.split(".").slice(0, 3).join(".")}.0/24`;
  return createHmac("sha256", key).update(`network ${network}`).digest("base64url").slice(0, HASH_CHARS);
}
