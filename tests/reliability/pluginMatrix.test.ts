import { promiseMatrix } from "./promiseMatrix";

// One of each way in which a call ends: as it should, tried again, carried out unheard, refused, refused within an answer.
describe("a call of the plugin that goes wrong ends as docs/reliability.md says", () =>
  promiseMatrix("the plugin", ["none", "500", "dropped", "denied", "item"]));
