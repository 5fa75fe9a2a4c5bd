import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiOf } from "../api.ts";
import { brandQuery } from "../queries.ts";
import type { Brand } from "../wire.ts";

/** Gives the page the program's colours for as long as it stands, and answers the rest of its look. */
export function useBrand(programId: string): Brand | null {
  const { data: brand } = useQuery(brandQuery(apiOf(programId)));
  const stylesheet = brand?.stylesheet ?? null;
  useEffect(() => {
    if (stylesheet === null) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = pathOf(stylesheet);
    document.head.append(link);
    return () => link.remove();
  }, [stylesheet]);
  return brand ?? null;
}

/** Our files are where the page is, whatever host it was opened on. */
export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}
