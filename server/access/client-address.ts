type Headers = Readonly<Record<string, string | string[] | undefined>>;

const ADDRESS_CHARS_MAX = 64;
const ENTRIES_MAX = 32;

/**
 * The address a request came from. What a client writes into a forwarded header proves nothing, so
 * the header is read only behind the given number of proxies of ours, and only as far to the left as
 * those proxies wrote it.
 */
export function clientAddress(socketAddress: string, headers: Headers, trustedProxyHops: number): string {
  const nearest = plainAddress(socketAddress) ?? "0.0.0.0";
  if (trustedProxyHops <= 0) return nearest;
  const header = headers["x-forwarded-for"];
  const entries = (Array.isArray(header) ? header.join(",") : (header ?? "")).split(",").slice(-ENTRIES_MAX);
  const forwarded = entries.map((entry) => entry.trim()).filter((entry) => entry !== "");
  // Each proxy appended the address it saw: the last entry is what our nearest proxy saw.
  const written = forwarded[Math.max(0, forwarded.length - trustedProxyHops)];
  return (written === undefined ? null : plainAddress(written)) ?? nearest;
}

/** Whom to count: one IPv4 address, or the /64 that one IPv6 customer commands. */
export function addressKey(address: string): string {
  const groups = ipv6Groups(address);
  return groups === null ? address : `${groups.slice(0, 4).join(":")}::/64`;
}

/** Without port, brackets and zone; an IPv4 address in IPv6 clothes as IPv4; null when it is no address. */
function plainAddress(text: string): string | null {
  if (text.length > ADDRESS_CHARS_MAX) return null;
  const bare = text.replace(/^\[([^\]]*)\](:\d+)?$/, "$1").replace(/%.*$/, "");
  const ipv4 = bare.replace(/^::ffff:(?=\d+\.)/i, "").replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1");
  if (isIpv4(ipv4)) return ipv4;
  const groups = ipv6Groups(bare);
  return groups === null ? null : groups.join(":");
}

function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** The eight groups without leading zeros, or null. */
function ipv6Groups(text: string): string[] | null {
  if (!text.includes(":")) return null;
  const halves = text.split("::");
  if (halves.length > 2) return null;
  const [head = "", tail] = halves;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array<string>(missing).fill("0"), ...right];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}
