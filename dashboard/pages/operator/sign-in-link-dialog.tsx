import { useState } from "react";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Participant } from "../../wire.ts";

/** A way in for a participant who has no other, to be handed to them and nobody else. */
export function SignInLinkDialog({
  participant,
  onClose,
}: {
  participant: Participant;
  onClose: () => void;
}) {
  const { api } = useScope();
  const [url, setUrl] = useState<string | null>(null);
  const { submit, isBusy, problem } = useSubmit(
    () => api.post<{ url: string }>(`/v1/participants/${participant.id}/sign_in_link`, {}),
    (link) => setUrl(link.url),
  );
  return (
    <Dialog title="Link to sign in" onClose={onClose}>
      <p className="text-ink-2">
        Signs {participant.name} in: once, within 15 minutes. Whoever opens it is them, so hand it to nobody
        else. It stands in the audit log.
      </p>
      <div className="mt-4 grid gap-4">
        {url === null ? (
          <Button
            look="primary"
            busy={isBusy}
            onClick={() => void submit(undefined)}
            className="justify-self-start"
          >
            Create the link
          </Button>
        ) : (
          <CopyField label="Link" text={url} done="Link copied" />
        )}
        <FormProblem problem={problem} />
      </div>
    </Dialog>
  );
}
