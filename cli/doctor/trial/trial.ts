import { randomUUID } from "node:crypto";
import type { Account } from "../../../provider/api/connect";
import { planAfterCreate, planCreate, planUpdate } from "../../../provider/core/plan";
import type { Attribute } from "../../../provider/core/attribute";
import { faultKind } from "../../../provider/core/fault";
import type { Call, Values, Wire } from "../../../provider/core/wire";
import type { Resource } from "../../../provider/core/resource";
import { nameAttributeOf, requestKeyOf, scopeOf } from "../../../provider/core/identity";
import { stored } from "../../../provider/core/state";
import type { Target } from "../checkDirectory";
import { differencesOf, shapeOf } from "../shapes";
import type { Sample } from "./samples";

/** One throwaway user, and what claims do with it. The report holds nothing of it but names of fields. */
export class Trial {
  /** What is declared of the user now. */
  declared: Values = {};
  /** The user as it was read last. */
  user: Wire = {};
  private readonly names = new Set<string>();
  private readonly nameAttribute: string;

  constructor(
    private readonly account: Account,
    private readonly target: Target,
    private readonly resource: Resource,
    private readonly samples: Readonly<Record<string, Sample>>,
  ) {
    this.nameAttribute = nameAttributeOf(resource);
  }

  /** The value in the one form that is compared and sent. */
  parsed(name: string, value: unknown): unknown {
    return this.resource.attributes[name]?.schema.parse(value);
  }

  /** Makes the user with the first value of each sample. Nothing where the answer names it. */
  async create(): Promise<string | undefined> {
    const first = Object.entries(this.samples).filter(([, sample]) => sample.first !== undefined);
    this.declared = Object.fromEntries(
      first.map(([name, sample]) => [name, this.parsed(name, sample.first)]),
    );
    this.names.add(String(this.declared[this.nameAttribute]));
    const { user } = this;
    const created = await this.sendCreate();
    const identity = this.resource.identity.at(-1) as string;
    const found = { ...scopeOf(this.resource, this.declared), ...created } as Wire;
    if (found[identity] === undefined) return `${identity} is missing in the answer`;
    this.user = { ...user, ...found, [this.resource.nameField]: this.declared[this.nameAttribute] };
    for (const call of planAfterCreate(this.resource, this.declared, await this.read()))
      await this.send(call);
    return undefined;
  }

  /** Sends the same create once more. */
  async createAgain(): Promise<void> {
    await this.sendCreate();
  }

  /** The user as GetUser shows it. */
  async read(): Promise<Wire> {
    const { scope } = this.target;
    const { get, from } = this.resource.read;
    const params = { ...scope, [get.by]: this.user[get.by] };
    this.user = { ...scope, ...from(await this.send({ action: get.action, params })) };
    return this.user;
  }

  /** The user as the list shows it. */
  async listed(): Promise<Wire> {
    const identity = this.resource.identity.at(-1) as string;
    const users = await this.directory().search({});
    const user = users.find((each) => String(each[identity]) === String(this.user[identity]));
    if (!user) throw new Error("The list does not have the user.");
    return user;
  }

  /** How a user of an answer differs from the API's page. */
  differences(answer: "whole" | "listed", user: Wire): string[] {
    return differencesOf(shapeOf(this.resource, answer), user).problems;
  }

  /** Whether the table says that the list has nothing of this attribute. */
  lacks(row: Attribute): boolean {
    const { omittedFields } = this.resource.read.list;
    return row.fields.some((field) => omittedFields.includes(field));
  }

  async isFoundByName(): Promise<boolean> {
    const identity = this.resource.identity.at(-1) as string;
    const found = await this.directory().findByName(String(this.declared[this.nameAttribute]));
    return found !== undefined && String(found[identity]) === String(this.user[identity]);
  }

  /** Brings the user to these values, by the calls that the table plans. */
  async declare(inputs: Values): Promise<void> {
    const user = await this.read();
    this.names.add(String(inputs[this.nameAttribute]));
    const calls = planUpdate(this.resource, { state: stored(this.declared), inputs, user, ignored: [] });
    for (const call of calls) await this.send(call);
    this.declared = inputs;
    this.user = { ...this.user, [this.resource.nameField]: inputs[this.nameAttribute] };
  }

  /** Sends calls that should not change anything. Says whether the API refused one as wrong. */
  async sendEmpty(calls: readonly Call[]): Promise<boolean> {
    try {
      for (const call of calls) await this.send(call);
      return false;
    } catch (error) {
      if (faultKind(error) === "invalid") return true;
      throw error;
    }
  }

  async remove(): Promise<void> {
    await this.send({ action: this.resource.delete.action, params: requestKeyOf(this.resource, this.user) });
    this.names.clear();
  }

  /** Deletes every user that the trial may have made. Gives the names of those that may be left. */
  async cleanUp(): Promise<string[]> {
    const left: string[] = [];
    for (const name of this.names) {
      try {
        const user = await this.directory().findNewByName(name);
        if (!user) continue;
        const { scope } = this.target;
        const params = requestKeyOf(this.resource, { ...scope, ...user });
        await this.send({ action: this.resource.delete.action, params });
      } catch (error) {
        if (faultKind(error) !== "notFound") left.push(name);
      }
    }
    return left;
  }

  private async sendCreate(): Promise<Wire> {
    const { defaults } = this.resource.create;
    const ask = defaults?.call(this.declared);
    const known = defaults && ask ? defaults.from(await this.directory().callOnce(ask)) : {};
    const answer = await this.send(planCreate(this.resource, this.declared, known, randomUUID()));
    return this.resource.read.from(answer) ?? answer;
  }

  private send({ action, params }: Call): Promise<Wire> {
    return this.directory().call({ action, params });
  }

  private directory() {
    const { scope, region } = this.target;
    return this.account.directory(this.resource, scope, region);
  }
}
