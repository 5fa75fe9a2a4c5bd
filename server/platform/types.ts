import pg from "pg";

const INT8 = 20;

/** How values are read: as `pg` does, but an int8 as `bigint`. */
export const types = {
  getTypeParser: (oid: number, format?: string) =>
    oid === INT8 && format !== "binary" ? BigInt : pg.types.getTypeParser(oid, format as "text"),
};
