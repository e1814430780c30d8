// Loaded before a provider's process: another module of it that is debugged, by the copy of `debug` that httpx uses too.
import { createRequire } from "node:module";

const own = createRequire(import.meta.url);
const speak = createRequire(own.resolve("httpx"))("debug")("other:module");
setInterval(() => speak("still speaks"), 20).unref();
