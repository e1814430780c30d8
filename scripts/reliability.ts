import { writeFileSync } from "node:fs";
import path from "node:path";
import { reliabilityPage } from "../tests/reliability/data/page";

/** Where the page stands. */
export const reliabilityFile = path.resolve(__dirname, "../docs/reliability.md");

if (require.main === module) writeFileSync(reliabilityFile, reliabilityPage());
