/** The opaque text that leads on from a row of a list: RAM's Marker, EIAM's NextToken. */
export function cursorAfter(serial: number): string {
  return Buffer.from(`after ${serial}`).toString("base64url");
}

/** The serial number of the row that a cursor leads on from, or nothing if it is no cursor. */
export function serialOf(cursor: string): number | undefined {
  const serial = /^after (\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  return serial === undefined ? undefined : Number(serial);
}
