import { useQueryClient } from "@tanstack/react-query";
import { formatCount } from "../../../parts/money.ts";
import { useScope } from "../../../parts/scope.tsx";
import { isUnderWay } from "../../../plan-queries.ts";
import { Bar } from "../../../ui/bar.tsx";
import { Button } from "../../../ui/button.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Replay } from "../../../wire.ts";

/** How far it has come, or why it came to nothing. */
export function ReplayProgress({ replay }: { replay: Replay }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { submit, isBusy, problem } = useSubmit(
    (_body: Record<string, never>, idempotencyKey) =>
      api.post<Replay>(`/v1/replays/${replay.id}/cancel`, { idempotencyKey }),
    (cancelled) => client.setQueryData(["replay", programId, replay.id], cancelled),
  );
  if (replay.state === "failed")
    return (
      <EmptyState title="This replay failed">
        {replay.reason ?? "The server did not say why."} Nothing was booked.
      </EmptyState>
    );
  if (!isUnderWay(replay))
    return (
      <EmptyState title="This replay was cancelled">
        Nothing was booked. Start another one whenever you like.
      </EmptyState>
    );
  const { done, total } = replay.progress;
  return (
    <div className="grid max-w-xl gap-3 py-6">
      <p role="status" className="text-md font-medium">
        {replay.state === "queued"
          ? "The replay waits for its turn"
          : `${formatCount(done)}${total === null ? "" : ` of ${formatCount(total)}`} settled again`}
      </p>
      <Bar share={total ? done / total : 0} className="h-3" />
      <FormProblem problem={problem} />
      <Button busy={isBusy} onClick={() => void submit({})} className="justify-self-start">
        Cancel
      </Button>
    </div>
  );
}
