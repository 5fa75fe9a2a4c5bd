import type { Tx } from "../platform/database.ts";
import { type NewLogo, upsertLogo } from "./store/brands.ts";

/** Replaces the program's logo, or takes it away. */
export async function setLogo(tx: Tx, logo: NewLogo | null): Promise<void> {
  await upsertLogo(tx, logo, tx.newId("evt").slice(4));
}
