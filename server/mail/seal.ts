import { createHmac, timingSafeEqual } from "node:crypto";
import { type Id, isId } from "../primitives/id.ts";
import type { MailId } from "./mail.ts";

/** Which mail of which program: what a link in it, or an address it came from, stands for. */
export type SealedMail = { programId: Id<"prg">; mailId: MailId };

/** A local part may have 64 characters, and both ids take 52 of them. */
const RETURN_SEAL_CHARS = 8;
const STOP_SEAL_CHARS = 32;

/** The link that stops mails. It needs no login: who has the mail may stop it. */
export function stopToken(mail: SealedMail, key: string): string {
  const text = bodyOf(mail);
  return `${text}.${sealOf("stop", text, key).slice(0, STOP_SEAL_CHARS)}`;
}

export function readStopToken(token: string, key: string): SealedMail | null {
  return read("stop", token, STOP_SEAL_CHARS, key);
}

/** The local part of the address a server sends a mail back to. Lower case: some do not keep the case. */
export function returnLocalPart(mail: SealedMail, key: string): string {
  const text = bodyOf(mail);
  return `b+${text}.${sealOf("return", text, key).slice(0, RETURN_SEAL_CHARS)}`;
}

export function readReturnAddress(address: string, key: string): SealedMail | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf("@"))).toLowerCase();
  return local.startsWith("b+") ? read("return", local.slice(2), RETURN_SEAL_CHARS, key) : null;
}

const bodyOf = ({ programId, mailId }: SealedMail): string => `${programId.slice(4)}.${mailId.slice(4)}`;

function read(purpose: string, token: string, sealChars: number, key: string): SealedMail | null {
  const [program = "", mail = "", seal = ""] = token.split(".");
  const wanted = sealOf(purpose, `${program}.${mail}`, key).slice(0, sealChars);
  if (seal.length !== wanted.length || !timingSafeEqual(Buffer.from(seal), Buffer.from(wanted))) return null;
  const [programId, mailId] = [`prg_${program}`, `mal_${mail}`];
  return isId("prg", programId) && isId("mal", mailId) ? { programId, mailId } : null;
}

/** Hexadecimal, which no server and no reader changes. */
function sealOf(purpose: string, text: string, key: string): string {
  return createHmac("sha256", key).update(`mail ${purpose} ${text}`).digest("hex");
}
