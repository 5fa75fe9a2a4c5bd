import { useId, useState } from "react";
import { formatMoney, formatMovement } from "../../../parts/money.ts";
import { Section } from "../../../ui/page.tsx";
import { Table } from "../../../ui/table.tsx";
import type { Money } from "../../../wire.ts";

export type Pair = { name: string; current: Money; draft: Money };

/** Today's plan and the draft beside each other, from one zero; the same as a table for who prefers to read. */
export function PairedBars({ title, heading, pairs }: { title: string; heading: string; pairs: Pair[] }) {
  const [isTable, setTable] = useState(false);
  if (pairs.length === 0) return null;
  return (
    <Section
      title={title}
      aside={
        <button
          type="button"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
          className="min-h-8 pointer-coarse:min-h-11 font-medium text-accent hover:underline"
        >
          {isTable ? "As bars" : "As a table"}
        </button>
      }
    >
      {isTable ? <PairTable title={title} heading={heading} pairs={pairs} /> : <Bars pairs={pairs} />}
    </Section>
  );
}

function Bars({ pairs }: { pairs: Pair[] }) {
  const hatch = useId();
  const most = Math.max(1, ...pairs.flatMap(({ current, draft }) => [current.amount, draft.amount]));
  return (
    <>
      <p className="flex flex-wrap gap-x-5 gap-y-1 pt-3 text-sm text-ink-2">
        <Key word="Today’s plan" fill={`url(#${hatch})`} hatch={hatch} />
        <Key word="This draft" fill="var(--color-accent)" />
      </p>
      <ul className="mt-2 grid gap-3">
        {pairs.map(({ name, current, draft }) => (
          <li
            key={name + current.currency}
            className="grid grid-cols-[minmax(0,1fr)] gap-x-4 sm:grid-cols-[6.5rem_minmax(0,1fr)]"
          >
            <div className="flex items-baseline justify-between gap-3 sm:block">
              <p className="font-medium">{name}</p>
              <p className="figures text-sm text-ink-2">{differenceOf(current, draft)}</p>
            </div>
            <div className="grid min-w-0 gap-1">
              <Line share={current.amount / most} money={current} fill={`url(#${hatch})`} isOutlined />
              <Line share={draft.amount / most} money={draft} fill="var(--color-accent)" />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

type LineProps = { share: number; money: Money; fill: string; isOutlined?: boolean };

/** The figure stands at the end of its bar. */
function Line({ share, money, fill, isOutlined = false }: LineProps) {
  const width = `${(Math.max(0, share) * 100).toFixed(2)}%`;
  return (
    <div className="flex items-center gap-2">
      <svg className="h-4 w-0 min-w-0 flex-1 overflow-visible" aria-hidden="true">
        <rect
          width={width}
          height="16"
          rx="2"
          fill={fill}
          stroke={isOutlined ? "var(--color-line-strong)" : "none"}
          strokeWidth="1"
        />
      </svg>
      <span className="figures min-w-24 text-right">{formatMoney(money)}</span>
    </div>
  );
}

function Key({ word, fill, hatch }: { word: string; fill: string; hatch?: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <svg className="size-3.5" aria-hidden="true">
        {hatch && (
          <defs>
            <pattern
              id={hatch}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect width="5" height="5" fill="var(--color-surface)" />
              <rect width="1.5" height="5" fill="var(--color-line-strong)" />
            </pattern>
          </defs>
        )}
        <rect
          x="0.5"
          y="0.5"
          width="13"
          height="13"
          rx="2"
          fill={fill}
          stroke={hatch ? "var(--color-line-strong)" : "none"}
        />
      </svg>
      {word}
    </span>
  );
}

function PairTable({ title, heading, pairs }: { title: string; heading: string; pairs: Pair[] }) {
  return (
    <Table
      caption={title}
      rows={pairs}
      rowKey={({ name, current }) => name + current.currency}
      columns={[
        { key: "name", header: heading, isTitle: true, cell: ({ name }) => name },
        { key: "now", header: "Today’s plan", isFigure: true, cell: ({ current }) => formatMoney(current) },
        { key: "draft", header: "This draft", isFigure: true, cell: ({ draft }) => formatMoney(draft) },
        {
          key: "difference",
          header: "Difference",
          isFigure: true,
          isLead: true,
          cell: ({ current, draft }) => differenceOf(current, draft),
        },
      ]}
    />
  );
}

export function differenceOf(current: Money, draft: Money): string {
  const amount = draft.amount - current.amount;
  return amount === 0 ? "the same" : formatMovement({ amount, currency: draft.currency });
}
