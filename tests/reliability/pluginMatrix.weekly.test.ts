import { promiseMatrix } from "./promiseMatrix";

describe("a call of the plugin that goes wrong ends as docs/reliability.md says, whatever the fault", () =>
  promiseMatrix("the plugin"));
