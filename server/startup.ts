import { AlreadyRunning } from "./platform/embedded-postgres.ts";
import { UpgradeStopped } from "./platform/installation.ts";
import { MigrationError } from "./platform/migrations.ts";
import { StartupError } from "./platform/startup-error.ts";

/** Where the process was to run, as far as a sentence about its failure needs it. */
export type Place = { host: string; port: number; dataFolder: string };

/** Why a start failed, in one sentence; null when nobody thought of it and the stack says more. */
export function sentenceOf(error: unknown, place: Place): string | null {
  if (error instanceof StartupError || error instanceof AlreadyRunning) return error.message;
  if (error instanceof MigrationError || error instanceof UpgradeStopped) return error.message;
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (syscall === "listen" || syscall === "getaddrinfo") return sentenceOfListening(code, place);
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return `ReferralHub may not write to ${path ?? place.dataFolder}: make it this user's, or choose another folder with REFERRALHUB_DATA.`;
    case "ENOTDIR":
    case "EEXIST":
      return `${place.dataFolder} is not a folder: choose another one with REFERRALHUB_DATA.`;
    case "ENOSPC":
    case "EDQUOT":
      return `The disk of ${place.dataFolder} is full: make room, then start again.`;
    default:
      return null;
  }
}

function sentenceOfListening(code: string | undefined, { host, port }: Place): string | null {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} on ${host} is in use: stop what uses it, or choose another one with PORT.`;
    case "EACCES":
      return `This user may not open port ${port}: choose one above 1023 with PORT.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `${host} is not an address of this machine: choose another one with HOST.`;
    default:
      return null;
  }
}
