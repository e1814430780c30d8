import { diffLive } from "../../provider/lifecycle/diff";
import { stored } from "../../provider/core/state";
import type { Directory } from "../../provider/core/directory";
import { resources } from "../../provider/resources";
import type { Figure } from "./report";

/** Microseconds of our own code for one diff, without engine and network. */
export async function diffCost(): Promise<Figure[]> {
  const resource = resources.find(({ type }) => type === "RamUser");
  if (!resource) return [];
  const desired = {
    userName: "user",
    displayName: "User",
    email: "user@example.com",
    mobilePhone: "86-18600001000",
    comments: "Number",
  };
  const user = {
    UserId: "1",
    UserName: "user",
    DisplayName: "User",
    Email: "user@example.com",
    MobilePhone: "86-18600001000",
    Comments: "Number",
  };
  const directory = { find: async () => user } as unknown as Directory;
  const rounds = 50_000;
  const state = { id: "1", ...stored(desired) };
  const request = { state, inputs: desired, ignored: [], directory };
  for (let round = 0; round < 1000; round++) await diffLive(resource, request);
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await diffLive(resource, request);
  const value = ((performance.now() - began) * 1000) / rounds;
  return [{ name: "our own code for one diff", value, unit: "us" }];
}
