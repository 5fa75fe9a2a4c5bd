import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Amounts } from "../../parts/amount.tsx";
import { formatCount } from "../../parts/money.ts";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { funnelQuery, programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Figure, FigureBones, Figures, Notice, PageHeading, useTitle } from "../../ui/page.tsx";
import { Bone, Loaded } from "../../ui/states.tsx";
import type { Funnel, Money } from "../../wire.ts";
import { BooksBalance } from "./books-balance.tsx";
import { ChannelTable } from "./channel-table.tsx";
import { FunnelBars } from "./funnel-bars.tsx";
import { LiveFeed } from "./live-feed.tsx";
import { PurchaseDialog } from "./purchase-dialog.tsx";

export function HomePage() {
  const { api, programName } = useScope();
  useTitle(programName);
  const funnel = useQuery(funnelQuery(api));
  const [isTrying, setTrying] = useState(false);
  return (
    <>
      <PageHeading
        title={programName}
        actions={
          <Button look="primary" icon="plus" onClick={() => setTrying(true)}>
            Record a purchase
          </Button>
        }
      >
        <PlanInWords />
      </PageHeading>
      <Loaded query={funnel} what="The numbers" skeleton={<FigureBones />}>
        {(report) => (
          <>
            {report.joined === 0 && <FirstStep />}
            <Numbers report={report} />
          </>
        )}
      </Loaded>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid gap-10">
          <FunnelBars />
          <ChannelTable />
          <BooksBalance />
        </div>
        <LiveFeed />
      </div>
      {isTrying && <PurchaseDialog onClose={() => setTrying(false)} />}
    </>
  );
}

function FirstStep() {
  const { programId } = useScope();
  return (
    <Notice
      action={
        <Link
          href={paths.participants(programId)}
          className="font-medium text-accent hover:underline sm:px-2"
        >
          Add a participant
        </Link>
      }
    >
      Add somebody, send them their link, and watch this page: it follows by itself.
    </Notice>
  );
}

function PlanInWords() {
  const { api, programId } = useScope();
  const { data, error } = useQuery(programQuery(api));
  if (error) return null;
  if (!data) return <Bone className="mt-1 h-4 w-80 max-w-full" />;
  if (data.plan) return <>{offerSentences(data.plan.document, "advocate").join(" ")}</>;
  return (
    <>
      No plan pays yet.{" "}
      <Link href={paths.plan(programId)} className="font-medium text-accent underline">
        Publish one
      </Link>
    </>
  );
}

function Numbers({ report }: { report: Funnel }) {
  const { api } = useScope();
  const { data: program } = useQuery(programQuery(api));
  const zero = program ? [{ amount: 0, currency: program.currency }] : [];
  const orZero = (amounts: Money[]) => (amounts.length > 0 ? amounts : zero);
  return (
    <Figures columns="grid-cols-2 lg:grid-cols-[repeat(5,auto)] max-lg:[&>:last-child]:col-span-2">
      <Figure label="Participants">{formatCount(report.joined)}</Figure>
      <Figure label="Purchases">{formatCount(report.purchases)}</Figure>
      <Figure label="Revenue referred">
        <Amounts amounts={orZero(report.revenue)} />
      </Figure>
      <Figure label="Owed to advocates">
        <Amounts amounts={orZero(report.owed)} />
      </Figure>
      <Figure label="Paid out">
        <Amounts amounts={orZero(report.paid)} />
      </Figure>
    </Figures>
  );
}
