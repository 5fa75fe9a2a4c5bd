import { createHmac, timingSafeEqual } from "node:crypto";
import { isId } from "../primitives/id.ts";

/** Lets a browser that keeps no cookie see its own welcome for a day. It opens nothing else. */
export type Pass = { programId: string; participantId: string };

const PASS_MS = 24 * 60 * 60 * 1000;

export function issuePass(pass: Pass, key: string, now: Date): string {
  const until = (now.getTime() + PASS_MS).toString(36);
  const text = `${pass.programId}.${pass.participantId}.${until}`;
  return `${text}.${sealOf(text, key)}`;
}

/** What a pass stands for; null when it is not ours or its day is over. */
export function readPass(text: string, key: string, now: Date): Pass | null {
  const [programId = "", participantId = "", until = "", seal = ""] = text.split(".");
  const expected = sealOf(`${programId}.${participantId}.${until}`, key);
  if (seal.length !== expected.length || !timingSafeEqual(Buffer.from(seal), Buffer.from(expected)))
    return null;
  if (Number.parseInt(until, 36) <= now.getTime()) return null;
  return isId("prg", programId) && isId("par", participantId) ? { programId, participantId } : null;
}

function sealOf(text: string, key: string): string {
  return createHmac("sha256", key).update(`welcome ${text}`).digest("base64url");
}
