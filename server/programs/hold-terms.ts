import type { Reader } from "../platform/database.ts";
import { lockTermsTogether } from "./store.ts";

/**
 * By what a program pays stays as it is until the transaction ends: no plan that counts something new begins to count
 * while a purchase is under way that does not count it yet.
 */
export async function holdTerms(reader: Reader): Promise<void> {
  await lockTermsTogether(reader);
}
