import type { Attribute } from "../../provider/core/attribute";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { nameAttributeOf, nameOf } from "../../provider/core/identity";
import { resources } from "../../provider/resources";
import { camel } from "../../provider/lifecycle/dataSources";
import { packageName } from "../../provider/lifecycle/packageName";
import { configVariables, providerInputs, settingTypeSpecs } from "./schemaSettings";
import { type Describe, readBack, SchemaTypes, type TypeSpec } from "./schemaTypes";

const prefix = `${packageName}:index:`;

/** What the tables do not hold: the package's own words, the sentences above the rows, and each resource's examples. */
export interface SchemaTexts {
  /** What the package says of itself: its release, its licence and so on. */
  about: object;
  describe: Describe;
  examples: (type: string) => string;
}

type Properties = Record<string, object>;

const userId = {
  type: "string",
  description: "The user's id within the account or instance.",
};

const id = { type: "string", description: "The id of the resource, which `get` and `pulumi import` take." };

/** The Pulumi schema of the package, made from the tables of the resources. */
export function makeSchema({ about, describe, examples }: SchemaTexts, tables = resources): object {
  const types = new SchemaTypes(prefix, describe);
  const kinds = tables.map((resource) => new Kind(resource, types, describe));
  return {
    name: packageName,
    ...about,
    keywords: ["category/cloud", "kind/native"],
    language,
    config: { variables: configVariables() },
    provider: {
      description: "The account that holds the users, and how its APIs are called.",
      inputProperties: providerInputs(),
    },
    resources: byToken(
      kinds,
      ({ type }) => type,
      (kind) => kind.resourceSpec(examples(kind.type)),
    ),
    functions: {
      ...byToken(
        kinds,
        ({ type }) => `get${type}`,
        (kind) => kind.getOne(),
      ),
      ...byToken(
        kinds,
        ({ type }) => `get${type}s`,
        (kind) => kind.getMany(),
      ),
    },
    types: { ...types.declared, ...settingTypeSpecs() },
  };
}

/** The names of the generated packages; the npm package `pulumi-alicloud-users` is the provider's own. */
const language = {
  nodejs: { packageName, respectSchemaVersion: true },
  python: { packageName: "pulumi_alicloud_users", respectSchemaVersion: true, pyproject: { enabled: true } },
  go: { importBasePath: "pulumi-alicloud-users/sdk/go/alicloudusers", respectSchemaVersion: true },
};

/** One kind of user in the schema's terms. */
class Kind {
  readonly type: string;
  private readonly inputs: Properties;
  private readonly outputs: Properties;
  private readonly required: string[];
  private readonly place: Properties;

  constructor(
    private readonly resource: Resource,
    private readonly types: SchemaTypes,
    private readonly describe: Describe,
  ) {
    this.type = resource.type;
    const rows = rowsOf(resource).map(([name, row]) => {
      const type = this.typeOf(name, row.schema);
      return { name, row, type };
    });
    const options = Object.entries(resource.options).map(([name, schema]) => [
      name,
      this.typeOf(name, schema),
    ]);
    this.inputs = Object.fromEntries([
      ...rows.map(({ name, row, type }) => [name, { ...type, ...marks(row) }]),
      ...options,
    ]) as Properties;
    this.outputs = Object.fromEntries(
      rows.map(({ name, row, type }) => [
        name,
        { ...readBack(type), description: type.description, ...marks(row) },
      ]),
    );
    this.required = rows.filter(({ row }) => !row.schema.isOptional()).map(({ name }) => name);
    this.place = this.placeOf();
  }

  resourceSpec(examples: string): object {
    return {
      description: `${linked(this.describe(this.type))}\n\n${examples}`,
      inputProperties: this.inputs,
      requiredInputs: this.required,
      properties: { ...this.outputs, userId },
      required: [...this.required, "userId"],
      listInputs: this.question(this.filters()),
    };
  }

  getOne(): object {
    const unique = nameAttributeOf(this.resource);
    return {
      description: `Looks up one ${this.type} by \`userId\` or \`${unique}\`, including users not managed by Pulumi.`,
      inputs: this.question({ userId, [unique]: plain(this.outputs[unique]) }),
      outputs: this.found(),
    };
  }

  getMany(): object {
    const user = this.types.declare(`Found${this.type}`, this.found());
    const users = {
      type: "array",
      items: user,
      description: "The users, with the attributes that the API's list returns.",
    };
    return {
      description: `Looks up the ${this.type}s that match the API's own filters, or all of them, including users not managed by Pulumi.`,
      inputs: this.question(this.filters()),
      outputs: { type: "object", properties: { users }, required: ["users"] },
    };
  }

  /** The filters of the API's list. */
  private filters(): Properties {
    const filters = (this.resource.filters ?? []).map((wire): [string, object] => {
      const text = { type: "string" };
      const type = wire.endsWith("Ids") ? { type: "array", items: text } : text;
      return [camel(wire), { ...type, description: `The filter \`${wire}\` of the API's list.` }];
    });
    return Object.fromEntries(filters);
  }

  private typeOf(name: string, schema: Attribute["schema"]): TypeSpec & { description: string } {
    const path = `${this.type}.${name}`;
    return { ...this.types.input(schema, path), description: this.describe(path) };
  }

  /** The properties that say where to look: those of the identity besides the user's own id, and the region. */
  private placeOf(): Properties {
    const names = this.resource.identity.slice(0, -1).map((wire) => nameOf(this.resource, wire));
    const properties = names.map((name): [string, object] => [name, plain(this.outputs[name])]);
    return Object.fromEntries(properties);
  }

  private question(which: Properties): object {
    const { regionId } = this.inputs;
    const properties = { ...this.place, ...(regionId && { regionId }), ...which };
    return { type: "object", properties, required: Object.keys(this.place) };
  }

  /** A user as a look-up returns it: what the API does not return, or has no value for, is absent. */
  private found(): object {
    const shown = rowsOf(this.resource).filter(([, row]) => !row.writeOnly);
    const properties = Object.fromEntries(shown.map(([name]) => [name, plain(this.outputs[name])]));
    const description = linked(this.describe(this.type));
    return {
      type: "object",
      description,
      properties: { id, userId, ...properties },
      required: ["id", "userId"],
    };
  }
}

/** Generated SDKs would replace a user also for drift of an attribute that is marked. */
function marks({ secret, replaceOnChange, changedAt }: Attribute): object {
  return {
    ...(secret && { secret }),
    ...(replaceOnChange && !changedAt && { replaceOnChanges: true }),
  };
}

/** A property without the marks that only properties of a resource may have. */
function plain(property: object | undefined): object {
  const { replaceOnChanges: _, ...rest } = property as { replaceOnChanges?: boolean };
  return rest;
}

/** The sentence, in which the address of an API page is a link. */
export function linked(sentence: string): string {
  return sentence.replace(/https:\/\/\S+/, (url) => `See the [API page](${url}).`);
}

function byToken(
  kinds: readonly Kind[],
  name: (kind: Kind) => string,
  spec: (kind: Kind) => object,
): Record<string, object> {
  return Object.fromEntries(kinds.map((kind) => [`${prefix}${name(kind)}`, spec(kind)]));
}
