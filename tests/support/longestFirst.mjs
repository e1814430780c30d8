import path from "node:path";
import { fileURLToPath } from "node:url";
import Sequencer from "@jest/test-sequencer";

const tests = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** Folders whose suites start processes and wait for them, the longest first. */
const slow = ["reliability", "modelTest", "e2e", "cli", "plugin", "lifecycle", "dynamic", "scripts", "sdk"];

/** Begins with the suites that take long, so that none of them is left to run alone in the end. */
export default class LongestFirst extends Sequencer {
  sort(suites) {
    const rank = ({ path: file }) => {
      const [folder] = path.relative(tests, file).split(path.sep);
      const place = slow.indexOf(folder);
      return place < 0 ? slow.length : place;
    };
    return super.sort(suites).sort((one, other) => rank(one) - rank(other));
  }
}
