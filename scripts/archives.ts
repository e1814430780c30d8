import path from "node:path";
import { writeReleaseArchives } from "./package/releaseArchives";

/** `npm run archives [-- FOLDER]`: the release archives of the built plugin, in `release` unless told. */
async function main(): Promise<void> {
  const folder = path.resolve(process.argv[2] ?? "release");
  for (const name of await writeReleaseArchives(folder)) console.log(path.join(folder, name));
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
