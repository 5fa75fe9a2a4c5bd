import { useId, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Prose } from "../../ui/field.tsx";
import { FormProblem } from "../../ui/form-problem.tsx";
import { useSubmit } from "../../ui/use-submit.ts";
import type { Batch } from "../../wire.ts";
import { useScope } from "../scope.tsx";

const FILE_BYTES_MAX = 5_000_000;

/** A file that is dropped or chosen, or rows pasted from a sheet. Nothing is mailed by it. */
export function BatchStart({
  participantId,
  onDone,
}: {
  participantId: string | null;
  onDone: (batch: Batch) => void;
}) {
  const { api } = useScope();
  const id = useId();
  const [text, setText] = useState("");
  const [isOver, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState(false);
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey: string) =>
      api.post<Batch>("/v1/invitation_batches", {
        idempotencyKey,
        body: { ...(participantId ? { participant: participantId } : {}), ...body },
      }),
    onDone,
  );
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setTooLarge(file.size > FILE_BYTES_MAX);
    if (file.size > FILE_BYTES_MAX) return;
    // The bytes themselves: only the server can tell in which encoding they were saved.
    const bytes = new Uint8Array(await file.arrayBuffer());
    void submit({ name: file.name.slice(0, 200), content_base64: base64Of(bytes) });
  };
  return (
    <div className="grid max-w-[44rem] gap-8">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard. */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files[0]);
        }}
        className={`grid justify-items-start gap-3 rounded-surface border border-dashed p-6 ${isOver ? "border-accent bg-accent-tint" : "border-line-strong"}`}
      >
        <p className="text-md font-medium">Drop a CSV file here</p>
        <p className="text-ink-2">
          A column with e-mail addresses is enough. Names, messages and columns of your own may stand beside
          it.
        </p>
        <label
          htmlFor={id}
          className="inline-flex min-h-9 cursor-pointer items-center rounded-control border border-line-strong bg-surface px-3.5 font-medium focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-focus hover:bg-sunken pointer-coarse:min-h-11"
        >
          Choose a file
          <input
            id={id}
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            className="sr-only"
            onChange={(event) => {
              void take(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </label>
        {tooLarge && (
          <p role="alert" className="text-bad">
            The file is larger than 5 MB. Split it into several.
          </p>
        )}
      </div>
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") void submit({ text });
        }}
      >
        <Prose label="Or paste rows from a spreadsheet" value={text} onText={setText} rows={6} />
        <div>
          <Button type="submit" look="primary" busy={isBusy}>
            Check the list
          </Button>
        </div>
      </form>
      <FormProblem problem={problem} />
      <p className="text-sm text-ink-2">Nothing is mailed before you have seen who gets what.</p>
    </div>
  );
}

const CHUNK = 0x8000;

function base64Of(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += CHUNK)
    text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text);
}
