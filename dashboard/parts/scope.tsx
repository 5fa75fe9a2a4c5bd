import type { ComponentChildren } from "preact";
import { createContext, useContext, useMemo } from "react";
import { type Api, apiOf } from "../api.ts";
import type { LiveState } from "../live.ts";

/** The program a page is about, and who looks at it. */
export type Scope = {
  api: Api;
  programId: string;
  programName: string;
  /** Set on an advocate's pages. */
  participantId: string | null;
  live: { state: LiveState; since: string | null; isReady: boolean };
};

const ScopeContext = createContext<Scope | null>(null);

export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error("This page stands outside every program.");
  return scope;
}

/** An advocate's page: there is always a participant. */
export function useAdvocate(): Scope & { participantId: string } {
  const scope = useScope();
  if (scope.participantId === null) throw new Error("This page is an advocate's.");
  return scope as Scope & { participantId: string };
}

type Props = Omit<Scope, "api"> & { children: ComponentChildren };

export function ScopeProvider({ programId, programName, participantId, live, children }: Props) {
  const api = useMemo(() => apiOf(programId), [programId]);
  const scope = { api, programId, programName, participantId, live };
  return <ScopeContext.Provider value={scope}>{children}</ScopeContext.Provider>;
}
