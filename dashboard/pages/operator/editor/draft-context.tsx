import type { ComponentChildren } from "preact";
import { createContext, useContext } from "react";
import { valueAt } from "../../../parts/json-pointer.ts";
import type { FieldProblem, PlanDocument, PlanParts, ShelfRule } from "../../../wire.ts";

/** The text being written, and what there is to say about each place in it. */
export type Draft = {
  document: PlanDocument;
  /** What conditions speak of: the plan itself, or the one a promotion lies over. */
  plan: PlanDocument;
  change: (pointer: string, value: unknown) => void;
  problems: readonly FieldProblem[];
  shelf: readonly ShelfRule[];
  /** What the server knows beside rules; null where only conditions are written. */
  parts: PlanParts | null;
};

const DraftContext = createContext<Draft | null>(null);

export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (!draft) throw new Error("A blank stands outside every draft.");
  return draft;
}

export function DraftProvider({ draft, children }: { draft: Draft; children: ComponentChildren }) {
  return <DraftContext.Provider value={draft}>{children}</DraftContext.Provider>;
}

/** One place: what stands there, what is wrong with it, and how it is changed. */
export function usePlace(pointer: string) {
  const { document, change, problems } = useDraft();
  return {
    value: valueAt(document, pointer),
    problem: problems.find((problem) => problem.pointer === pointer)?.message,
    set: (value: unknown) => change(pointer, value),
  };
}

export const fieldId = (pointer: string) => `at${pointer}`;

/** Leads to the blank of a place, or to the nearest one around it. */
export function showPlace(pointer: string): void {
  for (let at = pointer; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const exact = document.getElementById(fieldId(at));
    const inside = document.querySelector<HTMLElement>(`[id^="${CSS.escape(fieldId(at))}"]`);
    const found = exact ?? inside;
    if (!found) continue;
    found.focus();
    found.scrollIntoView({ block: "center" });
    return;
  }
}
