import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useScope } from "../../../parts/scope.tsx";
import { Button } from "../../../ui/button.tsx";
import { Field } from "../../../ui/field.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { StatusPill } from "../../../ui/status-pill.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { FieldProblem, Finding } from "../../../wire.ts";

type Show = ((pointer: string) => void) | null;

/** Why the text is no plan yet, each leading to its place. */
export function Problems({ problems, onShow }: { problems: readonly FieldProblem[]; onShow: Show }) {
  if (problems.length === 0) return null;
  return (
    <div className="py-3">
      <p className="font-medium text-bad">
        {problems.length === 1
          ? "One thing keeps this from being a plan"
          : `${problems.length} things keep this from being a plan`}
      </p>
      <ul className="mt-1 grid gap-1.5">
        {problems.map(({ pointer, code, message }) => (
          <li key={pointer + code}>
            {message} <Whereabouts pointer={pointer} onShow={onShow} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What there is to say about a plan: blocking first, each with what would be done about it. */
export function Findings({
  findings,
  planId,
  onShow = null,
}: {
  findings: readonly Finding[];
  /** The draft that has exactly this text; null while it is not kept. */
  planId: string | null;
  onShow?: Show;
}) {
  const rank = ({ severity, acknowledged }: Finding) => (severity === "blocking" ? 0 : acknowledged ? 2 : 1);
  const sorted = [...findings].sort((a, b) => rank(a) - rank(b));
  return (
    <ul>
      {sorted.map((finding) => (
        <FindingEntry
          key={finding.code + finding.pointer}
          finding={finding}
          planId={planId}
          onShow={onShow}
        />
      ))}
    </ul>
  );
}

function FindingEntry({
  finding,
  planId,
  onShow,
}: {
  finding: Finding;
  planId: string | null;
  onShow: Show;
}) {
  const { severity, title, message, fix, pointer, acknowledged } = finding;
  const isBlocking = severity === "blocking";
  return (
    <li className="grid gap-1 border-b border-line py-3 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="font-medium">{title}</h3>
        {isBlocking ? (
          <StatusPill tone="bad">Blocks publishing</StatusPill>
        ) : (
          <StatusPill tone={acknowledged ? "plain" : "warn"} icon={acknowledged ? "check" : "alert"}>
            {acknowledged ? "Acknowledged" : "To acknowledge"}
          </StatusPill>
        )}
      </div>
      <p>{message}</p>
      <p className="text-ink-2">
        {fix} <Whereabouts pointer={pointer} onShow={onShow} />
      </p>
      {acknowledged && <p className="text-ink-2">Acknowledged: “{acknowledged.reason}”</p>}
      {!isBlocking && !acknowledged && planId && <Acknowledge code={finding.code} planId={planId} />}
    </li>
  );
}

function Whereabouts({ pointer, onShow }: { pointer: string; onShow: Show }) {
  if (pointer === "") return null;
  if (!onShow) return <code className="font-mono text-xs text-ink-2">{pointer}</code>;
  return (
    <button
      type="button"
      className="min-h-6 font-mono text-xs text-accent underline underline-offset-2"
      onClick={() => onShow(pointer)}
    >
      {pointer}
    </button>
  );
}

/** Somebody says why it is wanted all the same; it holds for this text only. */
function Acknowledge({ code, planId }: { code: string; planId: string }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { submit, isBusy, problem } = useSubmit(
    (body: { code: string; reason: string }, idempotencyKey) =>
      api.post(`/v1/plans/${planId}/acknowledgements`, { body, idempotencyKey }),
    () => {
      void client.invalidateQueries({ queryKey: ["lint", programId] });
    },
  );
  if (!isOpen) {
    return (
      <Button className="mt-1 justify-self-start" onClick={() => setOpen(true)}>
        Acknowledge
      </Button>
    );
  }
  return (
    <form
      className="mt-1 grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void submit({ code, reason });
      }}
    >
      <Field
        label="Why it is wanted all the same"
        value={reason}
        onText={setReason}
        error={problem?.fieldMessage("/reason")}
      />
      <FormProblem problem={problem} shown={["/reason"]} />
      <Button type="submit" busy={isBusy} className="justify-self-start">
        Acknowledge
      </Button>
    </form>
  );
}
