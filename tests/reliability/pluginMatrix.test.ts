import { promiseMatrix } from "./promiseMatrix";

describe("a call of the plugin that goes wrong ends as docs/reliability.md says", () =>
  promiseMatrix("the plugin"));
