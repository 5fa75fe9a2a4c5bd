import type { Tx } from "./database.ts";

/** The same transaction at another moment, for history that is written afterwards. Ids still follow the order of writing. */
export function atMoment(tx: Tx, now: Date): Tx {
  return {
    now,
    programId: tx.programId,
    position: tx.position,
    newId: tx.newId,
    many: (query) => tx.many(query),
    one: (query) => tx.one(query),
    maybe: (query) => tx.maybe(query),
    run: (query, options) => tx.run(query, options),
    send: (query) => tx.send(query),
    isKnown: (fact) => tx.isKnown(fact),
    keepInMind: (fact) => tx.keepInMind(fact),
  };
}
