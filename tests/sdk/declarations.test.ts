import path from "node:path";
import { reached } from "../../scripts/package/declarations";
import { repository } from "../../scripts/toolchain/place";

test.each([
  ["sdk/index", "people/options.d.ts"],
  ["sdk/plugin", "people/options.d.ts"],
  ["provider/dynamic/index", "provider/core/wire.d.ts"],
])(
  "a program that imports %s makes its compiler read Pulumi's types and a few short files of ours",
  (entry, further) => {
    const { files, packages } = reached(path.join(repository, "dist"), entry);
    expect(packages).toEqual(["@pulumi/pulumi"]);
    expect(files.filter((file) => !file.startsWith(`${path.dirname(entry)}/`))).toEqual([further]);
  },
);
