import { type Finding, type House, isContract, kindOf, type Rule, roomOf } from "../house.ts";
import type { Import, Source } from "../source.ts";

/** Rooms stand in one line; a file imports only what stands above it, and enters other rooms by their verbs. */
export const importLine: Rule = {
  name: "imports follow the line",
  check: ({ sources }, house) => {
    const findings: Finding[] = [];
    for (const source of sources.values()) {
      const room = roomOf(source.path);
      if (room !== "" && kindOf(source.path, house) !== "wiring" && !house.rooms.includes(room))
        findings.push({ file: source.path, line: 1, message: `the room ${room} has no place in the line` });
      for (const one of source.imports) {
        const message =
          one.to === null ? packageObjection(source, one) : objection(source, one, one.to, house);
        if (message) findings.push({ file: source.path, line: one.line, message });
      }
    }
    return findings;
  },
};

function objection({ path }: Source, { isType }: Import, to: string, house: House): string | null {
  if (path.startsWith("tests/journeys/") && to.startsWith("server/"))
    return isContract(to) && isType ? null : `a journey speaks HTTP only and does not import ${to}`;
  const kind = kindOf(path, house);
  if (kind === "test" || kind === "outside") return null;
  if (kind === "wiring") return null;
  if (!to.startsWith("server/")) return `the server does not import ${to}`;
  const [mine, theirs] = [roomOf(path), roomOf(to)];
  if (theirs === "" || kindOf(to, house) === "wiring")
    return `rooms do not import ${to}, it wires them together`;
  if (mine === theirs) return isContract(path) ? contractObjection(to) : null;
  if (house.rooms.indexOf(theirs) >= house.rooms.indexOf(mine)) return `${theirs} stands below ${mine}`;
  if (isContract(path)) return contractObjection(to);
  if (mine === "reports" && house.rooms.indexOf(theirs) > house.rooms.indexOf("events"))
    return `reports read tables and import foundations only, not ${theirs}`;
  return visitObjection(path, to, house);
}

/** A contract is loaded by browsers: wire shapes alone. */
function contractObjection(to: string): string | null {
  return isContract(to) || roomOf(to) === "primitives" ? null : `a contract does not import ${to}`;
}

function visitObjection(path: string, to: string, house: House): string | null {
  const target = kindOf(to, house);
  if (target === "store") return `${to} belongs to its room: stores never cross`;
  if (target === "door" && !isContract(to) && !to.endsWith("/door.ts")) return `${to} is another room's door`;
  if (kindOf(path, house) === "store" && target === "verb")
    return `a store calls no verb of another room: ${to}`;
  return null;
}

function packageObjection({ path }: Source, { from }: Import): string | null {
  if (isContract(path) && from !== "typebox") return `a contract does not import ${from}`;
  return null;
}
