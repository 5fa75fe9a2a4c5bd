import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { planText } from "../../parts/plan-text.ts";
import { useScope } from "../../parts/scope.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextArea } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Plan, PlanDocument } from "../../wire.ts";

type Props = { plan: Plan | null; onClose: () => void; onDrafted: (plan: Plan) => void };

/** A draft as its document, read back as sentences while it is typed. */
export function PlanEditor({ plan, onClose, onDrafted }: Props) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [text, setText] = useState(planText(plan?.document ?? {}));
  const document = readDocument(text);
  const { submit, isBusy, problem } = useSubmit(
    (body: { document: unknown }, idempotencyKey) => api.post<Plan>("/v1/plans", { body, idempotencyKey }),
    (draft) => {
      void client.invalidateQueries({ queryKey: ["plans", programId] });
      onClose();
      onDrafted(draft);
    },
  );
  return (
    <Dialog title="Draft a new version" place="side" onClose={onClose}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (document) void submit({ document });
        }}
      >
        <div aria-live="polite" className="rounded-control bg-sunken px-4 py-3">
          {document ? (
            sentencesOf(document).map((sentence) => <p key={sentence}>{sentence}</p>)
          ) : (
            <p className="text-bad">This is not a JSON document yet.</p>
          )}
        </div>
        <TextArea
          label="Plan document"
          rows={22}
          value={text}
          onText={setText}
          hint="A draft changes nothing. Publishing it is a step of its own."
        />
        <FormProblem problem={problem} />
        <Button type="submit" look="primary" busy={isBusy} className="self-start">
          Save draft
        </Button>
      </form>
    </Dialog>
  );
}

function readDocument(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** While it is being typed anything may be missing; the server says exactly what. */
function sentencesOf(document: unknown): string[] {
  try {
    return offerSentences(document as PlanDocument, "advocate");
  } catch {
    return ["Not a whole plan yet."];
  }
}
