import { useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { Amount } from "../../parts/amount.tsx";
import { formatMoney } from "../../parts/money.ts";
import { KnownPersonLink, PersonLink } from "../../parts/person-link.tsx";
import { useScope } from "../../parts/scope.tsx";
import { sentenceCase } from "../../parts/status.tsx";
import { formatFull } from "../../parts/time.ts";
import { traceQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Facts, PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { StatusPill } from "../../ui/status-pill.tsx";
import type { Refund, Trace, TraceLine } from "../../wire.ts";
import { RefundDialog } from "./refund-dialog.tsx";

export default function ConversionPage({ id }: { id: string }) {
  const { api } = useScope();
  useTitle("Purchase");
  const query = useQuery(traceQuery(api, id));
  return (
    <Loaded query={query} what="This purchase" skeleton={<Bones rows={8} />} isPage>
      {(trace) => <Detail trace={trace} />}
    </Loaded>
  );
}

function Detail({ trace }: { trace: Trace }) {
  const { conversion, lines, refunds } = trace;
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
        By <KnownPersonLink id={conversion.participant_id} /> on {formatFull(conversion.occurred_at)}.{" "}
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
          {refunds.length > 0 && <Refunds trace={trace} />}
        </div>
        <Section title="What was known">
          <Facts facts={factsOf(trace)} />
        </Section>
      </div>
      {isRefunding && (
        <RefundDialog conversion={conversion} refunds={refunds} onClose={() => setRefunding(false)} />
      )}
    </>
  );
}

/** One rule asked about one person: the answer first, the arithmetic under it. */
function Line({ line }: { line: TraceLine }) {
  const isGrant = line.verdict === "grant";
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1.5 border-b border-line py-4 last:border-0">
      <p className={isGrant ? "font-medium" : "text-ink-2"}>
        <PersonAt line={line} /> <span className="font-normal text-ink-2">· {placeWords(line)}</span>
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
        {line.arithmetic.map((step, index) => (
          <p key={step} className={`tabular-nums ${isSum(line, index) ? "text-ink" : ""}`}>
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

/** What came out of several steps stands out from them. */
function isSum({ verdict, arithmetic }: TraceLine, index: number): boolean {
  return verdict === "grant" && index > 0 && arithmetic[index]?.startsWith("In all ") === true;
}

/** Level 0 is the buyer; with nobody named, the rule as a whole had nothing to do with it. */
function placeWords({ level, participant_id: holder }: TraceLine): string {
  if (level > 0) return `level ${level}`;
  return holder ? "the friend" : "the whole rule";
}

function PersonAt({ line }: { line: TraceLine }) {
  if (!line.participant_id) return <>Nobody</>;
  return line.name ? (
    <PersonLink id={line.participant_id} name={line.name} />
  ) : (
    <KnownPersonLink id={line.participant_id} />
  );
}

/** Each refund and what everyone gave back for it. */
function Refunds({ trace }: { trace: Trace }) {
  const names = new Map(trace.lines.map(({ participant_id, name }) => [participant_id, name]));
  return (
    <Section title="Refunds">
      <ul>
        {trace.refunds.map((refund) => (
          <li key={refund.id} className="border-b border-line py-3 last:border-0">
            <p className="flex justify-between gap-4">
              <span>
                {refundWord(refund)} <span className="text-ink-2">on {formatFull(refund.created_at)}</span>
              </span>
              <Amount money={refund.amount} className="font-medium" />
            </p>
            {refund.reversals.map((reversal) => (
              <p key={reversal.reward_id} className="mt-1 flex justify-between gap-4 text-ink-2">
                <span>
                  taken back from{" "}
                  <PersonLink id={reversal.participant_id} name={names.get(reversal.participant_id)} /> ·
                  level {reversal.level}
                </span>
                <Amount money={{ ...reversal.amount, amount: -reversal.amount.amount }} signed />
              </p>
            ))}
            {refund.restorations.map((restoration) => (
              <p
                key={`${restoration.reward_id} again`}
                className="mt-1 flex justify-between gap-4 text-ink-2"
              >
                <span>
                  given back to{" "}
                  <PersonLink id={restoration.participant_id} name={names.get(restoration.participant_id)} />{" "}
                  · level {restoration.level}
                </span>
                <Amount money={restoration.amount} signed />
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Section>
  );
}

const REFUND_WORDS: Record<Refund["status"], string> = {
  waiting: "Refund that waits",
  applied: "Refunded",
  refused: "Refund that did not fit",
  reversed: "Taken by the bank and given back",
};

function refundWord({ kind, status }: Refund): string {
  return kind === "chargeback" && status === "applied" ? "Taken back by the bank" : REFUND_WORDS[status];
}

function factsOf({ conversion, plan, facts }: Trace): [string, ComponentChildren][] {
  return [
    ["Amount", <Amount key="amount" money={conversion.amount} />],
    ...(conversion.original && facts.exchange
      ? ([
          ["Paid", <Amount key="paid" money={conversion.original.amount} />],
          [
            "Exchanged",
            `1 ${facts.exchange.currency} = ${facts.exchange.rate} ${conversion.amount.currency}, ${facts.exchange.source}, from ${facts.exchange.valid_from}`,
          ],
        ] as [string, ComponentChildren][])
      : []),
    ["Profit", facts.profit ? <Amount key="profit" money={facts.profit} /> : "–"],
    ...(facts.profit_source === "default_margin"
      ? [["Profit from", `the program’s margin of ${facts.default_margin} %`] as [string, string]]
      : []),
    ["Refunded", <Amount key="refunded" money={conversion.refunded} />],
    ...(facts.inviter_id
      ? [
          ["Invited by", <KnownPersonLink key="inviter" id={facts.inviter_id} />] as [
            string,
            ComponentChildren,
          ],
        ]
      : []),
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
