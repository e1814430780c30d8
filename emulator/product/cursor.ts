/** The opaque text that stands for a place in a list, after the row of that serial number: RAM's Marker, EIAM's NextToken. */
export function cursorAfter(serial: number): string {
  return Buffer.from(`after ${serial}`).toString("base64url");
}

/** The serial number in a cursor; undefined where the text is no cursor. */
export function serialOf(cursor: string): number | undefined {
  const serial = /^after (\d+)$/.exec(Buffer.from(cursor, "base64url").toString())?.[1];
  return serial === undefined ? undefined : Number(serial);
}
