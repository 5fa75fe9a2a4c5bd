import type { ComponentChildren } from "preact";
import type { ApiProblem } from "../api.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy.tsx";

/** A bone of the layout that is coming, as large as what it stands for. */
export function Bone({ className }: { className: string }) {
  return <span aria-hidden="true" className={`bone block ${className}`} />;
}

export function Bones({ rows, className = "h-11" }: { rows: number; className?: string }) {
  return (
    <div role="status" className="divide-y divide-line">
      <span className="sr-only">Loading</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={`flex items-center justify-between gap-6 ${className}`}>
          <Bone className="h-3.5 w-2/5" />
          <Bone className="h-3.5 w-20" />
        </div>
      ))}
    </div>
  );
}

/** What this place will show, and the one act that fills it. */
export function EmptyState({
  title,
  children,
  action,
  isPage = false,
}: {
  title: string;
  children: ComponentChildren;
  action?: ComponentChildren;
  isPage?: boolean;
}) {
  return (
    <div className="flex flex-col items-start gap-2 py-6">
      <StateTitle isPage={isPage}>{title}</StateTitle>
      <p className="max-w-[58ch] text-ink-2">{children}</p>
      {action && <div className="pt-2">{action}</div>}
    </div>
  );
}

/** The name of a place; where the state is all there is, the name of the page. */
function StateTitle({ isPage, children }: { isPage: boolean; children: ComponentChildren }) {
  if (isPage) return <h1 className="text-xl font-semibold text-balance">{children}</h1>;
  return <p className="text-md font-medium">{children}</p>;
}

/** What failed, in the server's own sentence, with the id that finds it in the log. */
export function ErrorState({
  what,
  problem,
  onRetry,
  isPage = false,
}: {
  what: string;
  problem: Error;
  onRetry?: () => void;
  isPage?: boolean;
}) {
  const { requestId, status } = problem as Partial<ApiProblem>;
  if (status === 403) {
    return (
      <EmptyState title="You may not see this" isPage={isPage}>
        {problem.message} Ask an owner of this program to change your role.
      </EmptyState>
    );
  }
  if (status === 404) {
    return (
      <EmptyState title={`${what} cannot be found`} isPage={isPage}>
        It does not exist, or it is not yours to see.
      </EmptyState>
    );
  }
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-6">
      <StateTitle isPage={isPage}>{what} could not be loaded</StateTitle>
      <p className="max-w-[58ch] text-ink-2">{problem.message} Nothing was changed.</p>
      <div className="flex flex-wrap items-center gap-2 pt-2">
        {onRetry && <Button onClick={onRetry}>Retry</Button>}
        {requestId && (
          <CopyButton
            text={requestId}
            label={`Request ${requestId.slice(-8)}`}
            done="Request id copied"
            look="quiet"
          />
        )}
      </div>
    </div>
  );
}

type Loading<Data> = {
  data: Data | undefined;
  error: Error | null;
  refetch: () => unknown;
};

/** Skeleton, error or content; what was there stays while it is asked for again. */
export function Loaded<Data>({
  query,
  what,
  skeleton,
  isPage = false,
  children,
}: {
  query: Loading<Data>;
  what: string;
  skeleton: ComponentChildren;
  /** Without the answer the page has no other heading. */
  isPage?: boolean;
  children: (data: Data) => ComponentChildren;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) {
    const retry = () => query.refetch();
    return <ErrorState what={what} problem={query.error} onRetry={retry} isPage={isPage} />;
  }
  return <>{skeleton}</>;
}
