import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Prose } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";

type Props = { title: string; hint: string; path: string; onClose: () => void };

/** A no with a reason. */
export function RejectDialog({ title, hint, path, onClose }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [reason, setReason] = useState("");
  const { submit, isBusy, problem } = useSubmit(
    (body: { reason: string }, idempotencyKey) => api.post<object>(path, { body, idempotencyKey }),
    () => {
      for (const what of ["claims", "proposals"])
        void client.invalidateQueries({ queryKey: [what, programId] });
      toast("Rejected.");
      onClose();
    },
  );
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (reason.trim() !== "") void submit({ reason: reason.trim() });
        }}
      >
        <Prose label="Reason" hint={hint} rows={2} maxLength={500} value={reason} onText={setReason} />
        <FormProblem problem={problem} />
        <Button
          type="submit"
          look="danger"
          busy={isBusy}
          disabled={reason.trim() === ""}
          className="self-start"
        >
          Reject
        </Button>
      </form>
    </Dialog>
  );
}
