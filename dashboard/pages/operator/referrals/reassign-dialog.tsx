import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../../api.ts";
import { formatCount } from "../../../parts/money.ts";
import { ParticipantPicker } from "../../../parts/participant-picker.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { reassignmentPreviewQuery } from "../../../referral-queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { Prose } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { Bones } from "../../../ui/states.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Claim, Participant, Reassignment } from "../../../wire.ts";
import { MovedMoney } from "./moved-money.tsx";

type Props = {
  refereeId: string;
  refereeName: string;
  /** Decides what the friend has asked for. */
  claim?: Claim;
  onClose: () => void;
};

/** Who it was, what that moves, and why: nothing happens before all three are on the screen. */
export function ReassignDialog({ refereeId, refereeName, claim, onClose }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [picked, setPicked] = useState<Participant | null>(null);
  const [reason, setReason] = useState("");
  const advocateId = picked?.id ?? claim?.advocate_id ?? null;
  const path = claim ? `/v1/claims/${claim.id}/approve` : `/v1/referrals/${refereeId}/reassign`;
  const { submit, isBusy, problem } = useSubmit(
    (body: { advocate_id: string; reason: string }, idempotencyKey) =>
      api.post<Reassignment>(path, { body, idempotencyKey }),
    (made) => {
      for (const what of ["referral", "referral-list", "claims", "proposals", "participant", "network"])
        void client.invalidateQueries({ queryKey: [what, programId] });
      toast(
        made.outcome === "proposed"
          ? "Proposed. Somebody else of the team approves it."
          : `It is decided who brought ${refereeName}`,
      );
      onClose();
    },
  );
  const isReady = advocateId !== null && reason.trim() !== "";
  return (
    <Dialog title={claim ? `Who invited ${refereeName}?` : `Who brought ${refereeName}?`} onClose={onClose}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) void submit({ advocate_id: advocateId, reason: reason.trim() });
        }}
      >
        {claim?.advocate_id && picked === null ? (
          <p>
            They name <b className="font-medium">{claim.advocate_name}</b>. Search below if it was somebody
            else.
          </p>
        ) : null}
        <ParticipantPicker label="Advocate" picked={picked} onPick={setPicked} />
        {advocateId && <Preview refereeId={refereeId} advocateId={advocateId} />}
        <Prose
          label="Reason"
          hint={claim ? "They read it, and it stays with the decision." : "It stays with the decision."}
          rows={2}
          maxLength={500}
          value={reason}
          onText={setReason}
          error={problem?.fieldMessage("/reason")}
        />
        <FormProblem problem={problem} shown={["/reason"]} />
        <Button type="submit" look="primary" busy={isBusy} disabled={!isReady} className="self-start">
          {claim ? "Approve" : "Reassign"}
        </Button>
      </form>
    </Dialog>
  );
}

function Preview({ refereeId, advocateId }: { refereeId: string; advocateId: string }) {
  const { api } = useScope();
  const { data, error } = useQuery(reassignmentPreviewQuery(api, refereeId, advocateId));
  if (error instanceof ApiProblem) return <FormProblem problem={error} />;
  if (!data) return <Bones rows={3} />;
  return (
    <div className="grid gap-3" aria-live="polite">
      <MovedMoney money={data.money} />
      {data.advocate_id !== advocateId && (
        <p className="text-ink-2">
          Their own places are taken: the next open one is with {data.advocate_name}.
        </p>
      )}
      {data.people > 0 && (
        <p className="text-ink-2">
          {formatCount(data.people)} {data.people === 1 ? "person moves" : "people move"} along. What they
          bought so far stays with those who stood above them.
        </p>
      )}
      {data.needs_second_person && (
        <p className="text-ink-2">
          This is more than one person decides: somebody else of the team approves it.
        </p>
      )}
    </div>
  );
}
