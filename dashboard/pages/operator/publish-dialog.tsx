import { useQueryClient } from "@tanstack/react-query";
import { offerSentences, termSentences } from "../../parts/plan-sentence.ts";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Plan } from "../../wire.ts";

/** What will hold from now on, read once more before it does. */
export function PublishDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    (_body: Record<string, never>, idempotencyKey) =>
      api.post<Plan>(`/v1/plans/${plan.id}/publish`, { body: {}, idempotencyKey }),
    (published) => {
      for (const key of ["plans", "plan", "program"])
        void client.invalidateQueries({ queryKey: [key, programId] });
      toast(`Version ${published.version} is in force`);
      onClose();
    },
  );
  return (
    <Dialog title="Publish this plan" onClose={onClose}>
      <div className="grid gap-2">
        {offerSentences(plan.document, "advocate").map((sentence) => (
          <p key={sentence} className="font-serif text-lg">
            {sentence}
          </p>
        ))}
        <p className="text-ink-2">{termSentences(plan.document).join(" ")}</p>
      </div>
      <p className="mt-4">
        It holds for purchases from now on. What was earned before keeps the version it was earned under. A
        published version can be replaced, never changed.
      </p>
      <div className="mt-5 grid gap-4">
        <FormProblem problem={problem} />
        <div className="flex gap-2">
          <Button look="primary" busy={isBusy} onClick={() => void submit({})}>
            Publish now
          </Button>
          <Button look="quiet" onClick={onClose}>
            Keep as draft
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
