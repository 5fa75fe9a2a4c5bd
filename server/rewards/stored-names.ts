import type { ParticipantId } from "../participants/participant.ts";

/**
 * What a settlement keeps names the buyer and those above again and again. There they are written by where they stand:
 * "@0" is the buyer, "@1" the first above. Neither ids nor the other parts of a counter's key begin so.
 */
export type StoredNames = { short(id: string): string; shortKey(key: string): string };

const PERSON = "par_";
const PLACE = /^@(\d+)$/;

export function namesToStore(
  buyerId: ParticipantId,
  upline: readonly { participantId: ParticipantId }[],
): StoredNames {
  const places = new Map<string, string>([[buyerId, "@0"]]);
  // Should somebody stand above themselves, the first place is theirs.
  upline.forEach(({ participantId }, index) => {
    if (!places.has(participantId)) places.set(participantId, `@${index + 1}`);
  });
  const short = (id: string): string => places.get(id) ?? id;
  return {
    short,
    shortKey(key) {
      const start = key.indexOf(PERSON);
      if (start === -1) return key;
      const colon = key.indexOf(":", start);
      const end = colon === -1 ? key.length : colon;
      return `${key.slice(0, start)}${short(key.slice(start, end))}${key.slice(end)}`;
    },
  };
}

/** Whom a name stands for that was written short; what was kept before there were short ones is whole. */
export function storedName<Name extends string>(
  name: Name,
  buyerId: string,
  upline: readonly (readonly [participantId: string, ...unknown[]])[],
): Name {
  const place = PLACE.exec(name)?.[1];
  if (place === undefined) return name;
  const id = place === "0" ? buyerId : upline[Number(place) - 1]?.[0];
  if (id === undefined) throw new Error(`Nobody stands at ${name} of what was stored.`);
  return id as Name;
}

export function storedKey(
  key: string,
  buyerId: string,
  upline: readonly (readonly [participantId: string, ...unknown[]])[],
): string {
  if (!key.includes("@")) return key;
  return key
    .split(":")
    .map((part) => storedName(part, buyerId, upline))
    .join(":");
}
