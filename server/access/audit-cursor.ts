import { Refusal } from "../primitives/refusal.ts";

export type AuditPlace = { position: bigint; id: string };

const PATTERN = /^(\d{1,19})-(aud_[0-9a-z]{26})$/;
const POSITION_MAX = 9_223_372_036_854_775_807n;

export function auditCursor(place: AuditPlace): string {
  return `${place.position}-${place.id}`;
}

export function parseAuditCursor(text: string): AuditPlace {
  const [, position, id] = PATTERN.exec(text) ?? [];
  if (position === undefined || id === undefined || BigInt(position) > POSITION_MAX)
    throw new Refusal("invalid_cursor");
  return { position: BigInt(position), id };
}
