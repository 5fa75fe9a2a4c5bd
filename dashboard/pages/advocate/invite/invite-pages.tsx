import type { ComponentType } from "preact";
import { lazy } from "react";
import { Redirect, Route, Switch } from "wouter";
import { paths } from "../../../paths.ts";
import { PlaceTabs } from "../../../ui/navigation.tsx";
import { PageHeading } from "../../../ui/page.tsx";
import { SharePage } from "./share-page.tsx";

type InviteTab = { href: string; word: string; page: ComponentType };

/** The ways to bring somebody, one page each, in the order of how often they are used. */
const TABS: readonly InviteTab[] = [
  { href: paths.invite, word: "Share", page: SharePage },
  { href: paths.links, word: "Links", page: lazy(() => import("./links-page.tsx")) },
];

export default function InvitePages() {
  return (
    <>
      <PageHeading title="Invite" />
      {TABS.length > 1 && <PlaceTabs label="Ways to invite" places={TABS} />}
      <Switch>
        {TABS.map(({ href, page }) => (
          <Route key={href} path={href} component={page} />
        ))}
        <Route>
          <Redirect to={paths.invite} replace />
        </Route>
      </Switch>
    </>
  );
}
