import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { batchQuery, rowPreviewQuery } from "../../invitation-queries.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { Section, useTitle } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import { useVoice } from "../../ui/toast.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Batch } from "../../wire.ts";
import { formatCount } from "../money.ts";
import { useScope } from "../scope.tsx";
import { BatchProgress, ResultLink } from "./batch-progress.tsx";
import { BatchRows } from "./batch-rows.tsx";
import { BatchSettings } from "./batch-settings.tsx";
import { MailPreview } from "./mail-preview.tsx";
import { ValidationBar } from "./validation-bar.tsx";

/** One list from its first look to its result. */
export function BatchView({ id }: { id: string }) {
  useTitle("A list of people");
  const { api } = useScope();
  const query = useQuery(batchQuery(api, id));
  return (
    <Loaded query={query} what="The list" skeleton={<Bones rows={8} />} isPage>
      {(batch) => <Known batch={batch} />}
    </Loaded>
  );
}

const WORDS = { pause: "Paused", resume: "Going on", cancel: "Cancelled" } as const;
type Act = keyof typeof WORDS | "send";

function Known({ batch }: { batch: Batch }) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [previewed, setPreviewed] = useState<number | null>(null);
  const { submit, isBusy, problem } = useSubmit(
    ({ act, count }: { act: Act; count?: number }, idempotencyKey: string) =>
      api.post<Batch>(`/v1/invitation_batches/${batch.id}/${act}`, {
        idempotencyKey,
        ...(count === undefined ? {} : { body: { count } }),
      }),
    (answer) => {
      client.setQueryData(["invitation-batch", api.programId, batch.id], answer);
      for (const key of ["invitation-batch-rows", "invitation-batches", "invitations", "invitation-summary"])
        void client.invalidateQueries({ queryKey: [key, api.programId] });
    },
  );
  const act = async (one: keyof typeof WORDS) => {
    if (await submit({ act: one })) toast(WORDS[one]);
  };
  const { ready } = batch.counts;
  const isDraft = batch.status === "draft";
  return (
    <div className="grid gap-8">
      <div className="grid gap-5">
        <h2 className="text-lg font-semibold break-words">{batch.name}</h2>
        {isDraft ? <ValidationBar batch={batch} /> : <BatchProgress batch={batch} />}
        <FormProblem problem={problem} />
        <div className="flex flex-wrap items-center gap-2">
          {isDraft && ready > 0 && (
            <Button
              look="primary"
              icon="share"
              busy={isBusy}
              onClick={() => submit({ act: "send", count: ready })}
            >
              {batch.scheduled_at ? "Schedule" : "Send"} {formatCount(ready)}{" "}
              {ready === 1 ? "invitation" : "invitations"}
            </Button>
          )}
          {batch.status === "sending" && (
            <Button icon="pause" onClick={() => act("pause")}>
              Pause
            </Button>
          )}
          {batch.status === "paused" && (
            <Button look="primary" icon="play" onClick={() => act("resume")}>
              Resume
            </Button>
          )}
          {!isDraft && <ResultLink batch={batch} />}
          {batch.status !== "cancelled" && (
            <Button
              look={isDraft ? "quiet" : "danger"}
              icon={isDraft ? "cross" : "undo"}
              onClick={() => act("cancel")}
            >
              {isDraft ? "Discard the list" : "Cancel what has not left"}
            </Button>
          )}
          {isDraft && <span className="text-sm text-ink-2">Nothing has been mailed yet.</span>}
        </div>
      </div>
      {isDraft && (
        <Section title="Columns and message">
          <div className="pt-5">
            <BatchSettings batch={batch} />
          </div>
        </Section>
      )}
      <Section title="People">
        <div className="pt-5">
          <BatchRows batch={batch} onPreview={setPreviewed} />
        </div>
      </Section>
      {previewed !== null && (
        <RowPreview batch={batch} row={previewed} onRow={setPreviewed} onClose={() => setPreviewed(null)} />
      )}
    </div>
  );
}

type PreviewProps = { batch: Batch; row: number; onRow: (row: number) => void; onClose: () => void };

function RowPreview({ batch, row, onRow, onClose }: PreviewProps) {
  const { api } = useScope();
  const query = useQuery(rowPreviewQuery(api, batch.id, row, JSON.stringify([batch.message, batch.mapping])));
  return (
    <Dialog title={`Row ${row}`} place="side" onClose={onClose}>
      <div className="grid gap-4">
        <div className="flex gap-2">
          <Button onClick={() => onRow(Math.max(1, row - 1))}>Previous</Button>
          <Button onClick={() => onRow(Math.min(batch.counts.rows, row + 1))}>Next</Button>
        </div>
        <Loaded query={query} what="The preview" skeleton={<Bones rows={6} />}>
          {({ subject, html }) => (
            <>
              <p className="text-ink-2">
                Subject: <span className="text-ink">{subject}</span>
              </p>
              <MailPreview html={html} title={`The mail of row ${row}`} />
            </>
          )}
        </Loaded>
      </div>
    </Dialog>
  );
}
