import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { withValue } from "../../../parts/json-pointer.ts";
import { useScope } from "../../../parts/scope.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Plan, PlanDocument } from "../../../wire.ts";

const LINT_AFTER_MS = 400;

/** The text as it is being written, and the draft it is kept in. */
export function useDraftText(begun: {
  plan: Plan | null;
  document: PlanDocument;
  baseVersion: number | null;
}) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [kept, setKept] = useState(begun.plan);
  const [document, setDocument] = useState(begun.document);
  const text = JSON.stringify(document);
  const isDirty = kept === null || text !== JSON.stringify(kept.document);
  const { submit, isBusy, problem, forget } = useSubmit(
    (body: { document: PlanDocument }, idempotencyKey) =>
      kept
        ? api.patch<Plan>(`/v1/plans/${kept.id}`, { body, ifMatch: kept.hash })
        : api.post<Plan>("/v1/plans", {
            body: { ...body, base_version: begun.baseVersion },
            idempotencyKey,
          }),
    (plan) => {
      keep(plan);
      // The server's order of keys, unless more was typed meanwhile.
      setDocument((now) => (now === document ? plan.document : now));
    },
  );
  const keep = (plan: Plan) => {
    setKept(plan);
    client.setQueryData(["plan", programId, plan.id], plan);
    void client.invalidateQueries({ queryKey: ["plans", programId] });
    void client.invalidateQueries({ queryKey: ["lint", programId] });
  };
  useWarningBeforeLeaving(isDirty && text !== JSON.stringify(begun.document));
  return {
    document,
    kept,
    isDirty,
    isBusy,
    problem,
    change: (pointer: string, value: unknown) => {
      forget();
      setDocument((old) => withValue(old, pointer, value) as PlanDocument);
    },
    save: () => submit({ document }),
    /** What somebody else made of it takes the place of what stands here. */
    reload: async () => {
      if (!kept) return;
      const plan = await api.get<Plan>(`/v1/plans/${kept.id}`);
      keep(plan);
      setDocument(plan.document);
      forget();
    },
  };
}

/** The text after a pause in typing. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), LINT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return paused;
}

function useWarningBeforeLeaving(isUnkept: boolean): void {
  useEffect(() => {
    if (!isUnkept) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [isUnkept]);
}
