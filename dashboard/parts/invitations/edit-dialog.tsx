import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field, Prose } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Moment } from "../../ui/moment.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Invitation } from "../../wire.ts";
import { useScope } from "../scope.tsx";

const SHOWN = ["/email", "/name", "/message", "/scheduled_at"];

/** Changes what has not gone out; the address of what came back is corrected and sent in one go. */
export function EditDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const isBounced = invitation.status === "bounced";
  const [email, setEmail] = useState(invitation.email ?? "");
  const [name, setName] = useState(invitation.name);
  const [message, setMessage] = useState(invitation.message);
  const [at, setAt] = useState(invitation.scheduled_at);
  const { submit, isBusy, problem } = useSubmit(
    async (body: object, idempotencyKey: string) => {
      const path = `/v1/invitations/${invitation.id}`;
      await api.patch(path, { body, idempotencyKey });
      if (isBounced && email !== invitation.email) await api.post(`${path}/send`);
    },
    () => {
      toast(isBounced ? "Sent to the new address" : "Saved");
      void client.invalidateQueries({ queryKey: ["invitations", api.programId] });
      void client.invalidateQueries({ queryKey: ["invitation-summary", api.programId] });
      onClose();
    },
  );
  const save = (event: Event) => {
    event.preventDefault();
    void submit({
      ...(invitation.channel === "email" ? { email } : {}),
      name,
      message,
      ...(isBounced ? {} : { scheduled_at: at }),
    });
  };
  return (
    <Dialog title={isBounced ? "Fix the address" : "Edit the invitation"} onClose={onClose}>
      <form onSubmit={save} noValidate className="grid gap-5">
        {invitation.channel === "email" && (
          <Field
            label="E-mail"
            type="email"
            value={email}
            onText={setEmail}
            error={problem?.fieldMessage("/email")}
            hint={
              isBounced
                ? "The last mail came back. The invitation goes out again with what you save."
                : undefined
            }
          />
        )}
        <Field label="Name" value={name} onText={setName} error={problem?.fieldMessage("/name")} />
        <Prose
          label="Message"
          value={message}
          onText={setMessage}
          rows={4}
          error={problem?.fieldMessage("/message")}
        />
        {!isBounced && (
          <Moment
            label="Goes out (your time; empty: when you send it)"
            value={at}
            onChange={setAt}
            error={problem?.fieldMessage("/scheduled_at")}
          />
        )}
        <FormProblem problem={problem} shown={SHOWN} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" look="primary" busy={isBusy}>
            {isBounced ? "Save and send" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
