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
}: {
  title: string;
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <div className="flex flex-col items-start gap-2 py-6">
      <p className="text-md font-medium">{title}</p>
      <p className="max-w-[58ch] text-ink-2">{children}</p>
      {action && <div className="pt-2">{action}</div>}
    </div>
  );
}

/** What failed, in the server's own sentence, with the id that finds it in the log. */
export function ErrorState({
  what,
  problem,
  onRetry,
}: {
  what: string;
  problem: Error;
  onRetry?: () => void;
}) {
  const { requestId, status } = problem as Partial<ApiProblem>;
  if (status === 403) {
    return (
      <EmptyState title="You may not see this">
        {problem.message} Ask an owner of this program to change your role.
      </EmptyState>
    );
  }
  if (status === 404) {
    return (
      <EmptyState title={`${what} cannot be found`}>It does not exist, or it is not yours to see.</EmptyState>
    );
  }
  return (
    <div role="alert" className="flex flex-col items-start gap-2 py-6">
      <p className="text-md font-medium">{what} could not be loaded</p>
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
  children,
}: {
  query: Loading<Data>;
  what: string;
  skeleton: ComponentChildren;
  children: (data: Data) => ComponentChildren;
}) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.error) return <ErrorState what={what} problem={query.error} onRetry={() => query.refetch()} />;
  return <>{skeleton}</>;
}
