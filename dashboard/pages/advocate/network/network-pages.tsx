import { Route, Switch } from "wouter";
import { paths } from "../../../paths.ts";
import { PlaceTabs } from "../../../ui/navigation.tsx";
import { PageHeading } from "../../../ui/page.tsx";
import { FriendsPage } from "./friends-page.tsx";
import { TreePage } from "./tree-page.tsx";

const TABS = [
  { href: paths.network, word: "Everybody" },
  { href: paths.friends, word: "Your friends" },
] as const;

/** The people below somebody: all of them by leg, and one's own friends step by step. */
export default function NetworkPages() {
  return (
    <>
      <PageHeading title="Network">
        The people you brought, and the people they brought. Names are shown for your own friends only.
      </PageHeading>
      <PlaceTabs label="Views of your network" places={TABS} />
      <Switch>
        <Route path={paths.friends} component={FriendsPage} />
        <Route component={TreePage} />
      </Switch>
    </>
  );
}
