/** What a trial writes into one attribute: at the creation, and in its place later. */
export interface Sample {
  /** Absent where the attribute is not declared at the creation. */
  first?: unknown;
  /** Absent where nothing else can be tried. */
  second?: unknown;
  /** True for what some accounts never show. */
  mayBeHidden?: true;
  /** Why the attribute is not tried. */
  untried?: string;
}

/** What a trial depends on besides the resource. */
export interface Place {
  /** The name of the throwaway user. */
  name: string;
  instance?: string | undefined;
  /** A second organizational unit of the EIAM instance. */
  unit?: string | undefined;
  /** A custom field of the EIAM instance. */
  field?: string | undefined;
}

/** The samples of a resource's attributes, of data that is nobody's. */
export type SamplesOf = (place: Place) => Readonly<Record<string, Sample>>;

/** Two email addresses of the throwaway user. */
export function emailSample(name: string): Sample {
  return { first: `${name}@example.com`, second: `${name}.b@example.com` };
}

/** Two passwords that every service takes. */
export const passwordSample: Sample = { first: "Ab1!trial-first", second: "Cd2?trial-second" };
