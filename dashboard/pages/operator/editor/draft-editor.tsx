import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { lintQuery } from "../../../plan-queries.ts";
import { Button } from "../../../ui/button.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { PageHeading, Section } from "../../../ui/page.tsx";
import { Tabs } from "../../../ui/tabs.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import type { Plan, PlanDocument, PlanParts, ShelfRule } from "../../../wire.ts";
import { PublishDialog } from "../publish-dialog.tsx";
import { Changes } from "./changes.tsx";
import { DraftProvider } from "./draft-context.tsx";
import { DraftSentences } from "./draft-sentences.tsx";
import { JsonView } from "./json-view.tsx";
import { LookedOver } from "./looked-over.tsx";
import { useDraftText, usePaused } from "./use-draft-text.ts";

type Begun = { plan: Plan | null; document: PlanDocument; baseVersion: number | null };

/** On the way from the first save to the dialog. */
const PUBLISHING = "?publish";

const VIEWS = [
  { value: "sentences", word: "Sentences" },
  { value: "both", word: "Side by side" },
  { value: "json", word: "JSON" },
];

/** A plan as sentences with blanks; what there is to say about it stands beside them. */
export function DraftEditor({ begun, shelf, parts }: { begun: Begun; shelf: ShelfRule[]; parts: PlanParts }) {
  const { api, programId } = useScope();
  const [, navigate] = useLocation();
  const { toast } = useVoice();
  const draft = useDraftText(begun);
  const { document, kept, isDirty, change } = draft;
  const lint = useQuery(lintQuery(api, usePaused(JSON.stringify(document)))).data;
  const [view, setView] = useState("sentences");
  const [isPublishing, setPublishing] = useState(location.search === PUBLISHING);
  const save = async (then = "") => {
    const plan = await draft.save();
    if (!plan) return;
    toast("Draft saved");
    // Kept for the first time it has an address of its own, and the page begins there.
    if (!kept) navigate(`${paths.draft(programId, plan.id)}${then}`, { replace: true });
    else if (then) setPublishing(true);
  };
  const publish = () => (isDirty ? save(PUBLISHING) : setPublishing(true));
  return (
    <DraftProvider draft={{ document, plan: document, change, problems: lint?.problems ?? [], shelf, parts }}>
      <PageHeading
        title={kept ? `Draft: ${document.name || "no name"}` : "A new draft"}
        actions={
          <>
            {kept && !isDirty && (
              <Link
                href={paths.replay(programId, kept.id)}
                className="inline-flex min-h-9 pointer-coarse:min-h-11 items-center rounded-control border border-line-strong bg-surface px-3.5 font-medium no-underline hover:bg-sunken"
              >
                Replay
              </Link>
            )}
            <Button busy={draft.isBusy} onClick={() => void save()} disabled={!isDirty}>
              {isDirty ? "Save draft" : "Saved"}
            </Button>
            <Button look="primary" busy={draft.isBusy} onClick={() => void publish()}>
              Publish…
            </Button>
          </>
        }
      >
        <Link href={paths.plan(programId)} className="text-accent underline">
          Plan
        </Link>{" "}
        · {begun.baseVersion === null ? "Begun from nothing." : `Begun from version ${begun.baseVersion}.`}{" "}
        Nothing changes until it is published.
      </PageHeading>
      <SaveProblem draft={draft} />
      <div className="mb-5">
        <Tabs label="View" tabs={VIEWS} value={view} onChoose={setView} />
      </div>
      <div
        className={`grid items-start gap-x-10 gap-y-10 ${view === "both" ? "lg:grid-cols-2" : "lg:grid-cols-[minmax(0,8fr)_minmax(0,5fr)]"}`}
      >
        {view !== "json" && <DraftSentences lint={lint} />}
        {view !== "sentences" && (
          <Section title="As a document">
            <JsonView />
          </Section>
        )}
        <div className="grid gap-10 lg:sticky lg:top-4">
          <LookedOver lint={lint} planId={kept && !isDirty ? kept.id : null} />
          {kept && (
            <Section title="What changes" aside={isDirty ? "As it was saved" : undefined}>
              <Changes plan={kept} />
            </Section>
          )}
        </div>
      </div>
      {isPublishing && kept && (
        <PublishDialog
          plan={kept}
          onClose={() => setPublishing(false)}
          onPublished={() => navigate(paths.plan(programId))}
        />
      )}
    </DraftProvider>
  );
}

function SaveProblem({ draft }: { draft: ReturnType<typeof useDraftText> }) {
  const { problem } = draft;
  if (!problem) return null;
  if (problem.status !== 412)
    return (
      <div className="mb-5">
        <FormProblem problem={problem} />
      </div>
    );
  return (
    <div
      role="alert"
      className="mb-5 flex flex-wrap items-center justify-between gap-3 rounded-control bg-warn-tint px-3 py-2.5 text-warn"
    >
      <p>
        <span className="font-medium">Somebody else changed this draft.</span> Yours was not saved. Reloading
        shows theirs and lets go of what you wrote here.
      </p>
      <Button onClick={() => void draft.reload()}>Reload</Button>
    </div>
  );
}
