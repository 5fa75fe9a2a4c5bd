import type { InfiniteData } from "@tanstack/react-query";
import type { Money, Network, NetworkRow } from "../wire.ts";

/** All legs that have arrived so far. */
export function legsOf(data: InfiniteData<Network> | undefined): NetworkRow[] {
  return data?.pages.flatMap((page) => page.data) ?? [];
}

/** The names of direct friends by their id: the only names an advocate sees. */
export function namesOf(data: InfiniteData<Network> | undefined): Map<string, string> {
  return new Map(legsOf(data).flatMap((row) => (row.name ? [[row.participant_id, row.name]] : [])));
}

/** What was earned in one currency; legs are compared in one unit only. */
export function amountIn(earned: Money[], currency: string): number {
  return earned.find((money) => money.currency === currency)?.amount ?? 0;
}
