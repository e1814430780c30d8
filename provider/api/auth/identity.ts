/** A session of a role where nothing else is set: its name, and how many seconds it lasts. */
export const usualSession = { name: "pulumi-alicloud-users", seconds: 3600 } as const;

/** A role that is assumed before anything is called. */
export interface Role {
  arn: string;
  sessionName: string;
  /** How long a session lasts, in seconds; a new one is opened before the old one ends. */
  seconds: number;
  /** What the session may do at most, as the text of a RAM policy. */
  policy?: string | undefined;
  externalId?: string | undefined;
}

/** A role that the token of an OIDC identity provider opens. */
export interface OidcRole extends Omit<Role, "externalId"> {
  providerArn: string;
  token: { file: string } | { text: string };
}

/** Whose credentials sign, or assume a role: a key that was given, or where one is to be had. */
export type Identity =
  | { from: "keys"; accessKeyId: string; accessKeySecret: string; securityToken?: string | undefined }
  /** A profile of the Alibaba Cloud CLI, in its own file or in another one. */
  | { from: "profile"; profile: string; file: string; isOwnFile: boolean }
  /** A service that answers with temporary credentials. */
  | { from: "uri"; uri: string }
  /** The RAM role of the ECS instance that this runs on. */
  | { from: "ecsRole"; roleName: string }
  | { from: "oidc"; role: OidcRole }
  /**
   * Whatever is found on the machine: the current profile of the CLI in this file, where it may be used, and what the
   * vendor's credentials chain knows.
   */
  | { from: "machine"; file?: string | undefined };

/** Whose credentials sign, and where that was found. */
export interface SignIn {
  identity: Identity;
  /** The setting or variable that named the identity. */
  namedBy: string;
  /** Assumed by the identity, and what signs then. */
  role?: Role | undefined;
}
