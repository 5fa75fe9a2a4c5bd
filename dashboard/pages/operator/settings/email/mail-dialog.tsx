import { useQuery, useQueryClient } from "@tanstack/react-query";
import { mailQuery, mailSettingsQuery } from "../../../../mail-queries.ts";
import { useScope } from "../../../../parts/scope.tsx";
import { When } from "../../../../parts/when.tsx";
import { Button } from "../../../../ui/button.tsx";
import { CopyButton } from "../../../../ui/copy.tsx";
import { Dialog } from "../../../../ui/dialog.tsx";
import { FormProblem } from "../../../../ui/form-problem.tsx";
import { Bones, Loaded } from "../../../../ui/states.tsx";
import { useVoice } from "../../../../ui/toast.tsx";
import { useSubmit } from "../../../../ui/use-submit.ts";
import type { Mail, MailDetail } from "../../../../wire.ts";
import { LetterFrame } from "./letter-frame.tsx";
import { MailStatus } from "./mail-status.tsx";

const SENDABLE = new Set<Mail["state"]>(["queued", "failed", "bounced", "suppressed", "cancelled"]);

/** One mail: what became of it, what it says, and what can be done about it. */
export function MailDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { api } = useScope();
  const query = useQuery(mailQuery(api, id));
  return (
    <Dialog title={query.data?.content?.subject ?? "Mail"} place="side" onClose={onClose}>
      <Loaded query={query} what="The mail" skeleton={<Bones rows={6} />}>
        {(mail) => (
          <div className="grid gap-5">
            <Facts mail={mail} />
            <Acts mail={mail} />
            {mail.content ? (
              <LetterFrame html={mail.content.html} title="The mail" />
            ) : (
              <p className="text-ink-2">
                {mail.to === null
                  ? "What it said was forgotten, 30 days after its end."
                  : "It lets its reader in, so only owners and admins see what it says."}
              </p>
            )}
          </div>
        )}
      </Loaded>
    </Dialog>
  );
}

function Facts({ mail }: { mail: MailDetail }) {
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="break-all">{mail.to ?? "Forgotten"}</span> <MailStatus state={mail.state} />
      </p>
      <p className="text-sm text-ink-2">
        Posted <When at={mail.created_at} />
        {mail.sent_at && (
          <>
            , sent <When at={mail.sent_at} />
          </>
        )}
        {mail.state === "queued" && mail.attempts > 0 && (
          <>
            , tried {mail.attempts} times, again <When at={mail.next_attempt_at} />
          </>
        )}
      </p>
      {mail.detail && <p className="font-mono text-sm break-words text-ink-2">{mail.detail}</p>}
    </div>
  );
}

function Acts({ mail }: { mail: MailDetail }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    ({ act }: { act: "resend" | "cancel" }, idempotencyKey) =>
      api.post<Mail>(`/v1/mails/${mail.id}/${act}`, { body: {}, idempotencyKey }),
    (changed) => {
      toast(changed.state === "cancelled" ? "Cancelled" : "It goes out with the next ones");
      for (const key of ["mails", "mail", "mail-settings"])
        void client.invalidateQueries({ queryKey: [key, programId] });
    },
  );
  const { data: settings } = useQuery(mailSettingsQuery(api));
  // Without a server nothing would happen; the text is what can be passed on.
  const maySend = SENDABLE.has(mail.state) && mail.to !== null && settings?.server.is_configured === true;
  const link = /https?:\/\/\S+/.exec(mail.content?.text ?? "")?.[0];
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2">
        {mail.content && <CopyButton text={mail.content.text} label="Copy text" done="Text copied" />}
        {link && <CopyButton text={link} label="Copy link" done="Link copied" />}
        {maySend && (
          <Button busy={isBusy} onClick={() => void submit({ act: "resend" })}>
            Send now
          </Button>
        )}
        {mail.state === "queued" && (
          <Button look="danger" busy={isBusy} onClick={() => void submit({ act: "cancel" })}>
            Cancel it
          </Button>
        )}
      </div>
      <FormProblem problem={problem} />
    </div>
  );
}
