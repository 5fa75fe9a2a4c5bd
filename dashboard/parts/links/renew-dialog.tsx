import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Moment } from "../../ui/moment.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { ShareableLink } from "../../wire.ts";
import { useScope } from "../scope.tsx";
import { linkName } from "./link-words.ts";

/** A link that is over works again, from now on. */
export function RenewDialog({ link, onClose }: { link: ShareableLink; onClose: () => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [until, setUntil] = useState<string | null>(null);
  const [most, setMost] = useState(link.max_uses?.toString() ?? "");
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) =>
      api.post<ShareableLink>(`/v1/links/${link.id}/renew`, { body, idempotencyKey }),
    () => {
      void client.invalidateQueries({ queryKey: ["links", programId] });
      onClose();
    },
  );
  return (
    <Dialog title={`Renew ${linkName(link)}`} onClose={onClose}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void submit({ expires_at: until, max_uses: most === "" ? null : Number(most) });
        }}
      >
        <p className="text-ink-2">It works again under every address it has had.</p>
        <Moment
          label="Works until (optional)"
          value={until}
          onChange={setUntil}
          error={problem?.fieldMessage("/expires_at")}
        />
        <Field
          label="For at most (optional)"
          hint="Counted from zero again."
          inputMode="numeric"
          autoComplete="off"
          maxLength={7}
          value={most}
          onText={(text) => setMost(text.replace(/\D/g, ""))}
          error={problem?.fieldMessage("/max_uses")}
        />
        <FormProblem problem={problem} shown={["/expires_at", "/max_uses"]} />
        <Button type="submit" look="primary" busy={isBusy} className="justify-self-start">
          Renew
        </Button>
      </form>
    </Dialog>
  );
}
