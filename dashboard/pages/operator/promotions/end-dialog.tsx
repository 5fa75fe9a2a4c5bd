import { useQueryClient } from "@tanstack/react-query";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Promotion } from "../../../wire.ts";

/** It cannot be begun again, so it is asked once more. */
export function EndDialog({ promotion, onClose }: { promotion: Promotion; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { name } = promotion.document;
  const { submit, isBusy, problem } = useSubmit(
    (_body: Record<string, never>, idempotencyKey) =>
      api.post<Promotion>(`/v1/promotions/${promotion.id}/end`, { idempotencyKey }),
    () => {
      void client.invalidateQueries({ queryKey: ["promotions", programId] });
      toast(`“${name}” is over`);
      onClose();
    },
  );
  return (
    <Dialog title={`End “${name}” now`} onClose={onClose}>
      <p>
        From this moment it adds nothing any more. What it added stays with whoever earned it. It cannot be
        begun again; a new one can.
      </p>
      <div className="mt-5 grid gap-4">
        <FormProblem problem={problem} />
        <div className="flex flex-wrap gap-2">
          <Button look="danger" busy={isBusy} onClick={() => void submit({})}>
            End it now
          </Button>
          <Button look="quiet" onClick={onClose}>
            Let it run
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
