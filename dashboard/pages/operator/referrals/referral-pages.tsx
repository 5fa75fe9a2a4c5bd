import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import { Route, Switch } from "wouter";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { openClaimsQuery, openProposalsQuery } from "../../../referral-queries.ts";
import { PlaceTabs } from "../../../ui/navigation.tsx";
import ReferralsPage from "./referrals-page.tsx";

const ClaimsPage = lazy(() => import("./claims-page.tsx"));
const ReferralPage = lazy(() => import("./referral-page.tsx"));

/** Who brought whom: the list, one of them, and what waits for a decision. */
export default function ReferralPages() {
  const { api, programId } = useScope();
  const claims = useQuery(openClaimsQuery(api));
  const proposals = useQuery(openProposalsQuery(api));
  const waiting = (claims.data?.open ?? 0) + (proposals.data?.data.length ?? 0);
  const places = [
    { href: paths.referrals(programId), word: "All referrals" },
    { href: paths.claims(programId), word: waiting === 0 ? "To decide" : `To decide (${waiting})` },
  ];
  return (
    <Switch>
      <Route path={paths.referrals(programId)}>
        <PlaceTabs label="Referrals" places={places} />
        <ReferralsPage />
      </Route>
      <Route path={paths.claims(programId)}>
        <PlaceTabs label="Referrals" places={places} />
        <ClaimsPage />
      </Route>
      <Route path={paths.referral(programId, ":id")}>
        {({ id }: { id: string }) => <ReferralPage key={id} id={id} />}
      </Route>
    </Switch>
  );
}
