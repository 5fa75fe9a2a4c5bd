import { useState } from "react";
import { Link } from "wouter";
import { paths } from "../paths.ts";
import { Menu, menuItem } from "../ui/menu.tsx";
import { ThemeChoice } from "../ui/theme-choice.tsx";
import type { Session } from "../wire.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import { useSignOut } from "./session.tsx";

type Props = {
  session: Session;
  place?: "right" | "foot";
  /** On an advocate's pages: opens what they say about themselves. */
  onProfile?: () => void;
};

export function AccountMenu({ session, place = "right", onProfile }: Props) {
  const signOut = useSignOut();
  const [isSetting, setSetting] = useState(false);
  const isPortal = onProfile !== undefined;
  const name = session.user?.name || session.user?.email || "You";
  return (
    <>
      <Menu icon="user" label={name} place={place} isIconOnPhone>
        {session.user && <p className="truncate px-4 pb-2 text-sm text-ink-2">{session.user.email}</p>}
        <ThemeChoice />
        {isPortal && session.memberships.length > 0 && (
          <Link href={paths.programs} className={menuItem}>
            Programs you run
          </Link>
        )}
        {!isPortal && session.participations.length > 0 && (
          <Link href={paths.home} className={menuItem}>
            Your own link and earnings
          </Link>
        )}
        {onProfile && (
          <button type="button" className={menuItem} onClick={onProfile}>
            What friends see
          </button>
        )}
        {session.user && (
          <button type="button" className={menuItem} onClick={() => setSetting(true)}>
            {session.user.has_password ? "Change password" : "Set a password"}
          </button>
        )}
        <button type="button" className={menuItem} onClick={signOut}>
          Sign out
        </button>
      </Menu>
      {isSetting && (
        <PasswordDialog hasPassword={session.user?.has_password ?? false} onClose={() => setSetting(false)} />
      )}
    </>
  );
}
