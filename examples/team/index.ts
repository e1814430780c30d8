import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { EiamUser, RamUser } from "pulumi-alicloud-users";

interface Person {
  name: string;
  displayName: string;
  email: string;
  nickName?: string;
  /** Members who leave are locked out first; a later commit takes them out of the file. */
  leaving?: boolean;
}

/** The accounts of one member of the team. */
class Member extends pulumi.ComponentResource {
  readonly ram: RamUser;
  readonly eiam: EiamUser;

  constructor(person: Person, eiamInstance: string, opts?: pulumi.ComponentResourceOptions) {
    super("team:index:Member", person.name, {}, opts);
    const { displayName, email } = person;
    this.ram = new RamUser(
      `${person.name}-ram`,
      { userName: person.name, displayName, email, forceDestroy: true },
      { parent: this },
    );
    this.eiam = new EiamUser(
      `${person.name}-eiam`,
      {
        instanceId: eiamInstance,
        username: person.name,
        displayName,
        email,
        emailVerified: true,
        status: person.leaving ? "disabled" : "enabled",
        customFields: person.nickName ? { nick_name: person.nickName } : {},
        // A user that leaves the file is disabled and kept for the auditors.
        onDelete: "lock",
      },
      { parent: this },
    );
    this.registerOutputs({ ramId: this.ram.id, eiamId: this.eiam.id });
  }
}

const eiamInstance = new pulumi.Config().get("eiamInstance") ?? "idaas_demo0001";
const people: Person[] = JSON.parse(readFileSync(join(__dirname, "members.json"), "utf8"));
const members = people.map((person) => new Member(person, eiamInstance));

export const ramIds = members.map(({ ram }) => ram.userId);
