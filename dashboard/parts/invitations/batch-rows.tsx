import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiProblem } from "../../api.ts";
import { batchRowsQuery } from "../../invitation-queries.ts";
import { Button } from "../../ui/button.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, More, Table } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useVoice } from "../../ui/toast.tsx";
import type { Batch, BatchRow } from "../../wire.ts";
import { formatCount } from "../money.ts";
import { useScope } from "../scope.tsx";
import { InvitationStatus } from "./invitation-status.tsx";

type Edit = { email?: string; name?: string; is_left_out?: boolean };

/** The rows of a list, those with problems first; a cell is corrected where it stands. */
export function BatchRows({ batch, onPreview }: { batch: Batch; onPreview: (row: number) => void }) {
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { problems, ready, invited, rows } = batch.counts;
  const wrong = problems.reduce((sum, one) => sum + one.rows, 0);
  const [shown, setShown] = useState(wrong > 0 ? "any" : "");
  const query = useInfiniteQuery({
    ...batchRowsQuery(api, batch.id, shown),
    placeholderData: (previous) => previous,
  });
  const edit = async (row: BatchRow, change: Edit) => {
    try {
      const body = { rows: [{ number: row.number, ...change }] };
      const answer = await api.patch<Batch>(`/v1/invitation_batches/${batch.id}/rows`, { body });
      client.setQueryData(["invitation-batch", api.programId, batch.id], answer);
      await client.invalidateQueries({ queryKey: ["invitation-batch-rows", api.programId, batch.id] });
    } catch (error) {
      toast(error instanceof ApiProblem ? error.message : "That did not work. Try again.");
    }
  };
  const tabs = [
    { value: "any", word: `With problems ${formatCount(wrong)}` },
    ...(ready > 0 ? [{ value: "ready", word: `Ready ${formatCount(ready)}` }] : []),
    ...(invited > 0 ? [{ value: "sent", word: `Invited ${formatCount(invited)}` }] : []),
    { value: "", word: `All ${formatCount(rows)}` },
  ];
  return (
    <div className="grid gap-4">
      <Tabs label="Rows to show" tabs={tabs} value={shown} onChoose={setShown} />
      {shown === "any" && problems.length > 1 && (
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
          {problems.map(({ code, message, rows: count }) => (
            <li key={code}>
              {formatCount(count)} × {message}
            </li>
          ))}
        </ul>
      )}
      <div aria-busy={query.isFetching}>
        <Loaded query={query} what="The rows" skeleton={<Bones rows={8} />}>
          {({ pages }) => {
            const found = pages.flatMap((page) => page.data);
            if (found.length === 0)
              return <EmptyState title="Nothing to correct">Every row that can be sent is ready.</EmptyState>;
            return (
              <Table
                caption="Rows of the list"
                columns={columnsOf(batch, edit, onPreview)}
                rows={found}
                rowKey={({ number }) => String(number)}
              />
            );
          }}
        </Loaded>
        <More query={query} />
      </div>
    </div>
  );
}

function columnsOf(
  batch: Batch,
  edit: (row: BatchRow, change: Edit) => Promise<void>,
  onPreview: (row: number) => void,
): Column<BatchRow>[] {
  const isDraft = batch.status === "draft";
  return [
    { key: "number", header: "Row", isFigure: true, isLeftOutOnPhone: true, cell: ({ number }) => number },
    {
      key: "email",
      header: "E-mail",
      isTitle: true,
      cell: (row) =>
        isDraft ? (
          <CellField
            key={row.email}
            label={`E-mail of row ${row.number}`}
            value={row.email}
            isWrong={row.problem?.code.endsWith("_email") ?? false}
            onSave={(email) => edit(row, { email })}
          />
        ) : (
          <span className="break-all">{row.email}</span>
        ),
    },
    {
      key: "name",
      header: "Name",
      cell: (row) =>
        isDraft ? (
          <CellField
            key={row.name}
            label={`Name of row ${row.number}`}
            value={row.name}
            isWrong={row.problem?.code === "link_in_text"}
            onSave={(name) => edit(row, { name })}
          />
        ) : (
          row.name
        ),
    },
    {
      key: "state",
      header: "State",
      cell: ({ problem, status }) => {
        if (problem)
          return (
            <span className={problem.code === "left_out" ? "text-ink-2" : "text-bad"}>{problem.message}</span>
          );
        if (status)
          return <InvitationStatus status={status as Parameters<typeof InvitationStatus>[0]["status"]} />;
        return <span className="text-ink-2">Ready</span>;
      },
    },
    {
      key: "acts",
      header: "Actions",
      isHeaderUnseen: true,
      cell: (row) => (
        <span className="flex flex-wrap justify-end gap-1">
          {row.problem === null && (
            <Button
              look="quiet"
              onClick={() => onPreview(row.number)}
              aria-label={`Preview row ${row.number}`}
            >
              Preview
            </Button>
          )}
          {isDraft && (row.problem === null || row.problem.code === "left_out") && (
            <Button
              look="quiet"
              onClick={() => edit(row, { is_left_out: row.problem === null })}
              aria-label={`${row.problem ? "Take in" : "Leave out"} row ${row.number}`}
            >
              {row.problem ? "Take in" : "Leave out"}
            </Button>
          )}
        </span>
      ),
    },
  ];
}

type CellProps = { label: string; value: string; isWrong: boolean; onSave: (text: string) => Promise<void> };

/** Saved with Enter or on leaving; Esc brings back what was there. Arrows go to the rows above and below. */
function CellField({ label, value, isWrong, onSave }: CellProps) {
  const [text, setText] = useState(value);
  const save = () => text !== value && void onSave(text);
  return (
    <input
      aria-label={label}
      value={text}
      aria-invalid={isWrong ? true : undefined}
      onInput={(event) => setText(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === "Enter") save();
        else if (event.key === "Escape") setText(value);
        else if (event.key === "ArrowDown") moveTo(event.currentTarget, 1);
        else if (event.key === "ArrowUp") moveTo(event.currentTarget, -1);
      }}
      className="min-h-9 w-full min-w-40 rounded-control border border-transparent bg-transparent px-2 -mx-2 text-ink hover:border-line-strong focus:border-line-strong focus:bg-surface aria-invalid:border-bad pointer-coarse:min-h-11"
    />
  );
}

function moveTo(from: HTMLInputElement, step: 1 | -1): void {
  const cell = from.closest("td");
  const row = cell?.parentElement;
  const next = step === 1 ? row?.nextElementSibling : row?.previousElementSibling;
  const place = cell && row ? [...row.children].indexOf(cell) : -1;
  next?.children[place]?.querySelector("input")?.focus();
}
