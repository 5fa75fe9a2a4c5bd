import type { Occasion } from "./occasion.ts";

/** How far a reader of what lies ahead has come: a moment, and an id among those of that moment. */
export type PlaceAhead = { at: Date; id: string };

/** Something that comes by the calendar: who is to be told of it after a place, and the place after them. */
export type AheadPage = { occasions: Occasion[]; upTo: string };

export function placeOf(text: string, start: Date): PlaceAhead {
  const [instant = "", id = ""] = text.split(" ");
  const at = new Date(instant);
  return Number.isNaN(at.getTime()) ? { at: start, id: "" } : { at, id };
}

export function placeText({ at, id }: PlaceAhead): string {
  return `${at.toISOString()} ${id}`;
}

export const DAY_MS = 86_400_000;

export function daysFrom(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS);
}
