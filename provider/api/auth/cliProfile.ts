import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { type Identity, type Role, usualSession } from "./identity";

const text = z.string().optional();
const seconds = z.coerce.number().optional();
const profileSchema = z.looseObject({
  name: z.string(),
  mode: z.string(),
  region_id: text,
  source_profile: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  external_id: text,
  ram_role_name: text,
  ram_role_arn: text,
  ram_session_name: text,
  expired_seconds: seconds,
  oidc_provider_arn: text,
  oidc_token_file: text,
  duration_seconds: seconds,
});
const fileSchema = z.looseObject({ current: text, profiles: z.array(profileSchema) });

/** A profile of the Alibaba Cloud CLI, in the words of its file. */
export type CliProfile = z.infer<typeof profileSchema>;

/** The home folder, as the vendor's library finds it too. */
export function homeOf(environment: Readonly<Record<string, string | undefined>>): string {
  return environment.HOME || environment.USERPROFILE || homedir();
}

/** The file in which the CLI keeps its profiles. */
export function cliFile(home: string): string {
  return path.join(home, ".aliyun", "config.json");
}

/**
 * The profile of that name, or the current one. Throws a reason that holds nothing of the file's content, which has
 * secrets in it.
 */
export function readCliProfile(file: string, name?: string): CliProfile {
  const { current, profiles } = contentOf(file);
  const wanted = name ?? current;
  const profile = profiles.find((each) => each.name === wanted);
  if (profile) return profile;
  throw new Error(`${file} has no profile "${wanted ?? ""}"`);
}

/** The current profile; nothing where the CLI was never set up, or has written a profile without any key for a start. */
export function currentCliProfile(file: string): CliProfile | undefined {
  if (!existsSync(file)) return undefined;
  const { current } = contentOf(file);
  if (!current) return undefined;
  const profile = readCliProfile(file, current);
  const isEmpty = profile.mode === "AK" && !profile.access_key_id && !profile.access_key_secret;
  return isEmpty ? undefined : profile;
}

function contentOf(file: string): z.infer<typeof fileSchema> {
  try {
    const { success, data } = fileSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (success) return data;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== undefined) throw new Error(`${file} cannot be read: ${code}`);
  }
  throw new Error(`${file} does not hold profiles as the CLI writes them`);
}

/** The words of the file for the parts of a key. */
const words = {
  accessKeyId: "access_key_id",
  accessKeySecret: "access_key_secret",
  securityToken: "sts_token",
};

/** Whose keys a profile gives, and the roles that are assumed with them, one after the other. */
export interface ProfileSignIn {
  identity: Exclude<Identity, { from: "profile" } | { from: "machine" }>;
  roles: Role[];
}

/** How a profile signs in; nothing for the modes that the vendor's library alone knows, such as CloudSSO and OAuth. */
export function profileSignIn(
  profile: CliProfile,
  find: (name: string) => CliProfile,
): ProfileSignIn | undefined {
  const keys = () => {
    const { access_key_id: accessKeyId, access_key_secret: accessKeySecret } = profile;
    if (!accessKeyId || !accessKeySecret) throw new Error("it has no access key");
    const securityToken = profile.mode === "StsToken" ? profile.sts_token : undefined;
    const spaced = Object.entries({ accessKeyId, accessKeySecret, securityToken }).find(
      ([, value]) => value !== value?.trim(),
    );
    if (spaced)
      throw new Error(`its ${words[spaced[0] as keyof typeof words]} begins or ends with white space`);
    return { from: "keys", accessKeyId, accessKeySecret, securityToken } as const;
  };
  if (profile.mode === "AK" || profile.mode === "StsToken") return { identity: keys(), roles: [] };
  if (profile.mode === "RamRoleArn") return { identity: keys(), roles: [roleOf(profile)] };
  if (profile.mode === "EcsRamRole")
    return { identity: { from: "ecsRole", roleName: profile.ram_role_name ?? "" }, roles: [] };
  if (profile.mode === "OIDC") {
    const { oidc_provider_arn: providerArn = "", oidc_token_file: file = "" } = profile;
    const role = { ...roleOf(profile), providerArn, token: { file } };
    return { identity: { from: "oidc", role }, roles: [] };
  }
  if (profile.mode !== "ChainableRamRoleArn") return undefined;
  const { source_profile: source = "" } = profile;
  const earlier = new Set([profile.name]);
  const before = profileSignIn(find(source), (name) => {
    if (earlier.has(name)) throw new Error(`its source profiles lead back to "${name}"`);
    earlier.add(name);
    return find(name);
  });
  return before && { ...before, roles: [...before.roles, roleOf(profile)] };
}

function roleOf(profile: CliProfile): Role {
  return {
    arn: profile.ram_role_arn ?? "",
    sessionName: profile.ram_session_name || usualSession.name,
    seconds: profile.duration_seconds || profile.expired_seconds || usualSession.seconds,
    externalId: profile.external_id || undefined,
  };
}
