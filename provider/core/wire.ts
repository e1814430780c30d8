/** An object spelled as the API spells it: request parameters, an answer, a user. */
export type Wire = Record<string, unknown>;

/** One request: an action of the API and its own parameters, without credentials or signature. */
export interface Call {
  action: string;
  params: Wire;
}

/** Values by attribute name: what a program declares, or what the state holds. */
export type Values = Record<string, unknown>;
