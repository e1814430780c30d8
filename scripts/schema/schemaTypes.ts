import { z } from "zod";

/** A type as the package schema spells it. */
export interface TypeSpec {
  type?: string;
  $ref?: string;
  items?: TypeSpec;
  additionalProperties?: TypeSpec;
  oneOf?: TypeSpec[];
}

/** The sentence of a thing by its path, such as `RamUser.email`. */
export type Describe = (path: string) => string;

type JsonSchema = z.core.JSONSchema.JSONSchema;

const largest32BitInteger = 2 ** 31 - 1;

/** Turns types into the schema's terms, and collects the objects and enums that are declared by name. */
export class SchemaTypes {
  /** What has been declared so far, by token. */
  readonly declared: Record<string, object> = {};

  constructor(
    private readonly prefix: string,
    private readonly describe: Describe,
  ) {}

  /** The type of an input; an object or enum in it is named after the path. */
  input(schema: z.ZodType, path: string): TypeSpec {
    return this.typeOf(z.toJSONSchema(schema, { io: "input" }), path, nameFrom(path));
  }

  /** Declares a type by its name, and refers to it. */
  declare(name: string, spec: object): TypeSpec {
    this.declared[`${this.prefix}${name}`] = spec;
    return { $ref: `#/types/${this.prefix}${name}` };
  }

  private typeOf(schema: JsonSchema, path: string, name: string): TypeSpec {
    const values = schema.enum ?? (typeof schema.const === "string" ? [schema.const] : undefined);
    if (values) return this.declare(name, enumOf(values.map(String)));
    if (schema.anyOf) return oneOf(schema.anyOf.map((each) => this.typeOf(each as JsonSchema, path, name)));
    if (schema.type === "array") {
      const items = this.typeOf(schema.items as JsonSchema, path, name.replace(/s$/, ""));
      return { type: "array", items };
    }
    if (schema.properties) return this.declare(name, this.objectOf(schema, path));
    if (schema.type === "object") {
      const additionalProperties = this.typeOf(schema.additionalProperties as JsonSchema, path, name);
      return { type: "object", additionalProperties };
    }
    // An integer of the schema has 32 bits in several languages.
    const isLong = schema.type === "integer" && Number(schema.maximum) > largest32BitInteger;
    return { type: isLong ? "number" : (schema.type as string) };
  }

  private objectOf({ properties = {}, required = [] }: JsonSchema, path: string): object {
    const members = Object.entries(properties).map(([name, schema]): [string, object] => {
      const place = `${path}.${name}`;
      const type = this.typeOf(schema as JsonSchema, place, nameFrom(place));
      return [name, { ...type, description: this.describe(place) }];
    });
    const description = this.describe(path);
    return { type: "object", description, properties: Object.fromEntries(members), required };
  }
}

/** The type of an output: of a union its first form, which all others are converted to. */
export function readBack(type: TypeSpec): TypeSpec {
  return type.oneOf?.[0] ?? type;
}

function enumOf(values: readonly string[]): object {
  return { type: "string", enum: values.map((value) => ({ name: nameFrom(value), value })) };
}

function oneOf(types: readonly TypeSpec[]): TypeSpec {
  const distinct = [...new Map(types.map((type) => [JSON.stringify(type), type])).values()];
  return distinct.length === 1 ? (distinct[0] as TypeSpec) : { oneOf: distinct };
}

/** One name in PascalCase for a path or a value: `EiamUser.status` is EiamUserStatus, `zh-cn` is ZhCn. */
function nameFrom(path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/);
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
