import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { useScope } from "../../parts/scope.tsx";
import { lintQuery } from "../../plan-queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Radios } from "../../ui/radios.tsx";
import { Bones } from "../../ui/states.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Plan } from "../../wire.ts";
import { Changes } from "./editor/changes.tsx";
import { Findings, Problems } from "./editor/findings.tsx";
import { PublicationDate } from "./publication-date.tsx";

type Props = { plan: Plan; onClose: () => void; onPublished?: () => void };

/** What will hold, read once more before it does: from when, for whom, and what is different. */
export function PublishDialog({ plan, onClose, onPublished }: Props) {
  const { api } = useScope();
  const [draft, setDraft] = useState(plan);
  const lint = useQuery(lintQuery(api, JSON.stringify(draft.document))).data;
  const examples = lint?.examples.filter(({ holds }) => !holds) ?? [];
  return (
    <Dialog title="Publish this plan" place="side" onClose={onClose}>
      <div className="grid gap-2">
        {offerSentences(draft.document, "advocate").map((sentence) => (
          <p key={sentence} className="font-serif text-lg text-pretty">
            {sentence}
          </p>
        ))}
      </div>
      <h3 className="mt-5 border-b border-line pb-1.5 font-semibold">What changes</h3>
      <Changes plan={draft} />
      <ExistingReferrals draft={draft} onChanged={setDraft} />
      {!lint && <Bones rows={2} />}
      {lint && lint.problems.length + lint.findings.length + examples.length > 0 && (
        <>
          <h3 className="mt-5 border-b border-line pb-1.5 font-semibold">Before it is published</h3>
          <Problems problems={lint.problems} onShow={null} />
          {examples.map(({ index, message }) => (
            <p key={index} className="py-2 text-bad">
              Golden example {index + 1} fails. {message}
            </p>
          ))}
          <Findings findings={lint.findings} planId={draft.id} />
        </>
      )}
      <Publication
        draft={draft}
        mayBePublished={lint?.may_be_published ?? false}
        onClose={onClose}
        onPublished={onPublished}
      />
    </Dialog>
  );
}

type PublicationProps = {
  draft: Plan;
  mayBePublished: boolean;
  onClose: () => void;
  onPublished: (() => void) | undefined;
};

function Publication({ draft, mayBePublished, onClose, onPublished }: PublicationProps) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [from, setFrom] = useState<string | null>(null);
  const { submit, isBusy, problem } = useSubmit(
    (body: { from?: string }, idempotencyKey) =>
      api.post<Plan>(`/v1/plans/${draft.id}/publish`, { body, idempotencyKey }),
    (published) => {
      for (const key of ["plans", "plan", "program"])
        void client.invalidateQueries({ queryKey: [key, programId] });
      toast(
        from ? `Version ${published.version} will be in force` : `Version ${published.version} is in force`,
      );
      onClose();
      onPublished?.();
    },
  );
  return (
    <div className="mt-6 grid gap-4">
      <PublicationDate from={from} onChange={setFrom} error={problem?.fieldMessage("/from")} />
      <p className="text-ink-2">
        What was earned before keeps the version it was earned under. A published version can be replaced,
        never changed.
      </p>
      <FormProblem problem={problem} shown={["/from"]} />
      {!mayBePublished && (
        <p className="text-ink-2">It can be published once everything above is settled or acknowledged.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          look="primary"
          busy={isBusy || !mayBePublished}
          onClick={() => void submit(from ? { from } : {})}
        >
          {from ? "Publish from then" : "Publish now"}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Keep as draft
        </Button>
      </div>
    </div>
  );
}

/** It is part of the text: choosing changes the draft, and what was acknowledged for the old text is asked again. */
function ExistingReferrals({ draft, onChanged }: { draft: Plan; onChanged: (plan: Plan) => void }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { submit, problem } = useSubmit(
    (existing: string) =>
      api.patch<Plan>(`/v1/plans/${draft.id}`, {
        body: { document: { ...draft.document, existing_referrals: existing } },
        ifMatch: draft.hash,
      }),
    (plan) => {
      client.setQueryData(["plan", programId, plan.id], plan);
      void client.invalidateQueries({ queryKey: ["plans", programId] });
      onChanged(plan);
    },
  );
  return (
    <div className="mt-5 grid gap-2">
      <Radios
        legend="Referrals made before"
        name="existing"
        value={draft.document.existing_referrals ?? "move"}
        onChoose={(value) => void submit(value)}
        choices={[
          { value: "move", word: "Move to this version", note: "It holds for their purchases from then on." },
          { value: "keep", word: "Keep the version they had", note: "Only new referrals follow this one." },
        ]}
      />
      <FormProblem problem={problem} />
    </div>
  );
}
