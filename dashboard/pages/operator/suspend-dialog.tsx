import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { nameOf } from "../../parts/participant-picker.tsx";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

const REASON_CHARS_MAX = 500;

/** What rests while somebody is suspended is said before it is done; the reason is for them too. */
export function SuspendDialog({ participant, onClose }: { participant: Participant; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [reason, setReason] = useState("");
  const name = nameOf(participant);
  const { submit, isBusy, problem } = useSubmit(
    (body: { reason: string }) =>
      api.post<Participant>(`/v1/participants/${participant.id}/suspend`, { body }),
    () => {
      void client.invalidateQueries({ queryKey: ["participant", programId, participant.id] });
      void client.invalidateQueries({ queryKey: ["participants", programId] });
      toast(`${name} is suspended`);
      onClose();
    },
  );
  return (
    <Dialog title={`Suspend ${name}?`} onClose={onClose}>
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ reason });
        }}
      >
        <p className="text-ink-2">
          Nobody new comes through {name} while they are suspended, and their share of purchases goes the way
          the plan says. What they have earned already stays theirs. You can reinstate them at any time.
        </p>
        <Field
          label="Reason"
          required
          maxLength={REASON_CHARS_MAX}
          autoComplete="off"
          value={reason}
          onText={setReason}
          hint={`${name} reads it on their page.`}
          error={problem?.fieldMessage("/reason")}
        />
        <FormProblem problem={problem} shown={["/reason"]} />
        <Button type="submit" look="danger" busy={isBusy} className="self-start">
          Suspend
        </Button>
      </form>
    </Dialog>
  );
}
