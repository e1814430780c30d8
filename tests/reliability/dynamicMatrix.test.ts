import { promiseMatrix } from "./promiseMatrix";

describe("a call of dynamic resources that goes wrong ends as docs/reliability.md says", () =>
  promiseMatrix("dynamic resources"));
