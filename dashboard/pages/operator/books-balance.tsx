import { useQuery } from "@tanstack/react-query";
import { ApiProblem } from "../../api.ts";
import { useScope } from "../../parts/scope.tsx";
import { formatClock } from "../../parts/time.ts";
import { verifyQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Section } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";

/** The proof that the books balance, checked on the real ledger and readable line by line. */
export function BooksBalance() {
  const { api, live } = useScope();
  const query = useQuery({ ...verifyQuery(api), enabled: live.isReady });
  // Not everyone in the team may look at the books; who may not is not told so on every visit.
  if (query.error instanceof ApiProblem && query.error.status === 403) return null;
  return (
    <Section
      title="Books"
      aside={
        <Button look="quiet" busy={query.isFetching} onClick={() => query.refetch()} className="-mr-3.5">
          {query.isFetching ? "Checking…" : "Check now"}
        </Button>
      }
    >
      <Loaded query={query} what="The check of the books" skeleton={<Bones rows={1} className="h-16" />}>
        {({ ok, checked_at, checks }) => {
          const failed = checks.filter((check) => !check.ok);
          return (
            <>
              <p
                className={`mt-3 flex items-center gap-2 text-md font-semibold ${ok ? "text-ok" : "text-bad"}`}
              >
                <Icon name={ok ? "check" : "alert"} />
                {ok
                  ? "Books balance"
                  : `${failed.length} of ${checks.length} checks failed: ${failed[0]?.name}`}
              </p>
              <p className="mt-1 text-ink-2">
                {checks.length} invariants checked on the ledger at {formatClock(checked_at)}.
              </p>
              <details className="mt-2" open={!ok}>
                <summary className="inline-flex min-h-9 items-center font-medium text-accent hover:underline">
                  Each check and its figure
                </summary>
                <ul className="mt-1 divide-y divide-line border-t border-line">
                  {[...failed, ...checks.filter((check) => check.ok)].map((check) => (
                    <li key={check.id} className="flex items-baseline justify-between gap-4 py-2">
                      <span className="flex min-w-0 items-baseline gap-2">
                        <Icon
                          name={check.ok ? "check" : "cross"}
                          className={`size-3 translate-y-px ${check.ok ? "text-ok" : "text-bad"}`}
                        />
                        <span>
                          {check.name}
                          {check.detail && <span className="block text-sm text-ink-2">{check.detail}</span>}
                        </span>
                      </span>
                      <span className="figures text-ink-2">{check.figure}</span>
                    </li>
                  ))}
                </ul>
              </details>
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}
