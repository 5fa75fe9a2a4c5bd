import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useEffect } from "react";
import { Redirect, useLocation } from "wouter";
import { apiOf } from "../api.ts";
import { paths } from "../paths.ts";
import { sessionQuery } from "../queries.ts";
import { Bone, ErrorState } from "../ui/states.tsx";
import type { Session } from "../wire.ts";

/** Waits for the session; who has none is sent to sign in and brought back after it. */
export function WithSession({ children }: { children: (session: Session) => ComponentChildren }) {
  const query = useQuery(sessionQuery);
  const [location] = useLocation();
  if (query.data) return <>{children(query.data)}</>;
  if (query.data === null)
    return <Redirect to={`${paths.signIn}?next=${encodeURIComponent(location)}`} replace />;
  if (query.error) {
    return (
      <main className="mx-auto max-w-[40rem] px-4 py-16">
        <ErrorState what="This page" problem={query.error} onRetry={() => query.refetch()} isPage />
      </main>
    );
  }
  return <FrameBones />;
}

/** The frame of a page that is on its way: the same place and size as the static shell. */
export function FrameBones() {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <div className="shell-bar" />
      <div className="shell-body">
        <Bone className="shell-title" />
        <Bone className="shell-line" />
        <Bone className="shell-block" />
      </div>
    </div>
  );
}

export function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const [, navigate] = useLocation();
  return async () => {
    await apiOf(null).remove("/v1/session");
    navigate(paths.signIn);
    client.clear();
  };
}

/** Where somebody belongs who names no page. */
export function homeOf(session: Session): string {
  const [membership] = session.memberships;
  if (session.memberships.length === 1 && membership) return paths.program(membership.program_id);
  if (session.memberships.length > 1) return paths.programs;
  return session.participations.length > 0 ? paths.home : paths.programs;
}

/** A new page is read from its top, by eye and by screen reader. Answers which page it is. */
export function useFreshPage(): string {
  const [location] = useLocation();
  useEffect(() => {
    scrollTo(0, 0);
    if (document.activeElement !== document.body)
      document.querySelector("main")?.focus({ preventScroll: true });
  }, [location]);
  return location;
}
