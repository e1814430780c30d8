import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { readSettings } from "../../provider/api/settings";
import { services } from "../../provider/resources/services";
import { nameOf } from "../../provider/core/identity";
import { type Resource, rowsOf } from "../../provider/core/resource";
import { packageSchema } from "../../provider/plugin/packageSchema";
import { resources } from "../../provider/resources";
import { generated } from "../../scripts/schema";
import { readSentences } from "../../scripts/schema/sentences";
import { programs } from "../../scripts/toolchain/place";
import { run } from "../../scripts/toolchain/run";
import { findToolchain } from "../../scripts/toolchain/toolchain";
import { temporaryFolder } from "../support/temporaryFolder";

interface Property {
  type?: string;
  $ref?: string;
  items?: Property;
  additionalProperties?: Property;
  oneOf?: Property[];
  description?: string;
  secret?: boolean;
  replaceOnChanges?: boolean;
  defaultInfo?: { environment: string[] };
}
type Properties = Record<string, Property>;
interface ObjectType {
  properties: Properties;
  required?: string[];
}
interface Schema {
  config: { variables: Properties };
  provider: { inputProperties: Properties };
  resources: Record<
    string,
    ObjectType & { description: string; inputProperties: Properties; requiredInputs: string[] }
  >;
  functions: Record<string, { inputs: ObjectType; outputs: ObjectType }>;
  types: Record<string, ObjectType & { enum?: { name: string; value: string }[] }>;
}

const schema = JSON.parse(packageSchema()) as Schema;
const sentences = readSentences();
const resourceOf = (type: string) => schema.resources[`alicloud-users:index:${type}`]!;
const functionOf = (name: string) => schema.functions[`alicloud-users:index:${name}`]!;
const typeOf = ({ $ref }: Property) => schema.types[String($ref).replace("#/types/", "")]!;
const namesOf = (properties: Properties, wanted: (property: Property) => unknown) =>
  Object.keys(properties).filter((name) => wanted(properties[name]!));

async function check(text: string) {
  const written = path.join(await temporaryFolder(), "schema.json");
  await writeFile(written, text);
  const { binDir, env } = (await findToolchain())!;
  return run(path.join(binDir, programs.cli), ["schema", "check", written], {
    env: { ...env, PULUMI_HOME: path.dirname(written) },
  });
}

test("the schema, and the types and classes of every resource, are what `npm run generate` generates from the tables", () => {
  for (const [file, text] of generated())
    expect([file, readFileSync(path.resolve(__dirname, "../..", file), "utf8")]).toEqual([file, text]);
  expect(packageSchema()).toBe(JSON.stringify(JSON.parse(generated().get("provider/plugin/schema.json")!)));
}, 60_000);

test("Pulumi's CLI accepts the schema, and refuses a wrong one", async () => {
  expect(await check(packageSchema())).toMatchObject({ exitCode: 0 });
  const dangling = await check(packageSchema().replace("#/types/", "#/types/no"));
  expect(dangling.exitCode).not.toBe(0);
}, 60_000);

describe.each(resources.map((resource): [string, Resource] => [resource.type, resource]))(
  "in the schema, %s",
  (type, resource) => {
    const { inputProperties, requiredInputs, properties, required, description } = resourceOf(type);
    const rows = rowsOf(resource);
    const rowsThat = (wanted: (row: Resource["attributes"][string]) => boolean) =>
      rows.filter(([, row]) => wanted(row)).map(([name]) => name);

    test("has every attribute as an input and as an output, every option as an input, and the user's id", () => {
      const attributes = Object.keys(resource.attributes);
      expect(Object.keys(inputProperties)).toEqual([...attributes, ...Object.keys(resource.options)]);
      expect(Object.keys(properties)).toEqual([...attributes, "userId"]);
    });

    test("requires what the table requires", () => {
      const demanded = rowsThat(({ schema }) => !schema.isOptional());
      expect(requiredInputs).toEqual(demanded);
      expect(required).toEqual([...demanded, "userId"]);
    });

    test("marks secrets and what replaces the user, in inputs and outputs", () => {
      for (const marked of [inputProperties, properties]) {
        expect(namesOf(marked, ({ secret }) => secret)).toEqual(rowsThat(({ secret }) => secret));
        expect(namesOf(marked, ({ replaceOnChanges }) => replaceOnChanges)).toEqual(
          rowsThat(({ replaceOnChange, changedAt }) => replaceOnChange && !changedAt),
        );
      }
    });

    test("describes each attribute and option by the sentence above its row", () => {
      const said = Object.entries(inputProperties).map(([name, property]) => [name, property.description]);
      const written = Object.keys(inputProperties).map((name) => [name, sentences.get(`${type}.${name}`)]);
      expect(said).toEqual(written);
    }, 60_000);

    test("links its API page, and has an example in every language", () => {
      expect(description).toMatch(/\[API page\]\(https:\/\/www\.alibabacloud\.com\/help\/en\/[\w./-]+\)\./);
      for (const language of ["typescript", "python", "go", "yaml"])
        expect(description).toContain(`\`\`\`${language}\n`);
    });

    test("offers no value that the table refuses", () => {
      const choices = Object.entries(inputProperties).flatMap(([name, { $ref, items }]) => {
        const values = $ref || items?.$ref ? typeOf($ref ? { $ref } : items!).enum : undefined;
        return values ? [[name, values.map(({ value }) => value)] as const] : [];
      });
      const schemaOf = (name: string) => resource.attributes[name]?.schema ?? resource.options[name]!;
      const taken = choices.flatMap(([name, values]) =>
        values.map(
          (value) => schemaOf(name).safeParse(inputProperties[name]!.items ? [value] : value).success,
        ),
      );
      expect(taken.length).toBeGreaterThan(1);
      expect(taken).not.toContain(false);
    });

    test("returns in look-ups what the API returns, and takes the instance and one user, or the API's filters", () => {
      const one = functionOf(`get${type}`);
      const many = functionOf(`get${type}s`);
      const readable = rowsThat(({ writeOnly }) => !writeOnly);
      expect(Object.keys(one.outputs.properties)).toEqual(["id", "userId", ...readable]);
      expect(typeOf(many.outputs.properties.users!.items!)).toEqual(one.outputs);
      const place = resource.identity.slice(0, -1).map((field) => nameOf(resource, field));
      const region = resource.options.regionId ? ["regionId"] : [];
      const unique = rowsThat(({ field: wire }) => wire === resource.nameField);
      expect(Object.keys(one.inputs.properties)).toEqual([...place, ...region, "userId", ...unique]);
      expect([one.inputs.required, many.inputs.required]).toEqual([place, place]);
      const filters = resource.filters ?? [];
      expect(Object.keys(many.inputs.properties).map((name) => name.toLowerCase())).toEqual(
        [...place, ...region, ...filters].map((name) => name.toLowerCase()),
      );
    });
  },
);

describe("types", () => {
  const { inputProperties: bastionhost, properties: kept } = resourceOf("BastionhostUser");
  const { inputProperties: eiam } = resourceOf("EiamUser");

  test("a moment is written as a number or a text, and read back as a number of any length", () => {
    expect(bastionhost.effectiveEndTime!.oneOf).toEqual([{ type: "number" }, { type: "string" }]);
    expect(kept.effectiveEndTime).toMatchObject({ type: "number" });
  });

  test("what is read back of a union has the first of its types", () => {
    const unions = resources.flatMap((resource) =>
      rowsOf(resource).filter(([name]) => resourceOf(resource.type).inputProperties[name]!.oneOf),
    );
    expect(unions.map(([, row]) => typeof row.schema.parse("2027-12-31T23:59:59Z"))).toEqual([
      "number",
      "number",
    ]);
  });

  test("a choice is an enum whose names are fit for programs", () => {
    expect(typeOf(bastionhost.language!).enum).toEqual([
      { name: "ZhCn", value: "zh-cn" },
      { name: "En", value: "en" },
    ]);
  });

  test("lists, maps and objects keep their types", () => {
    expect(eiam.organizationalUnitIds).toMatchObject({ type: "array", items: { type: "string" } });
    expect(eiam.customFields).toMatchObject({ type: "object", additionalProperties: { type: "string" } });
    const config = typeOf(eiam.passwordInitializationConfig!);
    expect(config.required).toEqual(["passwordInitializationPolicyPriority"]);
    expect(config.properties.passwordForcedUpdateStatus!.description).toMatch(/^Whether the first password/);
  });
});

describe("the provider's settings", () => {
  const { variables } = schema.config;
  const settingsOf = (environment: Record<string, string>) =>
    readSettings({ config: () => undefined, environment }, services);

  test.each(Object.values(variables).flatMap(({ defaultInfo }) => defaultInfo?.environment ?? []))(
    "%s, named in the schema, is read from the environment",
    (variable) => {
      const value = /(SECOND|TIMEOUT|DELETES|ACCOUNT_ID)$/.test(variable) ? "77777" : "/example";
      // A file of profiles counts where a profile is named.
      const profile: Record<string, string> = /_FILE$/.test(variable) ? { ALICLOUD_PROFILE: "work" } : {};
      const read = () => JSON.stringify(settingsOf({ ...profile, [variable]: value }));
      // Half of an access key is refused by the name of the variable that holds it.
      if (/KEY/.test(variable)) expect(read).toThrow(variable);
      else if (/TOKEN/.test(variable)) expect(tokenOf(variable)).toBe("token");
      else expect(read()).toContain(value);
    },
  );

  const tokenOf = (variable: string) => {
    const keys = ["accessKey", "secretKey"].map((name) =>
      variables[name]!.defaultInfo!.environment.find((key) => key.startsWith(variable.split("_SEC")[0]!)),
    );
    const environment = { [keys[0]!]: "id", [keys[1]!]: "secret", [variable]: "token" };
    const { identity } = settingsOf(environment);
    return identity.from === "keys" ? identity.securityToken : undefined;
  };

  test("keep keys secret, and take no default into a declared provider, whose inputs the state holds", () => {
    const { inputProperties } = schema.provider;
    expect(Object.keys(inputProperties)).toEqual(Object.keys(variables));
    expect(namesOf(inputProperties, ({ secret }) => secret)).toEqual([
      "accessKey",
      "secretKey",
      "securityToken",
      "assumeRoleWithOidc",
    ]);
    expect(namesOf(inputProperties, ({ defaultInfo }) => defaultInfo)).toEqual([]);
  });
});
