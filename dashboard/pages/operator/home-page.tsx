import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import type { Funnel } from "../../api-types.ts";
import { Amounts } from "../../parts/amount.tsx";
import { formatCount } from "../../parts/money.ts";
import { offerSentences } from "../../parts/plan-sentence.ts";
import { useScope } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { funnelQuery, planInForceQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Figure, FigureBones, Figures, PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bone, Bones, Loaded } from "../../ui/states.tsx";
import { BooksBalance } from "./books-balance.tsx";
import { FunnelBars } from "./funnel-bars.tsx";
import { LiveFeed } from "./live-feed.tsx";
import { PurchaseDialog } from "./purchase-dialog.tsx";

export function HomePage() {
  const { api, programId, programName } = useScope();
  useTitle(programName);
  const funnel = useQuery(funnelQuery(api));
  const terms = useQuery(planInForceQuery(api));
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
        {terms.data ? (
          terms.data.plan ? (
            offerSentences(terms.data.plan.document, "advocate").join(" ")
          ) : (
            <>
              No plan pays yet.{" "}
              <Link href={paths.plan(programId)} className="font-medium text-accent underline">
                Publish one
              </Link>
            </>
          )
        ) : (
          <Bone className="mt-1 h-4 w-80 max-w-full" />
        )}
      </PageHeading>
      <Loaded query={funnel} what="The numbers" skeleton={<FigureBones />}>
        {(report) => <Numbers report={report} />}
      </Loaded>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="grid gap-10">
          <Loaded
            query={funnel}
            what="The funnel"
            skeleton={
              <Section title="From visit to reward">
                <Bones rows={4} className="h-16" />
              </Section>
            }
          >
            {(report) => <FunnelBars report={report} />}
          </Loaded>
          <BooksBalance />
        </div>
        <LiveFeed />
      </div>
      {isTrying && <PurchaseDialog onClose={() => setTrying(false)} />}
    </>
  );
}

function Numbers({ report }: { report: Funnel }) {
  return (
    <Figures columns="grid-cols-2 lg:grid-cols-5">
      <Figure label="Participants">{formatCount(report.joined)}</Figure>
      <Figure label="Purchases">{formatCount(report.purchases)}</Figure>
      <Figure label="Revenue referred">
        <Amounts amounts={report.revenue} />
      </Figure>
      <Figure label="Owed to advocates">
        <Amounts amounts={report.owed} />
      </Figure>
      <Figure label="Paid out">
        <Amounts amounts={report.paid} />
      </Figure>
    </Figures>
  );
}
