import { useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { Link } from "wouter";
import type { Trace, TraceLine } from "../../api-types.ts";
import { Amount } from "../../parts/amount.tsx";
import { formatMoney } from "../../parts/money.ts";
import { shortId } from "../../parts/person.ts";
import { useScope } from "../../parts/scope.tsx";
import { sentenceCase } from "../../parts/status.tsx";
import { formatFull } from "../../parts/time.ts";
import { paths } from "../../paths.ts";
import { traceQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Facts, PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import { RefundDialog } from "./refund-dialog.tsx";

export default function ConversionPage({ id }: { id: string }) {
  const { api } = useScope();
  useTitle("Purchase");
  const query = useQuery(traceQuery(api, id));
  return (
    <Loaded query={query} what="This purchase" skeleton={<Bones rows={8} />}>
      {(trace) => <Detail trace={trace} />}
    </Loaded>
  );
}

function Detail({ trace }: { trace: Trace }) {
  const { conversion, lines, reversals } = trace;
  const [isRefunding, setRefunding] = useState(false);
  const granted = lines.filter(({ verdict }) => verdict === "grant").length;
  const isRefundable = conversion.kind !== "signup" && conversion.refunded.amount < conversion.amount.amount;
  return (
    <>
      <PageHeading
        title={
          conversion.kind === "signup"
            ? "Sign-up"
            : `${sentenceCase(conversion.kind)} of ${formatMoney(conversion.amount)}`
        }
        actions={
          isRefundable && (
            <Button icon="undo" onClick={() => setRefunding(true)}>
              Refund
            </Button>
          )
        }
      >
        By <Buyer trace={trace} /> on {formatFull(conversion.occurred_at)}.{" "}
        {conversion.refunded.amount > 0 && `${formatMoney(conversion.refunded)} of it was refunded.`}
      </PageHeading>
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <div className="grid gap-10">
          <Section title="Who earned, and who did not" aside={`${granted} of ${lines.length} earned`}>
            {lines.length === 0 && (
              <EmptyState title="No rule was asked">
                The plan in force had no rule for this kind of conversion.
              </EmptyState>
            )}
            <ol>
              {lines.map((line) => (
                <Line key={`${line.rule} ${line.level}`} line={line} />
              ))}
            </ol>
          </Section>
          {reversals.length > 0 && <Reversals trace={trace} />}
        </div>
        <Section title="What was known">
          <Facts facts={factsOf(trace)} />
        </Section>
      </div>
      {isRefunding && <RefundDialog conversion={conversion} onClose={() => setRefunding(false)} />}
    </>
  );
}

/** One rule asked about one person: the answer first, the arithmetic under it. */
function Line({ line }: { line: TraceLine }) {
  const isGrant = line.verdict === "grant";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 border-b border-line py-4 last:border-0">
      <p className={isGrant ? "font-medium" : "text-ink-2"}>
        <PersonAt line={line} /> <span className="font-normal text-ink-2">· level {line.level}</span>
      </p>
      <p className="text-right">
        {isGrant && line.amount ? (
          <Amount money={line.amount} signed className="font-medium" />
        ) : (
          <StatusPill tone="plain">No earning</StatusPill>
        )}
      </p>
      <div className="col-span-2 text-ink-2">
        {!isGrant && <p>{line.message}</p>}
        {line.arithmetic.map((step) => (
          <p key={step} className="tabular-nums">
            {step}
          </p>
        ))}
        <p className="mt-0.5 text-sm">
          Rule <code className="font-mono text-xs">{line.rule}</code>
        </p>
      </div>
    </li>
  );
}

function PersonAt({ line }: { line: TraceLine }) {
  const { programId } = useScope();
  if (!line.participant_id) return <>Nobody</>;
  return (
    <Link
      href={paths.participant(programId, line.participant_id)}
      className="text-ink no-underline hover:text-accent hover:underline"
    >
      {line.name ?? `Participant ${shortId(line.participant_id)}`}
    </Link>
  );
}

function Buyer({ trace }: { trace: Trace }) {
  const { programId } = useScope();
  const { participant_id, participant_name } = trace.conversion;
  return (
    <Link
      href={paths.participant(programId, participant_id)}
      className="font-medium text-ink hover:text-accent"
    >
      {participant_name ?? `participant ${shortId(participant_id)}`}
    </Link>
  );
}

function Reversals({ trace }: { trace: Trace }) {
  const names = new Map(trace.lines.map(({ participant_id, name }) => [participant_id, name]));
  return (
    <Section title="Taken back after refunds">
      <ul>
        {trace.reversals.map((reversal, index) => (
          <li key={index} className="flex justify-between gap-4 border-b border-line py-2.5 last:border-0">
            <span>
              {names.get(reversal.participant_id) ?? `Participant ${shortId(reversal.participant_id)}`}{" "}
              <span className="text-ink-2">· level {reversal.level}</span>
            </span>
            <Amount money={{ ...reversal.amount, amount: -reversal.amount.amount }} signed />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function factsOf({ conversion, plan }: Trace): [string, ComponentChildren][] {
  return [
    ["Amount", <Amount key="amount" money={conversion.amount} />],
    [
      "Profit",
      conversion.profit ? <Amount key="profit" money={conversion.profit} /> : "by the program’s margin",
    ],
    ["Refunded", <Amount key="refunded" money={conversion.refunded} />],
    ["Plan", plan ? `${plan.name}, version ${plan.version}` : "none in force"],
    ["State", conversion.status === "settled" ? "Settled" : "Recorded, settling follows"],
    [
      "Order number",
      <code key="external" className="font-mono text-sm wrap-anywhere">
        {conversion.external_id}
      </code>,
    ],
    ["Recorded", formatFull(conversion.recorded_at)],
    [
      "Id",
      <code key="id" className="font-mono text-xs wrap-anywhere">
        {conversion.id}
      </code>,
    ],
  ];
}
