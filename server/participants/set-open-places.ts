import type { Tx } from "../platform/database.ts";
import { deleteEveryOpenPlace, insertEveryOpenPlace } from "./store/open-places.ts";

/** Keeps the open places of the whole program from now on, as they are at this moment; or keeps none. */
export async function setOpenPlaces(tx: Tx, isKept: boolean): Promise<void> {
  await deleteEveryOpenPlace(tx);
  if (isKept) await insertEveryOpenPlace(tx);
}
