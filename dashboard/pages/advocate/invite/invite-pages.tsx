import type { ComponentType } from "preact";
import { lazy } from "react";
import { Redirect, Route, Switch } from "wouter";
import { below, paths } from "../../../paths.ts";
import { PlaceTabs } from "../../../ui/navigation.tsx";
import { PageHeading } from "../../../ui/page.tsx";
import { SharePage } from "./share-page.tsx";

type InviteTab = { href: string; word: string; page: ComponentType };

/** The ways to bring somebody, one page each, in the order of how often they are used. */
const TABS: readonly InviteTab[] = [
  { href: paths.invite, word: "Share", page: SharePage },
  {
    href: paths.invitations,
    word: "Invitations",
    page: lazy(() => import("./invitations-page.tsx")),
  },
  { href: paths.links, word: "Links", page: lazy(() => import("./links-page.tsx")) },
];

/** Steps within a way. */
const NewInvitationPage = lazy(() => import("./new-invitation-page.tsx"));
const BulkPage = lazy(() => import("./bulk-page.tsx"));

export default function InvitePages() {
  return (
    <>
      <PageHeading title="Invite" />
      {TABS.length > 1 && <PlaceTabs label="Ways to invite" places={TABS} />}
      <Switch>
        {TABS.map(({ href, page }) => (
          <Route key={href} path={href} component={page} />
        ))}
        <Route path={paths.newInvitation} component={NewInvitationPage} />
        <Route path={below(paths.bulk)} component={BulkPage} />
        <Route>
          <Redirect to={paths.invite} replace />
        </Route>
      </Switch>
    </>
  );
}
