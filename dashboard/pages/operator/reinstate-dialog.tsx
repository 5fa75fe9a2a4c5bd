import { useQueryClient } from "@tanstack/react-query";
import { nameOf } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

export function ReinstateDialog({ participant, onClose }: { participant: Participant; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const name = nameOf(participant);
  const { submit, isBusy, problem } = useSubmit(
    () => api.post<Participant>(`/v1/participants/${participant.id}/reinstate`),
    () => {
      for (const what of ["participant", "balance", "waitlist", "network"])
        void client.invalidateQueries({ queryKey: [what, programId, participant.id] });
      void client.invalidateQueries({ queryKey: ["participants", programId] });
      toast(`${name} takes part again`);
      onClose();
    },
  );
  return (
    <Dialog title={`Reinstate ${name}?`} onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({});
        }}
      >
        <p className="text-ink-2">
          Their link counts again and they earn from the next purchase on. What was held for them goes on its
          way within a minute.
        </p>
        <FormProblem problem={problem} shown={[]} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Reinstate
        </Button>
      </form>
    </Dialog>
  );
}
