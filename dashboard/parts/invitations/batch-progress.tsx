import { ButtonLink } from "../../ui/button.tsx";
import type { Batch } from "../../wire.ts";
import { formatCount } from "../money.ts";
import { useScope } from "../scope.tsx";
import { formatFull } from "../time.ts";
import { INVITATION_STATUSES } from "./invitation-status.tsx";

/** How far a list has come: what went out, what became of it, and what it waits for. */
export function BatchProgress({ batch }: { batch: Batch }) {
  const { invited, ready, statuses } = batch.counts;
  const whole = invited + ready;
  const share = whole === 0 ? 0 : Math.floor((invited / whole) * 100);
  return (
    <div className="grid gap-3">
      <p className="text-md font-medium" role="status">
        {sentenceOf(batch)}
      </p>
      <progress
        aria-label="Invitations sent"
        value={invited}
        max={Math.max(1, whole)}
        className="h-2 w-full accent-accent"
      >
        {share} %
      </progress>
      <p className="figures text-ink-2">
        {formatCount(invited)} of {formatCount(whole)}
        {statuses.length > 0 &&
          `: ${statuses.map(({ status, invitations }) => `${formatCount(invitations)} ${wordOf(status)}`).join(", ")}`}
      </p>
    </div>
  );
}

/** The outcome of every row, for a spreadsheet. */
export function ResultLink({ batch }: { batch: Batch }) {
  const { api } = useScope();
  const save = async (event: MouseEvent) => {
    event.preventDefault();
    const text = await api.getText(`/v1/invitation_batches/${batch.id}/result`);
    const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    const link = Object.assign(document.createElement("a"), {
      href: url,
      download: `${batch.name}-result.csv`,
    });
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <ButtonLink href={`/v1/invitation_batches/${batch.id}/result`} icon="download" onClick={save}>
      Result as CSV
    </ButtonLink>
  );
}

function wordOf(status: string): string {
  const known = Object.entries(INVITATION_STATUSES).find(([name]) => name === status);
  return (known?.[1].word ?? status).toLowerCase();
}

function sentenceOf({ status, scheduled_at, waits_for, ended_at }: Batch): string {
  if (status === "paused") return "Paused. Nothing more goes out until you resume.";
  if (status === "cancelled") return "Cancelled. What had not left was taken back.";
  if (status === "completed") return `All sent${ended_at ? ` on ${formatFull(ended_at)}` : ""}.`;
  if (scheduled_at && Date.parse(scheduled_at) > Date.now())
    return `Goes out on ${formatFull(scheduled_at)}.`;
  if (waits_for === "tomorrow") return "Enough was sent for today. It goes on tomorrow.";
  if (waits_for === "next_minute") return "Sending at the pace you chose.";
  return "Sending.";
}
