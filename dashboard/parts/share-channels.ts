import type { Share } from "../wire.ts";

export type Channel = Share["channels"][number]["channel"];

/** What channels are called; a name of the program's own is shown as it is. */
const WORDS: Record<Channel, string> = {
  whatsapp: "WhatsApp",
  sms: "Text message",
  email: "E-mail",
  x: "X",
  facebook: "Facebook",
  linkedin: "LinkedIn",
  telegram: "Telegram",
  copy: "Copied link",
  native: "The device’s share sheet",
  qr: "QR code",
};

export function channelWord(channel: string | null): string {
  if (channel === null) return "No channel known";
  return channel in WORDS ? WORDS[channel as Channel] : channel;
}

type Message = { url: string; subject: string; text: string };

/** Where each app takes over, with as much of the message as it accepts. */
const ADDRESSES: Partial<Record<Channel, (message: Message) => string>> = {
  whatsapp: ({ text, url }) => `https://wa.me/?text=${encode(`${text} ${url}`)}`,
  // The form that phones of both makers understand.
  sms: ({ text, url }) => `sms:?&body=${encode(`${text} ${url}`)}`,
  email: ({ subject, text, url }) => `mailto:?subject=${encode(subject)}&body=${encode(`${text}\n\n${url}`)}`,
  x: ({ text, url }) => `https://x.com/intent/post?text=${encode(text)}&url=${encode(url)}`,
  facebook: ({ url }) => `https://www.facebook.com/sharer/sharer.php?u=${encode(url)}`,
  linkedin: ({ url }) => `https://www.linkedin.com/sharing/share-offsite/?url=${encode(url)}`,
  telegram: ({ text, url }) => `https://t.me/share/url?url=${encode(url)}&text=${encode(text)}`,
};

const encode = encodeURIComponent;

/** Null for what no address can open: the device's own sheet, the clipboard, a picture. */
export function channelAddress(channel: Channel, message: Message): string | null {
  return ADDRESSES[channel]?.(message) ?? null;
}

/** Apps that take the link alone: the message has to be pasted there. */
export const takesLinkOnly = (channel: Channel): boolean => channel === "facebook" || channel === "linkedin";
